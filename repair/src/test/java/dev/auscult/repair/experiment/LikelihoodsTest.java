package dev.auscult.repair.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

import dev.auscult.diagnose.cause.Cause;
import org.junit.jupiter.api.Test;

/** The shipped table is complete, and information is what it is on paper. */
class LikelihoodsTest {
    /** A table with two causes on a line of their own for one experiment; all else says nothing. */
    static Likelihoods oneBatch(double learnedA, double learnedB) {
        String own = "one-batch-overfit\tdead-units\tlearned=" + learnedA + " stuck=" + (1 - learnedA) + "\ta\n"
                + "one-batch-overfit\tlabel-noise\tlearned=" + learnedB + " stuck=" + (1 - learnedB) + "\tb\n";
        return table(own);
    }

    static Likelihoods table(String own) {
        String rest = Experiments.all().stream()
                .map(e -> e.name() + "\trest\t"
                        + e.outcomes().stream()
                                .map(o -> o + "=" + 1.0 / e.outcomes().size())
                                .collect(Collectors.joining(" "))
                        + "\tnothing\n")
                .collect(Collectors.joining());
        try {
            return Likelihoods.read(new ByteArrayInputStream((rest + own).getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static Map<Cause, Double> two(double a, double b) {
        Map<Cause, Double> probabilities = new EnumMap<>(Cause.class);
        probabilities.put(Cause.DEAD_UNITS, a);
        probabilities.put(Cause.LABEL_NOISE, b);
        return probabilities;
    }

    @Test
    void theShippedTableHasEveryOutcomeOfEveryExperimentUnderEveryCause() {
        for (Experiment experiment : Experiments.all()) {
            for (Cause cause : Cause.values()) {
                double sum = experiment.outcomes().stream()
                        .mapToDouble(o -> Likelihoods.shipped().of(experiment, o, cause))
                        .sum();
                assertThat(sum).as(experiment.name() + ", " + cause.label()).isCloseTo(1, within(1e-9));
            }
        }
    }

    @Test
    void everyLineOfTheShippedTableIsArgued() {
        for (Experiment experiment : Experiments.all()) {
            assertThat(Arrays.stream(Cause.values())
                            .filter(c -> Likelihoods.shipped().has(experiment, c))
                            .map(c -> Likelihoods.shipped().row(experiment, c).why()))
                    .as(experiment.name())
                    .isNotEmpty()
                    .noneMatch(String::isBlank);
        }
    }

    @Test
    void entropyIsThatOfCoins() {
        assertThat(Likelihoods.entropy(two(0.5, 0.5))).isCloseTo(1, within(1e-12));
        assertThat(Likelihoods.entropy(two(1, 0))).isZero();
        assertThat(Likelihoods.entropy(two(0.25, 0.75))).isCloseTo(2 - 0.75 * Math.log(3) / Math.log(2), within(1e-12));
    }

    /** P(learned) = 0.55, P(A | learned) = 9/11, P(A | stuck) = 1/9: 1 − 0.55·0.68404 − 0.45·0.50326 = 0.39731. */
    @Test
    void theGainIsThatComputedByHand() {
        assertThat(oneBatch(0.9, 0.2).gain(Bench.experiment("one-batch-overfit"), two(0.5, 0.5)))
                .isCloseTo(0.39731, within(1e-5));
    }

    @Test
    void nothingIsGainedWhereOutcomesAreEquallyProbable() {
        assertThat(oneBatch(0.7, 0.7).gain(Bench.experiment("one-batch-overfit"), two(0.5, 0.5)))
                .isCloseTo(0, within(1e-12));
        assertThat(oneBatch(0.9, 0.2).gain(Bench.experiment("zeroed-inputs"), two(0.5, 0.5)))
                .isCloseTo(0, within(1e-12));
    }

    @Test
    void noMoreIsGainedThanThereIsNorThanAnOutcomeCanTell() {
        Random random = new Random(1);
        for (int trial = 0; trial < 200; trial++) {
            Map<Cause, Double> probabilities = new EnumMap<>(Cause.class);
            double sum = 0;
            for (Cause cause : Cause.values()) {
                double p = Math.exp(3 * random.nextGaussian());
                probabilities.put(cause, p);
                sum += p;
            }
            double all = sum;
            probabilities.replaceAll((cause, p) -> p / all);
            for (Experiment experiment : Experiments.all()) {
                double most = Math.log(experiment.outcomes().size()) / Math.log(2);
                assertThat(Likelihoods.shipped().gain(experiment, probabilities))
                        .isBetween(0.0, Math.min(most, Likelihoods.entropy(probabilities)) + 1e-12);
            }
        }
    }

    @Test
    void aTableWithAMistakeIsRefused() {
        assertThatThrownBy(() -> table("one-batch-overfit\tgremlins\tlearned=0.5 stuck=0.5\t\n"))
                .hasMessageContaining("unknown cause");
        assertThatThrownBy(() -> table("tea-leaves\trest\tlearned=0.5 stuck=0.5\t\n"))
                .hasMessageContaining("unknown experiment");
        assertThatThrownBy(() -> table("one-batch-overfit\tlabel-noise\tlearned=0.5 stuck=0.4\t\n"))
                .hasMessageContaining("sum to 1");
        assertThatThrownBy(() -> table("one-batch-overfit\tlabel-noise\tlearned=1 stuck=0\t\n"))
                .hasMessageContaining("between 0 and 1");
        assertThatThrownBy(() -> table("one-batch-overfit\tlabel-noise\tlearned=0.5 lost=0.5\t\n"))
                .hasMessageContaining("each outcome");
        assertThatThrownBy(() -> table("one-batch-overfit\trest\tlearned=0.5 stuck=0.5\t\n"))
                .hasMessageContaining("twice");
    }
}
