package dev.auscult.diagnose.rules.data;

import java.util.List;
import java.util.Optional;

import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Need;
import dev.auscult.diagnose.Remedy;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.RuleInfo;
import dev.auscult.diagnose.Threshold;
import dev.auscult.diagnose.Verdict;
import dev.auscult.run.Observation;
import dev.auscult.run.Run;

/** Flags texts in a script or language unlike the rest. */
public final class MixedLanguages implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT504", "mixed-languages");
    private static final Threshold OTHERS = new Threshold(
            "others", 0.002, "share", "of the texts in another language, above which they are remarked on");
    private static final Threshold MIXED = new Threshold(
            "mixed", 0.4, "share", "of the texts in another language, above which the set is meant to have several");
    private static final Threshold TOLD =
            new Threshold("told", 20, "texts", "whose language can be told, below which nothing is said");

    private static final int REMARK = 10;

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
        return List.of(Looks.observed(Observation.Kind.MIXED_LANGUAGES));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(Affected.FEW, OTHERS, MIXED, TOLD);
    }

    @Override
    public Verdict examine(Examination examination) {
        double told = Looks.of(examination, Observation.Kind.MIXED_LANGUAGES).stream()
                .mapToDouble(o -> o.get("told"))
                .max()
                .orElse(0);
        if (told < examination.threshold(this, TOLD)) {
            return Verdict.unable(
                    "the language of " + Math.round(told) + " texts can be told, the others are short or of none known",
                    "nothing; short texts do not tell their language");
        }
        return Affected.ofEachPart(examination, Observation.Kind.MIXED_LANGUAGES, observation -> {
            double share = observation.get("other-share");
            if (observation.get("told") < examination.threshold(this, TOLD)
                    || share <= examination.threshold(this, OTHERS)) {
                return Optional.empty();
            }
            int score = Affected.score(examination, this, observation);
            boolean meant = share > examination.threshold(this, MIXED);
            return Optional.of(Affected.finding(
                    this,
                    meant ? Math.min(score, REMARK) : score,
                    observation,
                    "texts",
                    "are not " + observation.note("usual") + " as most are but " + observation.note("others")
                            + (meant ? "; so many are meant to be there" : ""),
                    List.of(
                            meant
                                    ? Remedy.advice("use a tokenizer that knows all of the languages")
                                    : Remedy.advice("leave these texts out, or collect enough of each language"))));
        });
    }
}
