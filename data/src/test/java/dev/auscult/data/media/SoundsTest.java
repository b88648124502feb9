package dev.auscult.data.media;

import static dev.auscult.data.media.PicturesTest.affected;
import static dev.auscult.data.media.PicturesTest.one;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import dev.auscult.data.audio.Wav;
import dev.auscult.data.profile.Progress;
import dev.auscult.run.Observation;
import dev.auscult.run.Observation.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults planted among made sounds, each of which is found and nothing else. */
class SoundsTest {
    private static final int COUNT = 40;
    private static final int RATE = 8000;

    @TempDir
    Path base;

    private Path folder;

    @BeforeEach
    void make() throws IOException {
        folder = base.resolve("set");
        Files.createDirectories(folder);
        for (int i = 0; i < COUNT; i++) {
            save(folder.resolve(i % 4 + "_ann_" + i + ".wav"), RATE, 1, sound(i, RATE));
        }
    }

    /** A few tones that come and go, in a little noise, at a level and of a length of its own. */
    private static double[] sound(long seed, int rate) {
        Random random = new Random(seed);
        int length = (int) (rate * (0.5 + 0.4 * random.nextDouble()));
        double level = Math.pow(10, -1.5 + random.nextDouble());
        double[] samples = new double[length];
        for (int tone = 0; tone < 6; tone++) {
            double hertz = 150 + 3000 * random.nextDouble();
            double centre = random.nextDouble() * length;
            double width = (0.03 + 0.1 * random.nextDouble()) * rate;
            for (int i = 0; i < length; i++) {
                double at = (i - centre) / width;
                samples[i] += 0.2 * level * Math.exp(-at * at) * Math.sin(2 * Math.PI * hertz * i / rate);
            }
        }
        for (int i = 0; i < length; i++) {
            samples[i] += 0.005 * level * random.nextGaussian();
        }
        return samples;
    }

    private static void save(Path file, int rate, int channels, double[] samples) throws IOException {
        int bytes = samples.length * channels * 2;
        ByteBuffer buffer = ByteBuffer.allocate(44 + bytes).order(ByteOrder.LITTLE_ENDIAN);
        buffer.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + bytes);
        buffer.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        buffer.putShort((short) 1).putShort((short) channels).putInt(rate).putInt(rate * channels * 2);
        buffer.putShort((short) (channels * 2)).putShort((short) 16);
        buffer.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(bytes);
        for (double sample : samples) {
            for (int c = 0; c < channels; c++) {
                buffer.putShort((short) Math.max(-32768, Math.min(32767, Math.round(sample * 32768))));
            }
        }
        Files.write(file, buffer.array());
    }

    private MediaProfile profile() {
        return MediaProfiler.profile(MediaSettings.of("set", null), base, Progress.SILENT);
    }

    private static List<String> sources(Observation observation) {
        return observation.examples().stream()
                .map(Observation.Example::source)
                .sorted()
                .toList();
    }

    @Test
    void healthySoundsAreQuiet() {
        MediaProfile profile = profile();
        assertThat(profile.kind()).isEqualTo("sound");
        assertThat(profile.parts().get(0).labelCounts()).containsEntry("0", 10L).hasSize(4);
        assertThat(affected(profile)).isEmpty();
    }

    @Test
    void silenceAndConstants() throws IOException {
        save(folder.resolve("0_ann_zeros.wav"), RATE, 1, new double[RATE / 2]);
        double[] constant = new double[RATE / 2];
        Arrays.fill(constant, 0.3);
        save(folder.resolve("0_ann_constant.wav"), RATE, 1, constant);
        double[] faint = Arrays.stream(sound(99, RATE)).map(x -> x * 1e-3).toArray();
        save(folder.resolve("0_ann_faint.wav"), RATE, 1, faint);
        MediaProfile profile = profile();
        assertThat(sources(one(profile, Kind.SILENT_SOUNDS)))
                .containsExactly("0_ann_constant.wav", "0_ann_faint.wav", "0_ann_zeros.wav");
    }

    @Test
    void clipping() throws IOException {
        double[] sound = sound(77, RATE);
        double peak = Arrays.stream(sound).map(Math::abs).max().orElseThrow();
        double[] loud = Arrays.stream(sound).map(x -> x * 4 / peak).toArray();
        save(folder.resolve("1_ann_loud.wav"), RATE, 1, loud);
        MediaProfile profile = profile();
        assertThat(affected(profile)).containsExactly("clipped-sounds");
        assertThat(sources(one(profile, Kind.CLIPPED_SOUNDS))).containsExactly("1_ann_loud.wav");
    }

    @Test
    void theShareOfClippedSamplesIsCounted() throws IOException {
        double[] samples = new double[1000];
        Arrays.setAll(samples, i -> i % 100 < 5 ? 1 : 0.3 * Math.sin(i));
        save(base.resolve("one.wav"), RATE, 1, samples);
        Path file = base.resolve("one.wav");
        assertThat(SoundMeasures.of(Wav.open(file), file).clippedShare()).isCloseTo(0.05, offset(1e-12));
    }

    @Test
    void theLevelIsThatOfASine() throws IOException {
        double[] samples = new double[RATE];
        Arrays.setAll(samples, i -> 0.1 + 0.5 * Math.sin(2 * Math.PI * 100 * i / RATE));
        save(base.resolve("one.wav"), RATE, 1, samples);
        Path file = base.resolve("one.wav");
        // Half of full scale is −6.02 dB, a sine 3.01 dB below its peak; the constant part does not count.
        assertThat(SoundMeasures.of(Wav.open(file), file).level()).isCloseTo(-9.03, offset(0.01));
    }

    @Test
    void emptyAndShortSounds() throws IOException {
        save(folder.resolve("2_ann_none.wav"), RATE, 1, new double[0]);
        save(folder.resolve("2_ann_brief.wav"), RATE, 1, Arrays.copyOf(sound(55, RATE), RATE / 20));
        Observation brief = one(profile(), Kind.SHORT_SOUNDS);
        assertThat(sources(brief)).containsExactly("2_ann_brief.wav", "2_ann_none.wav");
        assertThat(brief.get("empty")).isEqualTo(1);
    }

    @Test
    void otherRatesAndChannels() throws IOException {
        save(folder.resolve("3_ann_wide.wav"), 16_000, 1, sound(66, 16_000));
        save(folder.resolve("3_ann_stereo.wav"), RATE, 2, sound(67, RATE));
        MediaProfile profile = profile();
        assertThat(affected(profile)).containsExactly("mixed-rates");
        Observation rates = one(profile, Kind.MIXED_RATES);
        assertThat(sources(rates)).containsExactly("3_ann_stereo.wav", "3_ann_wide.wav");
        assertThat(rates.note("usual")).isEqualTo("8,000 Hz mono");
    }

    @Test
    void copiesExactAndNear() throws IOException {
        Files.copy(folder.resolve("0_ann_0.wav"), folder.resolve("0_ann_copy.wav"));
        double[] quieter = Arrays.stream(sound(1, RATE)).map(x -> x * 0.4).toArray();
        save(folder.resolve("1_ann_quieter.wav"), RATE, 1, quieter);
        Random random = new Random(8);
        double[] noisy = Arrays.stream(sound(2, RATE))
                .map(x -> x + 1e-4 * random.nextGaussian())
                .toArray();
        save(folder.resolve("2_ann_noisy.wav"), RATE, 1, noisy);
        MediaProfile profile = profile();
        assertThat(affected(profile)).containsExactly("duplicates", "near-duplicates");
        assertThat(sources(one(profile, Kind.DUPLICATES))).containsExactly("0_ann_copy.wav");
        assertThat(sources(one(profile, Kind.NEAR_DUPLICATES))).containsExactly("1_ann_quieter.wav", "2_ann_noisy.wav");
    }

    @Test
    void damagedFilesAreNamed() throws IOException {
        byte[] wav = Files.readAllBytes(folder.resolve("0_ann_0.wav"));
        Files.write(folder.resolve("0_ann_cut.wav"), Arrays.copyOf(wav, 2000));
        Files.write(folder.resolve("0_ann_empty.wav"), new byte[0]);
        byte[] absurd = wav.clone();
        ByteBuffer.wrap(absurd).order(ByteOrder.LITTLE_ENDIAN).putInt(40, 0x7FFF_FFF0);
        Files.write(folder.resolve("0_ann_absurd.wav"), absurd);
        Files.write(folder.resolve("0_ann_text.wav"), "RIFF and no more".getBytes(StandardCharsets.UTF_8));
        MediaProfile profile = profile();
        Observation corrupt = one(profile, Kind.CORRUPT_FILES);
        assertThat(sources(corrupt))
                .containsExactly("0_ann_absurd.wav", "0_ann_cut.wav", "0_ann_empty.wav", "0_ann_text.wav");
        assertThat(corrupt.examples()).allMatch(e -> e.value().lines().count() == 1);
        assertThat(affected(profile)).containsExactly("corrupt-files");
    }
}
