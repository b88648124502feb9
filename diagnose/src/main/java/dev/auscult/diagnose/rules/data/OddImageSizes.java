package dev.auscult.diagnose.rules.data;

import java.util.List;

import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Need;
import dev.auscult.diagnose.Numbers;
import dev.auscult.diagnose.Remedy;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.RuleInfo;
import dev.auscult.diagnose.Threshold;
import dev.auscult.diagnose.Verdict;
import dev.auscult.run.Observation;
import dev.auscult.run.Run;

/** Flags pictures of a size or shape unlike the rest. */
public final class OddImageSizes implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT406", "odd-image-sizes");

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
        return List.of(Looks.observed(Observation.Kind.ODD_IMAGE_SIZES));
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
                Observation.Kind.ODD_IMAGE_SIZES,
                "pictures",
                o -> "are of a size or shape unlike the rest (" + Numbers.count(Math.round(o.get("odd-size")), "size")
                        + ", " + Numbers.count(Math.round(o.get("odd-aspect")), "shape") + ")",
                o -> List.of(Remedy.advice("crop these pictures to the shape of the others, or remove them")));
    }
}
