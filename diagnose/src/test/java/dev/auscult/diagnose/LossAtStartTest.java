package dev.auscult.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import dev.auscult.run.Probe;
import dev.auscult.run.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The test of the loss at the start against networks drawn at random: logits of class c of example i are drawn as a part that
 * all examples share, a part that the examples of a label share, and a part of its own.
 */
class LossAtStartTest {
    private static final int DRAWS = 2000;
    private static final int EXAMPLES = 256;
    private final Doctor doctor =
            new Doctor(List.of(RuleBook.find("loss-at-start").orElseThrow()), Map.of());

    /** E[log Σ exp z] − E[z_y] = log C + (v/2)(1 − 1/C) to first order in v, which the page says. */
    @ParameterizedTest
    @CsvSource({"2, 0.2", "10, 0.2", "100, 0.2", "10, 1", "1000, 1"})
    void randomLogitsCostHalfTheirVariance(int classes, double variance) {
        SplittableRandom random = new SplittableRandom(classes);
        double[] prior = prior(classes, 0, random);
        double sum = 0;
        int draws = 400;
        for (int i = 0; i < draws; i++) {
            sum += start(prior, variance, 0, 0, random).number("loss").orElseThrow();
        }
        double expected = Math.log(classes) + variance / 2 * (1 - 1.0 / classes);
        assertThat(sum / draws).isCloseTo(expected, org.assertj.core.data.Offset.offset(0.02 + 0.05 * variance));
    }

    /** Up to He's variance of 2, whatever the examples share, with even and uneven labels. */
    @Test
    void networksThatKnowNothingAreLeftAlone() {
        SplittableRandom random = new SplittableRandom(5);
        int found = 0;
        for (int i = 0; i < DRAWS; i++) {
            int classes = List.of(2, 3, 10, 100).get(random.nextInt(4));
            double[] prior = prior(classes, random.nextDouble(0, 3), random);
            double common = random.nextDouble();
            double label = random.nextDouble() * (1 - common) * 0.5;
            found += found(start(prior, random.nextDouble(0, 2), common, label, random)) ? 1 : 0;
        }
        assertThat(found).isLessThanOrEqualTo(DRAWS / 200);
    }

    @ParameterizedTest
    @CsvSource({"2", "10", "100"})
    void logitsThatKnowTheLabelAreFound(int classes) {
        SplittableRandom random = new SplittableRandom(6);
        int found = 0;
        int draws = 200;
        for (int i = 0; i < draws; i++) {
            found += found(leaked(prior(classes, 0, random), 3 + Math.log(classes), random)) ? 1 : 0;
        }
        assertThat(found).isEqualTo(draws);
    }

    @ParameterizedTest
    @CsvSource({"10, 100, 90", "100, 100, 99"})
    void logitsTenTimesTooLargeAreFound(int classes, double variance, int percent) {
        SplittableRandom random = new SplittableRandom(7);
        int found = 0;
        int draws = 200;
        for (int i = 0; i < draws; i++) {
            found += found(start(prior(classes, 0, random), variance, 0.3, 0.1, random)) ? 1 : 0;
        }
        assertThat(found).isGreaterThanOrEqualTo(draws * percent / 100);
    }

    private boolean found(Probe probe) {
        return !doctor.examine(Run.builder("start").probe(probe).build())
                .findings()
                .isEmpty();
    }

    /** Shares of the classes; 0 gives equal ones, more gives uneven ones. */
    private static double[] prior(int classes, double unevenness, SplittableRandom random) {
        double[] prior = new double[classes];
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            prior[c] = Math.exp(unevenness * random.nextGaussian());
            sum += prior[c];
        }
        for (int c = 0; c < classes; c++) {
            prior[c] /= sum;
        }
        return prior;
    }

    private static Probe start(double[] prior, double variance, double common, double label, SplittableRandom random) {
        int classes = prior.length;
        double[] shared = gaussians(classes, random);
        double[][] byLabel = new double[classes][];
        for (int y = 0; y < classes; y++) {
            byLabel[y] = gaussians(classes, random);
        }
        double[] losses = new double[EXAMPLES];
        for (int i = 0; i < EXAMPLES; i++) {
            int y = draw(prior, random);
            double[] logits = new double[classes];
            for (int c = 0; c < classes; c++) {
                logits[c] = Math.sqrt(variance)
                        * (Math.sqrt(common) * shared[c]
                                + Math.sqrt(label) * byLabel[y][c]
                                + Math.sqrt(1 - common - label) * random.nextGaussian());
            }
            losses[i] = loss(logits, y);
        }
        return probe(losses, prior);
    }

    private static Probe leaked(double[] prior, double margin, SplittableRandom random) {
        double[] losses = new double[EXAMPLES];
        for (int i = 0; i < EXAMPLES; i++) {
            int y = draw(prior, random);
            double[] logits = gaussians(prior.length, random);
            logits[y] += margin;
            losses[i] = loss(logits, y);
        }
        return probe(losses, prior);
    }

    private static double[] gaussians(int n, SplittableRandom random) {
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = random.nextGaussian();
        }
        return values;
    }

    private static int draw(double[] prior, SplittableRandom random) {
        double u = random.nextDouble();
        int c = 0;
        while (c + 1 < prior.length && u >= prior[c]) {
            u -= prior[c];
            c++;
        }
        return c;
    }

    private static double loss(double[] logits, int label) {
        double sum = 0;
        for (double z : logits) {
            sum += Math.exp(z);
        }
        return Math.log(sum) - logits[label];
    }

    private static Probe probe(double[] losses, double[] prior) {
        double mean = 0;
        for (double l : losses) {
            mean += l / losses.length;
        }
        double squares = 0;
        for (double l : losses) {
            squares += (l - mean) * (l - mean);
        }
        double entropy = 0;
        for (double p : prior) {
            entropy -= p * Math.log(p);
        }
        return new Probe(
                Probe.Kind.LOSS_AT_START,
                Map.of(
                        "loss",
                        mean,
                        "standard-error",
                        Math.sqrt(squares / (losses.length - 1.0) / losses.length),
                        "expected",
                        entropy,
                        "uniform",
                        Math.log(prior.length),
                        "examples",
                        (double) losses.length),
                Map.of("loss", "cross-entropy"),
                List.of());
    }
}
