package dev.auscult.bench.faults;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import dev.auscult.diagnose.cause.Cause;
import dev.auscult.repair.experiment.Experiment;
import dev.auscult.repair.experiment.Experiments;
import dev.auscult.repair.experiment.Likelihoods;
import dev.auscult.repair.experiment.Likelihoods.Row;

/**
 * Learns how probable the outcomes of experiments are under each cause, from those that {@link RunExperiments} wrote down on the
 * calibration half: {@code LearnExperiments OUTCOMES TABLE}.
 *
 * <p>The argued table counts as {@value #PSEUDO} mutants of each cause (a Dirichlet prior; smoothing). A mutant counts once for
 * the best of its right causes and half for each other. Healthy programs are those of the rest: causes an experiment says nothing
 * about look like them, also faults of a program, which are not in the spec.
 */
public final class LearnExperiments {
    private static final double PSEUDO = 4;
    private static final double OTHER = 0.5;

    /**
     * The power that probabilities are raised to before they are made to sum to 1 again. Outcomes of several experiments on one spec
     * are not independent given the cause, as Bayes' rule takes them, so that evidence counts too much; a power below 1 makes up for
     * it (Grünwald 2012, <i>The Safe Bayesian</i>). Of 1, 0.8, 0.7 and 0.6, this has the least logarithmic loss when each base program
     * of the calibration half is left out in turn, and says what it then keeps: the right one of two causes rises in 82 % of the
     * cases where 82 % are expected; with 1 it would be 79 % where 88 % are expected.
     */
    private static final double POWER = 0.6;

    private LearnExperiments() {}

    public static void main(String[] args) throws IOException {
        Likelihoods argued;
        try (InputStream in =
                Objects.requireNonNull(LearnExperiments.class.getResourceAsStream("experiments-argued.tsv"))) {
            argued = Likelihoods.read(in);
        }
        List<Tried> tried =
                Tried.read(Path.of(args[0])).stream().filter(Tried::calibration).toList();
        Files.writeString(Path.of(args[1]), table(argued, tried), StandardCharsets.UTF_8);
    }

    /** The learned table as text. */
    static String table(Likelihoods argued, List<Tried> tried) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "# Probability of each outcome of an experiment under each cause. \"rest\": all causes without a line of their own.");
        lines.add(
                "# Faults of a program, which no spec can say, are among the rest: experiments run the spec, where they are not.");
        lines.add(
                "# Written by LearnExperiments from argued probabilities and the calibration half of the fault bench.");
        lines.add("# experiment\tcause\toutcomes\twhy");
        for (Experiment experiment : Experiments.all()) {
            List<Tried> these = tried.stream()
                    .filter(t -> t.experiment().equals(experiment.name()))
                    .toList();
            lines.add(line(
                    experiment,
                    Likelihoods.REST,
                    argued.row(experiment, Cause.NO_FAULT),
                    counts(experiment, these, Likelihoods.REST)));
            for (Cause cause : Cause.values()) {
                Map<String, Double> counts = counts(experiment, these, cause.label());
                if (argued.has(experiment, cause) || !counts.isEmpty()) {
                    Row row = argued.row(experiment, cause);
                    boolean own = argued.has(experiment, cause);
                    lines.add(line(
                            experiment,
                            cause.label(),
                            own ? row : new Row(row.probabilities(), "as the rest"),
                            counts));
                }
            }
        }
        return String.join("\n", lines) + "\n";
    }

    /** Weighted mutants by outcome; empty if there are none. */
    private static Map<String, Double> counts(Experiment experiment, List<Tried> tried, String cause) {
        Map<String, Double> counts = new LinkedHashMap<>();
        for (Tried one : tried) {
            int rank = one.causes().indexOf(cause);
            boolean rest = cause.equals(Likelihoods.REST) && one.causes().isEmpty();
            if (rest || rank >= 0) {
                counts.merge(one.outcome(), rest || rank == 0 ? 1 : OTHER, Double::sum);
            }
        }
        if (!experiment.outcomes().containsAll(counts.keySet())) {
            throw new IllegalArgumentException("unknown outcome in " + counts + " of " + experiment.name());
        }
        return counts;
    }

    private static String line(Experiment experiment, String cause, Row argued, Map<String, Double> counts) {
        double seen = counts.values().stream().mapToDouble(c -> c).sum();
        List<Double> powers = new ArrayList<>();
        double sum = 0;
        for (String outcome : experiment.outcomes()) {
            double p = (PSEUDO * Objects.requireNonNull(argued.probabilities().get(outcome))
                            + counts.getOrDefault(outcome, 0.0))
                    / (PSEUDO + seen);
            powers.add(Math.pow(p, POWER));
            sum += Math.pow(p, POWER);
        }
        // In thousandths that sum to 1: the largest takes what rounding leaves.
        List<Long> thousandths = new ArrayList<>();
        int largest = 0;
        long left = 1000;
        for (double power : powers) {
            long rounded = Math.max(1, Math.round(1000 * power / sum));
            thousandths.add(rounded);
            left -= rounded;
            largest = rounded > thousandths.get(largest) ? thousandths.size() - 1 : largest;
        }
        thousandths.set(largest, thousandths.get(largest) + left);
        StringBuilder outcomes = new StringBuilder();
        for (int i = 0; i < thousandths.size(); i++) {
            outcomes.append(
                    String.format(Locale.ROOT, " %s=%.3f", experiment.outcomes().get(i), thousandths.get(i) / 1000.0));
        }
        String from = seen == 0 ? "argued" : String.format(Locale.ROOT, "%.1f mutants", seen);
        return experiment.name() + "\t" + cause + "\t" + outcomes.toString().strip() + "\t" + argued.why() + " (" + from
                + ")";
    }
}
