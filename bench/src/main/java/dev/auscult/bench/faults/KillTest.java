package dev.auscult.bench.faults;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether a mutation hurts: its runs against the healthy runs of the same base and seeds, by the figure of the task.
 *
 * <p>A mutant hurts when its figure is worse by more than what could matter, and a one-sided sign-flip test over the matched
 * seeds says that this is no chance (Fisher 1935, The Design of Experiments, §21); with five seeds its smallest p is 1/32.
 * A mutant that does not hurt is a healthy run that looks odd.
 *
 * <p>Evidence alone would not do: with matched seeds a loss of two thousandths can be beyond chance, and nobody would treat it.
 * An effect in units of its own scatter (Cohen's d) does not help, since seeds that agree on next to nothing make it large. So
 * the least loss is stated in the units of the figure, and mutants between the two are harmless here.
 */
final class KillTest {
    /** A share of right answers or of explained variance smaller than this is not worth a diagnosis. */
    private static final double LEAST_SCORE = 0.01;

    /** Natural logarithm of the ratio of two losses: 5 %. */
    private static final double LEAST_LOG_LOSS = 0.05;

    private static final double CHANCE = 0.05;

    /**
     * Overfitting costs confidence before it costs right answers, and it is defined on the loss; and a misaligned evaluation
     * of numbers spoils their loss while R² is computed from aligned pairs.
     */
    private static final Set<String> BY_LOSS =
            Set.of("epochs-many", "wide-no-regularization", "wide-few-rows", "bug-evaluation-misaligned");

    /** A leak makes the figure look better than it is; no figure of the run is honest, and it always hurts at work. */
    private static final Set<String> ALWAYS = Set.of("leak-column", "leak-rows");

    /** Accuracy is what an imbalanced training trades rare classes for. */
    private static final Set<String> BY_F1 = Set.of("imbalance");

    private KillTest() {}

    /**
     * What the test says of one mutation of one base.
     *
     * @param seeds matched pairs
     * @param loss mean worsening of the figure
     * @param effect Cohen's d of the paired differences; NaN for one pair
     * @param p probability of so much under chance
     * @param hurts the verdict
     */
    record Result(int seeds, double loss, double effect, double p, boolean hurts) {
        /** Whether it is worse beyond chance, however little. */
        boolean isWorse() {
            return p <= Math.max(CHANCE, Math.pow(2, -seeds)) + 1e-12 && loss > 0;
        }
    }

    /** The verdict on every mutant, by {@link Recorded#group()}. */
    static Map<String, Result> of(List<Recorded> runs) {
        Map<String, Recorded> healthy = runs.stream()
                .filter(r -> r.mutation().equals("healthy"))
                .collect(Collectors.toMap(r -> r.base() + "/" + r.seed(), r -> r));
        Map<String, List<Recorded>> groups = runs.stream().collect(Collectors.groupingBy(Recorded::group));
        Map<String, Result> results = new HashMap<>();
        groups.forEach((group, mutants) -> {
            double[] worse = mutants.stream()
                    .flatMapToDouble(m -> Stream.ofNullable(healthy.get(m.base() + "/" + m.seed()))
                            .mapToDouble(h -> worsening(m, h)))
                    .toArray();
            if (worse.length > 0) {
                results.put(group, test(mutants.get(0).mutation(), worse));
            }
        });
        return results;
    }

    static Result test(String mutation, double[] worse) {
        double mean = Arrays.stream(worse).average().orElse(0);
        double p = signFlip(worse);
        double least = BY_LOSS.contains(mutation) ? LEAST_LOG_LOSS : LEAST_SCORE;
        // With fewer than five seeds the smallest p there is has to do.
        boolean evidence = p <= Math.max(CHANCE, Math.pow(2, -worse.length)) + 1e-12;
        double deviation =
                Math.sqrt(Arrays.stream(worse).map(w -> (w - mean) * (w - mean)).sum() / (worse.length - 1));
        return new Result(
                worse.length, mean, mean / deviation, p, ALWAYS.contains(mutation) || (evidence && mean > least));
    }

    /** The share of all sign patterns whose sum is at least that of the differences. */
    static double signFlip(double[] differences) {
        double sum = Arrays.stream(differences).sum();
        int patterns = 1 << differences.length;
        int atLeast = 0;
        for (int pattern = 0; pattern < patterns; pattern++) {
            double flipped = 0;
            for (int i = 0; i < differences.length; i++) {
                flipped += (pattern >> i & 1) == 0 ? differences[i] : -differences[i];
            }
            atLeast += flipped >= sum - 1e-12 ? 1 : 0;
        }
        return (double) atLeast / patterns;
    }

    private static double worsening(Recorded mutant, Recorded healthy) {
        if (BY_LOSS.contains(mutant.mutation())) {
            double ratio = figure(mutant, "validation/loss", 1e9) / figure(healthy, "validation/loss", 1e9);
            return Math.log(Math.min(1e6, Math.max(1e-6, ratio)));
        }
        String score = BY_F1.contains(mutant.mutation()) && healthy.results().containsKey("validation/f1_macro")
                ? "validation/f1_macro"
                : healthy.results().containsKey("validation/accuracy") ? "validation/accuracy" : "validation/r2";
        return Math.max(-1, figure(healthy, score, 0)) - Math.max(-1, figure(mutant, score, 0));
    }

    /** A figure; where training broke down and there is none, the worst. */
    private static double figure(Recorded run, String name, double broken) {
        double value = run.results().getOrDefault(name, Double.NaN);
        return Double.isFinite(value) ? value : broken;
    }
}
