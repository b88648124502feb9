package dev.auscult.train.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

import dev.auscult.data.DataShape;
import dev.auscult.data.Extents;
import dev.auscult.data.Task;
import dev.auscult.run.Direction;
import dev.auscult.run.MetricKey;
import dev.auscult.run.MetricVocabulary;
import dev.auscult.run.Quantity;
import dev.auscult.run.Split;
import dev.auscult.train.spec.SpecException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Metrics against the numbers of {@code bench/oracle/metrics.py}, and their properties. */
class MetricsTest {
    record Case(Task task, int columns, List<Float> outputs, List<Float> targets, Map<String, Double> results) {
        @Override
        public String toString() {
            return task.label() + " " + columns;
        }

        int rows() {
            return outputs.size() / columns;
        }
    }

    static List<Case> oracle() {
        try (InputStream in = Objects.requireNonNull(MetricsTest.class.getResourceAsStream("/oracle/metrics.tsv"))) {
            List<Case> cases = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                String[] cells = line.split("\t", -1);
                Map<String, Double> results = new LinkedHashMap<>();
                for (String pair : cells[4].split(" ", -1)) {
                    String[] sides = pair.split("=", -1);
                    results.put(sides[0], Double.valueOf(sides[1]));
                }
                Task task = Task.valueOf(cells[0].toUpperCase(Locale.ROOT).replace('-', '_'));
                cases.add(new Case(task, Integer.parseInt(cells[1]), floats(cells[2]), floats(cells[3]), results));
            }
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Float> floats(String text) {
        return Arrays.stream(text.split(" ", -1)).map(Float::valueOf).toList();
    }

    private static DataShape shape(Task task, int outputs) {
        return new DataShape(task, Extents.of(1), false, 0, outputs);
    }

    /** Feeds rows in batches of the given size, from arrays that are longer than the last batch. */
    private static void feed(Meter meter, Case c, int batch) {
        float[] outputs = new float[batch * c.columns()];
        float[] values = new float[batch * c.columns()];
        long[] classes = new long[batch];
        for (int start = 0; start < c.rows(); start += batch) {
            int rows = Math.min(batch, c.rows() - start);
            for (int i = 0; i < rows * c.columns(); i++) {
                outputs[i] = c.outputs().get(start * c.columns() + i);
                if (c.task() != Task.CLASSIFICATION) {
                    values[i] = c.targets().get(start * c.columns() + i);
                }
            }
            if (c.task() == Task.CLASSIFICATION) {
                for (int i = 0; i < rows; i++) {
                    classes[i] = (long) (float) c.targets().get(start + i);
                }
                meter.addClasses(outputs, classes, rows, c.columns());
            } else {
                meter.addValues(outputs, values, rows, c.columns());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("oracle")
    void givesTheNumbersOfScikitLearnWhateverTheBatches(Case c) {
        Meter meter = Metrics.of(List.copyOf(c.results().keySet()), shape(c.task(), c.columns()));
        for (int batch : new int[] {1000, 7, 1}) {
            meter.reset();
            feed(meter, c, batch);
            Map<String, Double> results = meter.results();
            assertThat(results.keySet()).containsExactlyElementsOf(c.results().keySet());
            c.results()
                    .forEach((name, wanted) -> assertThat(results.get(name))
                            .as(name)
                            .isCloseTo(wanted, within(1e-9 * Math.max(1, Math.abs(wanted)))));
        }
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void everyNameIsKnownToTheVocabulary(Task task) {
        for (String name : Metrics.names(task)) {
            MetricKey key = MetricVocabulary.resolve("validation/" + name);
            assertThat(key.split()).as(name).isEqualTo(Split.VALIDATION);
            assertThat(key.direction()).as(name).isNotEqualTo(Direction.UNKNOWN).isEqualTo(Metrics.direction(name));
            String noun = name.replaceAll("_.*", "");
            Quantity wanted = switch (noun) {
                case "accuracy", "top5" -> Quantity.ACCURACY;
                case "precision" -> Quantity.PRECISION;
                case "recall" -> Quantity.RECALL;
                case "f1" -> Quantity.F1;
                case "roc", "pr" -> Quantity.AUC;
                case "perplexity" -> Quantity.PERPLEXITY;
                default -> Quantity.OTHER;
            };
            assertThat(key.quantity()).as(name).isEqualTo(wanted);
        }
        assertThat(MetricVocabulary.resolve("validation/accuracy").isWhole()).isTrue();
        assertThat(MetricVocabulary.resolve("validation/f1_macro").part()).isEqualTo("macro");
        assertThat(MetricVocabulary.resolve("validation/pr_auc").part()).isEqualTo("pr");
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void everyNameAndEveryDefaultMakesAMeter(Task task) {
        DataShape shape = shape(task, 6);
        assertThat(Metrics.of(Metrics.names(task), shape).names()).containsExactlyElementsOf(Metrics.names(task));
        assertThat(Metrics.names(task)).containsAll(Metrics.of(List.of(), shape).names());
        assertThat(Metrics.of(List.of(), shape).results().values())
                .allSatisfy(value -> assertThat(value).isNaN());
    }

    @Test
    void takesNamesInOtherSpellings() {
        Meter meter = Metrics.of(List.of("F1-macro", "top-3", "top_2_accuracy"), shape(Task.CLASSIFICATION, 4));
        assertThat(meter.names()).containsExactly("f1_macro", "top3_accuracy", "top2_accuracy");
    }

    @Test
    void refusesAMetricThatDoesNotSuitTheTask() {
        assertThatExceptionOfType(SpecException.class)
                .isThrownBy(() -> Metrics.of(List.of("rmse"), shape(Task.CLASSIFICATION, 3)))
                .withMessageContaining("rmse")
                .withMessageContaining("classification")
                .withMessageContaining("accuracy");
        assertThatExceptionOfType(SpecException.class)
                .isThrownBy(() -> Metrics.of(List.of("f1_macro"), shape(Task.LANGUAGE_MODEL, 50_000)));
        assertThatExceptionOfType(SpecException.class)
                .isThrownBy(() -> Metrics.of(List.of("top0_accuracy"), shape(Task.CLASSIFICATION, 3)));
    }

    @Test
    void leavesRowsWithoutAClassOut() {
        Meter meter = Metrics.of(
                List.of("accuracy", "perplexity", "f1_macro", "roc_auc", "ece"), shape(Task.CLASSIFICATION, 2));
        float[] outputs = {2, 1, 1, 3, 5, 0};
        meter.addClasses(outputs, new long[] {0, 1, -100}, 3, 2);
        Map<String, Double> some = meter.results();
        meter.reset();
        meter.addClasses(outputs, new long[] {0, 1}, 2, 2);
        assertThat(some).isEqualTo(meter.results());
        assertThat(some.get("accuracy")).isEqualTo(1);
    }

    @Test
    void aSingleLogitIsThatOfClassOne() {
        List<String> names = List.of("accuracy", "perplexity", "f1", "roc_auc", "pr_auc", "ece");
        Meter one = Metrics.of(names, shape(Task.CLASSIFICATION, 2));
        Meter two = Metrics.of(names, shape(Task.CLASSIFICATION, 2));
        Random random = new Random(5);
        float[] logits = new float[50];
        float[] pairs = new float[100];
        long[] classes = new long[50];
        for (int i = 0; i < 50; i++) {
            logits[i] = (float) random.nextGaussian();
            pairs[2 * i + 1] = logits[i];
            classes[i] = random.nextInt(2);
        }
        one.addClasses(logits, classes, 50, 1);
        two.addClasses(pairs, classes, 50, 2);
        two.results()
                .forEach((name, wanted) ->
                        assertThat(one.results().get(name)).as(name).isCloseTo(wanted, within(1e-12)));
    }

    @Test
    void aNetworkThatDivergedIsNotRight() {
        Meter meter = Metrics.of(
                List.of("accuracy", "top2_accuracy", "perplexity", "roc_auc"), shape(Task.CLASSIFICATION, 3));
        float nan = Float.NaN;
        meter.addClasses(new float[] {nan, nan, nan, nan, nan, nan}, new long[] {0, 2}, 2, 3);
        assertThat(meter.results().get("accuracy")).isZero();
        assertThat(meter.results().get("top2_accuracy")).isZero();
        assertThat(meter.results().get("perplexity")).isNaN();
        assertThat(meter.results().get("roc_auc")).isNaN();
    }

    @Test
    void areasDependOnlyOnTheOrder() {
        Meter meter = Metrics.of(List.of("roc_auc", "pr_auc"), shape(Task.CLASSIFICATION, 2));
        Meter warped = Metrics.of(List.of("roc_auc", "pr_auc"), shape(Task.CLASSIFICATION, 2));
        Meter turned = Metrics.of(List.of("roc_auc", "pr_auc"), shape(Task.CLASSIFICATION, 2));
        Random random = new Random(3);
        for (int i = 0; i < 200; i++) {
            float logit = Math.round(random.nextGaussian() * 10) / 10f;
            long[] target = {random.nextInt(3) == 0 ? 1 : 0};
            meter.addClasses(new float[] {logit}, target, 1, 1);
            warped.addClasses(new float[] {logit * logit * logit * 7 + 1}, target, 1, 1);
            turned.addClasses(new float[] {-logit}, target, 1, 1);
        }
        assertThat(warped.results()).isEqualTo(meter.results());
        assertThat(turned.results().get("roc_auc"))
                .isCloseTo(1 - meter.results().get("roc_auc"), within(1e-12));
    }

    @Test
    void theAreaIsTheShareOfPairsInOrder() {
        Random random = new Random(11);
        Scores scores = new Scores();
        double[] positives = random.doubles(83).map(x -> Math.round(x * 20)).toArray();
        double[] negatives = random.doubles(131).map(x -> Math.round(x * 18)).toArray();
        double won = 0;
        for (double p : positives) {
            scores.add(p, true);
            for (double n : negatives) {
                won += p > n ? 1 : p == n ? 0.5 : 0;
            }
        }
        for (double n : negatives) {
            scores.add(n, false);
        }
        assertThat(scores.rocArea()).isCloseTo(won / (83 * 131), within(1e-12));
    }

    @Test
    void theConfusionMatrixCountsWhatWasTakenForWhat() {
        Meter meter = Metrics.of(List.of("accuracy"), shape(Task.CLASSIFICATION, 3));
        meter.addClasses(new float[] {1, 0, 0, 0, 5, 1, 0, 1, 0}, new long[] {0, 2, 1}, 3, 3);
        ConfusionMatrix confusion = meter.confusion().orElseThrow();
        assertThat(confusion.count(0, 0)).isEqualTo(1);
        assertThat(confusion.count(2, 1)).isEqualTo(1);
        assertThat(confusion.count(1, 1)).isEqualTo(1);
        assertThat(confusion.count(2, 2)).isZero();
        assertThat(Metrics.of(List.of(), shape(Task.REGRESSION, 1)).confusion()).isEmpty();
    }

    @Test
    void calibrationIsPerfectWhereConfidenceIsAccuracy() {
        Meter meter = Metrics.of(List.of("ece"), shape(Task.CLASSIFICATION, 2));
        float logit = (float) Math.log(3);
        meter.addClasses(new float[] {logit, logit, logit, logit}, new long[] {1, 1, 1, 0}, 4, 1);
        assertThat(meter.results().get("ece")).isCloseTo(0, within(1e-7));
        meter.reset();
        meter.addClasses(new float[] {logit, logit, logit, logit}, new long[] {0, 0, 0, 0}, 4, 1);
        assertThat(meter.results().get("ece")).isCloseTo(0.75, within(1e-7));
    }

    @Test
    void uniformGuessesHaveThePerplexityOfTheVocabulary() {
        Meter meter = Metrics.of(List.of(), shape(Task.LANGUAGE_MODEL, 1000));
        meter.addClasses(new float[3000], new long[] {5, 999, -1}, 3, 1000);
        assertThat(meter.results().get("perplexity")).isCloseTo(1000, within(1e-9));
        assertThat(meter.results().get("accuracy")).isZero();
    }

    @Test
    void aTargetThatNeverChangesHasNoDetermination() {
        Meter meter = Metrics.of(List.of("r2"), shape(Task.REGRESSION, 1));
        meter.addValues(new float[] {1, 2}, new float[] {3, 3}, 2, 1);
        assertThat(meter.results().get("r2")).isZero();
    }

    @Test
    void aGuessBeyondTheClassesIsWrong() {
        DataShape three = shape(Task.CLASSIFICATION, 3);
        Meter meter =
                Metrics.of(List.of("accuracy", "f1_micro", "recall_macro", "roc_auc", "ece", "perplexity"), three);
        // The network has five outputs for three classes, and takes the last example for class 4.
        float[] outputs = {
            9, 0, 0, 0, 0,
            0, 9, 0, 0, 0,
            0, 0, 9, 0, 0,
            0, 0, 8, 0, 9
        };
        meter.addClasses(outputs, new long[] {0, 1, 2, 2}, 4, 5);
        Map<String, Double> results = meter.results();
        assertThat(results.get("accuracy")).isEqualTo(0.75);
        assertThat(results.get("f1_micro")).isEqualTo(0.75);
        assertThat(results.get("recall_macro")).isCloseTo((1 + 1 + 0.5) / 3, within(1e-12));
        assertThat(results.get("roc_auc")).isEqualTo(1);
        assertThat(results.get("ece")).isBetween(0.0, 0.5);
        ConfusionMatrix confusion = meter.confusion().orElseThrow();
        assertThat(confusion.count(2, 2)).isEqualTo(1);
        assertThat(confusion.count(2, confusion.classes())).isEqualTo(1);
    }

    @Test
    void moreThanTwoOutputsForTwoClasses() {
        Meter meter = Metrics.of(List.of("accuracy", "roc_auc", "f1"), shape(Task.CLASSIFICATION, 2));
        float[] outputs = {0, 3, 0, 4, 0, 9, 1, 2, 0};
        meter.addClasses(outputs, new long[] {1, 0, 1}, 3, 3);
        assertThat(meter.results().get("accuracy")).isEqualTo(2.0 / 3);
        assertThat(meter.results().get("roc_auc")).isEqualTo(1);
    }

    @Test
    void oneClassIsAlwaysRight() {
        Meter meter = Metrics.of(List.of("accuracy", "perplexity"), shape(Task.CLASSIFICATION, 1));
        meter.addClasses(new float[] {5, -5, 0}, new long[3], 3, 1);
        assertThat(meter.results().get("accuracy")).isEqualTo(1);
        assertThat(meter.results().get("perplexity")).isEqualTo(1);
    }

    @Test
    void namesTheMetricThatWasPerhapsMeant() {
        assertThatExceptionOfType(SpecException.class)
                .isThrownBy(() -> Metrics.of(List.of("acuracy"), shape(Task.CLASSIFICATION, 3)))
                .withMessageStartingWith("metrics: found acuracy (did you mean accuracy?), wanted");
    }
}
