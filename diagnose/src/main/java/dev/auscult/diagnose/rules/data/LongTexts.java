package dev.auscult.diagnose.rules.data;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.auscult.diagnose.Evidence;
import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Need;
import dev.auscult.diagnose.Numbers;
import dev.auscult.diagnose.Remedy;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.RuleInfo;
import dev.auscult.diagnose.SeverityCurve;
import dev.auscult.diagnose.Threshold;
import dev.auscult.diagnose.Verdict;
import dev.auscult.diagnose.Where;
import dev.auscult.run.Observation;
import dev.auscult.run.Run;

/** Flags texts that will be cut off, and texts far longer than the rest. */
public final class LongTexts implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT502", "long-texts");
    private static final Threshold CUT = new Threshold(
            "cut", 0.05, "share", "of the texts longer than data.text.length, above which it is too short");

    private static final Threshold FAR = new Threshold(
            "far",
            0.1,
            "share",
            "of the texts far longer than the rest, above which they are no exceptions but a second kind");

    /** By the share of the tokens that is lost: low from 5 %, medium from a fifth, high from half. */
    private static final SeverityCurve LOST = SeverityCurve.logarithmic(0.08, 0.6);

    private static final int LOWEST_LOW = 15;
    private static final int LENGTH_STEP = 32;

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
        return List.of(Looks.observed(Observation.Kind.LONG_TEXTS));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(Affected.FEW, CUT, FAR);
    }

    @Override
    public Verdict examine(Examination examination) {
        return Affected.ofEachPart(examination, Observation.Kind.LONG_TEXTS, observation -> {
            if (observation.get("cut-share") > examination.threshold(this, CUT)) {
                return Optional.of(cut(observation));
            }
            if (observation.get("affected") == 0 || observation.get("share") > examination.threshold(this, FAR)) {
                return Optional.empty();
            }
            return Optional.of(Affected.finding(
                    this,
                    Affected.mild(Affected.score(examination, this, observation)),
                    observation,
                    "texts",
                    String.format(
                            Locale.ROOT,
                            "are far longer than the rest (the longest %,.0f tokens, the median %,.0f)",
                            observation.get("longest"),
                            observation.get("median")),
                    List.of(Remedy.advice("look at these texts: often several were not cut apart"))));
        });
    }

    private Finding cut(Observation observation) {
        long wanted = (long) Math.ceil(observation.get("p95") / LENGTH_STEP) * LENGTH_STEP;
        return new Finding(
                INFO,
                Affected.unlessGiven(observation, Math.max(LOWEST_LOW, LOST.score(observation.get("lost-share")))),
                String.format(
                        Locale.ROOT,
                        "%s of the %s texts in %s are longer than %,.0f tokens and will be cut, %s of all tokens are lost",
                        Numbers.percent(observation.get("cut-share")),
                        observation.split().label(),
                        Looks.names(observation.columns()),
                        observation.get("length"),
                        Numbers.percent(observation.get("lost-share"))),
                Where.data(observation.columns(), Looks.examples(List.of(observation))),
                Evidence.of(
                        "share of the tokens that is lost",
                        observation.get("lost-share"),
                        "share",
                        "tokens beyond data.text.length / all tokens",
                        Evidence.of("texts that are cut", observation.get("cut-share"), "share"),
                        Evidence.of("95th percentile of the length", observation.get("p95"), "tokens")),
                List.of(Remedy.edit(
                        "take " + wanted + " tokens of each text, so that 95 % are whole",
                        Remedy.Safety.LIKELY,
                        "data.text.length",
                        Long.toString(wanted))));
    }
}
