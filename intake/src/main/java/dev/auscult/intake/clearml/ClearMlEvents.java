package dev.auscult.intake.clearml;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;

import dev.auscult.intake.RunSink;
import dev.auscult.intake.UnreadableLogException;
import dev.auscult.intake.json.JsonDocument;
import dev.auscult.intake.json.JsonLines;
import dev.auscult.intake.json.JsonRow;
import dev.auscult.run.RunEvent;

/** Writes the requests that ClearML kept for its server into a run. */
final class ClearMlEvents {
    private static final String SCALAR = "training_stats_scalar";

    /** A value without iteration carries the smallest one there is. */
    private static final double NO_ITERATION = Integer.MIN_VALUE;

    private final RunSink sink;
    private long requests;
    private long hardware;

    ClearMlEvents(RunSink sink) {
        this.sink = sink;
        sink.run().framework("clearml");
    }

    /** Reads {@code metrics.jsonl}: in each line a list of requests, one event in each. */
    void readMetrics(InputStream in) throws IOException {
        JsonLines lines = new JsonLines(in, sink);
        while (lines.next()) {
            add(lines.row());
        }
        requests += lines.rows();
    }

    private void add(JsonRow row) {
        double iteration = row.number("iter");
        if (!row.text("type").equals(SCALAR) || !row.hasNumber("value") || iteration == NO_ITERATION) {
            return;
        }
        String metric = row.text("metric");
        if (metric.startsWith(":monitor:")) {
            hardware++;
            return;
        }
        String variant = row.text("variant");
        String name = variant.isEmpty() || variant.equals(metric) ? metric : metric + "/" + variant;
        sink.run()
                .series(name)
                .add(
                        Double.isNaN(iteration) ? 0 : (long) iteration,
                        Double.NaN,
                        row.number("timestamp") / 1000,
                        row.number("value"));
    }

    /** Reads {@code task.json}: hyper-parameters and how the task ended. */
    void readTask(InputStream in) throws IOException {
        Map<String, String> settings = new TreeMap<>();
        JsonRow row = JsonDocument.flat(in);
        for (int i = 0; i < row.size(); i++) {
            addSetting(row.name(i), row.text(i), settings);
        }
        switch (row.text("status")) {
            case "completed", "published", "closed" ->
                sink.run().event(RunEvent.Kind.COMPLETED, -1, "ClearML says " + row.text("status"));
            case "failed", "stopped" ->
                sink.run().event(RunEvent.Kind.INTERRUPTED, -1, "ClearML says " + row.text("status"));
            default -> {}
        }
        settings.forEach((name, value) -> sink.run().settings().put(name, value));
    }

    /** {@code hyperparams/<section>/<name>/value}, {@code execution/parameters/<name>} in old tasks. */
    private static void addSetting(String path, String value, Map<String, String> settings) {
        if (path.startsWith("hyperparams/") && path.endsWith("/value")) {
            int section = path.indexOf('/', "hyperparams/".length());
            if (section > 0 && section + 1 < path.length() - "/value".length()) {
                settings.putIfAbsent(path.substring(section + 1, path.length() - "/value".length()), value);
            }
        } else if (path.startsWith("execution/parameters/")) {
            String name = path.substring("execution/parameters/".length());
            settings.putIfAbsent(name.substring(name.lastIndexOf('/') + 1), value);
        }
    }

    /** Says what was left out, and that nothing was there if nothing was. */
    void finish(boolean anyMetrics) throws UnreadableLogException {
        if (hardware > 0) {
            sink.problem(0, hardware + " hardware values (:monitor:…) were left out: they count seconds, not steps");
        }
        if (sink.run().isEmpty()) {
            throw new UnreadableLogException(
                    anyMetrics
                            ? "a ClearML session without a scalar: " + requests + " requests in metrics.jsonl, none a "
                                    + SCALAR
                            : "a ClearML session without metrics.jsonl: nothing was reported while it was offline");
        }
    }
}
