package dev.auscult.app.fix;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.auscult.app.report.Counts;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Numbers;
import dev.auscult.diagnose.Severity;
import dev.auscult.diagnose.cause.Differential;
import dev.auscult.repair.compare.Comparison;
import dev.auscult.repair.fix.FixResult;
import dev.auscult.repair.fix.FixStep;
import dev.auscult.repair.trial.TrialResult;
import dev.auscult.train.spec.SpecEdit.Change;

/** The phrases that story, answer and page have in common. */
public final class FixWords {
    private static final int MOST_FINDINGS = 4;

    private FixWords() {}

    /** One word for the ending, and what it means for the spec. */
    public static String headline(FixResult result) {
        return switch (result.ending()) {
            case HEALTHY -> "Healthy: nothing is wrong, and the spec is left as it is";
            case MENDED -> "Mended, with proof" + against(result);
            case PARTLY_MENDED -> "Partly mended, with proof" + against(result) + "; something is left";
            case NOT_MENDED ->
                "Not mended: "
                        + (result.steps().isEmpty()
                                ? "no edit of the spec can be tried for this"
                                : "nothing that was tried helped provably");
            case SPENT ->
                "The budget is spent; "
                        + (result.changes().isEmpty()
                                ? "nothing was proven until then"
                                : "what was proven until then is kept");
        };
    }

    /** The causes whose treatments were taken: {@code : unscaled-input}. */
    private static String against(FixResult result) {
        String causes = result.steps().stream()
                .filter(s -> s.decision() == FixStep.Decision.ACCEPTED)
                .map(s -> s.treatment().cause().label())
                .distinct()
                .collect(Collectors.joining(", "));
        return causes.isEmpty() ? "" : ": " + causes;
    }

    /** What was the matter at first, after the experiments on it; empty if nothing was trained. */
    static Optional<Differential> atFirst(FixResult result) {
        return result.steps().stream()
                .findFirst()
                .map(FixStep::differential)
                .or(() -> result.first().stream().findFirst().map(TrialResult::differential));
    }

    /** {@code 0.312 ± 0.041}: mean and standard deviation of what is finite; {@code not finite} if nothing is. */
    public static String spread(double[] values) {
        double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
        if (finite.length == 0) {
            return values.length == 0 ? "not measured" : "not finite";
        }
        double mean = Arrays.stream(finite).average().orElse(Double.NaN);
        String lost = finite.length < values.length
                ? " (" + (values.length - finite.length) + " of " + values.length + " not finite)"
                : "";
        if (finite.length == 1) {
            return Numbers.of(mean) + lost;
        }
        double squares = Arrays.stream(finite).map(v -> (v - mean) * (v - mean)).sum();
        double deviation = Math.sqrt(squares / (finite.length - 1));
        return together(mean, deviation) + lost;
    }

    /** The deviation with two significant digits, the mean to the same place. */
    private static String together(double mean, double deviation) {
        int decimals = deviation > 0 ? 1 - (int) Math.floor(Math.log10(deviation)) : 0;
        if (deviation == 0 || Math.abs(mean) >= 1e5 || decimals > 6) {
            return Numbers.of(mean) + " ± " + Numbers.of(deviation);
        }
        String format = "%." + Math.max(0, decimals) + "f";
        return String.format(Locale.ROOT, format + " ± " + format, mean, deviation);
    }

    /** {@code 12.1 sd}; a gain that is the same for every seed has no deviation to measure it by. */
    static String effect(Comparison comparison) {
        return Double.isInfinite(comparison.effect())
                ? "the same for every seed"
                : Numbers.of(comparison.effect()) + " sd";
    }

    /** {@code 0.312 ± 0.041 → 0.944 ± 0.006}. */
    public static String change(Comparison comparison, String arrow) {
        return spread(comparison.before()) + arrow + spread(comparison.after());
    }

    /** {@code gain 0.632, effect 12.1 sd, p = 0.031 (paired sign-flip over 5 seeds)}. */
    public static String evidence(Comparison comparison) {
        return "gain " + Numbers.of(comparison.gain()) + ", effect " + effect(comparison) + ", p = "
                + Numbers.of(comparison.p()) + " (paired sign-flip over "
                + Counts.of(comparison.before().length, "seed") + ")";
    }

    /** {@code data.normalize: standard, model.layers.3: removed}. */
    public static String edits(List<Change> changes) {
        return changes.stream().map(FixWords::edit).collect(Collectors.joining(", "));
    }

    private static String edit(Change change) {
        String value = change.value().strip();
        return change.key() + ": " + (value.equals("-") ? "taken away" : value);
    }

    /** The findings of medium or above of a trial, the worst first, in one line; empty if there are none. */
    public static String findings(TrialResult trial) {
        List<Finding> found = trial.diagnosis().findings().stream()
                .filter(f -> f.severity().isAtLeast(Severity.MEDIUM))
                .toList();
        String text = found.stream()
                .limit(MOST_FINDINGS)
                .map(f -> f.severity().label() + " " + f.rule().code() + " "
                        + f.rule().name())
                .distinct()
                .collect(Collectors.joining(", "));
        return found.size() > MOST_FINDINGS ? text + " and " + (found.size() - MOST_FINDINGS) + " more" : text;
    }

    /** {@code 4.3 times the steps of one training}. */
    public static String cost(FixResult result) {
        return result.cost() == 1
                ? "the steps of one training"
                : Numbers.of(result.cost()) + " times the steps of one training";
    }
}
