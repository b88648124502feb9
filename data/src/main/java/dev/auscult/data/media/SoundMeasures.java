package dev.auscult.data.media;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

import dev.auscult.data.audio.LogMel;
import dev.auscult.data.audio.Wav;
import dev.auscult.data.image.Picture;

/** What is measured of one sound, block by block. */
final class SoundMeasures {
    /** Beyond so many seconds a sound is not looked at for its likeness to others. */
    private static final double SECONDS_COMPARED = 30;

    private static final int BANDS = 32;
    private static final double FULL_SCALE_PCM = 1 - 1.5 / 32768;
    /** So many samples at full scale in a row are a cut-off wave, not its peak. */
    private static final int RUN = 3;
    /** Range of a log-mel spectrum that is compared, in nepers below its peak: 40 dB of power. */
    private static final double RANGE = 4 * Math.log(10);

    private final Wav head;
    private final double fullScale;
    private final float[] compared;
    private final int[] run;
    private final double[] runLevel;
    private int taken;
    private double sum;
    private double squares;
    private long clipped;
    private long notFinite;
    private long hash;

    private SoundMeasures(Wav head) {
        this.head = head;
        this.fullScale = head.floats() || head.bits() > 8 ? FULL_SCALE_PCM : 1 - 1.5 / 128;
        this.compared = new float[(int) Math.min(head.frames(), Math.round(SECONDS_COMPARED * head.rate()))];
        this.run = new int[head.channels()];
        this.runLevel = new double[head.channels()];
        this.hash = Hash.of(Hash.of(Hash.START, head.rate()), head.channels());
    }

    static SoundMeasures of(Wav head, Path file) throws IOException {
        SoundMeasures measures = new SoundMeasures(head);
        head.read(file, measures::take);
        if (measures.notFinite > 0) {
            throw new IOException("holds " + measures.notFinite + " samples that are not finite; repair or remove it");
        }
        return measures;
    }

    private void take(double[] block, int count) {
        int channels = head.channels();
        for (int i = 0; i < count; i++) {
            double mean = 0;
            for (int c = 0; c < channels; c++) {
                double x = block[i * channels + c];
                if (!Double.isFinite(x)) {
                    notFinite++;
                    continue;
                }
                mean += x;
                sum += x;
                squares += x * x;
                // Floats may go beyond ±1 unharmed; what is cut off stays at one level.
                boolean full = Math.abs(x) >= fullScale && (run[c] == 0 || x == runLevel[c] || !head.floats());
                run[c] =
                        full && (run[c] == 0 || Math.signum(x) == Math.signum(runLevel[c])) ? run[c] + 1 : full ? 1 : 0;
                runLevel[c] = x;
                if (run[c] == RUN) {
                    clipped += RUN;
                } else if (run[c] > RUN) {
                    clipped++;
                }
                long bits = Double.doubleToLongBits(x);
                hash = (hash ^ bits ^ (bits >>> 32)) * 0x100000001B3L;
            }
            if (taken < compared.length) {
                compared[taken++] = (float) (mean / channels);
            }
        }
    }

    double seconds() {
        return (double) head.frames() / head.rate();
    }

    private double samples() {
        return (double) head.frames() * head.channels();
    }

    /** Root mean square without the constant part, in dB of full scale; −infinity for a constant. */
    double level() {
        double mean = sum / samples();
        double variance = squares / samples() - mean * mean;
        // Below the rounding of the sums there is nothing.
        return variance <= 1e-15 ? Double.NEGATIVE_INFINITY : 10 * Math.log10(variance);
    }

    /** Share of the samples in runs of three or more at full scale. */
    double clippedShare() {
        return head.frames() == 0 ? 0 : clipped / samples();
    }

    long hash() {
        return Hash.mix(hash);
    }

    /**
     * The log-mel spectrum as a picture [32, 32]: from the first to the last frame within 40 dB of the loudest, white at the
     * loudest band, black 40 dB below it, so that neither level nor silence around it matter.
     */
    byte[] thumbnail() {
        float[] spectrum = new LogMel(head.rate(), BANDS).apply(compared);
        int frames = spectrum.length / BANDS;
        float[] loudest = new float[frames];
        Arrays.fill(loudest, Float.NEGATIVE_INFINITY);
        float top = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < spectrum.length; i++) {
            loudest[i % frames] = Math.max(loudest[i % frames], spectrum[i]);
            top = Math.max(top, spectrum[i]);
        }
        int first = 0;
        while (first < frames - 1 && loudest[first] < top - RANGE) {
            first++;
        }
        int last = frames - 1;
        while (last > first && loudest[last] < top - RANGE) {
            last--;
        }
        int width = last - first + 1;
        byte[] pixels = new byte[BANDS * width];
        for (int b = 0; b < BANDS; b++) {
            for (int f = 0; f < width; f++) {
                double level = (spectrum[b * frames + first + f] - top) / RANGE + 1;
                pixels[b * width + f] = (byte) Math.round(255 * Math.min(1, Math.max(0, level)));
            }
        }
        return Picture.of(1, BANDS, width, pixels)
                .resized(PerceptualHash.SIDE, PerceptualHash.SIDE)
                .pixels();
    }
}
