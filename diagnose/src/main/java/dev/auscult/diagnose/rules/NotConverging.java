package dev.auscult.diagnose.rules;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

import dev.auscult.diagnose.Evidence;
import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Need;
import dev.auscult.diagnose.Numbers;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.RuleInfo;
import dev.auscult.diagnose.SeverityCurve;
import dev.auscult.diagnose.Threshold;
import dev.auscult.diagnose.Verdict;
import dev.auscult.diagnose.Where;
import dev.auscult.diagnose.measure.Cadence;
import dev.auscult.diagnose.measure.Curve;
import dev.auscult.diagnose.measure.CurveChoice;
import dev.auscult.diagnose.measure.Robust;
import dev.auscult.diagnose.measure.Schedule;
import dev.auscult.diagnose.measure.Task;
import dev.auscult.run.Direction;
import dev.auscult.run.Quantity;
import dev.auscult.run.Split;

/** LOS103: a run that learned nothing: its loss ends where it began, or its score stays at chance. */
public final class NotConverging implements Rule {
    private static final RuleInfo INFO = RuleInfo.stable("LOS103", "not-converging");
    private static final Threshold NEAR = new Threshold(
            "near-chance", 0.02, "points", "distance from the chance level within which a score (0..1) is at chance");
    private static final Threshold POWER = new Threshold(
            "resolution", 0.05, "ratio", "fall of the loss that noise may hide at most, else the rule does not judge");
    private static final Threshold FROZEN = new Threshold(
            "frozen",
            0.7,
            "share",
            "of the evaluations with exactly the same score, from which a model gives one answer");
    private static final Threshold NO_DETECTION =
            new Threshold("no-detection", 0.01, "mAP", "below which a detector found nothing in the whole run");

    private static final Threshold PART =
            new Threshold("part", 0.1, "share", "of the training loss at the end, below which a part does not matter");

    /** Detectors find nothing in their first epochs. */
    private static final int FEWEST_FOR_DETECTION = 10;

    /** A run that learned nothing gave nothing; a loss that ends 5 % higher still: 25 -> the curve starts at 50. */
    private static final SeverityCurve RISE = SeverityCurve.linear(-0.1, 0.1);

    /** The whole run at chance: high. */
    private static final int AT_CHANCE = 75;

    /** The other parts may be what the run is for. */
    private static final int PART_AT_MOST = 39;

    /** One answer for most of the run: high, but training scores may still move. */
    private static final int ONE_ANSWER = 70;

    /** A loss that starts below zero (a Wasserstein distance, a log density) may rise for a good reason: medium. */
    private static final int MOST_WHEN_NEGATIVE = 59;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(new Need(
                "no loss and no score in this log",
                "log the training loss and a score on held-out data every epoch",
                e -> e.trainLoss().isPresent() || e.validationScore().isPresent()));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(NEAR, POWER, FROZEN, NO_DETECTION, PART);
    }

    @Override
    public Verdict examine(Examination examination) {
        if (NotJudged.applies(examination)) {
            return NotJudged.unable(examination);
        }
        if (examination
                .learningRate()
                .filter(lr -> new Schedule(lr).stillWarmingUp())
                .isPresent()) {
            return Verdict.unable("the log ends while the learning rate still warms up", "train beyond the warm-up");
        }
        Optional<Curve> score = examination.validationScore().filter(s -> s.size() >= Cadence.FEWEST_EPOCHS);
        Optional<Curve> loss = examination.trainLoss().filter(l -> l.size() >= Cadence.needed(l));
        if (score.isEmpty() && loss.isEmpty()) {
            String reason = examination
                    .trainLoss()
                    .map(l -> Cadence.tooFew(l, Cadence.needed(l)))
                    .or(() -> examination.validationScore().map(s -> Cadence.tooFew(s, Cadence.FEWEST_EPOCHS)))
                    .orElse("too few points");
            return Verdict.unable(reason, "train for at least " + Cadence.FEWEST_EPOCHS + " epochs");
        }
        Optional<Finding> finding = score.flatMap(s -> atChance(examination, s))
                .or(() -> score.flatMap(s -> nothingDetected(examination, s)))
                .or(() -> score.flatMap(s -> oneAnswer(examination, s)))
                .or(() -> loss.flatMap(l -> noFall(examination, l)))
                .or(() -> partThatRises(examination));
        return finding.map(Verdict::found).orElse(Verdict.CLEAR);
    }

    private Optional<Finding> atChance(Examination examination, Curve score) {
        Optional<Double> chance = chance(examination, score);
        if (chance.isEmpty() || !isShare(score)) {
            return Optional.empty();
        }
        double near = examination.threshold(this, NEAR);
        long outside = Arrays.stream(score.values())
                .filter(v -> Math.abs(v - chance.get()) > near)
                .count();
        if (outside > 0.1 * score.size() || Math.abs(score.endLevel() - chance.get()) > near) {
            return Optional.empty();
        }
        String summary = Words.name(score) + " stays at chance: " + Numbers.of(score.min()) + " to "
                + Numbers.of(score.max()) + " over " + Numbers.count(score.size(), "evaluation")
                + ", where guessing gives " + Numbers.of(chance.get());
        return Optional.of(finding(AT_CHANCE, summary, score, "median", Robust.median(score.values()), chance.get()));
    }

    private Optional<Finding> nothingDetected(Examination examination, Curve score) {
        boolean nothing = score.key().quantity() == Quantity.MAP
                && score.size() >= FEWEST_FOR_DETECTION
                && score.min() >= 0
                && score.max() < examination.threshold(this, NO_DETECTION);
        return nothing
                ? Optional.of(finding(
                        AT_CHANCE,
                        Words.name(score) + " never exceeds " + Numbers.of(score.max()) + " in "
                                + Numbers.count(score.size(), "evaluation"),
                        score,
                        "maximum",
                        score.max(),
                        0))
                : Optional.empty();
    }

    private Optional<Finding> oneAnswer(Examination examination, Curve score) {
        if (score.key().quantity() != Quantity.ACCURACY || !isShare(score) || trainScoreLearned(examination)) {
            return Optional.empty();
        }
        double[] values = score.values();
        Arrays.sort(values);
        double mode = values[0];
        int most = 0;
        for (int from = 0, i = 1; i <= values.length; i++) {
            if (i == values.length || values[i] != values[from]) {
                if (i - from > most) {
                    most = i - from;
                    mode = values[from];
                }
                from = i;
            }
        }
        // Above 0.9 a small data set repeats its score for a good reason.
        boolean frozen = most >= examination.threshold(this, FROZEN) * values.length
                && mode < 0.9
                && Robust.quantile(values, 0.9) - mode <= 2 * examination.threshold(this, NEAR)
                && !ConstantAnswer.isRefuted(examination, mode);
        return frozen
                ? Optional.of(finding(
                        ONE_ANSWER,
                        Words.name(score) + " is exactly " + Numbers.of(mode) + " in " + most + " of "
                                + Numbers.count(values.length, "evaluation") + ": the model gives one answer",
                        score,
                        "evaluations with the same score",
                        most,
                        values.length))
                : Optional.empty();
    }

    private static boolean trainScoreLearned(Examination examination) {
        return examination
                .trainScore()
                .filter(s -> s.size() > 1 && (s.endLevel() >= 0.9 || s.endLevel() - s.first() >= 0.1))
                .isPresent();
    }

    private Optional<Finding> noFall(Examination examination, Curve loss) {
        double start = loss.startLevel();
        double end = loss.endLevel();
        boolean scoreLearned = examination.convergence().scoreAtGoal()
                || examination.validationScore().filter(NotConverging::improves).isPresent()
                || examination.trainScore().filter(NotConverging::improves).isPresent();
        boolean heldOutFalls = examination
                .validationLoss()
                .filter(v -> v.size() >= Cadence.FEWEST_EPOCHS && v.trend().falls())
                .isPresent();
        boolean opposed = start < 0 && CurveChoice.isSum(loss);
        if (opposed || scoreLearned || heldOutFalls || loss.trend().z() < -1.64) {
            return Optional.empty();
        }
        int third = Math.max(1, loss.size() / 3);
        double noise = loss.size() < 6 ? 0 : loss.noise();
        double resolution = 2 * noise * Math.sqrt(2.0 / third) / Math.abs(start);
        double[] thirds = loss.blockMeans(3);
        boolean noFall = end >= start && thirds[2] >= thirds[0];
        if (!noFall || !(resolution <= examination.threshold(this, POWER))) {
            return Optional.empty();
        }
        double rise = (end - start) / Math.abs(start);
        String summary = Words.name(loss) + " ends at " + Numbers.of(end) + ", not below its start of "
                + Numbers.of(start) + ", after " + Numbers.count(loss.size(), "point");
        return Optional.of(finding(
                Math.min(start < 0 ? MOST_WHEN_NEGATIVE : 100, RISE.score(rise)),
                summary,
                loss,
                "end level",
                end,
                start));
    }

    /**
     * A part of the loss that stays above its start on training and on held-out data, while the sum may fall; where nothing
     * is held out, one that at least doubles.
     */
    private Optional<Finding> partThatRises(Examination examination) {
        List<Curve> parts = examination.lossParts(Split.TRAIN);
        double whole = examination.trainLoss().map(Curve::endLevel).orElse(Double.NaN);
        if (parts.size() < 2) {
            return Optional.empty();
        }
        return parts.stream()
                .filter(part -> part.key().direction() == Direction.LOWER_IS_BETTER)
                .filter(part -> part.endLevel() >= examination.threshold(this, PART) * whole)
                .filter(part -> staysAbove(part, part.first()))
                .filter(part -> CurveChoice.sameOn(examination.run(), Split.VALIDATION, part.key())
                        .map(heldOut -> staysAbove(heldOut, heldOut.first()))
                        .orElseGet(() -> staysAbove(part, 2 * part.first())))
                .max(Comparator.comparingDouble(part -> part.endLevel() / part.first()))
                .map(NotConverging::risingPart);
    }

    private static Finding risingPart(Curve part) {
        double rise = part.endLevel() / part.first() - 1;
        String summary = Words.name(part) + " ends at " + Numbers.of(part.endLevel()) + ", above its start of "
                + Numbers.of(part.first()) + ", while the rest of the loss falls: this part of the task is not learned";
        return finding(
                Math.min(PART_AT_MOST, RISE.score(rise)), summary, part, "end level", part.endLevel(), part.first());
    }

    /** Whether each third of a part lies above a level by more than noise. */
    private static boolean staysAbove(Curve part, double level) {
        return part.size() >= FEWEST_FOR_DETECTION
                && part.min() > 0
                && Arrays.stream(part.blockMedians(3)).allMatch(third -> third > level)
                && part.endLevel() > level + 2 * part.noise();
    }

    private static boolean improves(Curve score) {
        boolean lower = score.key().direction() == Direction.LOWER_IS_BETTER;
        return score.size() >= Cadence.FEWEST_EPOCHS
                && (lower ? score.trend().z() < -1.64 : score.trend().z() > 1.64);
    }

    private static Finding finding(
            int score, String summary, Curve curve, String what, double value, double reference) {
        return new Finding(
                INFO,
                score,
                summary,
                Where.series(curve.label(), curve.firstStep(), curve.lastStep()),
                Evidence.of(
                        curve.label() + ", " + what,
                        value,
                        "",
                        "compared with " + Numbers.of(reference),
                        Evidence.of("points", curve.size(), "points")));
    }

    private static boolean isShare(Curve score) {
        return score.min() >= 0 && score.max() <= 1;
    }

    /** The score of guessing, where the log tells it: 0.5 for the area under the curve, a logged baseline, or 1/C. */
    private static Optional<Double> chance(Examination examination, Curve score) {
        if (score.key().quantity() == Quantity.AUC) {
            return Optional.of(0.5);
        }
        if (score.key().quantity() != Quantity.ACCURACY) {
            return Optional.empty();
        }
        Optional<Double> baseline = examination.run().metrics().stream()
                .filter(s -> s.key().name().toLowerCase(Locale.ROOT).contains("accuracy_baseline"))
                .findFirst()
                .map(s -> s.value(s.size() - 1));
        if (baseline.isPresent()) {
            return baseline;
        }
        OptionalInt classes = Task.classes(examination.run());
        return classes.isPresent() ? Optional.of(1.0 / classes.getAsInt()) : Optional.empty();
    }
}
