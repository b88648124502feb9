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

/** Flags pictures that are out of focus, unlike the rest of the set. */
public final class BlurryImages implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT404", "blurry-images");

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
        return List.of(Looks.observed(Observation.Kind.BLURRY_IMAGES));
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
                Observation.Kind.BLURRY_IMAGES,
                "pictures",
                o -> "are out of focus",
                o -> List.of(Remedy.advice(
                        "look at these pictures, and remove those on which the object cannot be recognised")));
    }
}
