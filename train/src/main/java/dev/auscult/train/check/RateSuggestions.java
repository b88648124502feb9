package dev.auscult.train.check;

import java.util.Arrays;

/**
 * What four ways of reading a range test propose, as fastai 2 computes them; they often lie decades apart, so that only the
 * interval between them is worth showing.
 *
 * @param steepest where the loss falls fastest over log η
 * @param valley a third and a sixth into the longest fall of the loss
 * @param minimum a tenth of where the loss is least
 * @param slide where the slope, seen from the right, has become even
 */
public record RateSuggestions(double steepest, double valley, double minimum, double slide) {
    private static final int SLIDE_WINDOW = 15;
    private static final double SLIDE_THRESHOLD = 0.005;

    /** Points that are dropped at the end, where the loss has blown up already. */
    private static final int DROPPED_LAST = 5;

    /**
     * Reads a range test.
     *
     * @param rates η of each step, growing
     * @param losses the smoothed loss of each step
     * @param planned steps that were planned, of which a tenth at the start is dropped
     * @return NaN in each place if fewer than two points are left
     */
    public static RateSuggestions of(double[] rates, double[] losses, int planned) {
        int from = Math.min(planned / 10, losses.length);
        int to = Math.max(from, losses.length - DROPPED_LAST);
        double[] l = Arrays.copyOfRange(losses, from, to);
        int finite = 0;
        while (finite < l.length && !Double.isNaN(l[finite])) {
            finite++;
        }
        if (finite < 2) {
            return new RateSuggestions(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
        l = Arrays.copyOf(l, finite);
        double[] r = Arrays.copyOfRange(rates, from, from + finite);
        return new RateSuggestions(steepest(r, l), valley(r, l), minimum(r, l), slide(r, l));
    }

    /** The least and the largest of them. */
    public double lowest() {
        return Math.min(Math.min(steepest, valley), Math.min(minimum, slide));
    }

    public double highest() {
        return Math.max(Math.max(steepest, valley), Math.max(minimum, slide));
    }

    private static double steepest(double[] rates, double[] losses) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i + 1 < losses.length; i++) {
            double slope = (losses[i + 1] - losses[i]) / (Math.log(rates[i + 1]) - Math.log(rates[i]));
            if (slope < least) {
                least = slope;
                best = i;
            }
        }
        return rates[best];
    }

    private static double minimum(double[] rates, double[] losses) {
        int best = 0;
        for (int i = 1; i < losses.length; i++) {
            best = losses[i] < losses[best] ? i : best;
        }
        return rates[best] / 10;
    }

    /** By the longest strictly decreasing subsequence of the losses. */
    private static double valley(double[] rates, double[] losses) {
        int[] length = new int[losses.length];
        Arrays.fill(length, 1);
        int end = 0;
        int start = 0;
        for (int i = 1; i < losses.length; i++) {
            for (int j = 0; j < i; j++) {
                if (losses[i] < losses[j] && length[i] < length[j] + 1) {
                    length[i] = length[j] + 1;
                }
                if (length[end] < length[i]) {
                    end = i;
                    // One before its first place, as fastai has it.
                    start = end - length[end];
                }
            }
        }
        double section = (end - start) / 3.0;
        return rates[Math.max(0, start + (int) section + (int) (section / 2))];
    }

    private static double slide(double[] rates, double[] losses) {
        int n = losses.length;
        double[] slope = new double[n];
        slope[0] = losses[1] - losses[0];
        slope[n - 1] = losses[n - 1] - losses[n - 2];
        for (int i = 1; i + 1 < n; i++) {
            slope[i] = (losses[i + 1] - losses[i - 1]) / 2;
        }
        int right = n - 1;
        int left = right - SLIDE_WINDOW;
        double found = rates[Math.max(0, left)];
        while (left >= 0 && Math.abs(slope[right] - slope[left]) > SLIDE_THRESHOLD) {
            found = rates[left];
            right--;
            left--;
        }
        return found;
    }
}
