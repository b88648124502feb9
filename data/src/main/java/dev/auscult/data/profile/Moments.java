package dev.auscult.data.profile;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Mean, variance and skewness of numbers that pass once.
 *
 * <p>Numbers are gathered in small groups, whose centred sums are joined to the whole by the formulas of Pébay (Sandia report
 * SAND2008-6212, 2008); far steadier than sums of powers, and without a division per number.
 */
final class Moments {
    private static final int GROUP = 64;

    private double[] group = new double[0];
    private int held;
    private double count;
    private double mean;
    /** Sums of the second and third powers of the distances from the mean. */
    private double second;

    private double third;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    void add(double finite) {
        if (held == group.length) {
            close();
            group = group.length == GROUP ? group : new double[GROUP];
        }
        group[held++] = finite;
    }

    private void close() {
        int n = held;
        if (n == 0) {
            return;
        }
        held = 0;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double x = group[i];
            sum += x;
            min = Math.min(min, x);
            max = Math.max(max, x);
        }
        double centre = sum / n;
        if (!Double.isFinite(centre)) {
            centre = 0;
            for (int i = 0; i < n; i++) {
                centre += group[i] / n;
            }
        }
        double two = 0;
        double three = 0;
        for (int i = 0; i < n; i++) {
            double d = group[i] - centre;
            two += d * d;
            three += d * d * d;
        }
        join(n, centre, two, three);
    }

    private void join(double n, double centre, double two, double three) {
        if (count == 0) {
            count = n;
            mean = centre;
            second = two;
            third = three;
            return;
        }
        double all = count + n;
        double delta = centre - mean;
        third += three
                + delta * delta * delta * count * n * (count - n) / (all * all)
                + 3 * delta * (count * two - n * second) / all;
        second += two + delta * delta * count * n / all;
        mean += delta * n / all;
        count = all;
    }

    /** These and others as one. */
    void merge(Moments other) {
        close();
        other.close();
        if (other.count > 0) {
            join(other.count, other.mean, other.second, other.third);
            min = Math.min(min, other.min);
            max = Math.max(max, other.max);
        }
    }

    long count() {
        return (long) count + held;
    }

    /** Smallest; NaN of nothing. */
    double min() {
        close();
        return count == 0 ? Double.NaN : min;
    }

    double max() {
        close();
        return count == 0 ? Double.NaN : max;
    }

    double mean() {
        close();
        return count == 0 ? Double.NaN : mean;
    }

    /** Standard deviation with n − 1; NaN of fewer than two. */
    double deviation() {
        close();
        return count < 2 ? Double.NaN : Math.sqrt(second / (count - 1));
    }

    /** Third standardised moment; NaN where all numbers are the same. */
    double skewness() {
        close();
        return second > 0 ? third / count / Math.pow(second / count, 1.5) : Double.NaN;
    }

    /**
     * Of sums over numbers from which a centre was subtracted.
     *
     * @param one sum of the differences
     * @param two sum of their squares
     * @param three sum of their third powers
     */
    static Moments of(double count, double centre, double one, double two, double three, double min, double max) {
        Moments moments = new Moments();
        if (count > 0) {
            double shift = one / count;
            moments.count = count;
            moments.mean = centre + shift;
            moments.second = Math.max(0, two - one * shift);
            moments.third = three - 3 * shift * two + 2 * one * shift * shift;
            moments.min = min;
            moments.max = max;
        }
        return moments;
    }

    void write(DataOutput to) throws IOException {
        close();
        for (double value : new double[] {count, mean, second, third, min, max}) {
            to.writeDouble(value);
        }
    }

    static Moments read(DataInput from) throws IOException {
        Moments moments = new Moments();
        moments.count = from.readDouble();
        moments.mean = from.readDouble();
        moments.second = from.readDouble();
        moments.third = from.readDouble();
        moments.min = from.readDouble();
        moments.max = from.readDouble();
        return moments;
    }
}
