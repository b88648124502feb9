package dev.auscult.data.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.io.IOException;
import java.util.Random;

import dev.auscult.data.Oracle;
import dev.auscult.data.image.Picture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The measures beside NumPy, SciPy and Pillow ({@code bench/oracle/media.py}). */
class MeasuresTest {
    private static final int SIDE = PerceptualHash.SIDE;

    private Oracle oracle;

    @BeforeEach
    void read() throws IOException {
        oracle = Oracle.of(MeasuresTest.class, "measures.txt");
    }

    /** Pixel (y, x) is (x (k + 3) + y (2 k + 5) + x y) mod 211 + 20. */
    private static byte[] pixels(int k) {
        byte[] pixels = new byte[SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            int x = i % SIDE;
            int y = i / SIDE;
            pixels[i] = (byte) ((x * (k + 3) + y * (2 * k + 5) + x * y) % 211 + 20);
        }
        return pixels;
    }

    @Test
    void picturesMeasureAsThere() {
        for (int k = 0; k < 4; k++) {
            PictureMeasures measures = PictureMeasures.of(Picture.of(1, SIDE, SIDE, pixels(k)));
            assertThat(measures.edges()).isCloseTo(oracle.get("edges" + k)[0], offset(1e-12));
            assertThat(measures.sharpness()).isCloseTo(oracle.get("sharpness" + k)[0], offset(1e-12));
            assertThat(measures.entropy()).isCloseTo(oracle.get("entropy" + k)[0], offset(1e-12));
            assertThat(measures.dark()).isCloseTo(oracle.get("dark" + k)[0], offset(1e-12));
            assertThat(measures.light()).isCloseTo(oracle.get("light" + k)[0], offset(1e-12));
            assertThat(measures.grey()).isTrue();
        }
    }

    @Test
    void hashesAreThoseOfTheCosineTransform() {
        for (int k = 0; k < 4; k++) {
            double[] halves = oracle.get("hash" + k);
            assertThat(PerceptualHash.of(pixels(k))).isEqualTo(((long) halves[0] << 32) | (long) halves[1]);
        }
    }

    @Test
    void thumbnailsCorrelateAsThere() {
        Thumbnails thumbnails = new Thumbnails();
        for (int k = 0; k < 5; k++) {
            thumbnails.add(pixels(k));
        }
        for (int k = 0; k < 4; k++) {
            assertThat(thumbnails.correlation(k, thumbnails, k + 1))
                    .isCloseTo(oracle.get("correlation" + k)[0], offset(1e-12));
        }
    }

    @Test
    void tailsAreThoseOfTheDistributions() {
        double[] chi = oracle.get("chi-square");
        double[][] cases = {{40, 1}, {3, 2}, {20, 9}, {120, 45}, {0.5, 3}, {1000, 4}};
        for (int i = 0; i < cases.length; i++) {
            assertThat(Association.upperTail(cases[i][0], (int) cases[i][1]) / chi[i])
                    .isCloseTo(1, offset(1e-9));
        }
        double[] binomial = oracle.get("binomial");
        assertThat(Leaks.atLeast(1, 1, 0.3) / binomial[0]).isCloseTo(1, offset(1e-9));
        assertThat(Leaks.atLeast(5, 9, 0.4) / binomial[1]).isCloseTo(1, offset(1e-9));
        assertThat(Leaks.atLeast(300, 320, 0.9) / binomial[2]).isCloseTo(1, offset(1e-9));
        assertThat(Leaks.atLeast(40, 500, 0.05) / binomial[3]).isCloseTo(1, offset(1e-9));
    }

    @Test
    void theFirstItemOfEachHashIsFound() {
        Random random = new Random(4);
        FirstByHash first = new FirstByHash();
        long[] hashes = new long[5000];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = i % 3 == 2 ? hashes[i - 2] : random.nextLong();
            first.add(hashes[i], i);
        }
        for (int i = 0; i < hashes.length; i++) {
            assertThat(first.get(hashes[i])).isEqualTo(i % 3 == 2 ? i - 2 : i);
        }
        assertThat(first.get(random.nextLong())).isEqualTo(-1);
    }

    @Test
    void fencesOfANormalDistributionLieBeyondFourDeviations() {
        Random random = new Random(5);
        Doubles values = new Doubles();
        for (int i = 0; i < 100_000; i++) {
            values.add(random.nextGaussian());
        }
        assertThat(Doubles.lowerFence(values.sorted())).isCloseTo(-4.72, offset(0.1));
        assertThat(Doubles.upperFence(values.sorted())).isCloseTo(4.72, offset(0.1));
    }
}
