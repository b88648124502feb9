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

/** Flags pictures that are almost white, unlike the rest of the set. */
public final class LightImages implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT403", "light-images");

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
        return List.of(Looks.observed(Observation.Kind.LIGHT_IMAGES));
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
                Observation.Kind.LIGHT_IMAGES,
                "pictures",
                o -> "are almost white",
                o -> List.of(Remedy.advice(
                        "look at these pictures, and remove or expose anew those on which nothing is to be seen")));
    }
}
