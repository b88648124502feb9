package dev.auscult.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.nio.file.Files;
import java.nio.file.Path;

import dev.auscult.data.DataSettings.Audio;
import dev.auscult.data.DataSettings.Validation;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pictures and sounds beside the checkout, from the file to prepared examples. */
class RealArraysTest {
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

    /** Mean and mean square of all numbers. */
    private static double[] moments(Inputs inputs) {
        float[] example = new float[inputs.elements()];
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < inputs.size(); i++) {
            inputs.read(i, example, 0);
            for (float x : example) {
                assertThat(Float.isFinite(x)).isTrue();
                sum += x;
                squares += x * x;
            }
        }
        double n = (double) inputs.size() * example.length;
        return new double[] {sum / n, squares / n};
    }

    @Test
    void handwrittenDigits() {
        PreparedData data =
                open(SettingsMaker.train("mnist-10k/images-idx3-ubyte.gz").target("mnist-10k/labels-idx1-ubyte.gz"));
        assertThat(data.shape()).isEqualTo(new DataShape(Task.CLASSIFICATION, Extents.of(1, 28, 28), false, 0, 10));
        assertThat(data.train().size()).isEqualTo(8000);
        assertThat(data.validation().orElseThrow().size()).isEqualTo(2000);
        assertThat(data.story())
                .anyMatch(s -> s.startsWith("8,000 training and 2,000 validation examples, stratified"));
        double[] moments = moments(data.train().inputs());
        assertThat(moments[0]).isCloseTo(0, offset(1e-4));
        assertThat(moments[1]).isCloseTo(1, offset(1e-3));
        assertThat(moments(data.validation().orElseThrow().inputs())[0]).isNotCloseTo(0, offset(1e-6));
    }

    @Test
    void spokenDigitsOfAnUnheardSpeaker() {
        PreparedData data = open(SettingsMaker.train("spoken-digits")
                .target("name[0]")
                .audio(new Audio(0, 0, "log-mel", 40))
                .validation(new Validation(0.33, true, null, 0, 0, "name[1]", null)));
        assertThat(data.task()).isEqualTo(Task.CLASSIFICATION);
        assertThat(data.shape().outputs()).isEqualTo(10);
        assertThat(data.train().size()).isEqualTo(300);
        assertThat(data.classCounts()).containsOnly(30);
        assertThat(data.validation().orElseThrow().size()).isEqualTo(150);
        assertThat(data.story()).anyMatch(s -> s.contains("1 of 3 groups held out"));
        double[] moments = moments(data.train().inputs());
        assertThat(moments[0]).isCloseTo(0, offset(1e-3));
        assertThat(moments[1]).isCloseTo(1, offset(1e-2));
    }
}
