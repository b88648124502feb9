package dev.auscult.data.generate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.auscult.data.error.DataException;
import dev.auscult.data.load.Draws;

/**
 * A Gaussian copula for each class: each column has the distribution that was seen, and behind the columns stand normal numbers
 * with correlations (Sklar 1959; Nelsen, An introduction to copulas, 2006).
 *
 * <p>A cell stands for an interval of the normal distribution, as wide as its value is frequent; its score is the mean of the
 * normal numbers there. The covariance of two scores over the variances of both is the correlation behind them: exact where one
 * of both columns is continuous, to the first order where both hold few values. Categories are put in the order of the number
 * column that tells them apart best, else by frequency. Correlations are shrunk by what is noise in them (Schäfer and Strimmer
 * 2005), and further until the matrix is positive definite (Higham, Strabić and Šego 2016).
 */
public final class GaussianCopula implements RowMaker {
    /** More columns than this take minutes. */
    private static final int MOST_COLUMNS = 1_000;
    /** Rows times columns squared; about two seconds. */
    private static final double MOST_WORK = 4e9;

    private static final int FEWEST_ROWS = 1_000;

    /** A copula. */
    public GaussianCopula() {}

    @Override
    public String name() {
        return "Gaussian copula";
    }

    @Override
    public RowSource learn(PreparedRows rows, long seed) {
        Map<Integer, OfClass> classes = new HashMap<>();
        for (int label = 0; label < rows.classes(); label++) {
            int[] own = rows.of(label);
            if (own.length > 0) {
                classes.put(label, new OfClass(rows, some(own, rows.features().size()), label, seed));
            }
        }
        return (label, into, offset) -> {
            OfClass own = classes.get(label);
            if (own == null) {
                throw new IllegalArgumentException("there was no row of class " + label + " to learn from");
            }
            own.draw(into, offset);
        };
    }

    /** The rows, or as many of them, evenly spaced, as can be learned from in seconds. */
    private static int[] some(int[] rows, int columns) {
        int most = (int) Math.min(Integer.MAX_VALUE, Math.max(FEWEST_ROWS, MOST_WORK / columns / columns));
        if (rows.length <= most) {
            return rows;
        }
        int[] fewer = new int[most];
        for (int i = 0; i < most; i++) {
            fewer[i] = rows[(int) ((long) i * rows.length / most)];
        }
        return fewer;
    }

    /** The copula of one class. */
    private static final class OfClass {
        private final List<Latent> latents = new ArrayList<>();
        private final double[][] root;
        private final double[] normal;
        private final double[] drawn;
        private final Draws draws = new Draws();

        OfClass(PreparedRows rows, int[] own, int label, long seed) {
            draws.begin(seed, 2, label, 0);
            List<double[]> scores = new ArrayList<>();
            List<double[]> numbers = new ArrayList<>();
            for (Feature feature : rows.features()) {
                if (feature.kind() != Feature.Kind.CATEGORY) {
                    add(new NumberLatent(feature, rows, own), rows, own, scores);
                    numbers.add(scores.get(scores.size() - 1));
                }
                if (feature.kind() == Feature.Kind.NUMBER_OR_MISSING) {
                    add(CategoryLatent.ofGaps(feature, rows, own), rows, own, scores);
                }
            }
            for (Feature feature : rows.features()) {
                if (feature.kind() == Feature.Kind.CATEGORY) {
                    add(CategoryLatent.of(feature, rows, own, numbers), rows, own, scores);
                }
            }
            if (latents.size() > MOST_COLUMNS) {
                throw new DataException("data.generate: found " + latents.size() + " columns, wanted at most "
                        + MOST_COLUMNS + " for a copula; choose some in data.columns, or leave data.generate out");
            }
            root = Correlations.root(scores, own.length);
            normal = new double[latents.size()];
            drawn = new double[latents.size()];
        }

        private void add(Latent latent, PreparedRows rows, int[] own, List<double[]> scores) {
            latents.add(latent);
            double[] all = new double[own.length];
            for (int i = 0; i < all.length; i++) {
                all[i] = latent.score(rows.values(), own[i] * rows.width());
            }
            scores.add(all);
        }

        void draw(float[] into, int offset) {
            for (int i = 0; i < normal.length; i++) {
                normal[i] = draws.nextGaussian();
            }
            for (int i = 0; i < drawn.length; i++) {
                double sum = 0;
                for (int j = 0; j <= i; j++) {
                    sum += root[i][j] * normal[j];
                }
                drawn[i] = sum;
            }
            for (int i = 0; i < drawn.length; i++) {
                latents.get(i).write(drawn[i], into, offset);
            }
        }
    }
}
