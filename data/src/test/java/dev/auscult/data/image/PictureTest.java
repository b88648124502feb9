package dev.auscult.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

import dev.auscult.data.Oracle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureTest {
    @TempDir
    private Path folder;

    private static int pixel(int channel, int y, int x) {
        return (31 * y + 17 * x + 5 * y * x + 60 * channel) % 256;
    }

    private static Picture sample() {
        byte[] pixels = new byte[3 * 9 * 13];
        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < 9; y++) {
                for (int x = 0; x < 13; x++) {
                    pixels[(c * 9 + y) * 13 + x] = (byte) pixel(c, y, x);
                }
            }
        }
        return Picture.of(3, 9, 13, pixels);
    }

    private Path written(String format, BufferedImage image) throws IOException {
        Path file = folder.resolve("picture." + format);
        assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
        return file;
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp"})
    void coloursComeBackExactly(String format) throws IOException {
        BufferedImage image = new BufferedImage(13, 9, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 9; y++) {
            for (int x = 0; x < 13; x++) {
                image.setRGB(x, y, pixel(0, y, x) << 16 | pixel(1, y, x) << 8 | pixel(2, y, x));
            }
        }
        Picture read = Picture.read(written(format, image));
        assertThat(read.channels()).isEqualTo(3);
        assertThat(read.height()).isEqualTo(9);
        assertThat(read.width()).isEqualTo(13);
        assertThat(read.pixels()).isEqualTo(sample().pixels());
    }

    @Test
    void greyComesBackExactlyInAnyDepth() throws IOException {
        BufferedImage grey = new BufferedImage(256, 1, BufferedImage.TYPE_BYTE_GRAY);
        BufferedImage deep = new BufferedImage(256, 1, BufferedImage.TYPE_USHORT_GRAY);
        for (int x = 0; x < 256; x++) {
            grey.getRaster().setSample(x, 0, 0, x);
            deep.getRaster().setSample(x, 0, 0, x * 257);
        }
        for (BufferedImage image : new BufferedImage[] {grey, deep}) {
            Picture read = Picture.read(written("png", image));
            assertThat(read.channels()).isEqualTo(1);
            for (int x = 0; x < 256; x++) {
                assertThat(read.pixels()[x]).isEqualTo((byte) x);
            }
        }
    }

    @Test
    void jpegAndGifAreRead() throws IOException {
        BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 16; y++) {
            for (int x = 0; x < 16; x++) {
                image.setRGB(x, y, 0xC86432);
            }
        }
        for (String format : new String[] {"jpg", "gif"}) {
            Picture read = Picture.read(written(format, image));
            assertThat(read.channels()).isEqualTo(3);
            int[] expected = {0xC8, 0x64, 0x32};
            for (int c = 0; c < 3; c++) {
                assertThat(read.pixels()[c * 256 + 100] & 0xFF).as(format).isBetween(expected[c] - 3, expected[c] + 3);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"4,5", "17,20", "9,6", "1,1"})
    void aNewSizeIsThatOfPillow(int height, int width) throws IOException {
        double[] expected = Oracle.of(PictureTest.class, "pillow.txt").get(height + "x" + width);
        Picture resized = sample().resized(height, width);
        assertThat(resized.pixels()).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            // Pillow rounds between rows and columns too.
            assertThat((double) (resized.pixels()[i] & 0xFF)).isBetween(expected[i] - 1, expected[i] + 1);
        }
    }

    @Test
    void greyOfColoursIsThatOfPillow() throws IOException {
        double[] expected = Oracle.of(PictureTest.class, "pillow.txt").get("grey");
        Picture grey = sample().withChannels(1);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) (grey.pixels()[i] & 0xFF)).isEqualTo(expected[i]);
        }
        Picture coloured = grey.withChannels(3);
        assertThat(Arrays.copyOfRange(coloured.pixels(), 2 * 117, 3 * 117)).isEqualTo(grey.pixels());
        assertThat(coloured.withChannels(1).pixels()).isEqualTo(grey.pixels());
    }

    @Test
    void aGiantIsRefusedFromItsHeader() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeLong(0x89504E470D0A1A0AL);
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        DataOutputStream ihdr = new DataOutputStream(header);
        ihdr.writeInt(0x49484452);
        ihdr.writeInt(65_535);
        ihdr.writeInt(65_535);
        ihdr.write(new byte[] {8, 2, 0, 0, 0});
        CRC32 crc = new CRC32();
        crc.update(header.toByteArray());
        out.writeInt(13);
        out.write(header.toByteArray());
        out.writeInt((int) crc.getValue());
        out.writeInt(0);
        out.writeInt(0x49444154);
        out.writeInt(0x35AF061E);
        Path file = Files.write(folder.resolve("giant.png"), bytes.toByteArray());
        assertThatThrownBy(() -> Picture.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage("has 65,535×65,535 pixels, wanted at most 67,108,864 in all; make it smaller");
    }

    @Test
    void damageIsOneLine() throws IOException {
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 64 * 64; i++) {
            image.setRGB(i % 64, i / 64, i * 2654435 & 0xFFFFFF);
        }
        for (String format : new String[] {"png", "jpg", "gif", "bmp"}) {
            byte[] whole = Files.readAllBytes(written(format, image));
            for (int kept : new int[] {0, 1, 10, whole.length / 3, whole.length / 2}) {
                Path file = Files.write(folder.resolve("cut." + format), Arrays.copyOf(whole, kept));
                assertThatThrownBy(() -> Picture.read(file))
                        .as("%s of %s bytes", format, kept)
                        .isInstanceOf(IOException.class)
                        .hasMessageMatching("[^\\n]+");
            }
        }
    }

    @Test
    void aPictureIsKnownByItsName() {
        assertThat(Picture.named(Path.of("a.PNG"))).isTrue();
        assertThat(Picture.named(Path.of("x/b.jpeg"))).isTrue();
        assertThat(Picture.named(Path.of("notes.txt"))).isFalse();
    }
}
