package dev.auscult.data;

import java.util.Arrays;
import java.util.Locale;

import dev.auscult.data.error.DataException;

/**
 * Brings numbers to a common scale, x ← (x − shift) · factor, with figures taken from the training part alone: per feature
 * for vectors [features] and sequences [length, features], per channel for images and sound [channels, …].
 */
public final class ArrayNormalizer {
    private final String kind;
    private final boolean lastAxis;
    /** Per channel or feature; what is not finite becomes the mean, which is what is missing there at best. */
    private final double[] mean;

    private final double[] shift;
    private final double[] factor;

    private ArrayNormalizer(String kind, boolean lastAxis, double[] mean, double[] shift, double[] factor) {
        this.kind = kind;
        this.lastAxis = lastAxis;
        this.mean = mean;
        this.shift = shift;
        this.factor = factor;
    }

    /**
     * Takes the figures; what is not finite is left out of them. A feature that never changes keeps its factor at 1.
     *
     * @param training inputs of the training part
     * @param settings {@code normalize}: {@code standard} (mean 0, standard deviation 1, of the population), {@code
     *     min-max} (0 to 1), {@code divide} (by {@code divide}) or {@code none}
     */
    public static ArrayNormalizer fit(Inputs training, DataSettings settings) {
        if (training.tokens()) {
            throw new IllegalArgumentException("tokens have no scale");
        }
        long[] shape = training.shape();
        boolean lastAxis = shape.length == 1 || (shape.length == 2 && shape[0] != 1);
        int groups = (int) (lastAxis ? shape[shape.length - 1] : shape[0]);
        Figures figures = new Figures(training, lastAxis, groups);
        double[] shift = new double[groups];
        double[] factor = new double[groups];
        Arrays.fill(factor, 1);
        switch (settings.normalize()) {
            case "standard" -> {
                for (int g = 0; g < groups; g++) {
                    double deviation = Math.sqrt(figures.squares[g] / Math.max(1, figures.count[g]));
                    shift[g] = figures.mean[g];
                    // Rounding alone may leave a trace of a deviation where all numbers are equal.
                    if (deviation > 1e-12 * Math.abs(figures.mean[g]) && figures.max[g] > figures.min[g]) {
                        factor[g] = 1 / deviation;
                    }
                }
            }
            case "min-max" -> {
                for (int g = 0; g < groups; g++) {
                    shift[g] = figures.count[g] == 0 ? 0 : figures.min[g];
                    if (figures.max[g] > figures.min[g]) {
                        factor[g] = 1 / (figures.max[g] - figures.min[g]);
                    }
                }
            }
            case "divide" -> {
                if (settings.divide() == 0 || !Double.isFinite(settings.divide())) {
                    throw new DataException(
                            "normalize: divide by " + settings.divide() + ", wanted a finite number other than 0");
                }
                Arrays.fill(factor, 1 / settings.divide());
            }
            case "none" -> {}
            default ->
                throw new DataException(
                        "normalize: '" + settings.normalize() + "', wanted one of none, standard, min-max, divide");
        }
        return new ArrayNormalizer(settings.normalize(), lastAxis, figures.mean, shift, factor);
    }

    /** The same inputs, scaled when they are read. */
    public Inputs apply(Inputs inputs) {
        long[] shape = inputs.shape();
        long groups = lastAxis ? shape[shape.length - 1] : shape[0];
        if (groups != shift.length) {
            throw new IllegalArgumentException(
                    groups + (lastAxis ? " features" : " channels") + ", wanted " + shift.length + " as in training");
        }
        return new Scaled(inputs, this);
    }

    /** For people: {@code standard per channel, mean 33.3, standard deviation 78.6}. */
    public String description() {
        String per = lastAxis ? " per feature" : " per channel";
        if (kind.equals("none")) {
            return "not normalized";
        }
        if (kind.equals("divide")) {
            return String.format(Locale.ROOT, "divided by %.4g", 1 / factor[0]);
        }
        String figures = switch (kind) {
            case "standard" ->
                String.format(Locale.ROOT, ", mean %.4g, standard deviation %.4g", shift[0], 1 / factor[0]);
            default -> String.format(Locale.ROOT, ", from %.4g to %.4g", shift[0], shift[0] + 1 / factor[0]);
        };
        return kind + per + (shift.length == 1 ? figures : "");
    }

    /** Count, mean, sum of squared differences from it, least and greatest of each feature or channel. */
    private static final class Figures {
        private final long[] count;
        private final double[] mean;
        private final double[] squares;
        private final float[] min;
        private final float[] max;

        Figures(Inputs inputs, boolean lastAxis, int groups) {
            count = new long[groups];
            mean = new double[groups];
            squares = new double[groups];
            min = new float[groups];
            max = new float[groups];
            Arrays.fill(min, Float.POSITIVE_INFINITY);
            Arrays.fill(max, Float.NEGATIVE_INFINITY);
            int elements = inputs.elements();
            float[] example = new float[elements];
            int perGroup = elements / groups;
            for (int i = 0; i < inputs.size(); i++) {
                inputs.read(i, example, 0);
                for (int g = 0; g < groups; g++) {
                    if (lastAxis) {
                        add(g, example, g, groups, perGroup);
                    } else {
                        add(g, example, g * perGroup, 1, perGroup);
                    }
                }
            }
        }

        /**
         * Adds the numbers of one example: their own mean and squares, then merged (Chan, Golub and LeVeque: Algorithms for
         * computing the sample variance, 1983), which loses no digits however far the mean is from 0.
         */
        private void add(int group, float[] x, int start, int step, int length) {
            long n = 0;
            double sum = 0;
            for (int k = 0, i = start; k < length; k++, i += step) {
                if (Float.isFinite(x[i])) {
                    n++;
                    sum += x[i];
                    min[group] = Math.min(min[group], x[i]);
                    max[group] = Math.max(max[group], x[i]);
                }
            }
            if (n == 0) {
                return;
            }
            double own = sum / n;
            double ownSquares = 0;
            for (int k = 0, i = start; k < length; k++, i += step) {
                if (Float.isFinite(x[i])) {
                    ownSquares += (x[i] - own) * (x[i] - own);
                }
            }
            long total = count[group] + n;
            double difference = own - mean[group];
            mean[group] += difference * n / total;
            squares[group] += ownSquares + difference * difference * ((double) count[group] * n / total);
            count[group] = total;
        }
    }

    private static final class Scaled implements Inputs {
        private final Inputs of;
        private final ArrayNormalizer by;
        private final int elements;

        Scaled(Inputs of, ArrayNormalizer by) {
            this.of = of;
            this.by = by;
            this.elements = of.elements();
        }

        @Override
        public int size() {
            return of.size();
        }

        @Override
        public long[] shape() {
            return of.shape();
        }

        @Override
        public int elements() {
            return elements;
        }

        @Override
        public void read(int index, float[] into, int offset) {
            of.read(index, into, offset);
            int groups = by.shift.length;
            int perGroup = elements / groups;
            if (by.lastAxis) {
                for (int k = 0; k < perGroup; k++) {
                    for (int g = 0; g < groups; g++) {
                        int i = offset + k * groups + g;
                        into[i] = scaled(into[i], g);
                    }
                }
            } else {
                for (int g = 0; g < groups; g++) {
                    int end = offset + (g + 1) * perGroup;
                    for (int i = offset + g * perGroup; i < end; i++) {
                        into[i] = scaled(into[i], g);
                    }
                }
            }
        }

        private float scaled(float x, int group) {
            double known = Float.isFinite(x) ? x : by.mean[group];
            return (float) ((known - by.shift[group]) * by.factor[group]);
        }
    }
}
