package dev.auscult.diagnose.measure;

import java.util.Arrays;
import java.util.stream.IntStream;

import dev.auscult.run.MetricKey;
import dev.auscult.run.Series;
import org.jspecify.annotations.Nullable;

/** The finite points of a series, with what rules ask of them again and again. */
public final class Curve {
    private final MetricKey key;
    private final String label;
    private final long[] steps;
    private final double[] epochs;
    private final double[] values;
    private final int nonFinite;

    // Asked by many rules. Threads may race: all find the same, and boxes of final fields are seen whole.
    private @Nullable Double startLevel;
    private @Nullable Double endLevel;
    private @Nullable Double noise;
    private @Nullable Trend trend;

    Curve(MetricKey key, String label, long[] steps, double[] epochs, double[] values, int nonFinite) {
        this.key = key;
        this.label = label;
        this.steps = steps;
        this.epochs = epochs;
        this.values = values;
        this.nonFinite = nonFinite;
    }

    /** The finite points of a series. */
    public static Curve of(Series series) {
        int finite = 0;
        for (int i = 0; i < series.size(); i++) {
            if (Double.isFinite(series.value(i))) {
                finite++;
            }
        }
        long[] steps = new long[finite];
        double[] epochs = new double[finite];
        double[] values = new double[finite];
        int at = 0;
        for (int i = 0; i < series.size(); i++) {
            if (Double.isFinite(series.value(i))) {
                steps[at] = series.step(i);
                epochs[at] = series.epoch(i);
                values[at] = series.value(i);
                at++;
            }
        }
        return new Curve(series.key(), series.key().label(), steps, epochs, values, series.size() - finite);
    }

    /** The finite points of columns without epochs. */
    static Curve finite(MetricKey key, long[] steps, double[] values) {
        int[] kept = IntStream.range(0, values.length)
                .filter(i -> Double.isFinite(values[i]))
                .toArray();
        double[] epochs = new double[kept.length];
        Arrays.fill(epochs, Double.NaN);
        return new Curve(
                key,
                key.label(),
                Arrays.stream(kept).mapToLong(i -> steps[i]).toArray(),
                epochs,
                Arrays.stream(kept).mapToDouble(i -> values[i]).toArray(),
                values.length - kept.length);
    }

    public MetricKey key() {
        return key;
    }

    /** Label for people and for {@link dev.auscult.diagnose.Where}. */
    public String label() {
        return label;
    }

    /** Name in a sentence: {@code validation/box_loss} as "validation box loss", {@code train/loss} as "training loss". */
    public String name() {
        return name(key);
    }

    /** The same for the key of a series. */
    public static String name(MetricKey key) {
        String words = key.label()
                .replace('/', ' ')
                .replace('_', ' ')
                .replaceAll("\\bmap\\b", "mAP")
                .replaceAll("\\bf1\\b", "F1")
                .replaceAll("\\bauc\\b", "AUC")
                .replaceAll("\\bwer\\b", "word");
        return words.startsWith("train ") ? "training " + words.substring("train ".length()) : words;
    }

    public int size() {
        return values.length;
    }

    public boolean isEmpty() {
        return values.length == 0;
    }

    /** How many points of the series were NaN or infinite and are not here. */
    public int nonFinite() {
        return nonFinite;
    }

    public long step(int i) {
        return steps[i];
    }

    /** Epoch of point {@code i}; NaN if unknown. */
    public double epoch(int i) {
        return epochs[i];
    }

    public double value(int i) {
        return values[i];
    }

    public double first() {
        return values[0];
    }

    public double last() {
        return values[values.length - 1];
    }

    public long firstStep() {
        return steps[0];
    }

    public long lastStep() {
        return steps[steps.length - 1];
    }

    /** A copy of the steps. */
    public long[] steps() {
        return steps.clone();
    }

    /** The same points with other values under another key. */
    Curve withValues(MetricKey otherKey, double[] otherValues) {
        return new Curve(otherKey, otherKey.label(), steps, epochs, otherValues, nonFinite);
    }

    /** A copy of the values. */
    public double[] values() {
        return values.clone();
    }

    /** A copy of the values from point {@code from} (inclusive) to {@code to} (exclusive). */
    public double[] values(int from, int to) {
        return Arrays.copyOfRange(values, from, to);
    }

    /** The points from {@code from} (inclusive) to {@code to} (exclusive). */
    public Curve slice(int from, int to) {
        return new Curve(
                key,
                label,
                Arrays.copyOfRange(steps, from, to),
                Arrays.copyOfRange(epochs, from, to),
                Arrays.copyOfRange(values, from, to),
                0);
    }

    /** The last {@code share} (0..1) of the points, at least one. */
    public Curve tail(double share) {
        int keep = Math.max(1, (int) Math.round(share * size()));
        return slice(size() - Math.min(keep, size()), size());
    }

    /** The first {@code share} (0..1) of the points, at least one. */
    public Curve head(double share) {
        int keep = Math.max(1, (int) Math.round(share * size()));
        return slice(0, Math.min(keep, size()));
    }

    /** Index of the smallest value (the first of equals). */
    public int argMin() {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] < values[best]) {
                best = i;
            }
        }
        return best;
    }

    /** Index of the largest value (the first of equals). */
    public int argMax() {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[best]) {
                best = i;
            }
        }
        return best;
    }

    public double min() {
        return values[argMin()];
    }

    public double max() {
        return values[argMax()];
    }

    /** Median of the first tenth of the points (at least one, at most what there is): the level at the start. */
    public double startLevel() {
        Double known = startLevel;
        if (known == null) {
            known = Robust.median(head(0.1).values);
            startLevel = known;
        }
        return known;
    }

    /**
     * The level at the end: the last value of a curve with fewer than 10 points, else the median of the last tenth (at
     * least 3 points).
     */
    public double endLevel() {
        Double known = endLevel;
        if (known == null) {
            known = Robust.median(Arrays.copyOfRange(values, size() - 1 - endSpan(), size()));
            endLevel = known;
        }
        return known;
    }

    /** How many points before the last one {@link #endLevel} takes in. */
    public int endSpan() {
        return size() < 10 ? 0 : Math.max(3, size() / 10) - 1;
    }

    /** Standard deviation of the noise around the curve; NaN with fewer than three points. */
    public double noise() {
        Double known = noise;
        if (known == null) {
            known = Robust.noise(values);
            noise = known;
        }
        return known;
    }

    /** Means of {@code n} blocks of equal count (fewer if there are fewer points) [blocks]. */
    public double[] blockMeans(int n) {
        return blockMeans(values, n);
    }

    /** Medians of {@code n} blocks of equal count (fewer if there are fewer points) [blocks]. */
    public double[] blockMedians(int n) {
        int blocks = Math.min(n, size());
        double[] medians = new double[blocks];
        for (int b = 0; b < blocks; b++) {
            medians[b] =
                    Robust.median(Arrays.copyOfRange(values, start(b, blocks, size()), start(b + 1, blocks, size())));
        }
        return medians;
    }

    /** Running median over {@code 2 * half + 1} points (fewer at the borders): follows steps, ignores single spikes. */
    public Curve smoothed(int half) {
        double[] smooth = new double[size()];
        for (int i = 0; i < smooth.length; i++) {
            smooth[i] =
                    Robust.median(Arrays.copyOfRange(values, Math.max(0, i - half), Math.min(size(), i + half + 1)));
        }
        return new Curve(key, label, steps, epochs, smooth, nonFinite);
    }

    /**
     * The curve as means of at most {@code n} blocks; each block carries the step and epoch of its last point. The curve
     * itself if it has no more points than that.
     */
    public Curve reduced(int n) {
        if (size() <= n) {
            return this;
        }
        long[] blockSteps = new long[n];
        double[] blockEpochs = new double[n];
        for (int b = 0; b < n; b++) {
            int last = start(b + 1, n, size()) - 1;
            blockSteps[b] = steps[last];
            blockEpochs[b] = epochs[last];
        }
        return new Curve(key, label, blockSteps, blockEpochs, blockMeans(n), nonFinite);
    }

    /** Trend of the values. */
    public Trend trend() {
        Trend known = trend;
        if (known == null) {
            known = Trend.of(values);
            trend = known;
        }
        return known;
    }

    /** Index of the last point at or before a step; −1 if there is none. */
    public int indexAtOrBefore(long step) {
        int found = Arrays.binarySearch(steps, step);
        if (found >= 0) {
            while (found + 1 < steps.length && steps[found + 1] == step) {
                found++;
            }
            return found;
        }
        return -found - 2;
    }

    /** Mean of the values with a step in ({@code after}, {@code upTo}]; NaN if there is none. */
    public double meanBetween(long after, long upTo) {
        int from = indexAtOrBefore(after) + 1;
        int to = indexAtOrBefore(upTo) + 1;
        return from >= to ? Double.NaN : Robust.mean(Arrays.copyOfRange(values, from, to));
    }

    /**
     * This curve at the points of another, so that the two can be compared: for each of its steps the mean of what this
     * curve has since its previous step; where there is nothing, the latest value before, or the first one. Series of
     * different counters (batches against epochs) are aligned by epoch if both have it, else by their share of the run. NaN
     * throughout where this curve has no points.
     */
    public double[] alignedTo(Curve other) {
        if (isEmpty() || other.isEmpty()) {
            double[] nothing = new double[other.size()];
            Arrays.fill(nothing, Double.NaN);
            return nothing;
        }
        double[] mine = axisLike(other);
        double[] theirs = other.axisLike(this);
        double[] aligned = new double[theirs.length];
        int next = 0;
        for (int i = 0; i < theirs.length; i++) {
            double sum = 0;
            int count = 0;
            while (next < mine.length && mine[next] <= theirs[i] + 1e-9 * Math.abs(theirs[i])) {
                sum += values[next++];
                count++;
            }
            aligned[i] = count > 0 ? sum / count : values[Math.max(0, next - 1)];
        }
        return aligned;
    }

    private double[] axisLike(Curve other) {
        if (hasEpochs() && other.hasEpochs()) {
            return epochs;
        }
        double overlap =
                Math.min(lastStep(), other.lastStep()) / (double) Math.max(1, Math.max(lastStep(), other.lastStep()));
        double[] axis = new double[size()];
        for (int i = 0; i < axis.length; i++) {
            // Counters that differ by more than a few evaluation intervals do not count the same thing.
            axis[i] = overlap > 0.5 ? steps[i] : steps[i] / (double) Math.max(1, lastStep());
        }
        return axis;
    }

    /** Whether every point has an epoch. */
    public boolean hasEpochs() {
        return !isEmpty() && Arrays.stream(epochs).noneMatch(Double::isNaN);
    }

    /** A position for people: "epoch 7" or "step 1200". */
    public String place(int i) {
        if (!Double.isNaN(epochs[i]) && epochs[i] == Math.rint(epochs[i])) {
            return "epoch " + (long) epochs[i];
        }
        return "step " + steps[i];
    }

    static double[] blockMeans(double[] values, int n) {
        int blocks = Math.min(n, values.length);
        double[] means = new double[blocks];
        for (int b = 0; b < blocks; b++) {
            means[b] = Robust.mean(
                    Arrays.copyOfRange(values, start(b, blocks, values.length), start(b + 1, blocks, values.length)));
        }
        return means;
    }

    private static int start(int block, int blocks, int length) {
        return (int) ((long) block * length / blocks);
    }

    @Override
    public String toString() {
        return label + " [" + size() + "]";
    }
}
