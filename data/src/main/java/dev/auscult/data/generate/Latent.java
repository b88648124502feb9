package dev.auscult.data.generate;

import dev.auscult.data.learn.Normal;

/** The normal number that stands behind a column. */
interface Latent {
    /** The mean of the normal numbers that a cell stands for; 0 where the cell tells nothing. */
    double score(float[] values, int row);

    /** Writes the cell that a normal number stands for. */
    void write(double normal, float[] into, int row);

    /** Mean of a normal number of which is known that its share of the distribution lies between two shares. */
    static double mean(double from, double to) {
        return (density(from) - density(to)) / (to - from);
    }

    /** Density of the normal distribution where so much of it lies below. */
    private static double density(double share) {
        if (share <= 0 || share >= 1) {
            return 0;
        }
        double at = Normal.quantile(share);
        return Math.exp(-0.5 * at * at) / Math.sqrt(2 * Math.PI);
    }
}
