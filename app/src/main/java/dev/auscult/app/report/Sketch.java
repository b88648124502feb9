package dev.auscult.app.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import dev.auscult.diagnose.measure.Curve;
import dev.auscult.diagnose.measure.CurveChoice;
import dev.auscult.run.Run;
import dev.auscult.run.Series;
import dev.auscult.run.Split;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a run in a few columns: its training and validation loss (its scores where it has no loss), each column
 * the mean of the points that fall into it.
 *
 * @param rows at most one for training and one for held-out data
 * @param columns number of columns
 * @param from first step
 * @param to last step
 */
public record Sketch(List<Row> rows, int columns, long from, long to) {
    /** Nothing to draw. */
    public static final Sketch NONE = new Sketch(List.of(), 0, 0, 0);

    public Sketch {
        rows = List.copyOf(rows);
    }

    /**
     * One curve.
     *
     * @param label the series
     * @param cells means [columns]; NaN where there is no point, infinite where no point is finite
     * @param first first finite value
     * @param last last finite value
     */
    @SuppressWarnings("ArrayRecordComponent") // Short-lived columns, never compared.
    public record Row(String label, double[] cells, double first, double last) {}

    /** The shape of a run in at most {@code columns} columns. */
    public static Sketch of(Run run, int columns) {
        List<Curve> curves = curves(run);
        if (curves.isEmpty()) {
            return NONE;
        }
        List<Series> series = curves.stream().map(c -> seriesOf(run, c)).toList();
        long from = Long.MAX_VALUE;
        long to = Long.MIN_VALUE;
        int points = 0;
        for (int i = 0; i < curves.size(); i++) {
            Series s = series.get(i);
            Curve c = curves.get(i);
            from = Math.min(from, s == null ? c.firstStep() : s.firstStep());
            to = Math.max(to, s == null ? c.lastStep() : s.lastStep());
            points = Math.max(points, s == null ? c.size() : s.size());
        }
        int used = Math.max(1, Math.min(columns, points * 3));
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < curves.size(); i++) {
            rows.add(row(curves.get(i), series.get(i), from, to, used));
        }
        return new Sketch(rows, used, from, to);
    }

    /** The column of a step. */
    public int column(long step) {
        return column(step, from, to, columns);
    }

    private static int column(long step, long from, long to, int columns) {
        if (to == from) {
            return 0;
        }
        double share = ((double) step - from) / ((double) to - from);
        return (int) Math.max(0, Math.min(columns - 1, Math.floor(share * (columns - 1) + 0.5)));
    }

    private static List<Curve> curves(Run run) {
        List<Curve> losses = new ArrayList<>();
        CurveChoice.loss(run, Split.TRAIN).ifPresent(losses::add);
        heldOut(CurveChoice.loss(run, Split.VALIDATION), CurveChoice.loss(run, Split.TEST))
                .ifPresent(losses::add);
        if (!losses.isEmpty()) {
            return losses;
        }
        CurveChoice.loss(run, Split.NONE).ifPresent(losses::add);
        if (!losses.isEmpty()) {
            return losses;
        }
        List<Curve> scores = new ArrayList<>();
        CurveChoice.score(run, Split.TRAIN).ifPresent(scores::add);
        heldOut(CurveChoice.score(run, Split.VALIDATION), CurveChoice.score(run, Split.TEST))
                .ifPresent(scores::add);
        if (scores.isEmpty()) {
            CurveChoice.score(run, Split.NONE).ifPresent(scores::add);
        }
        return scores;
    }

    private static Optional<Curve> heldOut(Optional<Curve> validation, Optional<Curve> test) {
        return validation.isPresent() ? validation : test;
    }

    private static @Nullable Series seriesOf(Run run, Curve curve) {
        return run.metrics().stream()
                .filter(s -> s.key().equals(curve.key()))
                .findFirst()
                .orElse(null);
    }

    private static Row row(Curve curve, @Nullable Series series, long from, long to, int columns) {
        double[] sums = new double[columns];
        int[] counts = new int[columns];
        for (int i = 0; i < curve.size(); i++) {
            int column = column(curve.step(i), from, to, columns);
            sums[column] += curve.value(i);
            counts[column]++;
        }
        double[] cells = new double[columns];
        Arrays.fill(cells, Double.NaN);
        if (series != null && curve.nonFinite() > 0) {
            for (int i = 0; i < series.size(); i++) {
                if (!Double.isFinite(series.value(i))) {
                    cells[column(series.step(i), from, to, columns)] = Double.POSITIVE_INFINITY;
                }
            }
        }
        for (int i = 0; i < columns; i++) {
            if (counts[i] > 0) {
                cells[i] = sums[i] / counts[i];
            }
        }
        fillGaps(cells);
        return new Row(curve.label(), cells, curve.first(), curve.last());
    }

    /** Where points are sparser than columns, a point's value stands until halfway to the next one. */
    private static void fillGaps(double[] cells) {
        int last = -1;
        for (int i = 0; i < cells.length; i++) {
            if (Double.isNaN(cells[i])) {
                continue;
            }
            for (int k = last + 1; last >= 0 && k < i; k++) {
                cells[k] = k - last <= i - k ? cells[last] : cells[i];
            }
            last = i;
        }
    }
}
