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

/** Flags pictures that are almost black, unlike the rest of the set. */
public final class DarkImages implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT402", "dark-images");

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
        return List.of(Looks.observed(Observation.Kind.DARK_IMAGES));
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
                Observation.Kind.DARK_IMAGES,
                "pictures",
                o -> "are almost black",
                o -> List.of(Remedy.advice(
                        "look at these pictures, and remove or expose anew those on which nothing is to be seen")));
    }
}
