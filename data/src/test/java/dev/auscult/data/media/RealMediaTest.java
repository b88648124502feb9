package dev.auscult.data.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.auscult.data.DataSettings;
import dev.auscult.data.profile.Frame;
import dev.auscult.data.profile.FrameMaker;
import dev.auscult.data.profile.Progress;
import dev.auscult.run.Observation;
import dev.auscult.run.Observation.Kind;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is found in the pictures, sounds and texts beside the checkout: next to nothing, for they are healthy. */
class RealMediaTest {
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

    @Test
    void handwrittenDigitsAreHealthy() {
        MediaProfile profile = MediaProfiler.profile(
                MediaSettings.of("mnist-10k/images-idx3-ubyte.gz", null, "mnist-10k/labels-idx1-ubyte.gz"),
                DATASETS,
                Progress.SILENT);
        assertThat(profile.kind()).isEqualTo("images");
        assertThat(profile.parts().get(0).rows()).isEqualTo(10_000);
        assertThat(profile.parts().get(0).labelCounts()).hasSize(10).containsEntry("1", 1135L);
        assertThat(profile.observations()).allMatch(o -> o.numbers().getOrDefault("affected", 0.0) == 0);
        Observation order = PicturesTest.one(profile, Kind.ROW_ORDER);
        assertThat(order.get("effect")).isBetween(-0.1, 0.1);
    }

    @Test
    void spokenDigitsOfSeveralSpeakersAreHealthy() {
        MediaProfile profile =
                MediaProfiler.profile(MediaSettings.of("spoken-digits", null, "name[0]"), DATASETS, Progress.SILENT);
        assertThat(profile.kind()).isEqualTo("sound");
        assertThat(profile.parts().get(0).labelCounts()).hasSize(10).containsEntry("7", 45L);
        assertThat(profile.observations()).allMatch(o -> o.numbers().getOrDefault("affected", 0.0) == 0);
    }

    @Test
    void newsItemsHoldEntitiesAndAFewCopies() throws IOException {
        List<String> texts = new ArrayList<>();
        for (String line : Files.readAllLines(DATASETS.resolve("ag-news/test.csv"))) {
            texts.add(line.substring(line.indexOf(',') + 1).replace("\"", " "));
        }
        Frame frame =
                FrameMaker.train().text("text", texts.toArray(new String[0])).make();
        List<Observation> found = Texts.observe(
                MediaSettings.of("test.csv", null, new DataSettings.Text(List.of(), "words", 10_000, 128)),
                frame,
                frame.columns().get(0),
                null,
                Progress.SILENT);
        for (Observation observation : found) {
            // Half a percent is where exceptions end.
            assertThat(observation.numbers().getOrDefault("share", 0.0))
                    .as(observation.kind().label())
                    .isLessThan(0.005);
            if (observation.kind() == Kind.DAMAGED_ENCODING) {
                assertThat(observation.get("entities")).isGreaterThan(1000);
            }
            if (observation.kind() == Kind.MIXED_LANGUAGES) {
                assertThat(observation.note("usual")).isEqualTo("English");
                assertThat(observation.get("told")).isGreaterThan(6000);
            }
        }
    }
}
