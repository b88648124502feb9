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

/** Flags sounds that are cut off at full scale. */
public final class ClippedSounds implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT602", "clipped-sounds");

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
        return List.of(Looks.observed(Observation.Kind.CLIPPED_SOUNDS));
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
                Observation.Kind.CLIPPED_SOUNDS,
                "sounds",
                o -> "are cut off at full scale",
                o -> List.of(Remedy.advice(
                        "record these sounds again at a lower level; what was cut off cannot be brought back")));
    }
}
