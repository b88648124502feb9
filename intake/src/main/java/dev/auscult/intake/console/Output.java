package dev.auscult.intake.console;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.auscult.intake.RunSink;
import dev.auscult.run.Grain;
import dev.auscult.run.MetricKey;
import dev.auscult.run.MetricVocabulary;
import dev.auscult.run.Quantity;
import dev.auscult.run.RunBuilder;
import dev.auscult.run.SeriesBuilder;
import dev.auscult.run.Split;
import org.jspecify.annotations.Nullable;

/** Takes the numbers of lines to the series of the run, with the place where the line stands. */
final class Output {
    /** A text in which everything looks like a metric has no more series than these. */
    private static final int MOST_SERIES = 200;

    private final RunSink sink;
    private Axis axis = new Axis();
    private final Map<Column, SeriesBuilder> series = new HashMap<>();
    private final Map<String, Value> pending = new LinkedHashMap<>();
    private long points;

    Output(RunSink sink) {
        this.sink = sink;
    }

    private record Column(String name, Split split, Grain grain) {}

    private record Value(String name, Split split, double value) {}

    Axis axis() {
        return axis;
    }

    RunBuilder run() {
        return sink.run();
    }

    /** Number of points so far, over all runs. */
    long points() {
        return points;
    }

    void epoch(double epoch) {
        if (epoch != axis.epoch()) {
            flush();
        }
        if (moved(axis.toEpoch(epoch), (long) epoch)) {
            axis.toEpoch(epoch);
        }
    }

    void batch(double count, double total) {
        if (moved(axis.toBatch(count, total), (long) count)) {
            axis.toBatch(count, total);
        }
    }

    void step(double count) {
        if (moved(axis.toStep(count), (long) count)) {
            axis.toStep(count);
        }
    }

    /** Deals with a counter that went back; whether a new axis has to take over the count. */
    private boolean moved(Axis.Move move, long count) {
        if (move == Axis.Move.NEW_RUN) {
            flush();
            sink.nextRun(axis.reason());
            double epoch = axis.reason().startsWith("batch") ? axis.epoch() : Double.NaN;
            axis = new Axis();
            series.clear();
            if (!Double.isNaN(epoch)) {
                axis.toEpoch(epoch);
            }
            return true;
        }
        if (move == Axis.Move.RESUMED) {
            sink.run().restartAt(axis.isCounted() ? axis.step() : count, axis.reason());
        }
        return false;
    }

    /** A value of the batch or step where the log stands. */
    void atStep(String name, Split split, double value) {
        add(name, split, Grain.STEP, axis.step(), axis.epochOfStep(), value);
    }

    /** A value that sums up the epoch where the log stands. */
    void atEpoch(String name, Split split, double value) {
        add(name, split, Grain.EPOCH, axis.stepOfEpoch(), axis.epoch(), value);
    }

    /** A value measured at a step over more than that step. */
    void atStepOverMany(String name, Split split, double value) {
        add(name, split, Grain.UNKNOWN, axis.step(), axis.epochOfStep(), value);
    }

    /** The running mean over an epoch or a held-out set: counts once nothing follows it. */
    void runningMean(String name, Split split, double value) {
        pending.put(split + name, new Value(name, split, value));
    }

    /** The means of what ran until now are final. */
    void flush() {
        for (Value value : pending.values()) {
            atEpoch(value.name(), value.split(), value.value());
        }
        pending.clear();
    }

    private void add(String name, Split split, Grain grain, long step, double epoch, double value) {
        Column wanted = new Column(name, split, grain);
        SeriesBuilder column = series.get(wanted);
        if (column == null) {
            if (series.size() >= MOST_SERIES) {
                return;
            }
            column = sink.run().series(key(name, split, grain));
            series.put(wanted, column);
        }
        column.add(step, epoch, Double.NaN, value);
        points++;
    }

    static MetricKey key(String name, Split split, Grain grain) {
        MetricKey known = known(name);
        MetricKey key = known != null ? known : MetricVocabulary.resolve(name, split);
        Grain best = key.grain() == Grain.UNKNOWN ? grain : key.grain();
        return new MetricKey(key.split(), key.quantity(), key.part(), best, key.direction(), key.name());
    }

    /** Names that mean something only on a terminal. */
    private static @Nullable MetricKey known(String name) {
        return switch (name) {
            case "tel" -> MetricKey.of(Split.VALIDATION, Quantity.LOSS, name);
            case "trl", "Score" -> MetricKey.of(Split.TRAIN, Quantity.LOSS, name);
            case "ms/step", "ms/batch", "s/step", "step_avg", "elapsed time per iteration" ->
                MetricKey.of(Split.NONE, Quantity.STEP_TIME, name);
            default -> null;
        };
    }
}
