package dev.auscult.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Prepared numbers against scikit-learn's (bench/oracle/tables.py). */
class PreparedOracleTest {
    static Path folder() {
        try {
            return Path.of(Objects.requireNonNull(PreparedOracleTest.class.getResource("tables"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"standard", "min-max"})
    void trainingAndTestFilesAreThoseOfScikitLearn(String normalize) throws IOException {
        PreparedData data = PreparedData.open(
                SettingsMaker.train("train.csv")
                        .test("test.csv")
                        .target("y")
                        .validation(SettingsMaker.NONE)
                        .normalize(normalize)
                        .make(),
                folder(),
                1,
                line -> {});
        assertThat(data.inputNames())
                .containsExactly("a", "b", "b missing", "c", "d=blue", "d=green", "d=red", "d=missing");
        compare(data.train().inputs(), normalize + "-train.txt");
        compare(data.test().orElseThrow().inputs(), normalize + "-test.txt");
    }

    private static void compare(Inputs inputs, String file) throws IOException {
        List<String> lines = Files.readAllLines(folder().resolve(file));
        assertThat(inputs.size()).isEqualTo(lines.size());
        float[] example = new float[inputs.elements()];
        for (int i = 0; i < lines.size(); i++) {
            String[] wanted = lines.get(i).split(" ", -1);
            inputs.read(i, example, 0);
            assertThat(example).hasSize(wanted.length);
            for (int j = 0; j < wanted.length; j++) {
                double value = Double.parseDouble(wanted[j]);
                assertThat((double) example[j])
                        .as("%s row %d number %d", file, i, j)
                        .isCloseTo(value, offset(2e-7 * Math.max(1, Math.abs(value))));
            }
        }
    }

    @Test
    void classWeightsAreThoseOfScikitLearn() throws IOException {
        PreparedData data = PreparedData.open(
                SettingsMaker.train("train.csv")
                        .target("y")
                        .validation(SettingsMaker.NONE)
                        .imbalance("class-weights")
                        .make(),
                folder(),
                1,
                line -> {});
        double[] wanted = Files.readAllLines(folder().resolve("class-weights.txt")).stream()
                .mapToDouble(Double::parseDouble)
                .toArray();
        assertThat(data.targetNames()).containsExactly("no", "perhaps", "sure");
        assertThat(data.classWeights()).containsExactly(wanted, offset(1e-12));
    }
}
