package dev.auscult.data.quality;

/** Upper tails of distributions: the chance of a value at least as large. */
final class Tail {
    private static final double EPSILON = 1e-15;
    private static final double TINY = 1e-300;
    private static final int MOST_TERMS = 100_000;

    /** Lanczos, g = 7, n = 9 (Godfrey 2001). */
    private static final double[] LANCZOS = {
        0.9999999999998099,
        676.5203681218851,
        -1259.1392167224028,
        771.3234287776531,
        -176.6150291621406,
        12.507343278686905,
        -0.13857109526572012,
        9.984369578019572e-6,
        1.5056327351493116e-7
    };

    private Tail() {}

    /** Chi-square with {@code freedom} degrees of freedom. */
    static double chiSquare(double x, double freedom) {
        return x <= 0 ? 1 : gammaUpper(freedom / 2, x / 2);
    }

    /** Standard normal, both sides. */
    static double normalTwoSided(double z) {
        return gammaUpper(0.5, z * z / 2);
    }

    /** Poisson of this mean: the chance of {@code count} or more. */
    static double poisson(long count, double mean) {
        if (count <= 0) {
            return 1;
        }
        return mean <= 0 ? 0 : gammaLower((double) count, mean);
    }

    /** Hypergeometric: of {@code n} rows {@code marked} are marked; the chance that {@code drawn} hold {@code hits} or more. */
    static double hypergeometric(long hits, long drawn, long marked, long n) {
        long last = Math.min(drawn, marked);
        double sum = 0;
        for (long k = Math.max(hits, drawn + marked - n); k <= last; k++) {
            sum += Math.exp(logChoose(marked, k) + logChoose(n - marked, drawn - k) - logChoose(n, drawn));
        }
        return Math.min(1, sum);
    }

    private static double logChoose(long n, long k) {
        return logGamma(n + 1.0) - logGamma(k + 1.0) - logGamma(n - k + 1.0);
    }

    /** Natural logarithm of the gamma function of a positive number. */
    static double logGamma(double x) {
        if (x < 0.5) {
            return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
        }
        double shifted = x - 1;
        double sum = LANCZOS[0];
        for (int i = 1; i < LANCZOS.length; i++) {
            sum += LANCZOS[i] / (shifted + i);
        }
        double t = shifted + LANCZOS.length - 1.5;
        return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(sum);
    }

    /** Regularised upper incomplete gamma function Q(a, x): series below a + 1, continued fraction (Lentz) above. */
    static double gammaUpper(double a, double x) {
        if (x <= 0) {
            return 1;
        }
        if (x < a + 1) {
            return 1 - gammaLower(a, x);
        }
        double b = x + 1 - a;
        double c = 1 / TINY;
        double d = 1 / b;
        double h = d;
        for (int i = 1; i < MOST_TERMS; i++) {
            double an = -i * (i - a);
            b += 2;
            d = 1 / nonZero(an * d + b);
            c = nonZero(b + an / c);
            double delta = d * c;
            h *= delta;
            if (Math.abs(delta - 1) < EPSILON) {
                break;
            }
        }
        return Math.exp(a * Math.log(x) - x - logGamma(a)) * h;
    }

    /** Regularised lower incomplete gamma function P(a, x). */
    private static double gammaLower(double a, double x) {
        if (x >= a + 1) {
            return 1 - gammaUpper(a, x);
        }
        double term = 1 / a;
        double sum = term;
        for (int i = 1; i < MOST_TERMS; i++) {
            term *= x / (a + i);
            sum += term;
            if (term < sum * EPSILON) {
                break;
            }
        }
        return Math.exp(a * Math.log(x) - x - logGamma(a)) * sum;
    }

    private static double nonZero(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }
}
