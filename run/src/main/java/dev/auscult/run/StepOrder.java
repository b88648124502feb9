package dev.auscult.run;

import java.util.Arrays;

/** Puts points in order of their step. */
final class StepOrder {
    /** So many points more at the first or last step are an evaluation written twice, or a false start. */
    private static final int HARMLESS = 2;

    private StepOrder() {}

    /** Indices in ascending order of step; of points with the same step only the one written last. */
    static int[] latestOfEachStep(long[] steps) {
        int[] byStep = new int[steps.length];
        Arrays.setAll(byStep, i -> i);
        mergeSort(byStep, new int[steps.length], steps);
        int[] order = new int[steps.length];
        int kept = 0;
        for (int i = 0; i < byStep.length; i++) {
            boolean lastOfStep = i + 1 == byStep.length || steps[byStep[i + 1]] != steps[byStep[i]];
            if (lastOfStep) {
                order[kept++] = byStep[i];
            }
        }
        return Arrays.copyOf(order, kept);
    }

    /** How many steps are repeats of another; none if there are only a few of the smallest and of the largest step. */
    static int repeatsWithin(long[] steps) {
        long[] sorted = steps.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        int atStart = 0;
        int atEnd = 0;
        int all = 0;
        for (int i = 1; i < n; i++) {
            if (sorted[i] == sorted[i - 1]) {
                all++;
                atStart += sorted[i] == sorted[0] ? 1 : 0;
                atEnd += sorted[i] == sorted[n - 1] ? 1 : 0;
            }
        }
        boolean harmless = all == atStart + atEnd && atStart <= HARMLESS && atEnd <= HARMLESS;
        return harmless ? 0 : all;
    }

    /** Stable, bottom-up: "the one written last" must stay the last of its step. */
    private static void mergeSort(int[] indices, int[] scratch, long[] steps) {
        int n = indices.length;
        for (int width = 1; width > 0 && width < n; width *= 2) {
            for (int from = 0; from < n - width; from += 2 * width) {
                merge(indices, scratch, steps, from, from + width, Math.min(from + 2 * width, n));
            }
        }
    }

    private static void merge(int[] indices, int[] scratch, long[] steps, int from, int middle, int to) {
        if (steps[indices[middle - 1]] <= steps[indices[middle]]) {
            return;
        }
        System.arraycopy(indices, from, scratch, from, to - from);
        int left = from;
        int right = middle;
        for (int at = from; at < to; at++) {
            boolean takeLeft = right == to || (left < middle && steps[scratch[left]] <= steps[scratch[right]]);
            indices[at] = takeLeft ? scratch[left++] : scratch[right++];
        }
    }

    static long[] pick(long[] column, int[] order) {
        long[] picked = new long[order.length];
        Arrays.setAll(picked, i -> column[order[i]]);
        return picked;
    }

    static double[] pick(double[] column, int[] order) {
        double[] picked = new double[order.length];
        Arrays.setAll(picked, i -> column[order[i]]);
        return picked;
    }
}
