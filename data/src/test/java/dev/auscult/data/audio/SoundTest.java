package dev.auscult.data.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import dev.auscult.data.Oracle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoundTest {
    @TempDir
    private Path folder;

    private static float[] tone(int length) {
        float[] x = new float[length];
        for (int n = 0; n < length; n++) {
            x[n] = (float) (0.6 * Math.sin(0.1 * n) + 0.3 * Math.cos(0.37 * n + 1));
        }
        return x;
    }

    private Path wav(int format, int channels, int rate, int bits, byte[] data) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(44 + data.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + data.length);
        out.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        out.putShort((short) format).putShort((short) channels).putInt(rate);
        out.putInt(rate * channels * bits / 8)
                .putShort((short) (channels * bits / 8))
                .putShort((short) bits);
        out.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(data.length).put(data);
        return Files.write(folder.resolve("sound.wav"), out.array());
    }

    private static float[] samples(Path file) throws IOException {
        return Wav.open(file).samples(file);
    }

    @Test
    void everyKindOfSampleIsRead() throws IOException {
        assertThat(samples(wav(1, 1, 8000, 8, new byte[] {0, (byte) 128, (byte) 255, 64})))
                .containsExactly(-1, 0, 127 / 128f, -0.5f);
        assertThat(samples(wav(1, 1, 8000, 16, new byte[] {0, (byte) 0x80, (byte) 0xFF, 0x7F, 0, 0x40})))
                .containsExactly(-1, 32767 / 32768f, 0.5f);
        assertThat(samples(wav(1, 1, 8000, 24, new byte[] {0, 0, (byte) 0x80, 0, 0, 0x40, 1, 0, 0, -1, -1, -1})))
                .containsExactly(-1, 0.5f, 1 / 8388608f, -1 / 8388608f);
        assertThat(samples(wav(1, 1, 8000, 32, new byte[] {0, 0, 0, (byte) 0x80, 0, 0, 0, 0x40})))
                .containsExactly(-1, 0.5f);
        ByteBuffer floats = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(0.25f)
                .putFloat(-1.5f);
        assertThat(samples(wav(3, 1, 8000, 32, floats.array()))).containsExactly(0.25f, -1.5f);
        ByteBuffer doubles =
                ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(0.125);
        assertThat(samples(wav(3, 1, 8000, 64, doubles.array()))).containsExactly(0.125f);
    }

    @Test
    void channelsAreAveraged() throws IOException {
        Path file = wav(1, 2, 44_100, 16, new byte[] {0, 0x40, 0, 0x20, 0, 0x40, 0, (byte) 0xC0});
        assertThat(Wav.open(file)).isEqualTo(new Wav(44_100, 2, 16, false, 2, 44));
        assertThat(samples(file)).containsExactly(0.375f, 0);
    }

    @Test
    void otherChunksAndAnUnknownLengthAreNoHindrance() throws IOException {
        byte[] plain = Files.readAllBytes(wav(1, 1, 8000, 16, new byte[] {0, 0x40, 0, 0x20}));
        ByteBuffer out = ByteBuffer.allocate(plain.length + 12).order(ByteOrder.LITTLE_ENDIAN);
        out.put(plain, 0, 12);
        // An odd length is followed by one byte of padding.
        out.put("LIST".getBytes(StandardCharsets.US_ASCII)).putInt(3).putInt(0);
        out.put(plain, 12, plain.length - 12);
        out.putInt(12 + 12 + 24 + 4, -1);
        assertThat(samples(Files.write(folder.resolve("list.wav"), out.array())))
                .containsExactly(0.5f, 0.25f);
    }

    @Test
    void damageIsOneLine() throws IOException {
        byte[] whole = Files.readAllBytes(wav(1, 1, 8000, 16, new byte[100]));
        for (int kept = 0; kept < whole.length; kept++) {
            Path file = Files.write(folder.resolve("cut.wav"), Arrays.copyOf(whole, kept));
            assertThatThrownBy(() -> samples(file))
                    .as("%s bytes", kept)
                    .isInstanceOf(IOException.class)
                    .hasMessageMatching("[^\\n]+");
        }
        assertThatThrownBy(() -> samples(wav(7, 1, 8000, 8, new byte[4])))
                .hasMessageStartingWith("has samples of format 7 with 8 bits, wanted PCM (1)");
        assertThatThrownBy(() -> samples(wav(1, 0, 8000, 8, new byte[4]))).hasMessageStartingWith("has 0 channels");
        assertThatThrownBy(() -> samples(wav(1, 1, 0, 8, new byte[4])))
                .hasMessageStartingWith("has 1 channels at 0 Hz");
        whole[40] = (byte) 200;
        assertThatThrownBy(() -> samples(Files.write(folder.resolve("lie.wav"), whole)))
                .hasMessage("announces 200 bytes of samples and holds 100; it was cut off");
    }

    @Test
    void resamplingIsThatOfSciPy() throws IOException {
        Oracle oracle = Oracle.of(SoundTest.class, "resample.txt");
        check(new Resampler(8000, 4000).apply(tone(240), 1000), oracle.get("half"));
        check(new Resampler(8000, 6000).apply(tone(240), 1000), oracle.get("three_quarters"));
        check(new Resampler(8000, 16_000).apply(tone(100), 1000), oracle.get("double"));
        check(new Resampler(44_100, 48_000).apply(tone(240), 1000), oracle.get("cd"));
    }

    @Test
    void aToneKeepsItsPitch() {
        float[] x = new float[4410];
        for (int n = 0; n < x.length; n++) {
            x[n] = (float) Math.sin(2 * Math.PI * 440 * n / 44_100);
        }
        float[] y = new Resampler(44_100, 8000).apply(x, 10_000);
        assertThat(y).hasSize(800);
        for (int m = 50; m < 750; m++) {
            assertThat(y[m]).isCloseTo((float) Math.sin(2 * Math.PI * 440 * m / 8000), within(0.01f));
        }
        assertThat(new Resampler(8000, 8000).apply(x, 10)).isSameAs(x);
        assertThat(new Resampler(44_100, 8000).apply(x, 10)).isEqualTo(Arrays.copyOf(y, 10));
    }

    @Test
    void theSpectrumIsThatOfNumPy() throws IOException {
        Oracle oracle = Oracle.of(SoundTest.class, "log-mel.txt");
        LogMel narrow = new LogMel(8000, 12);
        assertThat(narrow.frames(900)).isEqualTo(1 + 700 / 80);
        check(narrow.apply(tone(900)), oracle.get("rate8000"));
        check(new LogMel(16_000, 20).apply(tone(900)), oracle.get("rate16000"));
    }

    @Test
    void silenceLiesAtTheFloorAndShortSoundsGiveOneFrame() {
        float[] spectrum = new LogMel(8000, 10).apply(new float[100]);
        assertThat(spectrum).hasSize(10).containsOnly((float) Math.log(1e-10));
        assertThat(LogMel.hertz(LogMel.mel(1234))).isCloseTo(1234, within(1e-9));
        // The scale is made so that 1,000 Hz are about 1,000 mel.
        assertThat(LogMel.mel(1000)).isCloseTo(1000, within(0.1));
    }

    @Test
    void theTransformIsItsDefinition() {
        int n = 16;
        double[] real = new double[n];
        double[] imaginary = new double[n];
        for (int i = 0; i < n; i++) {
            real[i] = (i * 7 + 3) % 11;
            imaginary[i] = (i * 5 + 1) % 7;
        }
        double[] re = real.clone();
        double[] im = imaginary.clone();
        new Fft(n).transform(re, im);
        for (int k = 0; k < n; k++) {
            double sumRe = 0;
            double sumIm = 0;
            for (int i = 0; i < n; i++) {
                double angle = -2 * Math.PI * k * i / n;
                sumRe += real[i] * Math.cos(angle) - imaginary[i] * Math.sin(angle);
                sumIm += real[i] * Math.sin(angle) + imaginary[i] * Math.cos(angle);
            }
            assertThat(re[k]).isCloseTo(sumRe, within(1e-10));
            assertThat(im[k]).isCloseTo(sumIm, within(1e-10));
        }
        assertThatThrownBy(() -> new Fft(12)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void check(float[] found, double[] expected) {
        assertThat(found).hasSize(expected.length);
        for (int i = 0; i < found.length; i++) {
            assertThat((double) found[i]).as("element %s", i).isCloseTo(expected[i], within(1e-5));
        }
    }
}
