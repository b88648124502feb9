package dev.auscult.diagnose;

/**
 * Maps a measure to a score 0..100, monotone, through (at25, 25) and (at75, 75):
 * score = 100 / (1 + exp(−k (u − u50))) with u the measure or its logarithm, u50 midway between the two, and
 * k = 2 ln 3 / (u75 − u25). Saturates towards 0 and 100. With at25 &gt; at75 smaller measures are worse.
 */
public final class SeverityCurve {
    private final double u50;
    private final double slope;
    private final boolean logarithmic;

    private SeverityCurve(double u25, double u75, boolean logarithmic) {
        if (!(Double.isFinite(u25) && Double.isFinite(u75)) || u25 == u75) {
            throw new IllegalArgumentException("a severity curve needs two different finite points");
        }
        this.u50 = (u25 + u75) / 2;
        this.slope = 2 * Math.log(3) / (u75 - u25);
        this.logarithmic = logarithmic;
    }

    /** For measures that add: shares, differences. */
    public static SeverityCurve linear(double at25, double at75) {
        return new SeverityCurve(at25, at75, false);
    }

    /** For measures that multiply: ratios, norms; both points positive. */
    public static SeverityCurve logarithmic(double at25, double at75) {
        return new SeverityCurve(Math.log(at25), Math.log(at75), true);
    }

    /** The score 0..100 of a measure; NaN scores 0, an infinite measure its limit. */
    public int score(double measure) {
        if (Double.isNaN(measure)) {
            return 0;
        }
        double u = logarithmic ? Math.log(Math.max(measure, 0)) : measure;
        return (int) Math.round(100 / (1 + Math.exp(-slope * (u - u50))));
    }
}
