package dev.auscult.data.quality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.auscult.data.learn.Normal;
import dev.auscult.data.profile.Frame;
import dev.auscult.data.profile.FrameColumn;
import dev.auscult.run.ColumnProfile.Role;
import dev.auscult.run.Observation;

/**
 * Finds rows far from all others, though each of their cells may be usual: the distance to the k-th nearest neighbour
 * (Ramaswamy, Rastogi and Shim 2000), judged by {@link SpacingTest} against that of the other rows.
 *
 * <p>Every column of numbers is brought to normal scores first, so that no scale and no tail of one column decides. Of many
 * rows an even sample is compared.
 */
final class RowOutliersLook {
    private static final int NEIGHBOURS = 5;
    private static final int MOST_ROWS = 2_500;
    private static final int FEWEST_ROWS = 50;
    private static final int MOST_COLUMNS = 64;
    private static final int FEWEST_DISTINCT = 10;
    /** One and a half times as far from its neighbours as the next row is from its own. */
    private static final double LEAST_RATIO = 1.5;

    private static final double MOST_APART = 0.01;
    private static final int MOST_EXAMPLES = 10;

    private RowOutliersLook() {}

    static List<Observation> observe(Frame frame) {
        List<FrameColumn> columns = frame.columns().stream()
                .filter(c -> c.role() == Role.INPUT && c.isNumeric())
                .filter(c -> c.profile().distinct() >= FEWEST_DISTINCT)
                .limit(MOST_COLUMNS)
                .toList();
        if (columns.size() < 2 || frame.rows() < FEWEST_ROWS) {
            return List.of();
        }
        int rows = Math.min(MOST_ROWS, frame.rows());
        float[][] scores = scores(frame, columns, rows);
        double[] distances = new double[rows];
        Arrays.parallelSetAll(distances, row -> distance(scores, row));
        double[] descending = Arrays.stream(distances)
                .filter(d -> d > 0)
                .map(d -> -d)
                .sorted()
                .map(d -> -d)
                .toArray();
        SpacingTest test = SpacingTest.of(descending, 0, Math.max(1, (int) (MOST_APART * rows)), LEAST_RATIO);
        Look look = new Look(Observation.Kind.ROW_OUTLIERS, frame)
                .number("rows", rows)
                .number("columns", columns.size())
                .number("apart", test.apart())
                .number("ratio", test.ratio())
                .number("p-value", test.pValue())
                .number("tests", 1);
        List<Integer> apart = new ArrayList<>();
        for (int i = 0; i < rows && test.apart() > 0; i++) {
            if (distances[i] >= descending[test.apart() - 1]) {
                apart.add(i);
            }
        }
        apart.sort((a, b) -> Double.compare(distances[b], distances[a]));
        for (int i : apart.subList(0, Math.min(MOST_EXAMPLES, apart.size()))) {
            int row = row(frame, i, rows);
            StringBuilder cells = new StringBuilder();
            for (FrameColumn column : columns) {
                cells.append(cells.length() == 0 ? "" : ", ")
                        .append(column.name())
                        .append(' ')
                        .append(column.isMissing(row) ? "missing" : Look.plain(column.get(row)));
            }
            look.example(row, cells.toString(), distances[i]);
        }
        return List.of(look.made());
    }

    private static int row(Frame frame, int i, int rows) {
        return (int) ((long) i * frame.rows() / rows);
    }

    /** Normal scores [rows][columns]: the normal quantile of (rank − 3/8) / (n + 1/4) (Blom 1958); missing is 0, the middle. */
    private static float[][] scores(Frame frame, List<FrameColumn> columns, int rows) {
        float[][] scores = new float[rows][columns.size()];
        for (int c = 0; c < columns.size(); c++) {
            double[] values = new double[rows];
            for (int i = 0; i < rows; i++) {
                values[i] = columns.get(c).get(row(frame, i, rows));
            }
            double[] ranks = Ranks.of(values);
            long present = Arrays.stream(ranks).filter(r -> !Double.isNaN(r)).count();
            for (int i = 0; i < rows; i++) {
                scores[i][c] =
                        Double.isNaN(ranks[i]) ? 0 : (float) Normal.quantile((ranks[i] - 0.375) / (present + 0.25));
            }
        }
        return scores;
    }

    private static double distance(float[][] scores, int row) {
        float[] nearest = new float[NEIGHBOURS];
        Arrays.fill(nearest, Float.POSITIVE_INFINITY);
        float[] here = scores[row];
        for (int other = 0; other < scores.length; other++) {
            if (other != row) {
                float[] there = scores[other];
                float sum = 0;
                for (int c = 0; c < here.length && sum < nearest[NEIGHBOURS - 1]; c++) {
                    float d = here[c] - there[c];
                    sum += d * d;
                }
                int at = NEIGHBOURS - 1;
                if (sum < nearest[at]) {
                    while (at > 0 && nearest[at - 1] > sum) {
                        nearest[at] = nearest[at - 1];
                        at--;
                    }
                    nearest[at] = sum;
                }
            }
        }
        return Math.sqrt(nearest[NEIGHBOURS - 1]);
    }
}
