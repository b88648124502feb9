package dev.auscult.data.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.auscult.data.profile.Frame;
import dev.auscult.run.ColumnProfile.Role;
import dev.auscult.run.Observation;
import dev.auscult.run.Observation.Kind;

/**
 * Looks whether each part was scaled by itself: mean 0 and standard deviation 1, or smallest 0 and largest 1, in both.
 *
 * <p>Under one scaler for both, the mean of a part of m rows is off by about 1/√m and its deviation by 1/√(2m); that both lie
 * within a tolerance of 0 and 1 by chance has the probability 2√m·tolerance·φ(0) · 2√(2m)·tolerance·φ(0).
 */
final class ScaledApart {
    private static final int FEWEST_ROWS = 20;
    /** Values of fewer kinds reach 0 and 1 in any part. */
    private static final int FEWEST_VALUES = 10;

    private static final double EXACT = 1e-6;
    private static final int MOST_DECIMALS = 6;
    /** Of a rounded mean: the error of a value is 0.29 units of its last decimal, that of the deviation alike. */
    private static final double ROUNDING_ERRORS = 2;

    private static final double NORMAL_DENSITY = 1 / Math.sqrt(2 * Math.PI);
    /** Several rows at the border say that it is natural. */
    private static final int MOST_AT_BORDER = 2;

    private final Frame other;

    ScaledApart(Frame other) {
        this.other = other;
    }

    List<Observation> observe(List<ColumnPair> pairs) {
        List<String> standard = new ArrayList<>();
        List<String> bounded = new ArrayList<>();
        int looked = 0;
        double chance = 0;
        for (ColumnPair pair : pairs) {
            if (!pair.isNumeric() || pair.role() != Role.INPUT) {
                continue;
            }
            double[] a = ColumnPair.sorted(pair.train());
            double[] b = ColumnPair.sorted(pair.other());
            if (Math.min(a.length, b.length) < FEWEST_ROWS || distinct(b) < FEWEST_VALUES) {
                continue;
            }
            looked++;
            double tolerance = tolerance(b);
            chance = Math.max(chance, chance(b.length, tolerance));
            if (isStandard(a, tolerance(a)) && isStandard(b, tolerance)) {
                standard.add(pair.name());
            } else if (isBounded(a) && isBounded(b)) {
                bounded.add(pair.name());
            }
        }
        if (looked == 0) {
            return List.of();
        }
        boolean isStandard = standard.size() >= bounded.size();
        List<String> found = isStandard ? standard : bounded;
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("rows", (double) other.rows());
        numbers.put("looked", (double) looked);
        numbers.put("apart", (double) found.size());
        if (isStandard) {
            numbers.put("p-value", found.isEmpty() ? 1 : atLeast(found.size(), looked, chance));
        }
        return List.of(new Observation(
                Kind.SCALED_APART,
                other.split(),
                found,
                numbers,
                Map.of("scaling", isStandard ? "standard" : "min-max"),
                List.of()));
    }

    /** An upper bound of the chance that k of n have it (all sets of k columns together). */
    private static double atLeast(int k, int n, double chance) {
        return Math.min(1, Math.exp(Tails.logChoose(n, k) + k * Math.log(chance)));
    }

    private static double chance(int rows, double tolerance) {
        double mean = 2 * tolerance * Math.sqrt(rows) * NORMAL_DENSITY;
        return Math.min(1, mean) * Math.min(1, mean * Math.sqrt(2));
    }

    private static boolean isStandard(double[] values, double tolerance) {
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        double squares = 0;
        for (double v : values) {
            squares += (v - mean) * (v - mean);
        }
        int n = values.length;
        double off = Math.min(Math.abs(Math.sqrt(squares / n) - 1), Math.abs(Math.sqrt(squares / (n - 1)) - 1));
        return Math.abs(mean) <= tolerance && off <= tolerance;
    }

    private static boolean isBounded(double[] sorted) {
        int n = sorted.length;
        return Math.abs(sorted[0]) <= EXACT
                && Math.abs(sorted[n - 1] - 1) <= EXACT
                && sorted[MOST_AT_BORDER] > EXACT
                && sorted[n - 1 - MOST_AT_BORDER] < 1 - EXACT;
    }

    /** How far mean and deviation may be off because the values were rounded when they were written. */
    private static double tolerance(double[] values) {
        for (int decimals = 1; decimals <= MOST_DECIMALS; decimals++) {
            double unit = Math.pow(10, decimals);
            boolean all = true;
            for (double v : values) {
                if (Math.abs(v * unit - Math.rint(v * unit)) > 1e-6) {
                    all = false;
                    break;
                }
            }
            if (all) {
                return Math.max(EXACT, ROUNDING_ERRORS / unit / Math.sqrt(values.length));
            }
        }
        return EXACT;
    }

    private static long distinct(double[] sorted) {
        return Arrays.stream(sorted).distinct().count();
    }
}
