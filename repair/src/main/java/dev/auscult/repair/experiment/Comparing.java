package dev.auscult.repair.experiment;

import java.util.Arrays;
import java.util.List;

/**
 * Compares the ends of two short trainings. One is better where its mean loss is lower by an effect that matters, a tenth of
 * what could still be removed, AND with evidence, three standard errors of the differences of blocks.
 */
final class Comparing {
    /** Standard errors that a difference must exceed; one in 740 normal ones does by chance, of so few blocks one in 70. */
    static final double CLEAR = 3;

    /** Share of what guessing costs that must be gone for a network to have learned something. */
    static final double LEARNED = 0.05;

    /** Share of the removable loss that a difference must be worth. */
    private static final double EFFECT = 0.1;

    static final String BETTER = "better";
    static final String SAME = "same";
    static final String WORSE = "worse";
    static final String NEITHER = "neither-learns";

    /** All outcomes of a comparison. */
    static final List<String> OUTCOMES = List.of(BETTER, SAME, WORSE, NEITHER);

    private Comparing() {}

    /**
     * How another training compares with the baseline.
     *
     * @param paired whether both saw the same batches in the same order, so that their noise is common
     */
    static String outcome(Trace baseline, Trace other, boolean paired) {
        if (isLower(other, baseline, paired)) {
            return BETTER;
        }
        if (isLower(baseline, other, paired)) {
            return WORSE;
        }
        return baseline.learned() || other.learned() ? SAME : NEITHER;
    }

    /** Whether the loss of the first ends lower than that of the second, by an effect that matters and with evidence. */
    static boolean isLower(Trace first, Trace second, boolean paired) {
        if (!first.isSound() || !second.isSound()) {
            return first.isSound();
        }
        double error = error(first.blocks(), second.blocks(), paired);
        return isLower(first.end(), second.end(), second, error);
    }

    /** The same of the losses on held-out examples, which are the same ones for both. */
    static boolean isLowerHeldOut(Trace first, Trace second) {
        if (!Double.isFinite(first.heldOut()) || !Double.isFinite(second.heldOut())) {
            return Double.isFinite(first.heldOut()) && !Double.isNaN(second.heldOut());
        }
        double error = error(first.ending().heldOut(), second.ending().heldOut(), true);
        return isLower(first.heldOut(), second.heldOut(), second, error);
    }

    private static boolean isLower(double lower, double higher, Trace second, double error) {
        double difference = higher - lower;
        double removable = Math.min(higher, second.ignorance()) - second.floor();
        return difference > EFFECT * Math.abs(removable) && difference > CLEAR * error;
    }

    /** Standard error of the difference of two means, by blocks. */
    static double error(double[] a, double[] b, boolean paired) {
        if (!paired || a.length != b.length) {
            return Math.hypot(standardError(a), standardError(b));
        }
        double[] differences = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            differences[i] = b[i] - a[i];
        }
        return standardError(differences);
    }

    /** s/√n; infinite for a single number, which tells nothing of its error. */
    static double standardError(double[] numbers) {
        int n = numbers.length;
        if (n < 2) {
            return Double.POSITIVE_INFINITY;
        }
        double mean = Arrays.stream(numbers).average().orElse(Double.NaN);
        double squares =
                Arrays.stream(numbers).map(x -> (x - mean) * (x - mean)).sum();
        return Math.sqrt(squares / (n - 1) / n);
    }
}
