package dev.auscult.data.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;

import dev.auscult.data.profile.Progress;
import dev.auscult.run.Observation;
import dev.auscult.run.Observation.Kind;
import dev.auscult.run.Split;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults planted among drawn pictures, each of which is found and nothing else. */
class PicturesTest {
    private static final int COUNT = 40;

    @TempDir
    Path base;

    private Path folder;

    @BeforeEach
    void draw() throws IOException {
        folder = base.resolve("set");
        Gallery.healthy(folder, COUNT, 1000);
    }

    private MediaProfile profile() {
        return MediaProfiler.profile(MediaSettings.of("set", null), base, Progress.SILENT);
    }

    static Observation one(MediaProfile profile, Kind kind) {
        List<Observation> found =
                profile.observations().stream().filter(o -> o.kind() == kind).toList();
        assertThat(found).as(kind.label()).hasSize(1);
        return found.get(0);
    }

    private static List<String> sources(Observation observation) {
        return observation.examples().stream()
                .map(Observation.Example::source)
                .sorted()
                .toList();
    }

    /** Each kind of observation in which something was found, by name. */
    static List<String> affected(MediaProfile profile) {
        return profile.observations().stream()
                .filter(o -> o.get("affected") > 0)
                .map(o -> o.kind().label())
                .toList();
    }

    @Test
    void healthyPicturesAreQuiet() {
        MediaProfile profile = profile();
        assertThat(profile.kind()).isEqualTo("images");
        assertThat(profile.task()).isEqualTo("classification");
        assertThat(profile.parts().get(0).rows()).isEqualTo(COUNT);
        assertThat(profile.parts().get(0).labelCounts())
                .containsEntry("a", COUNT / 2L)
                .containsEntry("b", COUNT / 2L);
        assertThat(affected(profile)).isEmpty();
    }

    @Test
    void darkPictures() throws IOException {
        Gallery.save(Gallery.changed(Gallery.photo(1, 72, 64), x -> Math.min(60, x / 4)), folder.resolve("a/dark.png"));
        MediaProfile profile = profile();
        assertThat(affected(profile)).contains("dark-images");
        assertThat(sources(one(profile, Kind.DARK_IMAGES))).containsExactly("a/dark.png");
        assertThat(one(profile, Kind.LIGHT_IMAGES).get("affected")).isZero();
    }

    @Test
    void lightPictures() throws IOException {
        Gallery.save(Gallery.changed(Gallery.photo(1, 72, 64), x -> 245 + x / 26), folder.resolve("a/light.png"));
        MediaProfile profile = profile();
        assertThat(sources(one(profile, Kind.LIGHT_IMAGES))).containsExactly("a/light.png");
        assertThat(one(profile, Kind.DARK_IMAGES).get("affected")).isZero();
    }

    @Test
    void blurredPictures() throws IOException {
        BufferedImage sharp = Gallery.photo(1, 72, 64);
        Gallery.save(Gallery.blurred(Gallery.blurred(sharp, 3), 3), folder.resolve("a/blurred.png"));
        MediaProfile profile = profile();
        assertThat(affected(profile)).containsExactly("blurry-images");
        assertThat(sources(one(profile, Kind.BLURRY_IMAGES))).containsExactly("a/blurred.png");
    }

    @Test
    void blankPictures() throws IOException {
        Gallery.save(
                Gallery.changed(new BufferedImage(72, 64, BufferedImage.TYPE_INT_RGB), x -> 128),
                folder.resolve("b/blank.png"));
        MediaProfile profile = profile();
        assertThat(affected(profile)).containsExactly("low-information-images");
        assertThat(sources(one(profile, Kind.LOW_INFORMATION_IMAGES))).containsExactly("b/blank.png");
    }

    @Test
    void oddSizesAndShapes() throws IOException {
        Gallery.save(Gallery.photo(1, 300, 280), folder.resolve("a/large.png"));
        Gallery.save(Gallery.photo(2, 144, 36), folder.resolve("a/long.png"));
        Observation odd = one(profile(), Kind.ODD_IMAGE_SIZES);
        assertThat(sources(odd)).containsExactly("a/large.png", "a/long.png");
        assertThat(odd.get("odd-size")).isEqualTo(1);
        assertThat(odd.get("odd-aspect")).isEqualTo(1);
        assertThat(odd.get("sizes")).isEqualTo(3);
    }

    @Test
    void aGreyPictureAmongColouredOnes() throws IOException {
        Gallery.save(Gallery.grey(Gallery.photo(1, 72, 64)), folder.resolve("a/grey.png"));
        MediaProfile profile = profile();
        assertThat(affected(profile)).containsExactly("grey-among-colour");
        assertThat(sources(one(profile, Kind.GREY_AMONG_COLOUR))).containsExactly("a/grey.png");
    }

    @Test
    void greyThatGoesWithTheClass() throws IOException {
        for (int i = 0; i < COUNT; i += 2) {
            Path file = folder.resolve(String.format("a/%03d.png", i));
            Gallery.save(Gallery.grey(Gallery.photo(1000 + i, 72, 64)), file);
        }
        Observation grey = one(profile(), Kind.GREY_AMONG_COLOUR);
        assertThat(grey.get("affected")).isEqualTo(COUNT / 2.0);
        assertThat(grey.get("label-association")).isGreaterThan(0.95);
        assertThat(grey.get("p-value")).isLessThan(1e-9);
    }

    @Test
    void copiesExactAndNear() throws IOException {
        Files.copy(folder.resolve("a/000.png"), folder.resolve("b/copy.png"));
        Gallery.save(Gallery.photo(1003, 72, 64), folder.resolve("b/jpeg.jpg"));
        Gallery.save(Gallery.changed(Gallery.photo(1005, 72, 64), x -> 20 + x * 8 / 10), folder.resolve("b/pale.png"));
        MediaProfile profile = profile();
        assertThat(affected(profile)).containsExactly("duplicates", "conflicting-labels", "near-duplicates");
        Observation exact = one(profile, Kind.DUPLICATES);
        assertThat(sources(exact)).containsExactly("b/copy.png");
        assertThat(exact.get("groups")).isEqualTo(1);
        assertThat(exact.get("largest")).isEqualTo(2);
        assertThat(one(profile, Kind.CONFLICTING_LABELS).get("conflicting")).isEqualTo(2);
        assertThat(sources(one(profile, Kind.NEAR_DUPLICATES))).containsExactly("b/jpeg.jpg", "b/pale.png");
    }

    @Test
    void picturesOfTheTrainingPartInTheTestPart() throws IOException {
        Path test = base.resolve("test");
        Gallery.healthy(test, 20, 5000);
        Files.copy(folder.resolve("a/000.png"), test.resolve("a/copy.png"));
        Random random = new Random(3);
        Gallery.save(
                Gallery.changed(Gallery.photo(1003, 72, 64), x -> Gallery.level(x + 4 * random.nextGaussian())),
                test.resolve("b/noisy.png"));
        MediaProfile profile = MediaProfiler.profile(MediaSettings.of("set", "test"), base, Progress.SILENT);
        List<Observation> leaked = profile.observations().stream()
                .filter(o -> o.kind() == Kind.LEAKED_ROWS)
                .toList();
        assertThat(leaked).extracting(o -> o.note("how")).containsExactly("exact", "near");
        assertThat(leaked).allMatch(o -> o.split() == Split.TEST && o.get("rows") == 22 && o.get("matching") == 1);
        assertThat(leaked).allMatch(o -> o.get("expected-share") == 0);
        assertThat(sources(leaked.get(0))).containsExactly("a/copy.png");
        assertThat(sources(leaked.get(1))).containsExactly("b/noisy.png");
    }

    @Test
    void damagedFilesAreNamedAndTheRestIsRead() throws IOException {
        byte[] png = Files.readAllBytes(folder.resolve("a/000.png"));
        Files.write(folder.resolve("a/cut.png"), Arrays.copyOf(png, png.length / 2));
        Files.write(folder.resolve("a/empty.png"), new byte[0]);
        Files.write(folder.resolve("a/text.png"), "no picture at all".getBytes(StandardCharsets.UTF_8));
        Files.write(folder.resolve("b/huge.png"), announced(65_535, 65_535));
        Path jpeg = base.resolve("whole.jpg");
        Gallery.save(Gallery.photo(7, 72, 64), jpeg);
        byte[] bytes = Files.readAllBytes(jpeg);
        Files.write(folder.resolve("b/cut.jpg"), Arrays.copyOf(bytes, bytes.length / 2));
        MediaProfile profile = profile();
        Observation corrupt = one(profile, Kind.CORRUPT_FILES);
        assertThat(corrupt.get("affected")).isEqualTo(5);
        assertThat(corrupt.get("rows")).isEqualTo(COUNT + 5.0);
        assertThat(sources(corrupt))
                .containsExactly("a/cut.png", "a/empty.png", "a/text.png", "b/cut.jpg", "b/huge.png");
        assertThat(corrupt.examples())
                .allMatch(e -> !e.value().isBlank() && e.value().lines().count() == 1);
        assertThat(corrupt.examples()).anyMatch(e -> e.value().contains("65,535×65,535 pixels"));
        assertThat(affected(profile)).containsExactly("corrupt-files");
    }

    /** A PNG file of a few bytes whose header announces a size. */
    private static byte[] announced(int width, int height) throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        DataOutputStream fields = new DataOutputStream(header);
        fields.writeBytes("IHDR");
        fields.writeInt(width);
        fields.writeInt(height);
        fields.write(new byte[] {8, 2, 0, 0, 0});
        CRC32 crc = new CRC32();
        crc.update(header.toByteArray());
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(file);
        out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        out.writeInt(13);
        out.write(header.toByteArray());
        out.writeInt((int) crc.getValue());
        out.writeInt(0);
        out.writeBytes("IDAT");
        out.writeInt(0x35AF061E);
        return file.toByteArray();
    }

    @Test
    void namesThatAllDifferAreNoLabels() throws IOException {
        Path flat = base.resolve("flat");
        for (int i = 0; i < 12; i++) {
            Gallery.save(Gallery.photo(i, 40, 40), flat.resolve("picture" + i + ".png"));
        }
        MediaProfile profile = MediaProfiler.profile(MediaSettings.of("flat", null), base, Progress.SILENT);
        assertThat(profile.task()).isEmpty();
        assertThat(profile.parts().get(0).labelCounts()).isEmpty();
        assertThat(profile.parts().get(0).rows()).isEqualTo(12);
    }
}
