package dev.auscult.repair.experiment;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.auscult.diagnose.cause.Cause;

/**
 * How probable each outcome of each experiment is under each cause, read from a table {@code experiments.tsv}.
 *
 * <p>A line holds experiment, cause, {@code outcome=probability} for every outcome, and why. The cause {@code rest} stands for
 * all that have no line of their own: those the experiment says nothing about.
 */
public final class Likelihoods {
    /** The cause that stands for all without a line of their own. */
    public static final String REST = "rest";

    private static final Likelihoods SHIPPED = load();

    private final Map<String, Map<String, Row>> rows = new LinkedHashMap<>();

    private Likelihoods() {}

    /**
     * A line of the table.
     *
     * @param probabilities by outcome, in the order of the experiment; they sum to 1
     * @param why the argument
     */
    public record Row(Map<String, Double> probabilities, String why) {
        public Row {
            probabilities = Map.copyOf(probabilities);
        }
    }

    /** The table that Auscult ships, learned on trainings with planted faults. */
    public static Likelihoods shipped() {
        return SHIPPED;
    }

    private static Likelihoods load() {
        try (InputStream in =
                Objects.requireNonNull(Likelihoods.class.getResourceAsStream("experiments.tsv"), "experiments.tsv")) {
            return read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a table.
     *
     * @throws IllegalArgumentException if an experiment, a cause, an outcome or a probability is missing, unknown or impossible
     */
    public static Likelihoods read(InputStream in) throws IOException {
        Likelihoods table = new Likelihoods();
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!line.isBlank() && !line.startsWith("#")) {
                table.add(line);
            }
        }
        for (Experiment experiment : Experiments.all()) {
            if (!table.rows.getOrDefault(experiment.name(), Map.of()).containsKey(REST)) {
                throw new IllegalArgumentException("no line for the rest under " + experiment.name());
            }
        }
        return table;
    }

    private void add(String line) {
        String[] cells = line.split("\t", -1);
        if (cells.length != 4) {
            throw new IllegalArgumentException("wanted experiment, cause, outcomes, why: " + line);
        }
        Experiment experiment = Experiments.all().stream()
                .filter(e -> e.name().equals(cells[0]))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown experiment: " + line));
        if (!cells[1].equals(REST) && Cause.named(cells[1]).isEmpty()) {
            throw new IllegalArgumentException("unknown cause: " + line);
        }
        Map<String, Double> probabilities = new LinkedHashMap<>();
        double sum = 0;
        for (String cell : cells[2].strip().split("\\s+", -1)) {
            String[] parts = cell.split("=", 2);
            double probability = Double.parseDouble(parts[parts.length - 1]);
            if (!(probability > 0 && probability < 1)) {
                // What was never seen is not impossible: a zero could not be mended by any evidence after it.
                throw new IllegalArgumentException("wanted probabilities between 0 and 1: " + line);
            }
            probabilities.put(parts[0], probability);
            sum += probability;
        }
        if (!List.copyOf(probabilities.keySet()).equals(experiment.outcomes()) || Math.abs(sum - 1) > 1e-9) {
            throw new IllegalArgumentException("wanted each outcome, with probabilities that sum to 1: " + line);
        }
        if (rows.computeIfAbsent(cells[0], name -> new LinkedHashMap<>())
                        .put(cells[1], new Row(probabilities, cells[3]))
                != null) {
            throw new IllegalArgumentException("found twice: " + line);
        }
    }

    /** The line of a cause; that of the rest where it has none. */
    public Row row(Experiment experiment, Cause cause) {
        Map<String, Row> own = rows.getOrDefault(experiment.name(), Map.of());
        Row row = own.get(cause.label());
        return row == null ? Objects.requireNonNull(own.get(REST)) : row;
    }

    /** Whether a cause has a line of its own. */
    public boolean has(Experiment experiment, Cause cause) {
        return rows.getOrDefault(experiment.name(), Map.of()).containsKey(cause.label());
    }

    /** P(outcome | cause). */
    public double of(Experiment experiment, String outcome, Cause cause) {
        Double probability = row(experiment, cause).probabilities().get(outcome);
        if (probability == null) {
            throw new IllegalArgumentException(experiment.name() + " has no outcome " + outcome);
        }
        return probability;
    }

    /**
     * The mutual information of cause and outcome in bits: H(P) − Σ P(o)·H(P | o), by which an experiment is expected to lower
     * the entropy of a differential (Lindley 1956, <i>On a Measure of the Information Provided by an Experiment</i>).
     */
    public double gain(Experiment experiment, Map<Cause, Double> probabilities) {
        double after = 0;
        for (String outcome : experiment.outcomes()) {
            Map<Cause, Double> joint = new EnumMap<>(Cause.class);
            double total = 0;
            for (Map.Entry<Cause, Double> one : probabilities.entrySet()) {
                double both = one.getValue() * of(experiment, outcome, one.getKey());
                joint.put(one.getKey(), both);
                total += both;
            }
            if (total > 0) {
                double all = total;
                joint.replaceAll((cause, both) -> both / all);
                after += total * entropy(joint);
            }
        }
        return Math.max(0, entropy(probabilities) - after);
    }

    /** H(P) = −Σ p·log₂ p in bits. */
    public static double entropy(Map<Cause, Double> probabilities) {
        double bits = 0;
        for (double p : probabilities.values()) {
            bits -= p > 0 ? p * Math.log(p) / Math.log(2) : 0;
        }
        return bits;
    }
}
