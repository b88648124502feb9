package dev.auscult.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Collects a run while a log is read or a training goes on; not thread-safe.
 *
 * <p>Points may arrive in any order of series. Within a series, steps that go back are put in order at the end: of
 * points with the same step the one written last wins, and {@link RunEvent.Kind#DUPLICATE_STEPS} says how many there
 * were. A reader that knows better (a restart, a second run in the file) says so with {@link #restartAt} or by
 * starting another builder.
 */
public final class RunBuilder {
    private String id;
    private String format = "";
    private String framework = "";
    private final Set<String> files = new LinkedHashSet<>();
    private final Map<String, String> versions = new TreeMap<>();
    private final Settings.Builder settings = Settings.builder();
    private final Map<MetricKey, SeriesBuilder> metrics = new LinkedHashMap<>();
    private final Map<String, SeriesBuilder> byName = new LinkedHashMap<>();
    private final Map<TensorKey, TensorSeriesBuilder> tensors = new LinkedHashMap<>();
    private @Nullable ModelGraph graph;
    private @Nullable DataProfile data;
    private final Set<Probe> probes = new LinkedHashSet<>();
    private final Set<RunEvent> events = new LinkedHashSet<>();
    private final Set<ReadProblem> problems = new LinkedHashSet<>();

    RunBuilder(String id) {
        this.id = Objects.requireNonNull(id, "id");
    }

    public RunBuilder id(String newId) {
        this.id = Objects.requireNonNull(newId, "id");
        return this;
    }

    public String id() {
        return id;
    }

    public RunBuilder format(String name) {
        this.format = name;
        return this;
    }

    public String format() {
        return format;
    }

    public RunBuilder framework(String name) {
        this.framework = name;
        return this;
    }

    public RunBuilder version(String component, String version) {
        versions.put(component, version);
        return this;
    }

    /** Adds a file that the run was read from. */
    public RunBuilder file(String path) {
        files.add(path);
        return this;
    }

    /** The settings collected so far, to add to. */
    public Settings.Builder settings() {
        return settings;
    }

    /** The column for a metric by its name in the log; the vocabulary says what it means. */
    public SeriesBuilder series(String name) {
        SeriesBuilder known = byName.get(name);
        if (known == null) {
            known = series(MetricVocabulary.resolve(name));
            byName.put(name, known);
        }
        return known;
    }

    /** The column for a metric by its name in the log, from a folder or section that names the split. */
    public SeriesBuilder series(String name, Split splitOfFolder) {
        return series(MetricVocabulary.resolve(name, splitOfFolder));
    }

    /** The column for a metric whose meaning the reader knows from the format. */
    public SeriesBuilder series(MetricKey key) {
        return metrics.computeIfAbsent(key, SeriesBuilder::new);
    }

    /** The columns for a tensor's statistics. */
    public TensorSeriesBuilder tensor(TensorKey key) {
        return tensors.computeIfAbsent(key, TensorSeriesBuilder::new);
    }

    public RunBuilder graph(ModelGraph modelGraph) {
        this.graph = modelGraph;
        return this;
    }

    /** Adds the outcome of an active check. */
    public RunBuilder probe(Probe probe) {
        probes.add(probe);
        return this;
    }

    public RunBuilder data(DataProfile profile) {
        this.data = profile;
        return this;
    }

    public RunBuilder event(RunEvent.Kind kind, long step, String detail) {
        events.add(new RunEvent(kind, step, detail));
        return this;
    }

    public RunBuilder problem(String file, long line, String problem) {
        problems.add(new ReadProblem(file, line, problem));
        return this;
    }

    /** The program went on from an earlier checkpoint: forgets every point at or after {@code step}. */
    public RunBuilder restartAt(long step, String detail) {
        long dropped = 0;
        for (SeriesBuilder column : metrics.values()) {
            dropped += column.dropFrom(step);
        }
        for (TensorSeriesBuilder column : tensors.values()) {
            dropped += column.dropFrom(step);
        }
        RunEvent.Kind kind = dropped > 0 ? RunEvent.Kind.RESTART : RunEvent.Kind.RESUMED;
        return event(kind, step, dropped > 0 ? detail + ", " + dropped + " points written again" : detail);
    }

    /** The metrics that have points so far. */
    public List<MetricKey> keys() {
        return metrics.values().stream()
                .filter(column -> column.size() > 0)
                .map(SeriesBuilder::key)
                .toList();
    }

    /** Number of points collected so far. */
    public long points() {
        return metrics.values().stream().mapToLong(SeriesBuilder::size).sum();
    }

    /** Number of tensor records collected so far. */
    public long tensorRecords() {
        return tensors.values().stream().mapToLong(TensorSeriesBuilder::size).sum();
    }

    /** Whether neither a metric nor a tensor has a point. */
    public boolean isEmpty() {
        return points() == 0 && tensorRecords() == 0;
    }

    /** The largest step collected so far; −1 if there is none. */
    public long lastStep() {
        long last = -1;
        for (SeriesBuilder column : metrics.values()) {
            last = Math.max(last, column.lastStep());
        }
        for (TensorSeriesBuilder column : tensors.values()) {
            last = Math.max(last, column.lastStep());
        }
        return last;
    }

    /** The run; the builder can go on collecting afterwards (a growing log is built again and again). */
    public Run build() {
        List<Series> builtMetrics = new ArrayList<>(metrics.size());
        List<RunEvent> allEvents = new ArrayList<>(events);
        for (SeriesBuilder column : metrics.values()) {
            if (column.size() > 0) {
                builtMetrics.add(column.build());
                if (column.duplicates() > 0) {
                    allEvents.add(new RunEvent(
                            RunEvent.Kind.DUPLICATE_STEPS,
                            -1,
                            column.duplicates() + " points of " + column.key().name() + " repeat a step"));
                }
            }
        }
        List<TensorSeries> builtTensors = new ArrayList<>(tensors.size());
        for (TensorSeriesBuilder column : tensors.values()) {
            if (column.size() > 0) {
                builtTensors.add(column.build());
            }
        }
        return new Run(
                id,
                new Provenance(List.copyOf(files), format, framework, versions),
                settings.build(),
                builtMetrics,
                builtTensors,
                graph,
                data,
                List.copyOf(probes),
                allEvents,
                List.copyOf(problems));
    }

    /**
     * Adds what another source says about the same run: series that this one lacks or has fewer points of, settings,
     * events and problems.
     */
    public RunBuilder merge(RunBuilder other) {
        for (Map.Entry<MetricKey, SeriesBuilder> theirs : other.metrics.entrySet()) {
            MetricKey same = metrics.keySet().stream()
                    .filter(k -> k.sameMeasure(theirs.getKey()))
                    .findFirst()
                    .orElse(null);
            if (same == null) {
                metrics.put(theirs.getKey(), theirs.getValue());
            } else if (Objects.requireNonNull(metrics.get(same)).size()
                    < theirs.getValue().size()) {
                metrics.remove(same);
                byName.clear();
                metrics.put(theirs.getKey(), theirs.getValue());
            }
        }
        other.tensors.forEach(tensors::putIfAbsent);
        settings.putAll(other.settings.build());
        files.addAll(other.files);
        other.versions.forEach(versions::putIfAbsent);
        probes.addAll(other.probes);
        events.addAll(other.events);
        problems.addAll(other.problems);
        if (framework.isEmpty()) {
            framework = other.framework;
        }
        if (graph == null) {
            graph = other.graph;
        }
        if (data == null) {
            data = other.data;
        }
        return this;
    }
}
