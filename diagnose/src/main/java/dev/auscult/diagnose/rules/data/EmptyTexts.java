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

/** Flags texts without a word. */
public final class EmptyTexts implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT501", "empty-texts");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public boolean appliesTo(Run run) {
        return Affected.hasTexts(run);
    }

    @Override
    public List<Need> needs() {
        return List.of(Looks.observed(Observation.Kind.EMPTY_TEXTS));
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
                Observation.Kind.EMPTY_TEXTS,
                "texts",
                o -> "are without a word",
                o -> List.of(
                        Remedy.advice(
                                "leave these rows out (data.missing: drop-rows leaves out empty cells), or fetch their texts")));
    }
}
