package dev.auscult.repair.compare;

import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

import dev.auscult.diagnose.cause.Cause;
import dev.auscult.run.DataProfile;
import dev.auscult.run.ModelGraph;
import dev.auscult.run.Run;
import dev.auscult.run.Split;

/**
 * The figure by which a training is judged: one that no treatment can change by measuring otherwise.
 *
 * <p>The loss is none: another loss function, class weights, label smoothing or a scaled target change what it means. What
 * is compared is measured on the outputs: the share of right answers, the mean F1 over classes where classes are rare, the
 * determination of numbers in their own unit, the perplexity.
 *
 * @param metric name in a recording: {@code validation/accuracy}
 * @param higherIsBetter whether it is
 * @param worst value beyond which it is not told apart how bad it is, which is also that of a training that came to nothing
 */
public record Figure(String metric, boolean higherIsBetter, OptionalDouble worst) {
    /** Most frequent class by least frequent class from which accuracy says little of the rare ones: four to one. */
    private static final double IMBALANCED = 4;

    /** R² at which a network is twice as wrong (in squares) as the mean would be. */
    private static final double WORST_DETERMINATION = -1;

    public Figure {
        Objects.requireNonNull(metric, "metric");
        Objects.requireNonNull(worst, "worst");
    }

    /** Names of metrics that are measured besides those of the spec, so that any figure can be read, by task. */
    public static List<String> metrics(String task) {
        return switch (task) {
            case "classification" -> List.of("accuracy", "f1_macro", "perplexity");
            case "multi-label" -> List.of("accuracy", "f1_macro");
            case "regression" -> List.of("mae", "rmse", "r2");
            case "language-model" -> List.of("perplexity", "accuracy");
            default -> List.of();
        };
    }

    /** The figure of a run, by its task and its classes. */
    public static Figure of(Run run) {
        ModelGraph graph = run.graph().orElse(new ModelGraph(List.of(), "", ""));
        return switch (graph.task()) {
            case "regression" -> new Figure("validation/r2", true, OptionalDouble.of(WORST_DETERMINATION));
            case "multi-label" -> new Figure("validation/f1_macro", true, OptionalDouble.of(0));
            case "language-model" -> perplexity(graph.outputs());
            default ->
                new Figure(
                        isImbalanced(run) ? "validation/f1_macro" : "validation/accuracy", true, OptionalDouble.of(0));
        };
    }

    /**
     * The figure that shows whether a cause was mended. Where a training learns by heart, the share of right answers often
     * stays while the network grows surer of its errors: there it is the perplexity of the classes, the exponential of the
     * logarithmic score, which is proper (Gneiting and Raftery 2007, §3.1).
     */
    public static Figure of(Run run, Cause cause) {
        Figure usual = of(run);
        boolean byHeart = switch (cause) {
            case TOO_MANY_EPOCHS, TOO_MUCH_CAPACITY, TOO_LITTLE_REGULARIZATION, TOO_LITTLE_DATA, LABEL_NOISE -> true;
            default -> false;
        };
        boolean classes = usual.metric().equals("validation/accuracy");
        long outputs = run.graph().map(ModelGraph::outputs).orElse(0L);
        return byHeart && classes ? perplexity(Math.max(2, outputs)) : usual;
    }

    /** Guessing among all classes alike has their number as perplexity; beyond its fourth power nothing is told apart. */
    private static Figure perplexity(long classes) {
        OptionalDouble worst = classes > 1 ? OptionalDouble.of(Math.pow((double) classes, 4)) : OptionalDouble.empty();
        return new Figure("validation/perplexity", false, worst);
    }

    private static boolean isImbalanced(Run run) {
        Map<String, Long> counts = run.data()
                .flatMap(data -> data.part(Split.TRAIN))
                .map(DataProfile.Part::labelCounts)
                .orElse(Map.of());
        LongSummaryStatistics spread =
                counts.values().stream().mapToLong(Long::longValue).summaryStatistics();
        return counts.size() > 1 && spread.getMax() >= IMBALANCED * Math.max(1, spread.getMin());
    }

    /** The figure before and after a change, over the same seeds. */
    public Comparison compare(double[] before, double[] after) {
        return Comparison.of(metric, higherIsBetter, before, after, worst);
    }

    /** Whether one value is better than another; one that is not finite is not better than any. */
    public boolean isBetter(double value, double than) {
        return compare(new double[] {than}, new double[] {value}).gain() > 0;
    }
}
