package dev.auscult.diagnose.rules.data;

import java.util.List;

import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Need;
import dev.auscult.diagnose.Remedy;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.RuleInfo;
import dev.auscult.diagnose.Threshold;
import dev.auscult.diagnose.Verdict;
import dev.auscult.run.Observation;
import dev.auscult.run.Run;

/** Flags pictures with next to nothing on them. */
public final class LowInformationImages implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT405", "low-information-images");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public boolean appliesTo(Run run) {
        return Affected.hasPictures(run);
    }

    @Override
    public List<Need> needs() {
        return List.of(Looks.observed(Observation.Kind.LOW_INFORMATION_IMAGES));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(Affected.FEW);
    }

    @Override
    public Verdict examine(Examination examination) {
        return Affected.judge(
                examination,
                this,
                Observation.Kind.LOW_INFORMATION_IMAGES,
                "pictures",
                o -> "have next to nothing on them",
                o -> List.of(Remedy.advice("remove these pictures, or find out why they are blank")));
    }
}
