package dev.auscult.data.compare;

import java.util.function.DoubleUnaryOperator;

import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;
import org.apache.commons.statistics.inference.PValueMethod;

/** Probabilities of rare events, each exact or an upper bound: tests are made at one in a million and below. */
final class Tails {
    /** Up to so many pairs of values the exact distribution of Kolmogorov and Smirnov is cheap. */
    private static final long EXACT_PAIRS = 250_000;

    private static final double[] STIRLING = {1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680};
    private static final int SERIES_FROM = 16;
    private static final int TERMS = 100;
    private static final int STEPS = 200;
    /** e to this power overflows nothing when it is summed. */
    private static final double LARGEST_TILT = 50;

    private Tails() {}

    /** ln(n!), by Stirling's series from n = 16 on: to 14 digits. */
    static double logFactorial(double n) {
        double x = n + 1;
        double shift = 0;
        while (x < SERIES_FROM) {
            shift -= Math.log(x);
            x++;
        }
        double inverse = 1 / x;
        double power = inverse;
        double sum = 0;
        for (double term : STIRLING) {
            sum += term * power;
            power *= inverse * inverse;
        }
        return shift + (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + sum;
    }

    /** ln of n choose k. */
    static double logChoose(double n, double k) {
        return k < 0 || k > n ? Double.NEGATIVE_INFINITY : logFactorial(n) - logFactorial(k) - logFactorial(n - k);
    }

    /**
     * Fisher's exact test (1934), two-sided as twice the smaller tail: k of the drawn are marked, where drawn of all were
     * drawn at random and marked of all are marked.
     */
    static double hypergeometric(long k, long drawn, long marked, long all) {
        double norm = logChoose((double) all, (double) drawn);
        double mean = (double) drawn * marked / all;
        int step = k >= mean ? 1 : -1;
        double sum = 0;
        double largest = 0;
        for (long i = k; i >= 0 && i <= Math.min(drawn, marked); i += step) {
            double term = Math.exp(logChoose((double) marked, (double) i)
                    + logChoose((double) (all - marked), (double) (drawn - i))
                    - norm);
            sum += term;
            largest = Math.max(largest, term);
            if (term < largest * 1e-12) {
                break;
            }
        }
        return Math.min(1, 2 * sum);
    }

    /** The chance of at most k among n independent events of probability p each. */
    static double binomialAtMost(long k, long n, double p) {
        if (p <= 0 || k >= n) {
            return 1;
        }
        double sum = 0;
        double largest = 0;
        for (long i = k; i >= 0; i--) {
            double term = Math.exp(logChoose((double) n, (double) i)
                    + i * Math.log(p)
                    + (n - i) * Math.log1p(-Math.min(p, 1 - 1e-15)));
            sum += term;
            largest = Math.max(largest, term);
            if (term < largest * 1e-12) {
                break;
            }
        }
        return Math.min(1, sum);
    }

    /**
     * An upper bound (Chernoff 1952) of the chance that at least {@code count} of independent events occur, of which
     * {@code many[i]} have the probability {@code p[i]}: the least over t of exp(−t·count + Σ many·ln(1 + p(eᵗ − 1))).
     */
    static double atLeast(double count, double[] p, double[] many) {
        double mean = 0;
        double all = 0;
        for (int i = 0; i < p.length; i++) {
            mean += many[i] * p[i];
            all += many[i];
        }
        if (count <= mean) {
            return 1;
        }
        if (count > all + 0.5) {
            return 0;
        }
        DoubleUnaryOperator exponent = t -> {
            double sum = -t * count;
            for (int i = 0; i < p.length; i++) {
                sum += many[i] * Math.log1p(p[i] * Math.expm1(t));
            }
            return sum;
        };
        // The exponent is convex in t.
        double low = 0;
        double high = LARGEST_TILT;
        for (int i = 0; i < STEPS; i++) {
            double a = low + (high - low) / 3;
            double b = high - (high - low) / 3;
            if (exponent.applyAsDouble(a) < exponent.applyAsDouble(b)) {
                high = b;
            } else {
                low = a;
            }
        }
        return Math.min(1, Math.exp(exponent.applyAsDouble((low + high) / 2)));
    }

    /**
     * The p-value of a distance of Kolmogorov and Smirnov between two samples: exact for small ones, else by Kolmogorov's
     * series 2 Σ (−1)ᵏ⁻¹ exp(−2k²λ²), λ = D √(nm / (n + m)). With ties both are too large, which errs on the quiet side.
     *
     * @param train sorted
     * @param other sorted
     */
    static double kolmogorovSmirnov(double distance, double[] train, double[] other) {
        long pairs = (long) train.length * other.length;
        if (train.length < 2 || other.length < 2) {
            return 1;
        }
        if (pairs <= EXACT_PAIRS) {
            return KolmogorovSmirnovTest.withDefaults()
                    .with(PValueMethod.EXACT)
                    .test(train, other)
                    .getPValue();
        }
        return kolmogorov(distance * Math.sqrt((double) pairs / (train.length + other.length)));
    }

    /** The chance that Kolmogorov's statistic is at least λ. */
    static double kolmogorov(double lambda) {
        // Below, the series alternates without end and the chance is 1 to nine digits.
        if (lambda < 0.25) {
            return 1;
        }
        double sum = 0;
        for (int k = 1; k <= TERMS; k++) {
            double term = Math.exp(-2.0 * k * k * lambda * lambda);
            sum += k % 2 == 1 ? term : -term;
            if (term < 1e-17 * sum) {
                break;
            }
        }
        return Math.max(0, Math.min(1, 2 * sum));
    }

    /**
     * How many standard errors a difference must be away for its two-sided chance to be at most p: √(2 ln(2/p)), the bound
     * of Dvoretzky, Kiefer and Wolfowitz; for a normal variable a little too large.
     */
    static double errors(double p) {
        return Math.sqrt(2 * Math.log(2 / p));
    }
}
