package dev.auscult.data.quality;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import dev.auscult.data.profile.Frame;
import dev.auscult.data.profile.FrameColumn;
import dev.auscult.run.ColumnProfile.Role;
import dev.auscult.run.Observation;

/**
 * Finds inputs that say the same: numbers by Pearson's correlation, categories by Cramér's V, over evenly spread rows. Of very
 * wide tables the first columns are looked at, and the observation says how many.
 */
final class CorrelationLook {
    private static final int MOST_ROWS = 20_000;
    private static final int MOST_NUMERIC = 1_000;
    /** Products of a pair of columns in all, so that wide tables take seconds. */
    private static final double MOST_PRODUCTS = 2e9;

    private static final int FEWEST_ROWS = 30;
    private static final int MOST_CATEGORIES = 60;
    private static final int MOST_CATEGORICAL = 60;
    /** A table of categories with fewer rows per category fits anything. */
    private static final int ROWS_PER_CATEGORY = 5;

    private static final int MOST_PAIRS = 50;
    /** Pairs below it are not written down. */
    private static final double WORTH_NOTING = 0.9;

    private CorrelationLook() {}

    static List<Observation> observe(Frame frame) {
        List<FrameColumn> numeric = new ArrayList<>();
        List<FrameColumn> categorical = new ArrayList<>();
        for (FrameColumn column : frame.columns()) {
            if (column.role() == Role.INPUT && column.isNumeric()) {
                numeric.add(column);
            }
            if (column.role() == Role.INPUT
                    && column.isCategorical()
                    && column.words().size() <= MOST_CATEGORIES) {
                categorical.add(column);
            }
        }
        for (FrameColumn column : numeric) {
            if (categorical.size() < MOST_CATEGORICAL && isCode(column)) {
                categorical.add(column);
            }
        }
        int used = Math.min(MOST_NUMERIC, numeric.size());
        List<FrameColumn> words = categorical.subList(0, Math.min(MOST_CATEGORICAL, categorical.size()));
        double pairs = 0.5 * used * (used - 1.0) + 0.5 * words.size() * (words.size() - 1.0);
        List<Observation> found = new ArrayList<>();
        found.addAll(numbers(frame, numeric.subList(0, used), pairs));
        found.addAll(words(frame, words, pairs));
        List<Observation> worst = new ArrayList<>(found.stream()
                .sorted(Comparator.comparingDouble((Observation o) -> -o.get("effect")))
                .limit(MOST_PAIRS)
                .toList());
        worst.add(new Look(Observation.Kind.CORRELATED_COLUMNS, frame)
                .number("rows", frame.rows())
                .number("pairs", pairs)
                .number("found", found.size())
                .number("columns", numeric.size() + (double) categorical.size())
                .number("columns-used", used + (double) words.size())
                .made());
        return worst;
    }

    /** Numbers of few values that may be another column's categories by number: 1, 2, 3 for first, second, third. */
    private static boolean isCode(FrameColumn column) {
        double[] seen = new double[MOST_CATEGORIES];
        return Codes.distinct(column, seen) <= MOST_CATEGORIES / 4;
    }

    private static List<Observation> numbers(Frame frame, List<FrameColumn> columns, double tests) {
        int d = columns.size();
        int rows = (int) Math.min(
                Math.min(MOST_ROWS, frame.rows()), Math.max(FEWEST_ROWS, MOST_PRODUCTS / Math.max(1, 0.5 * d * d)));
        double[][] scaled = new double[d][];
        for (int c = 0; c < d; c++) {
            scaled[c] = new double[rows];
            for (int i = 0; i < rows; i++) {
                double value = columns.get(c).get((int) ((long) i * frame.rows() / rows));
                scaled[c][i] = Double.isFinite(value) ? value : Double.NaN;
            }
        }
        List<Observation> found = new ArrayList<>();
        for (int a = 0; a < d; a++) {
            for (int b = a + 1; b < d; b++) {
                Pearson pair = Pearson.of(scaled[a], scaled[b]);
                if (pair.rows() >= FEWEST_ROWS && Math.abs(pair.r()) >= WORTH_NOTING) {
                    // Fisher (1915): atanh r has standard error 1/sqrt(n − 3).
                    double z = 0.5 * Math.log((1 + Math.abs(pair.r())) / Math.max(1e-16, 1 - Math.abs(pair.r())));
                    found.add(new Look(
                                    Observation.Kind.CORRELATED_COLUMNS,
                                    frame,
                                    columns.get(a).name(),
                                    columns.get(b).name())
                            .number("rows", pair.rows())
                            .number("effect", Math.abs(pair.r()))
                            .number("r", pair.r())
                            .number("p-value", Tail.normalTwoSided(z * Math.sqrt(pair.rows() - 3)))
                            .number("tests", tests)
                            .made());
                }
            }
        }
        return found;
    }

    private static List<Observation> words(Frame frame, List<FrameColumn> columns, double tests) {
        int rows = Math.min(MOST_ROWS, frame.rows());
        List<Codes> codes =
                columns.stream().map(c -> Codes.of(c, frame.rows(), rows)).toList();
        List<Observation> found = new ArrayList<>();
        for (int a = 0; a < columns.size(); a++) {
            for (int b = a + 1; b < columns.size(); b++) {
                Codes one = codes.get(a);
                Codes other = codes.get(b);
                if (one.size() != other.size() || one.size() < 2) {
                    continue;
                }
                Contingency table = Contingency.of(one.with(other));
                if (table.rows() >= Math.max(FEWEST_ROWS, (long) ROWS_PER_CATEGORY * one.size())
                        && table.cramersV() >= WORTH_NOTING
                        && 2 * table.rows() > rows / 5) {
                    found.add(new Look(
                                    Observation.Kind.CORRELATED_COLUMNS,
                                    frame,
                                    columns.get(a).name(),
                                    columns.get(b).name())
                            .number("rows", table.rows())
                            .number("effect", table.cramersV())
                            .number("categories", one.size())
                            .number("p-value", table.pValue())
                            .number("tests", tests)
                            .made());
                }
            }
        }
        return found;
    }
}
