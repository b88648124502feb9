package dev.auscult.train.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import dev.auscult.run.LogHistogram;
import dev.auscult.run.TensorSummary;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Both kernels against a slow sum in float64, number by number. */
class TensorStatisticsTest {
    private static List<TensorStatistics> kernels() {
        List<TensorStatistics> all = new ArrayList<>();
        all.add(TensorStatistics.plain());
        TensorStatistics.vector().ifPresent(all::add);
        return all;
    }

    private static void check(float[] values) {
        for (TensorStatistics statistics : kernels()) {
            check(values, statistics.summarize(values), statistics.isVectorized() ? "vector" : "plain");
            FloatBuffer direct = ByteBuffer.allocateDirect(4 * values.length + 8)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
            direct.position(1).limit(1 + values.length);
            direct.put(values).position(1);
            check(values, statistics.summarize(direct), "direct");
            assertThat(direct.position()).isEqualTo(1);
        }
    }

    private static void check(float[] values, TensorSummary s, String kernel) {
        long finite = 0;
        long zeros = 0;
        double sum = 0;
        double absolute = 0;
        double squares = 0;
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        double[] positive = new double[300];
        double[] negative = new double[300];
        for (float v : values) {
            if (!Float.isFinite(v)) {
                continue;
            }
            finite++;
            sum += v;
            absolute += Math.abs(v);
            squares += (double) v * v;
            min = Math.min(min, v);
            max = Math.max(max, v);
            if (v == 0) {
                zeros++;
            } else {
                (v > 0 ? positive : negative)[Math.getExponent((double) v) + 149]++;
            }
        }
        assertThat(s.count()).as(kernel).isEqualTo(values.length);
        assertThat(s.nonFinite()).as(kernel).isEqualTo((double) (values.length - finite));
        assertThat(s.zeros()).as(kernel).isEqualTo((double) zeros);
        LogHistogram h = s.requireHistogram();
        assertThat(h.zero()).as(kernel).isEqualTo((double) zeros);
        assertThat(h.total()).as(kernel).isEqualTo((double) finite);
        for (int e = -149; e < 129; e++) {
            assertThat(h.positive(e)).as(kernel + " 2^" + e).isEqualTo(positive[e + 149]);
            assertThat(h.negative(e)).as(kernel + " -2^" + e).isEqualTo(negative[e + 149]);
        }
        if (finite == 0) {
            assertThat(s.mean()).isNaN();
            return;
        }
        double mean = sum / finite;
        double spread = 0;
        for (float v : values) {
            spread += Float.isFinite(v) ? (v - mean) * (v - mean) : 0;
        }
        double deviation = Math.sqrt(spread / finite);
        assertThat(s.min()).as(kernel).isEqualTo(min);
        assertThat(s.max()).as(kernel).isEqualTo(max);
        assertThat(s.mean()).as(kernel).isCloseTo(mean, within(1e-6 * absolute / finite));
        assertThat(s.meanAbsolute()).as(kernel).isCloseTo(absolute / finite, within(1e-6 * absolute / finite));
        assertThat(s.l2Norm()).as(kernel).isCloseTo(Math.sqrt(squares), within(1e-6 * Math.sqrt(squares)));
        // A spread below the rounding of the numbers themselves cannot be known better.
        assertThat(s.standardDeviation())
                .as(kernel)
                .isCloseTo(deviation, within(1e-6 * deviation + 1e-7 * Math.abs(mean)));
    }

    private static float[] random(long seed, int n, double mean, double deviation) {
        Random random = new Random(seed);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) (mean + deviation * random.nextGaussian());
        }
        return values;
    }

    @Test
    void vectorInstructionsAreTriedWhereTheyCanBe() {
        Assumptions.assumeTrue(
                ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(), "no Vector API in this JVM");
        assertThat(TensorStatistics.create().isVectorized()).isTrue();
        assertThat(kernels()).hasSize(2);
    }

    @Test
    void everySizeNearTheBlocks() {
        for (int n :
                new int[] {0, 1, 2, 3, 7, 15, 16, 17, 63, 64, 65, 1000, 2047, 2048, 2049, 8191, 8192, 8193, 20_000}) {
            check(random(n, n, 0, 1));
        }
    }

    @Test
    void spreadThatIsSmallBesideTheMean() {
        check(random(1, 50_000, 1, 1e-4));
        check(random(2, 50_000, -1000, 0.01));
        check(random(3, 50_000, 5, 3));
    }

    @Test
    void magnitudesOfEveryOctave() {
        Random random = new Random(4);
        for (int spanned : new int[] {1, 5, 30, 40, 100, 275}) {
            float[] values = new float[30_000];
            for (int i = 0; i < values.length; i++) {
                float v = (float) Math.scalb(1 + random.nextDouble(), 126 - random.nextInt(spanned));
                values[i] = random.nextInt(10) == 0 ? 0 : random.nextBoolean() ? v : -v;
            }
            check(values);
        }
        check(random(5, 40_000, 0, 1e-42));
        check(random(6, 40_000, 0, 1e-25));
        check(random(7, 40_000, 0, 1e30));
    }

    @Test
    void scaleThatChangesFromBlockToBlock() {
        Random random = new Random(8);
        float[] values = random(8, 100_000, 0, 1);
        for (int i = 0; i < values.length; i++) {
            values[i] *= (float) Math.pow(2, (i / 2048) % 5 * 20 - 50);
            if (random.nextInt(3) == 0) {
                values[i] = 0;
            }
        }
        check(values);
    }

    @Test
    void zerosAndHalfZeros() {
        check(new float[100_000]);
        float[] relu = random(9, 100_000, 0, 1);
        for (int i = 0; i < relu.length; i++) {
            relu[i] = Math.max(0, relu[i]);
        }
        check(relu);
        float[] minusZero = new float[20_000];
        Arrays.fill(minusZero, -0.0f);
        check(minusZero);
        float[] same = new float[20_000];
        Arrays.fill(same, 0.1f);
        check(same);
    }

    @Test
    void whatIsNotFinite() {
        float[] values = random(10, 100_000, 0, 1);
        values[5] = Float.NaN;
        values[6000] = Float.POSITIVE_INFINITY;
        values[50_000] = Float.NEGATIVE_INFINITY;
        values[99_999] = Float.intBitsToFloat(0xffc0_0001);
        check(values);
        float[] none = new float[10_000];
        Arrays.fill(none, Float.NaN);
        check(none);
    }

    @Test
    void changeIsTheDifference() {
        float[] before = random(11, 30_000, 0, 1);
        float[] now = random(12, 30_000, 0, 1);
        float[] change = new float[before.length];
        for (int i = 0; i < change.length; i++) {
            change[i] = now[i] - before[i];
        }
        for (TensorStatistics statistics : kernels()) {
            check(change, statistics.summarizeChange(before, FloatBuffer.wrap(now)), "change");
        }
    }
}
