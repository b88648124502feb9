package dev.auscult.repair.experiment;

import java.util.Arrays;

/** The losses of a short training, step by step. */
final class Trace {
    /** Blocks that the end is cut into: losses of neighbouring steps are alike, means of blocks much less. */
    private static final int BLOCKS = 6;

    /** As for a range test. */
    private static final double DIVERGED = 4;

    private final double[] losses;
    private final boolean finite;
    private final double guess;
    private final double floor;
    private final Ending ending;

    /**
     * Mean losses of groups of examples, the same for all trainings, with the weights as they are at the end.
     *
     * @param heldOut of held-out examples in evaluation mode; empty if there are none
     * @param evaluationMode of training examples in evaluation mode
     * @param trainingMode of the same in training mode, with dropout and statistics of the batch
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Ending(double[] heldOut, double[] evaluationMode, double[] trainingMode) {
        /** Of a training that came to no end. */
        static final Ending NOT_FINITE = new Ending(
                new double[] {Double.POSITIVE_INFINITY},
                new double[] {Double.POSITIVE_INFINITY},
                new double[] {Double.POSITIVE_INFINITY});
    }

    /**
     * A trace.
     *
     * @param losses mean loss of each step, before its update; up to the last finite one
     * @param finite whether all losses were finite
     * @param guess loss of the best prediction that is the same for all examples; NaN if unknown
     * @param floor a bound that no prediction can go below
     * @param ending what was measured after the last step
     */
    Trace(double[] losses, boolean finite, double guess, double floor, Ending ending) {
        this.losses = losses;
        this.finite = finite;
        this.guess = guess;
        this.floor = floor;
        this.ending = ending;
    }

    int steps() {
        return losses.length;
    }

    /**
     * Whether it came to an end that tells anything: losses stayed finite and are not {@value #DIVERGED} times those of the
     * start, or of guessing. What diverges becomes infinite sooner or later, in float64 only later.
     */
    boolean isSound() {
        return finite && losses.length > 0 && mean() <= DIVERGED * Math.max(start(), ignorance());
    }

    /** The loss of the first step; infinite if it was not finite. */
    double start() {
        return losses.length == 0 ? Double.POSITIVE_INFINITY : losses[0];
    }

    /** Mean loss on held-out examples; NaN if there are none, infinite if it diverged. */
    double heldOut() {
        return !isSound()
                ? Double.POSITIVE_INFINITY
                : Arrays.stream(ending.heldOut()).average().orElse(Double.NaN);
    }

    /** What was measured after the last step. */
    Ending ending() {
        return ending;
    }

    double floor() {
        return floor;
    }

    boolean isFinite() {
        return finite;
    }

    /** Mean loss over the last third; infinite if it diverged. */
    double end() {
        return isSound() ? mean() : Double.POSITIVE_INFINITY;
    }

    private double mean() {
        return Arrays.stream(tail()).average().orElse(Double.NaN);
    }

    /** Means of the blocks of the last third. */
    double[] blocks() {
        double[] tail = tail();
        int count = Math.min(BLOCKS, tail.length);
        double[] means = new double[count];
        for (int b = 0; b < count; b++) {
            int from = b * tail.length / count;
            int to = (b + 1) * tail.length / count;
            for (int i = from; i < to; i++) {
                means[b] += tail[i] / (to - from);
            }
        }
        return means;
    }

    private double[] tail() {
        return Arrays.copyOfRange(losses, losses.length - Math.max(1, losses.length / 3), losses.length);
    }

    /**
     * Where learning starts from: guessing, which every network can do without looking at its inputs; where that is not
     * known, the first loss.
     */
    double ignorance() {
        return Double.isNaN(guess) ? start() : guess;
    }

    /** Whether a loss is below that of guessing by a twentieth of what guessing costs. */
    boolean isBelowGuessing(double loss) {
        return loss < ignorance() - Comparing.LEARNED * Math.abs(ignorance() - floor);
    }

    /** Whether it learned more than to guess, beyond its own noise. */
    boolean learned() {
        return isSound() && isBelowGuessing(end() + Comparing.CLEAR * Comparing.standardError(blocks()));
    }
}
