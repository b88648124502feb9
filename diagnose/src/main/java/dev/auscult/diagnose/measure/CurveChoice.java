package dev.auscult.diagnose.measure;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.auscult.run.Direction;
import dev.auscult.run.Grain;
import dev.auscult.run.MetricKey;
import dev.auscult.run.Quantity;
import dev.auscult.run.Run;
import dev.auscult.run.Series;
import dev.auscult.run.Split;

/** Chooses, among the series of a run, the one that speaks for a quantity. */
public final class CurveChoice {
    /** Scores from the one that says most about the task to the one that says least. */
    private static final List<Quantity> SCORES =
            List.of(Quantity.MAP, Quantity.ACCURACY, Quantity.F1, Quantity.AUC, Quantity.ERROR_RATE, Quantity.REWARD);

    private static final String PLUS = " + ";

    /** No loss has more parts than this; a log with more has one loss per layer, client or task. */
    private static final int MOST_PARTS = 12;

    /** Scores that one answer for all can make perfect: even a part of the others says more. */
    private static final List<Quantity> HALF_SCORES = List.of(Quantity.RECALL, Quantity.PRECISION);

    private CurveChoice() {}

    /**
     * The loss on a split: the whole loss where it is logged (per epoch rather than per step if both are), else the sum
     * of its parts if they share their steps, else the only part.
     */
    public static Optional<Curve> loss(Run run, Split split) {
        Optional<Curve> whole =
                best(candidates(run, split, Quantity.LOSS).filter(s -> s.key().isWhole()), Grain.EPOCH);
        return whole.isPresent() || Task.isAdversarial(run) ? whole : sumOfParts(lossParts(run, split));
    }

    /** The whole training loss per step, where it is logged so; else as {@link #loss}. */
    public static Optional<Curve> finestLoss(Run run, Split split) {
        Optional<Curve> whole = candidates(run, split, Quantity.LOSS)
                .filter(s -> s.key().isWhole())
                .max(Comparator.comparingInt(Series::size))
                .map(Curve::of)
                .filter(c -> !c.isEmpty());
        return whole.isPresent() ? whole : loss(run, split);
    }

    /** The parts of a loss (box, objectness, class …), each once, without those that were never computed (all zero). */
    public static List<Curve> lossParts(Run run, Split split) {
        return candidates(run, split, Quantity.LOSS)
                .filter(s -> !s.key().isWhole() && s.key().grain() != Grain.STEP)
                .map(Curve::of)
                .filter(c -> !c.isEmpty())
                .toList();
    }

    /** The score that says most about the task: whole quantities before parts, precision and recall alone last. */
    public static Optional<Curve> score(Run run, Split split) {
        return score(run, split, SCORES).or(() -> score(run, split, HALF_SCORES));
    }

    private static Optional<Curve> score(Run run, Split split, List<Quantity> quantities) {
        for (boolean whole : new boolean[] {true, false}) {
            for (Quantity quantity : quantities) {
                Optional<Curve> chosen = best(
                        candidates(run, split, quantity).filter(s -> s.key().isWhole() == whole), Grain.EPOCH);
                if (chosen.isPresent()) {
                    return chosen;
                }
            }
        }
        return Optional.empty();
    }

    /** The curve of one quantity on one split. */
    public static Optional<Curve> of(Run run, Split split, Quantity quantity) {
        Optional<Curve> whole =
                best(candidates(run, split, quantity).filter(s -> s.key().isWhole()), Grain.EPOCH);
        return whole.isPresent() ? whole : best(candidates(run, split, quantity), Grain.EPOCH);
    }

    /** The same measure on another split: same quantity, same part. */
    public static Optional<Curve> sameOn(Run run, Split split, MetricKey key) {
        return best(
                candidates(run, split, key.quantity())
                        .filter(s -> s.key().part().equals(key.part())),
                Grain.EPOCH);
    }

    private static Stream<Series> candidates(Run run, Split split, Quantity quantity) {
        return run.metrics(split, quantity).filter(s -> !neverComputed(s));
    }

    /** A loss or score that is exactly zero in every one of several rows was never computed (YOLO without labels). */
    private static boolean neverComputed(Series series) {
        if (series.size() < 2) {
            return false;
        }
        for (int i = 0; i < series.size(); i++) {
            if (series.value(i) != 0) {
                return false;
            }
        }
        return true;
    }

    private static Optional<Curve> best(Stream<Series> candidates, Grain preferred) {
        return candidates
                .map(Curve::of)
                .filter(c -> !c.isEmpty() || c.nonFinite() > 0)
                .max(Comparator.comparingInt((Curve c) -> c.size() > 1 ? 1 : 0)
                        .thenComparingInt(c -> c.key().grain() == preferred ? 1 : 0)
                        .thenComparingInt(Curve::size))
                .filter(c -> !c.isEmpty());
    }

    /** Whether a curve is a sum of parts that {@link #loss} made. */
    public static boolean isSum(Curve curve) {
        return curve.key().name().contains(PLUS);
    }

    private static Optional<Curve> sumOfParts(List<Curve> parts) {
        // What may be better when it rises (a log-likelihood, a Kullback-Leibler target) is no term of a sum to
        // minimise.
        if (parts.isEmpty()
                || parts.size() > MOST_PARTS
                || parts.stream().anyMatch(p -> p.key().direction() == Direction.UNKNOWN)) {
            return Optional.empty();
        }
        Curve first = parts.get(0);
        List<Curve> aligned = parts.stream()
                .filter(p -> Arrays.equals(p.steps(), first.steps()))
                .toList();
        if (aligned.size() < 2 || aligned.size() < parts.size()) {
            return parts.size() == 1 ? Optional.of(first) : Optional.empty();
        }
        double[] sum = new double[first.size()];
        for (Curve part : aligned) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += part.value(i);
            }
        }
        MetricKey key = MetricKey.of(
                first.key().split(),
                Quantity.LOSS,
                aligned.stream().map(p -> p.key().name()).collect(Collectors.joining(PLUS)));
        return Optional.of(first.withValues(key, sum));
    }
}
