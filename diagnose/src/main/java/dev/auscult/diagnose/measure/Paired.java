package dev.auscult.diagnose.measure;

import java.util.Arrays;

/**
 * A measure on training data at the points where it was evaluated on held-out data.
 *
 * @param train on training data [points]
 * @param heldOut on held-out data [points], at most 200 block means
 */
public record Paired(Curve train, Curve heldOut) {
    private static final int BLOCKS = 200;

    /** Pairs two curves of which neither is empty. */
    public static Paired of(Curve train, Curve heldOut) {
        Curve reduced = heldOut.reduced(BLOCKS);
        return new Paired(reduced.withValues(train.key(), train.alignedTo(reduced)), reduced);
    }

    public int size() {
        return heldOut.size();
    }

    /** Median ratio held-out / train over points {@code from} (inclusive) to {@code to} (exclusive). */
    public double ratio(int from, int to) {
        double[] ratios = new double[to - from];
        for (int i = from; i < to; i++) {
            ratios[i - from] = train.value(i) > 0 ? heldOut.value(i) / train.value(i) : Double.NaN;
        }
        return Robust.median(ratios);
    }

    /** Differences held-out − train [points]. */
    public double[] differences() {
        double[] differences = new double[size()];
        Arrays.setAll(differences, i -> heldOut.value(i) - train.value(i));
        return differences;
    }

    /** The first evaluations: a tenth of them, at least one and at most what there is. */
    public int early() {
        return Math.max(1, size() / 10);
    }
}
