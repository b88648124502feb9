package dev.auscult.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import dev.auscult.data.DataSettings.Validation;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real data beside the checkout, each as a person would first write its settings. */
class RealTablesTest {
    private static final Path DATASETS = find();

    private static Path find() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path shared = at.resolve("shared/datasets");
            if (Files.isDirectory(shared)) {
                return shared;
            }
        }
        return Path.of("shared/datasets");
    }

    @BeforeEach
    void present() {
        Assumptions.assumeTrue(Files.isDirectory(DATASETS), DATASETS + " is not there");
    }

    private static PreparedData open(SettingsMaker settings) {
        return PreparedData.open(settings.make(), DATASETS, 7, line -> {});
    }

    /** Expected: name, target, task, rows, outputs, numbers of an input, first sentence. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "digits.csv.gz||CLASSIFICATION|1797|10|64|classification, 10 classes, from column 64",
                "breast_cancer.csv||CLASSIFICATION|569|2|30|classification, 2 classes, from column 30",
                "wine_data.csv||CLASSIFICATION|178|3|13|classification, 3 classes, from column 13",
                "diabetes_data_raw.csv.gz|diabetes_target.csv.gz|REGRESSION|442|1|10|"
                        + "regression, 1 number, from diabetes_target.csv.gz",
                "iris.csv||CLASSIFICATION|150|3|4|classification, 3 classes, from column species",
                "penguins.csv|species|CLASSIFICATION|344|3|14|classification, 3 classes, from column species",
                "titanic.csv|survived|CLASSIFICATION|891|2|33|classification, 2 classes, from column survived",
                "mpg.csv|mpg|REGRESSION|398|1|10|regression, 1 number, from column mpg",
                "diamonds.csv|price|REGRESSION|53940|1|26|regression, 1 number, from column price",
                "taxis.csv|total|REGRESSION|6433|1|227|regression, 1 number, from column total",
                "taxis.csv|payment|CLASSIFICATION|6389|2|225|classification, 2 classes, from column payment",
            })
    void tables(String file, String target, Task task, int rows, int outputs, int width, String sentence) {
        SettingsMaker settings = SettingsMaker.train("tabular/" + file);
        PreparedData data = open(target == null ? settings : settings.target(target));
        assertThat(data.task()).isEqualTo(task);
        assertThat(data.story().get(0)).isEqualTo(sentence);
        assertThat(data.shape()).isEqualTo(new DataShape(task, Extents.of(width), false, 0, outputs));
        assertThat(data.inputNames()).hasSize(width);
        Examples validation = data.validation().orElseThrow();
        assertThat(validation.size()).isEqualTo((rows + 4) / 5);
        assertThat(data.train().size() + validation.size()).isEqualTo(rows);
        double[] sums = new double[width];
        for (boolean training : new boolean[] {true, false}) {
            Examples part = training ? data.train() : validation;
            float[] example = new float[width];
            for (int i = 0; i < part.size(); i++) {
                part.inputs().read(i, example, 0);
                for (int j = 0; j < width; j++) {
                    assertThat(Float.isFinite(example[j])).isTrue();
                    sums[j] += training ? example[j] : 0;
                }
                if (task == Task.REGRESSION) {
                    assertThat(Float.isFinite(part.target().value(i, 0))).isTrue();
                }
            }
        }
        for (int j = 0; j < width; j++) {
            String name = data.inputNames().get(j);
            if (!name.contains("=") && !name.endsWith(" missing") && !name.matches("adult_male|alone|alive")) {
                assertThat(sums[j] / data.train().size()).as(name).isCloseTo(0, offset(1e-4));
            }
        }
        if (task == Task.CLASSIFICATION) {
            assertThat(LongStream.of(data.classCounts()).sum())
                    .isEqualTo(data.train().size());
            for (int k = 0; k < outputs; k++) {
                double all = data.classCounts()[k] + count(validation.target(), k);
                assertThat((double) count(validation.target(), k)).isBetween(all / 5 - 1, all / 5 + 1);
            }
        }
    }

    private static long count(Target target, int wanted) {
        long count = 0;
        for (int i = 0; i < target.size(); i++) {
            count += target.classOf(i) == wanted ? 1 : 0;
        }
        return count;
    }

    @Test
    void breastCancerNamesItsClasses() {
        assertThat(open(SettingsMaker.train("tabular/breast_cancer.csv")).targetNames())
                .containsExactly("malignant", "benign");
        assertThat(open(SettingsMaker.train("tabular/wine_data.csv")).targetNames())
                .containsExactly("class_0", "class_1", "class_2");
    }

    @Test
    void taxisAreSplitInTime() {
        PreparedData data = open(SettingsMaker.train("tabular/taxis.csv")
                .target("fare")
                .columns("distance", "pickup")
                .normalize("none")
                .validation(new Validation(0.2, false, null, 0, 0, null, "pickup")));
        assertThat(data.inputNames()).containsExactly("pickup", "distance");
        assertThat(largest(data.train()))
                .isLessThanOrEqualTo(smallest(data.validation().orElseThrow()));
    }

    private static float largest(Examples examples) {
        return first(examples).max(Float::compare).orElseThrow();
    }

    private static float smallest(Examples examples) {
        return first(examples).min(Float::compare).orElseThrow();
    }

    private static Stream<Float> first(Examples examples) {
        List<Float> all = new ArrayList<>();
        float[] example = new float[examples.inputs().elements()];
        for (int i = 0; i < examples.size(); i++) {
            examples.inputs().read(i, example, 0);
            all.add(example[0]);
        }
        return all.stream();
    }

    @Test
    void newsAreWords() {
        PreparedData data =
                open(SettingsMaker.train("ag-news/test.csv").target("0").text("words", 10_000, 64));
        assertThat(data.shape()).isEqualTo(new DataShape(Task.CLASSIFICATION, Extents.of(64), true, 10_002, 4));
        assertThat(data.classCounts()).containsExactly(1520, 1520, 1520, 1520);
        assertThat(data.vocabulary().subList(2, 5)).contains("the", "to");
        assertThat(data.targetNames()).containsExactly("1", "2", "3", "4");
        long[] tokens = new long[64];
        data.train().inputs().readTokens(17, tokens, 0);
        assertThat(Arrays.stream(tokens).max().orElseThrow()).isLessThan(10_002);
        assertThat(tokens[0]).isPositive();
    }
}
