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

/** Flags sounds without a sample, or much shorter than the rest. */
public final class ShortSounds implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT603", "short-sounds");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public boolean appliesTo(Run run) {
        return Affected.hasSounds(run);
    }

    @Override
    public List<Need> needs() {
        return List.of(Looks.observed(Observation.Kind.SHORT_SOUNDS));
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
                Observation.Kind.SHORT_SOUNDS,
                "sounds",
                o -> o.get("empty") > 0
                        ? "are much shorter than the rest, " + Numbers.of(o.get("empty")) + " of them without a sample"
                        : "are much shorter than the rest",
                o -> List.of(Remedy.advice("remove these sounds, or record them again")));
    }
}
