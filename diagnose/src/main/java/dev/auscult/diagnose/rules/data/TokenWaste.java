package dev.auscult.diagnose.rules.data;

import java.util.List;
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

/** Flags texts whose tokens are mostly padding, or unknown. */
public final class TokenWaste implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT505", "token-waste");
    private static final Threshold PADDING =
            new Threshold("padding", 0.75, "share", "of the tokens that are padding, above which time is wasted");
    private static final Threshold UNKNOWN = new Threshold(
            "unknown", 0.1, "share", "of the words that the vocabulary lacks, above which meaning is lost");

    /** Padding costs time, not accuracy: low from three quarters, medium from nineteen of twenty. */
    private static final SeverityCurve PADDED = SeverityCurve.linear(0.8, 1.1);

    /** Unknown words cost meaning: low at a tenth, medium from a fifth, high from half. */
    private static final SeverityCurve LOST = SeverityCurve.logarithmic(0.13, 0.55);

    private static final int VOCABULARY_STEP = 2;

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
        return List.of(Looks.observed(
                Observation.Kind.TOKEN_WASTE,
                "tokens are counted where one column of text is read, and by a tokenizer that is no file"));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(PADDING, UNKNOWN);
    }

    @Override
    public Verdict examine(Examination examination) {
        return Affected.ofEachPart(examination, Observation.Kind.TOKEN_WASTE, observation -> {
            double padding = observation.get("padding-share");
            double unknown = observation.get("unknown-share");
            if (unknown > examination.threshold(this, UNKNOWN)) {
                long wanted = Math.min(
                        Math.round(observation.get("words")),
                        VOCABULARY_STEP * Math.round(observation.get("vocabulary")));
                return Optional.of(finding(
                        observation,
                        LOST.score(unknown),
                        unknown,
                        "share of the words that the vocabulary lacks",
                        Numbers.percent(unknown) + " of the words become the unknown token with a vocabulary of "
                                + Math.round(observation.get("vocabulary")),
                        Remedy.edit(
                                "take " + wanted + " words into the vocabulary",
                                Remedy.Safety.LIKELY,
                                "data.text.vocabulary",
                                Long.toString(wanted))));
            }
            if (!(padding > examination.threshold(this, PADDING))) {
                return Optional.empty();
            }
            long wanted = Math.max(1, Math.round(2 * (1 - padding) * observation.get("length")));
            return Optional.of(finding(
                    observation,
                    PADDED.score(padding),
                    padding,
                    "share of the tokens that are padding",
                    Numbers.percent(padding) + " of the tokens are padding at a length of "
                            + Math.round(observation.get("length")),
                    Remedy.edit(
                            "take " + wanted + " tokens of each text, twice what they have on average",
                            Remedy.Safety.LIKELY,
                            "data.text.length",
                            Long.toString(wanted))));
        });
    }

    private static Finding finding(
            Observation observation, int score, double share, String name, String what, Remedy remedy) {
        return new Finding(
                INFO,
                Affected.unlessGiven(observation, score),
                what + " in the " + observation.split().label() + " texts of " + Looks.names(observation.columns()),
                Where.data(observation.columns(), List.of()),
                Evidence.of(name, share, "share"),
                List.of(remedy));
    }
}
