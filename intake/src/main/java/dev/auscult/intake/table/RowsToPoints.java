package dev.auscult.intake.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

import dev.auscult.intake.ReadOptions;
import dev.auscult.intake.RunSink;
import dev.auscult.run.MetricKey;
import dev.auscult.run.MetricVocabulary;
import dev.auscult.run.RunBuilder;
import dev.auscult.run.SeriesBuilder;
import org.jspecify.annotations.Nullable;

/** Turns rows into points: keeps the axes, tells one run from the next, and counts the cells that are no numbers. */
final class RowsToPoints {
    /** Beyond this a double no longer counts every step. */
    private static final double LAST_STEP = 9e15;

    /** A time this late is none of this age in seconds, but one in milliseconds. */
    private static final double MILLISECONDS = 1e11;

    private final Layout layout;
    private final ReadOptions options;
    private final RunSink sink;
    private final Oddities oddities;
    private final Restarts restarts;
    private final Map<String, long[]> cells = new HashMap<>();

    private List<String> names = List.of();
    private Roles roles = Roles.NONE;
    private String errorAsLoss = "";
    private Map<Integer, String> meanings = Map.of();
    private @Nullable SeriesBuilder[] columns = new SeriesBuilder[0];
    private long[] firstSteps = new long[0];
    private long[][] counts = new long[0][];

    private long rows;
    private long taken;
    private long lastStep = -1;
    private long lastLocal = -1;
    private long offset;
    private double lastEpoch = Double.NaN;
    private double clock;
    private boolean descending;

    RowsToPoints(Layout layout, ReadOptions options, RunSink sink, Oddities oddities) {
        this.layout = layout;
        this.options = options;
        this.sink = sink;
        this.oddities = oddities;
        this.restarts = new Restarts(sink);
    }

    /** The names of the columns of the rows that follow. */
    void columns(List<String> newNames) {
        names = newNames;
        roles = layout.roles(names);
        meanings = new HashMap<>();
        options.columns().forEach(this::give);
        leaveOutReplaced();
        errorAsLoss = options.columns().isEmpty() ? ErrorMeasure.of(names) : "";
        columns = new SeriesBuilder[names.size()];
        firstSteps = new long[names.size()];
        counts = new long[names.size()][];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = cells.computeIfAbsent(names.get(i), name -> new long[2]);
        }
    }

    private void give(String meaning, String column) {
        int at = names.indexOf(column);
        if (at < 0) {
            at = number(column);
        }
        if (at < 0 || at >= names.size()) {
            oddities.add(0, "there is no column " + column + " to take as " + meaning + "; there are " + someNames());
            return;
        }
        switch (meaning) {
            case "step" -> roles = roles.withStep(at);
            case "epoch" -> roles = roles.withEpoch(at);
            case "time" -> roles = roles.withTime(at, Roles.Clock.RUNNING);
            default -> meanings.put(at, meaning);
        }
    }

    /** A column that measures by its name what the user says another one does. */
    private void leaveOutReplaced() {
        for (String meaning : meanings.values()) {
            MetricKey said = MetricVocabulary.resolve(meaning);
            for (int i = 0; i < names.size(); i++) {
                if (!meanings.containsKey(i)
                        && MetricVocabulary.resolve(names.get(i)).sameMeasure(said)) {
                    roles = roles.without(i);
                }
            }
        }
    }

    private static int number(String column) {
        try {
            return Integer.parseInt(column.strip());
        } catch (NumberFormatException aName) {
            return -1;
        }
    }

    private String someNames() {
        StringJoiner some = new StringJoiner(", ");
        names.stream().filter(name -> !name.isEmpty()).limit(12).forEach(some::add);
        return some.toString();
    }

    /** Number of points so far, over all runs of the file. */
    long taken() {
        return taken;
    }

    void add(Row row) {
        layout.prepare(row, oddities);
        double epoch = row.isNumber(roles.epoch()) ? row.value(roles.epoch()) : Double.NaN;
        if (roles.step() >= 0 && row.isText(roles.step())) {
            oddities.add(row.line(), "a row has text instead of its step; it was skipped");
            return;
        }
        long step = step(row, epoch);
        if (step < lastStep && rows > 0) {
            step = back(row, step);
        }
        double time = time(row);
        int width = Math.min(row.size(), columns.length);
        for (int i = 0; i < width; i++) {
            if (roles.isMetric(i)) {
                cell(row, i, step, epoch, time);
            }
        }
        lastStep = step;
        lastEpoch = epoch;
        rows++;
    }

    private void cell(Row row, int i, long step, double epoch, double time) {
        if (row.isNumber(i)) {
            SeriesBuilder column = columns[i];
            if (column == null) {
                column = series(i);
                columns[i] = column;
                firstSteps[i] = step;
            }
            column.add(step, epoch, time, row.value(i));
            counts[i][0]++;
            taken++;
        } else if (row.isText(i)) {
            counts[i][1]++;
        }
    }

    private SeriesBuilder series(int i) {
        RunBuilder run = sink.run();
        String name = names.get(i).isEmpty() ? "column " + i : names.get(i);
        String meaning = meanings.get(i);
        if (meaning == null) {
            MetricKey key = MetricVocabulary.resolve(name);
            return ErrorMeasure.is(errorAsLoss, key) ? run.series(ErrorMeasure.asLoss(key)) : layout.series(run, name);
        }
        MetricKey k = MetricVocabulary.resolve(meaning);
        return run.series(new MetricKey(k.split(), k.quantity(), k.part(), k.grain(), k.direction(), name));
    }

    private long step(Row row, double epoch) {
        int column = roles.step();
        if (column < 0) {
            return rowStep(row, epoch);
        }
        if (!row.isNumber(column) || !(Math.abs(row.value(column)) < LAST_STEP)) {
            oddities.add(row.line(), "a row has no step; it was put at the step before");
            return Math.max(0, lastStep);
        }
        long local = Math.round(row.value(column));
        return switch (roles.counting()) {
            case GLOBAL -> local;
            case LENGTH -> Math.max(0, lastStep) + local;
            case WITHIN_EPOCH -> {
                if (rows > 0 && local < lastLocal && epoch > lastEpoch) {
                    offset = lastStep + 1 - local;
                } else if (rows > 0 && local < lastLocal && epoch < lastEpoch) {
                    offset = 0;
                }
                lastLocal = local;
                yield offset + local;
            }
        };
    }

    /** Without a counter the rows are counted, from 0 again where the epoch begins again. */
    private long rowStep(Row row, double epoch) {
        if (rows > 0 && epoch < lastEpoch && epoch <= 1 && layout.watchesRestarts()) {
            nextRun("epoch", Math.round(epoch), row.line());
        }
        return rows;
    }

    private void nextRun(String counter, long step, long line) {
        if (restarts.back(counter, step, lastStep, step, line, oddities) == Restarts.Decision.NEXT_RUN) {
            begin();
        }
    }

    private void begin() {
        rows = 0;
        lastStep = -1;
        lastLocal = -1;
        offset = 0;
        clock = 0;
        lastEpoch = Double.NaN;
        Arrays.fill(columns, null);
    }

    /** The step is smaller than in the row before; returns the step to use. */
    private long back(Row row, long step) {
        boolean back = false;
        boolean toStart = true;
        long first = Long.MAX_VALUE;
        int width = Math.min(row.size(), columns.length);
        for (int i = 0; i < width; i++) {
            SeriesBuilder column = columns[i];
            if (row.isNumber(i) && column != null && step < column.lastStep()) {
                back = true;
                toStart &= step <= firstSteps[i];
                first = Math.min(first, firstSteps[i]);
            }
        }
        if (!back || descending || !layout.watchesRestarts()) {
            return step;
        }
        if (rows == 1 && isCountingDown(step)) {
            descending = true;
            return step;
        }
        String counter = roles.step() < 0 ? "row" : names.get(roles.step());
        if (restarts.back(counter, toStart ? step : first, lastStep, step, row.line(), oddities)
                == Restarts.Decision.NEXT_RUN) {
            begin();
        }
        return step;
    }

    /** A second row one below the first, both far from 0: the newest row stands first. */
    private boolean isCountingDown(long step) {
        return step > 1 && step * 2 > lastStep;
    }

    private double time(Row row) {
        if (!row.isNumber(roles.time())) {
            return Double.NaN;
        }
        double value = row.value(roles.time());
        if (value > MILLISECONDS) {
            value /= 1000;
        }
        if (roles.clock() == Roles.Clock.RUNNING) {
            return value;
        }
        clock += value;
        return clock;
    }

    /** Says which columns held text, once for all of them. */
    void finish() {
        List<String> text = new ArrayList<>();
        List<String> mixed = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (roles.isMetric(i) && counts[i][1] > 0) {
                (counts[i][0] == 0 ? text : mixed).add(names.get(i));
            }
        }
        if (!text.isEmpty()) {
            oddities.add(0, "columns without a number were left out: " + list(text));
        }
        if (!mixed.isEmpty()) {
            oddities.add(0, "cells that are no numbers were left out in: " + list(mixed));
        }
    }

    private static String list(List<String> columns) {
        return String.join(", ", columns.subList(0, Math.min(12, columns.size())))
                + (columns.size() > 12 ? " and " + (columns.size() - 12) + " more" : "");
    }
}
