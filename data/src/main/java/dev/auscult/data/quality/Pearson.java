package dev.auscult.data.quality;

/**
 * Pearson's correlation of the rows where both have a number.
 *
 * @param r −1..1; NaN where one does not vary
 * @param rows rows used
 */
record Pearson(double r, int rows) {
    static Pearson of(double[] x, double[] y) {
        int n = 0;
        double meanX = 0;
        double meanY = 0;
        for (int i = 0; i < x.length; i++) {
            if (!Double.isNaN(x[i]) && !Double.isNaN(y[i])) {
                n++;
                meanX += (x[i] - meanX) / n;
                meanY += (y[i] - meanY) / n;
            }
        }
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < x.length; i++) {
            if (!Double.isNaN(x[i]) && !Double.isNaN(y[i])) {
                double dx = x[i] - meanX;
                double dy = y[i] - meanY;
                xx += dx * dx;
                yy += dy * dy;
                xy += dx * dy;
            }
        }
        return new Pearson(xx > 0 && yy > 0 ? xy / Math.sqrt(xx) / Math.sqrt(yy) : Double.NaN, n);
    }
}
