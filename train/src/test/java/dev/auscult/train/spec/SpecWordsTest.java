package dev.auscult.train.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import dev.auscult.data.DataSettings;
import dev.auscult.data.Examples;
import dev.auscult.data.Inputs;
import dev.auscult.data.Loader;
import dev.auscult.data.LoaderSettings;
import dev.auscult.data.PreparedData;
import dev.auscult.data.Target;
import dev.auscult.data.error.DataException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a spec may say about data, the preparation of data takes. */
class SpecWordsTest {
    @TempDir
    Path folder;

    static Stream<String> formats() {
        return words("format");
    }

    static Stream<String> types() {
        return words("types");
    }

    static Stream<String> augments() {
        return SpecVocabulary.augments().stream().map(Block::name);
    }

    private static Stream<String> words(String key) {
        return SpecVocabulary.section("data").option(key).orElseThrow().words().stream();
    }

    private static DataSettings data(String yaml) {
        return SpecFile.parse("s.yaml", "data: {train: x.csv, " + yaml + "}", "s", List.of())
                .data();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void everyFormatIsKnown(String format) throws IOException {
        Files.writeString(folder.resolve("x.csv"), "");
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> PreparedData.open(data("format: " + format), folder, 1, said -> {}))
                .withMessageNotContaining("data.format is");
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyTypeIsKnown(String type) throws IOException {
        Files.writeString(folder.resolve("x.csv"), "a,b\n" + "true,1\nfalse,0\n".repeat(20));
        String told = "";
        try {
            told = String.join(
                    " ",
                    PreparedData.open(data("types: {a: " + type + "}"), folder, 1, said -> {})
                            .story());
        } catch (DataException e) {
            // Cells that are not of the type are another matter.
            told = String.valueOf(e.getMessage());
        }
        assertThat(told).isNotEmpty().doesNotContain("data.types: column");
    }

    @ParameterizedTest
    @MethodSource("augments")
    void everyAugmentationIsKnown(String name) {
        List<DataSettings.Augment> augments = data("augment: [" + name + "]").augment();
        Examples examples = new Examples(
                new Same(name.equals("token-drop")), Target.ofClasses("the test", new int[8], List.of("a", "b")));
        LoaderSettings settings = new LoaderSettings(4, true, false, augments, 1);
        try (Loader loader = Loader.of(examples, settings)) {
            loader.startEpoch(0, 0);
            assertThat(loader.next()).isNotNull();
        }
    }

    /** Eight examples that are all the same: images, or sequences of tokens. */
    private record Same(boolean tokens) implements Inputs {
        @Override
        public int size() {
            return 8;
        }

        @Override
        public long[] shape() {
            return tokens ? new long[] {16} : new long[] {1, 16, 16};
        }

        @Override
        public void read(int index, float[] into, int offset) {
            Arrays.fill(into, offset, offset + elements(), 1);
        }

        @Override
        public void readTokens(int index, long[] into, int offset) {
            Arrays.fill(into, offset, offset + elements(), 3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{time-shift: 0}", "{time-shift: 1.1}", "{token-drop: 0}", "{token-drop: 1}"})
    void refusesWhatDataWouldRefuse(String augment) {
        assertThatExceptionOfType(SpecException.class)
                .isThrownBy(() -> data("augment: [" + augment + "]"))
                .withMessageContaining("wanted a number");
    }
}
