package dev.auscult.data.learn;

/** Upper tails of distributions. */
public final class Tails {
    private static final int MOST_TERMS = 500;
    private static final double SMALL = 1e-300;

    private Tails() {}

    /** The chance that a standard normal number is above {@code z}; relative error below 1e-10 for z from 0 on. */
    public static double normal(double z) {
        if (z < 0) {
            return 1 - normal(-z);
        }
        if (z < 3) {
            // The series of the integral from 0 (Abramowitz and Stegun 26.2.11).
            double term = z;
            double sum = z;
            for (int i = 1; i < MOST_TERMS && term > 1e-18 * sum; i++) {
                term *= z * z / (2 * i + 1);
                sum += term;
            }
            return 0.5 - density(z) * sum;
        }
        // The continued fraction of Mills' ratio (26.2.14).
        double fraction = z;
        for (int i = 200; i > 0; i--) {
            fraction = z + i / fraction;
        }
        return density(z) / fraction;
    }

    private static double density(double z) {
        return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    }

    /** The chance that a number of Student's distribution is above {@code t}, 0 or more. */
    public static double student(double t, double freedom) {
        return beta(freedom / (freedom + t * t), freedom / 2, 0.5) / 2;
    }

    /** The regularised incomplete beta function, by Lentz's continued fraction (Numerical Recipes, 6.4). */
    private static double beta(double x, double a, double b) {
        if (x <= 0 || x >= 1) {
            return x <= 0 ? 0 : 1;
        }
        if (x > (a + 1) / (a + b + 2)) {
            return 1 - beta(1 - x, b, a);
        }
        double front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
        double c = 1;
        double d = 1 / away(1 - (a + b) * x / (a + 1));
        double h = d;
        for (int m = 1; m < MOST_TERMS; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / away(1 + even * d);
            c = away(1 + even / c);
            h *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / away(1 + odd * d);
            c = away(1 + odd / c);
            h *= d * c;
            if (Math.abs(d * c - 1) < 1e-14) {
                break;
            }
        }
        return front * h / a;
    }

    private static double away(double value) {
        return Math.abs(value) < SMALL ? SMALL : value;
    }

    /** By Stirling's series, for arguments from 0.5 on shifted up to 10. */
    private static double logGamma(double x) {
        double product = 1;
        double at = x;
        while (at < 10) {
            product *= at;
            at++;
        }
        double inverse = 1 / (at * at);
        double series = (1.0 / 12 - inverse * (1.0 / 360 - inverse * (1.0 / 1260 - inverse / 1680))) / at;
        return (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + series - Math.log(product);
    }
}
