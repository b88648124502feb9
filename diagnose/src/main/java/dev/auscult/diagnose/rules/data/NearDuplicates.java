package dev.auscult.diagnose.rules.data;

import java.util.List;
import java.util.Optional;

import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Need;
import dev.auscult.diagnose.Numbers;
import dev.auscult.diagnose.Remedy;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.RuleInfo;
import dev.auscult.diagnose.SeverityCurve;
import dev.auscult.diagnose.Threshold;
import dev.auscult.diagnose.Verdict;
import dev.auscult.run.Observation;
import dev.auscult.run.Run;

/** Flags pictures, sounds and texts that are almost the same as another of their part. */
public final class NearDuplicates implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT120", "near-duplicates");
    /**
     * Low from 1 %, medium from 10 %, high from half: copies only weigh some examples double, and do harm where they end up on
     * both sides of a split, which is a fault of its own.
     */
    private static final SeverityCurve CURVE = SeverityCurve.logarithmic(0.03, 0.6);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public boolean appliesTo(Run run) {
        return Affected.hasPictures(run) || Affected.hasSounds(run) || Affected.hasTexts(run);
    }

    @Override
    public List<Need> needs() {
        return List.of(Looks.observed(Observation.Kind.NEAR_DUPLICATES));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(Affected.FEW);
    }

    @Override
    public Verdict examine(Examination examination) {
        return Affected.ofEachPart(examination, Observation.Kind.NEAR_DUPLICATES, observation -> {
            double affected = observation.get("affected");
            if (affected == 0) {
                return Optional.empty();
            }
            int score = CURVE.score(observation.get("share"));
            double differ = observation.numbers().getOrDefault("labels-differ", 0.0);
            return Optional.of(Affected.finding(
                    this,
                    affected < examination.threshold(this, Affected.FEW) ? Affected.mild(score) : score,
                    observation,
                    noun(examination),
                    "are almost the same as another"
                            + (differ > 0 ? ", " + Numbers.of(differ) + " of them under another label" : ""),
                    List.of(Remedy.advice("keep one of each group, and split so that a group stays on one side"))));
        });
    }

    private static String noun(Examination examination) {
        return switch (Looks.profile(examination).kind()) {
            case "images" -> "pictures";
            case "sound" -> "sounds";
            default -> "texts";
        };
    }
}
