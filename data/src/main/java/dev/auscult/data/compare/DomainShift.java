package dev.auscult.data.compare;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import dev.auscult.data.learn.Bins;
import dev.auscult.data.learn.BoostedTrees;
import dev.auscult.data.learn.FeatureMatrix;
import dev.auscult.data.profile.Frame;
import dev.auscult.data.profile.Progress;
import dev.auscult.run.Observation;
import dev.auscult.run.Observation.Kind;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.PValueMethod;

/**
 * Looks how well boosted trees tell the rows of two parts apart (a domain classifier): by all columns together, which finds
 * what no single column shows.
 *
 * <p>Half of the rows judge the trees grown on the other half, and the other way round. Each half's area under the ROC curve
 * has the p-value of Mann and Whitney; the smaller one counts, times two, so that the test holds whatever the halves share.
 * Equal rows fall into the same half.
 */
final class DomainShift {
    private static final BoostedTrees.Settings SETTINGS = new BoostedTrees.Settings(30, 3, 0.2, 20, 1);
    private static final int MOST_ROWS = 10_000;
    private static final int FEWEST_ROWS = 30;
    private static final int MOST_COLUMNS = 200;
    private static final int MOST_NAMED = 5;
    /** A column counts as one that tells the parts apart if shuffling it costs this much of the area. */
    private static final double TELLING = 0.01;

    private static final int HALVES = 2;

    private final Frame train;
    private final Frame other;
    private final long seed;

    DomainShift(Frame train, Frame other, long seed) {
        this.train = train;
        this.other = other;
        this.seed = seed;
    }

    List<Observation> observe(List<ColumnPair> pairs, Progress progress) {
        List<ColumnPair> columns = pairs.stream()
                .filter(p -> ColumnShifts.canShift(p) && !p.isText())
                .limit(MOST_COLUMNS)
                .toList();
        if (columns.isEmpty() || Math.min(train.rows(), other.rows()) < FEWEST_ROWS) {
            return List.of();
        }
        int[] fromTrain = sample(train.rows(), 0);
        int[] fromOther = sample(other.rows(), 1);
        int n = fromTrain.length;
        int rows = n + fromOther.length;
        double[][] values = new double[columns.size()][rows];
        for (int c = 0; c < values.length; c++) {
            ColumnPair pair = columns.get(c);
            double[] places = pair.isCategorical() ? pair.places() : new double[0];
            for (int i = 0; i < rows; i++) {
                double cell = i < n ? pair.train()[fromTrain[i]] : pair.other()[fromOther[i - n]];
                values[c][i] = places.length > 0 && !Double.isNaN(cell) ? places[(int) cell] : cell;
            }
        }
        int[][] halves = halves(values, rows);
        int[] labels = new int[rows];
        Arrays.fill(labels, n, rows, 1);
        Bins bins =
                Bins.of(new FeatureMatrix(columns.stream().map(ColumnPair::name).toList(), values, rows));
        double pValue = 1;
        double area = 0;
        double[] lost = new double[columns.size()];
        for (int half = 0; half < HALVES; half++) {
            progress.at("telling the parts apart", half / (double) HALVES);
            int[] judged = halves[half];
            BoostedTrees trees = BoostedTrees.ofClasses(bins, labels, 2, halves[1 - half], SETTINGS, seed + half);
            double[] scores = new double[judged.length];
            double[] score = new double[trees.scoreCount()];
            for (int i = 0; i < judged.length; i++) {
                trees.scores(bins, judged[i], score);
                scores[i] = score[0];
            }
            double[] a = select(scores, judged, labels, 0);
            double[] b = select(scores, judged, labels, 1);
            if (a.length < 2 || b.length < 2) {
                return List.of();
            }
            var test = MannWhitneyUTest.withDefaults()
                    .with(PValueMethod.ASYMPTOTIC)
                    .test(b, a);
            double auc = test.getStatistic() / a.length / b.length;
            area += auc / HALVES;
            // Only to be told apart counts, not to be told apart the wrong way round.
            pValue = Math.min(pValue, auc > 0.5 ? Math.min(1, test.getPValue()) : 1);
            importance(trees, bins, judged, labels, auc, lost);
        }
        progress.at("telling the parts apart", 1);
        return List.of(observation(columns, lost, area, Math.min(1, HALVES * pValue), n, rows - n));
    }

    private Observation observation(List<ColumnPair> columns, double[] lost, double area, double pValue, int n, int m) {
        List<String> telling = IntStream.range(0, lost.length)
                .boxed()
                .filter(c -> lost[c] / HALVES >= TELLING)
                .sorted(Comparator.comparingDouble((Integer c) -> -lost[c]))
                .limit(MOST_NAMED)
                .map(c -> columns.get(c).name())
                .toList();
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("train-rows", (double) n);
        numbers.put("rows", (double) m);
        numbers.put("auc", area);
        numbers.put("p-value", pValue);
        numbers.put("tests", 1.0);
        // The standard error of the area of half of the rows under no difference is √((n + m + 1) / 12nm).
        double error = Math.sqrt((n + m + HALVES) * (double) HALVES / 12 / n / m);
        numbers.put("detectable", Math.min(1, 0.5 + error * Tails.errors(Shift.ALPHA / HALVES)));
        return new Observation(Kind.DOMAIN_SHIFT, other.split(), telling, numbers, Map.of(), List.of());
    }

    /** All rows, or as many as are looked at, drawn evenly. */
    private int[] sample(int rows, int salt) {
        int[] all = IntStream.range(0, rows).toArray();
        if (rows <= MOST_ROWS) {
            return all;
        }
        SplittableRandom random = new SplittableRandom(PooledRows.mix(seed + salt));
        for (int i = 0; i < MOST_ROWS; i++) {
            int j = i + random.nextInt(rows - i);
            int kept = all[i];
            all[i] = all[j];
            all[j] = kept;
        }
        int[] some = Arrays.copyOf(all, MOST_ROWS);
        Arrays.sort(some);
        return some;
    }

    private int[][] halves(double[][] values, int rows) {
        int[][] halves = new int[HALVES][rows];
        int[] used = new int[HALVES];
        for (int row = 0; row < rows; row++) {
            long key = seed;
            for (double[] column : values) {
                key = PooledRows.mix(key ^ PooledRows.bits(column[row]));
            }
            int half = (int) (PooledRows.mix(key) & 1);
            halves[half][used[half]++] = row;
        }
        for (int half = 0; half < HALVES; half++) {
            halves[half] = Arrays.copyOf(halves[half], used[half]);
        }
        return halves;
    }

    private static double[] select(double[] scores, int[] rows, int[] labels, int label) {
        return IntStream.range(0, rows.length)
                .filter(i -> labels[rows[i]] == label)
                .mapToDouble(i -> scores[i])
                .toArray();
    }

    /** What the area loses when a column is taken from other rows (Breiman 2001, permutation importance). */
    private void importance(BoostedTrees trees, Bins bins, int[] judged, int[] labels, double auc, double[] lost) {
        int[] shuffled = judged.clone();
        SplittableRandom random = new SplittableRandom(PooledRows.mix(seed));
        for (int i = shuffled.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = shuffled[i];
            shuffled[i] = shuffled[j];
            shuffled[j] = kept;
        }
        if (auc < 0.5 + TELLING) {
            return;
        }
        int[] groups = IntStream.range(0, lost.length).toArray();
        IntStream.range(0, lost.length).parallel().forEach(c -> {
            double[] scores = new double[judged.length];
            double[] score = new double[trees.scoreCount()];
            for (int i = 0; i < judged.length; i++) {
                trees.scores(bins, judged[i], groups, c, shuffled[i], score);
                scores[i] = score[0];
            }
            lost[c] += auc - area(scores, judged, labels);
        });
    }

    private static double area(double[] scores, int[] rows, int[] labels) {
        double[] ranks = Association.ranks(scores);
        double sum = 0;
        double positive = 0;
        for (int i = 0; i < ranks.length; i++) {
            if (labels[rows[i]] == 1) {
                sum += ranks[i];
                positive++;
            }
        }
        double negative = ranks.length - positive;
        return (sum - positive * (positive + 1) / 2) / positive / negative;
    }
}
