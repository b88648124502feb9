package dev.auscult.intake.tensorboard;

import java.util.Arrays;

import dev.auscult.run.SeriesBuilder;

/** The epoch of each step, from a program (Lightning, Hugging Face) that logs the epoch as a scalar of its own. */
final class EpochColumn {
    private long[] steps = new long[16];
    private double[] epochs = new double[16];
    private int size;

    void add(long step, double epoch) {
        if (size > 0 && step <= steps[size - 1]) {
            // Written again after a restart: what comes now is right from here on.
            int found = Arrays.binarySearch(steps, 0, size, step);
            size = found >= 0 ? found : -found - 1;
        }
        if (size == steps.length) {
            steps = Arrays.copyOf(steps, size * 2);
            epochs = Arrays.copyOf(epochs, size * 2);
        }
        steps[size] = step;
        epochs[size++] = epoch;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Gives the points of a series the epoch of their step. */
    void fill(SeriesBuilder series) {
        int[] near = {0};
        series.fillEpochs(step -> {
            int i = near[0];
            while (i < size && steps[i] < step && i - near[0] < 4) {
                i++;
            }
            if (i >= size || steps[i] != step) {
                i = Arrays.binarySearch(steps, 0, size, step);
            }
            if (i < 0) {
                near[0] = Math.max(0, Math.min(-i - 1, size - 1));
                return Double.NaN;
            }
            near[0] = i;
            return epochs[i];
        });
    }
}
