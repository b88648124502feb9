package dev.auscult.run;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/** One training run: everything that was measured while a network trained, and what is known about how. */
public final class Run {
    private final String id;
    private final Provenance provenance;
    private final Settings settings;
    private final List<Series> metrics;
    private final List<TensorSeries> tensors;
    private final @Nullable ModelGraph graph;
    private final @Nullable DataProfile data;
    private final List<Probe> probes;
    private final List<RunEvent> events;
    private final List<ReadProblem> problems;

    Run(
            String id,
            Provenance provenance,
            Settings settings,
            List<Series> metrics,
            List<TensorSeries> tensors,
            @Nullable ModelGraph graph,
            @Nullable DataProfile data,
            List<Probe> probes,
            List<RunEvent> events,
            List<ReadProblem> problems) {
        this.id = Objects.requireNonNull(id, "id");
        this.provenance = Objects.requireNonNull(provenance, "provenance");
        this.settings = Objects.requireNonNull(settings, "settings");
        this.metrics = List.copyOf(metrics);
        this.tensors = List.copyOf(tensors);
        this.graph = graph;
        this.data = data;
        this.probes = List.copyOf(probes);
        this.events = List.copyOf(events);
        this.problems = List.copyOf(problems);
    }

    public static RunBuilder builder(String id) {
        return new RunBuilder(id);
    }

    /** Path of the run's main file or folder; several runs of one file share it but for {@code #2}, {@code #3} …. */
    public String id() {
        return id;
    }

    public Provenance provenance() {
        return provenance;
    }

    public Settings settings() {
        return settings;
    }

    /** Every metric with at least one point, in the order of the log. */
    public List<Series> metrics() {
        return metrics;
    }

    /** The metrics of one quantity on one split, in the order of the log. */
    public Stream<Series> metrics(Split split, Quantity quantity) {
        return metrics.stream().filter(s -> s.key().split() == split && s.key().quantity() == quantity);
    }

    public List<TensorSeries> tensors() {
        return tensors;
    }

    /** The tensors of one kind, in the order of the log. */
    public Stream<TensorSeries> tensors(TensorKind kind) {
        return tensors.stream().filter(t -> t.key().kind() == kind);
    }

    public Optional<ModelGraph> graph() {
        return Optional.ofNullable(graph);
    }

    public Optional<DataProfile> data() {
        return Optional.ofNullable(data);
    }

    /** What was tried on the network, in the order it was tried. */
    public List<Probe> probes() {
        return probes;
    }

    /** The latest active check of one kind. */
    public Optional<Probe> probe(Probe.Kind kind) {
        return probes.stream().filter(p -> p.kind() == kind).reduce((earlier, later) -> later);
    }

    public List<RunEvent> events() {
        return events;
    }

    /** Whether something of this kind happened. */
    public boolean has(RunEvent.Kind kind) {
        return events.stream().anyMatch(e -> e.kind() == kind);
    }

    public List<ReadProblem> problems() {
        return problems;
    }

    /** Number of points of all metrics. */
    public long points() {
        return metrics.stream().mapToLong(Series::size).sum();
    }

    /** The last step of any metric or tensor; 0 for an empty run. */
    public long lastStep() {
        long metric = metrics.stream().mapToLong(Series::lastStep).max().orElse(0);
        long tensor =
                tensors.stream().mapToLong(t -> t.step(t.size() - 1)).max().orElse(0);
        return Math.max(metric, tensor);
    }

    @Override
    public String toString() {
        return "Run " + id + " (" + metrics.size() + " metrics, " + tensors.size() + " tensors)";
    }
}
