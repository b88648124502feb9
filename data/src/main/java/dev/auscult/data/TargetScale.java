package dev.auscult.data;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Scales the numbers to predict of a regression by their mean and standard deviation in the training part. */
final class TargetScale {
    static final TargetScale NONE = new TargetScale(0);

    private final double[] mean;
    private final double[] deviation;

    private TargetScale(int outputs) {
        mean = new double[outputs];
        deviation = new double[outputs];
    }

    /** The number to predict in a row. */
    interface Values {
        double of(int output, int row);
    }

    /** Takes the figures of some rows; an output that never changes keeps its unit. */
    static TargetScale fit(int outputs, int[] training, Values values) {
        TargetScale scale = new TargetScale(outputs);
        for (int o = 0; o < outputs; o++) {
            int output = o;
            Statistics figures = Statistics.of(training, row -> values.of(output, row));
            scale.mean[o] = figures.mean();
            scale.deviation[o] = figures.constant() ? 1 : figures.deviation();
        }
        return scale;
    }

    /** Takes the figures of a training part; {@link #NONE} where the settings do not ask for it. */
    static TargetScale fit(Target training, DataSettings settings) {
        return settings.normalizeTarget() && training.task() == Task.REGRESSION
                ? fit(
                        training.outputs(),
                        IntStream.range(0, training.size()).toArray(),
                        (output, row) -> training.value(row, output))
                : NONE;
    }

    double apply(int output, double value) {
        return mean.length == 0 ? value : (value - mean[output]) / deviation[output];
    }

    /** The target on this scale. */
    Target apply(Target target) {
        if (mean.length == 0) {
            return target;
        }
        int outputs = target.outputs();
        float[] values = new float[Math.multiplyExact(target.size(), outputs)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) apply(i % outputs, target.value(i / outputs, i % outputs));
        }
        return Target.ofValues(target.task(), target.origin(), values, target.names());
    }

    /** What is subtracted from each number; empty if nothing is. */
    double[] mean() {
        return Arrays.copyOf(mean, mean.length);
    }

    /** What each number is divided by; empty if it is not. */
    double[] deviation() {
        return Arrays.copyOf(deviation, deviation.length);
    }
}
