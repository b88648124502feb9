package dev.auscult.intake.json;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import dev.auscult.intake.RunSink;
import dev.auscult.run.MetricKey;
import dev.auscult.run.MetricVocabulary;
import dev.auscult.run.RunBuilder;
import dev.auscult.run.SeriesBuilder;
import dev.auscult.run.Split;
import org.jspecify.annotations.Nullable;

/** Writes tables into runs: finds the axes, carries counters on, and starts another run where they go back. */
final class TableRuns {
    /** Lists without any axis hold one number per epoch, unless they are longer than trainings last. */
    private static final int MAX_EPOCHS = 2000;

    private final RunSink sink;
    private final Map<String, String> meanings;

    /**
     * Writes into a sink.
     *
     * @param meanings the columns that the user named: meaning to the name in the file
     */
    TableRuns(RunSink sink, Map<String, String> meanings) {
        this.sink = sink;
        this.meanings = meanings;
    }

    /** Writes the tables of one run. */
    void write(TableGroups.Group group) {
        List<TableGroups.Part> parts = group.parts();
        int longest = parts.stream().mapToInt(p -> p.table().rows()).max().orElse(0);
        for (TableGroups.Part part : parts) {
            if (part.table().isRecords()) {
                writeRecords(part, parts.size() == 1);
            } else {
                writeLists(part, longest);
            }
        }
    }

    /** Records in order; only a table that is a whole run can go on with another one. */
    private void writeRecords(TableGroups.Part part, boolean mayBeSeveral) {
        JsonTable table = part.table();
        Axes axes = Axes.among(table.columns().keySet(), meanings);
        double[] steps = aligned(table, axes.step());
        double[] epochs = aligned(table, axes.epoch());
        double[] times = aligned(table, axes.time());
        boolean epochIsStep = isAbsent(steps) && isWhole(epochs);
        StepCounter counter = new StepCounter();
        long[] axis = new long[table.rows()];
        int from = 0;
        for (int row = 0; row < table.rows(); row++) {
            double step = epochIsStep ? epochs[row] : steps[row];
            if (Double.isNaN(step)) {
                // Between counted records: a row of its own scores belongs to the step before it.
                axis[row] = isAbsent(steps) && !epochIsStep ? row : row == 0 ? 0 : axis[row - 1];
                continue;
            }
            StepCounter.Turn turn = counter.next((long) step, epochIsStep ? Double.NaN : epochs[row]);
            axis[row] = counter.offset() + (long) step;
            if (turn != StepCounter.Turn.ON) {
                writeRows(part, axes, axis, epochs, times, from, row);
                from = row;
                String counted = epochIsStep ? "epoch" : "step";
                if (turn == StepCounter.Turn.NEW_RUN && mayBeSeveral) {
                    sink.nextRun(counted + " goes back to " + (long) step);
                } else {
                    sink.run().restartAt(axis[row], counted + " goes back to " + axis[row]);
                }
            }
        }
        writeRows(part, axes, axis, epochs, times, from, table.rows());
    }

    private void writeRows(
            TableGroups.Part part, Axes axes, long[] axis, double[] epochs, double[] times, int from, int to) {
        for (Map.Entry<String, JsonColumn> entry : part.table().columns().entrySet()) {
            SeriesBuilder series = axes.contains(entry.getKey()) ? null : series(part, entry.getKey());
            if (series == null) {
                continue;
            }
            JsonColumn column = entry.getValue();
            int start = firstAtOrAfter(column, from);
            for (int i = start; i < column.size() && column.row(i) < to; i++) {
                int row = column.row(i);
                series.add(axis[row], epochs[row], times[row], column.value(i));
            }
        }
    }

    private void writeLists(TableGroups.Part part, int longest) {
        Axes axes = Axes.among(part.table().columns().keySet(), meanings);
        JsonColumn steps = column(part, axes.step());
        JsonColumn epochs = column(part, axes.epoch());
        JsonColumn times = column(part, axes.time());
        for (Map.Entry<String, JsonColumn> entry : part.table().columns().entrySet()) {
            SeriesBuilder series = axes.contains(entry.getKey()) ? null : series(part, entry.getKey());
            if (series == null) {
                continue;
            }
            JsonColumn column = entry.getValue();
            int length = length(column);
            double[] step = fitting(steps, length);
            double[] epoch = fitting(epochs, length);
            double[] time = fitting(times, length);
            boolean epochIsStep = step == null && epoch != null && isWhole(epoch);
            for (int i = 0; i < column.size(); i++) {
                int row = column.row(i);
                long at = step != null
                        ? (long) step[row]
                        : epochIsStep && epoch != null ? (long) epoch[row] : spread(row, length, longest);
                double unknownEpoch = step == null && longest <= MAX_EPOCHS ? at : Double.NaN;
                series.add(
                        at,
                        epoch != null ? epoch[row] : unknownEpoch,
                        time != null ? time[row] : Double.NaN,
                        column.value(i));
            }
        }
    }

    /** A list much shorter than the longest one was written every so many steps of it: at their ends. */
    private static long spread(int row, int length, int longest) {
        return length > 0 && longest >= 2 * length ? (row + 1L) * longest / length - 1 : row;
    }

    private @Nullable SeriesBuilder series(TableGroups.Part part, String column) {
        RunBuilder run = sink.run();
        for (Map.Entry<String, String> meaning : meanings.entrySet()) {
            if (Axes.slashed(meaning.getValue()).equals(Axes.slashed(column))) {
                MetricKey key = MetricVocabulary.resolve(meaning.getKey());
                return run.series(
                        new MetricKey(key.split(), key.quantity(), key.part(), key.grain(), key.direction(), column));
            }
        }
        String name = part.prefix() + column;
        Split split = part.split() != Split.NONE ? part.split() : sink.folderSplit();
        MetricKey key = MetricVocabulary.resolve(name, split);
        boolean replaced = meanings.keySet().stream()
                .anyMatch(meaning -> MetricVocabulary.resolve(meaning).sameMeasure(key));
        return replaced ? null : run.series(key);
    }

    private static @Nullable JsonColumn column(TableGroups.Part part, @Nullable String name) {
        return name == null ? null : part.table().columns().get(name);
    }

    private static int length(JsonColumn column) {
        int last = -1;
        for (int i = 0; i < column.size(); i++) {
            // A key that stands in the file twice counts its rows from 0 twice.
            last = Math.max(last, column.row(i));
        }
        return last + 1;
    }

    /** The numbers of an axis if it is as long as the list beside it. */
    private static double @Nullable [] fitting(@Nullable JsonColumn axis, int length) {
        if (axis == null || axis.size() != length || length(axis) != length) {
            return null;
        }
        double[] numbers = new double[length];
        Arrays.setAll(numbers, axis::value);
        return numbers;
    }

    /** A column with one number per row [rows], NaN where it has none. */
    private static double[] aligned(JsonTable table, @Nullable String name) {
        double[] numbers = new double[table.rows()];
        Arrays.fill(numbers, Double.NaN);
        JsonColumn column = name == null ? null : table.columns().get(name);
        for (int i = 0; column != null && i < column.size(); i++) {
            numbers[column.row(i)] = column.value(i);
        }
        return numbers;
    }

    private static boolean isAbsent(double[] numbers) {
        return Arrays.stream(numbers).allMatch(Double::isNaN);
    }

    private static boolean isWhole(double[] numbers) {
        return Arrays.stream(numbers).allMatch(x -> Double.isNaN(x) || (x == Math.rint(x) && Math.abs(x) < 1e15))
                && !isAbsent(numbers);
    }

    private static int firstAtOrAfter(JsonColumn column, int row) {
        int low = 0;
        int high = column.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (column.row(middle) < row) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
