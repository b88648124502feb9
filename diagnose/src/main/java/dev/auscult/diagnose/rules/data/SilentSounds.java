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

/** Flags sounds without sound. */
public final class SilentSounds implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT601", "silent-sounds");

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
        return List.of(Looks.observed(Observation.Kind.SILENT_SOUNDS));
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
                Observation.Kind.SILENT_SOUNDS,
                "sounds",
                o -> "are silent",
                o -> List.of(Remedy.advice("remove these sounds, or record them again")));
    }
}
