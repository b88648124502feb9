package dev.auscult.repair.compare;

import java.util.Arrays;

import dev.auscult.run.Run;
import dev.auscult.run.Series;

/**
 * What a figure gains by chance where the weights of its best evaluation are kept: the choice is made on the rows on which the
 * figure is measured, so that a network that only fluctuates looks better for it with every seed.
 *
 * <p>The expected largest of n centred normal draws is at most σ √(2 ln n) (Boucheron, Lugosi and Massart 2013,
 * <i>Concentration Inequalities</i>, theorem 2.5). σ is that of the evaluations about their trend, from the median of the
 * second differences, whose variance is 6 σ² (Gasser, Sroka and Jennen-Steinmetz 1986, <i>Residual variance and residual
 * pattern in nonlinear regression</i>, §2).
 */
public final class BestOfMany {
    /** Median of |z| of a normal z: what makes a median of absolute values a standard deviation. */
    private static final double NORMAL_MEDIAN = 0.6745;

    private static final int FEWEST = 4;

    private BestOfMany() {}

    /** The most that the choice gains by chance, in units of the figure; 0 where too little was evaluated to be told. */
    public static double gain(Run run, Figure figure) {
        return run.metrics().stream()
                .filter(series -> series.key().name().equals(figure.metric()))
                .findFirst()
                .map(Series::values)
                .map(BestOfMany::gain)
                .orElse(0.0);
    }

    /** The same of the values of one training; those that are not finite are never the best. */
    static double gain(double[] values) {
        double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
        if (finite.length < FEWEST) {
            return 0;
        }
        double[] second = new double[finite.length - 2];
        for (int i = 0; i < second.length; i++) {
            second[i] = Math.abs(finite[i + 2] - 2 * finite[i + 1] + finite[i]);
        }
        Arrays.sort(second);
        int middle = second.length / 2;
        double median = second.length % 2 == 1 ? second[middle] : (second[middle - 1] + second[middle]) / 2;
        double deviation = median / (NORMAL_MEDIAN * Math.sqrt(6));
        return deviation * Math.sqrt(2 * Math.log(finite.length));
    }
}
