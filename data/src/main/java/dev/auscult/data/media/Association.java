package dev.auscult.data.media;

import java.util.Map;

/**
 * How much two kinds of classes have to do with one another.
 *
 * @param cramersV Cramér's V, corrected for chance (Bergsma 2013), 0..1; NaN where it is not defined
 * @param pValue of Pearson's chi-square test of independence; NaN where not defined, or where fewer than 80 % of the cells expect
 *     5 (Cochran 1954)
 */
record Association(double cramersV, double pValue) {
    private static final double EXPECTED = 5;
    private static final double ENOUGH_CELLS = 0.8;
    private static final int MOST_TERMS = 100_000;

    /** The association of a property with labels, both from 0; −1 is not known. */
    static Association of(int[] property, int[] labels, int labelCount) {
        int kinds = 0;
        for (int value : property) {
            kinds = Math.max(kinds, value + 1);
        }
        double[][] counts = new double[kinds][labelCount];
        double[] byKind = new double[kinds];
        double[] byLabel = new double[labelCount];
        double n = 0;
        for (int i = 0; i < property.length; i++) {
            if (labels[i] >= 0 && property[i] >= 0) {
                counts[property[i]][labels[i]]++;
                byKind[property[i]]++;
                byLabel[labels[i]]++;
                n++;
            }
        }
        int r = present(byKind);
        int c = present(byLabel);
        if (r < 2 || c < 2) {
            return new Association(Double.NaN, Double.NaN);
        }
        double chiSquare = 0;
        int enough = 0;
        for (int k = 0; k < kinds; k++) {
            for (int l = 0; l < labelCount; l++) {
                double expected = byKind[k] * byLabel[l] / n;
                if (expected > 0) {
                    chiSquare += (counts[k][l] - expected) * (counts[k][l] - expected) / expected;
                    enough += expected >= EXPECTED ? 1 : 0;
                }
            }
        }
        int freedom = (r - 1) * (c - 1);
        double phi = Math.max(0, chiSquare / n - (double) freedom / (n - 1));
        double rows = r - (r - 1.0) * (r - 1) / (n - 1);
        double columns = c - (c - 1.0) * (c - 1) / (n - 1);
        double v = Math.sqrt(phi / (Math.min(rows, columns) - 1));
        return new Association(
                Math.min(1, v), enough >= ENOUGH_CELLS * r * c ? upperTail(chiSquare, freedom) : Double.NaN);
    }

    private static int present(double[] counts) {
        int present = 0;
        for (double count : counts) {
            present += count > 0 ? 1 : 0;
        }
        return present;
    }

    /**
     * The chance of a chi-square of at least so much: the regularised incomplete gamma function Q(freedom / 2,
     * chiSquare / 2), by its series or its continued fraction (Press et al.: Numerical recipes, 6.2).
     */
    static double upperTail(double chiSquare, int freedom) {
        double a = freedom / 2.0;
        double x = chiSquare / 2;
        if (x <= 0) {
            return 1;
        }
        double scale = Math.exp(a * Math.log(x) - x - logGamma(freedom));
        if (x < a + 1) {
            double term = 1 / a;
            double sum = term;
            for (int k = 1; term > 1e-17 * sum; k++) {
                term *= x / (a + k);
                sum += term;
            }
            return Math.max(0, 1 - scale * sum);
        }
        // Lentz's way to a continued fraction, from its front.
        double b = x + 1 - a;
        double c = Double.MAX_VALUE;
        double d = 1 / b;
        double h = d;
        double change = 0;
        for (int k = 1; k < MOST_TERMS && Math.abs(change - 1) > 1e-15; k++) {
            double an = k * (a - k);
            b += 2;
            d = 1 / (an * d + b);
            c = b + an / c;
            change = c * d;
            h *= change;
        }
        return Math.min(1, scale * h);
    }

    /** ln Γ(freedom / 2) of a whole number of degrees of freedom, from Γ(½) = √π and Γ(1) = 1. */
    private static double logGamma(int freedom) {
        double log = freedom % 2 == 0 ? 0 : 0.5 * Math.log(Math.PI);
        for (double z = freedom % 2 == 0 ? 1 : 0.5; z < freedom / 2.0; z++) {
            log += Math.log(z);
        }
        return log;
    }

    /** Adds {@code label-association} and {@code p-value}, where they are known. */
    void into(Map<String, Double> numbers) {
        if (Double.isFinite(cramersV)) {
            numbers.put("label-association", cramersV);
        }
        if (Double.isFinite(pValue)) {
            numbers.put("p-value", pValue);
        }
    }
}
