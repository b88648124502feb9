package dev.auscult.train.record;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;

import dev.auscult.run.LogHistogram;
import dev.auscult.run.TensorSummary;

/**
 * All statistics of a tensor in one pass over its memory.
 *
 * <p>The elements are taken in blocks that stay in the processor's first cache; what needs a second look at a block (the
 * spread about its mean, the histogram) finds it there. Sums within a block may be float32, since at most a few dozen
 * elements meet in one lane; blocks are joined in float64 by the formula of Chan, Golub and LeVeque (1979) for mean and
 * spread, which does not lose a spread that is small beside the mean, as sums of squares would. Blocks whose numbers could
 * overflow, underflow or are not finite are summed one by one in float64.
 *
 * <p>Moments speak of the finite elements. With the module {@code jdk.incubator.vector} at run time the blocks are summed
 * by vector instructions, otherwise by plain Java. Not thread-safe; keep one for each thread.
 */
public final class TensorStatistics {
    private static final int SIGN = 256;

    /** Exponent of the smallest subnormal number. */
    private static final int LOWEST = Float.MIN_EXPONENT - 23;

    private final BlockKernel kernel;
    private final float[] chunk = new float[BlockKernel.BLOCK];

    private TensorStatistics(BlockKernel kernel) {
        this.kernel = kernel;
    }

    /** The fastest that this virtual machine can run. */
    public static TensorStatistics create() {
        return vector().orElseGet(TensorStatistics::plain);
    }

    /** The one in plain Java, which runs everywhere. */
    static TensorStatistics plain() {
        return new TensorStatistics(new PlainKernel());
    }

    /** The one with vector instructions; empty where the module is missing. */
    static Optional<TensorStatistics> vector() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").map(module -> {
            // The module cannot be required: it may be absent, and no release of Java promises it.
            TensorStatistics.class.getModule().addReads(module);
            try {
                Class<?> type = Class.forName("dev.auscult.train.record.VectorKernel");
                return new TensorStatistics(
                        (BlockKernel) type.getDeclaredConstructor().newInstance());
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("the build lacks the kernel for vector instructions", e);
            }
        });
    }

    /** Whether vector instructions are used. */
    public boolean isVectorized() {
        return !(kernel instanceof PlainKernel);
    }

    /** The statistics of all elements between the buffer's position and limit; the buffer is left as it was. */
    public TensorSummary summarize(FloatBuffer elements) {
        FloatBuffer in = elements.duplicate();
        int count = in.remaining();
        kernel.reset(count);
        while (in.hasRemaining()) {
            int size = Math.min(in.remaining(), chunk.length);
            in.get(chunk, 0, size);
            kernel.add(chunk, size);
        }
        kernel.finish();
        return summary(count);
    }

    /** The statistics of what was added to each number {@code before} to get those that the buffer holds {@code now}. */
    public TensorSummary summarizeChange(float[] before, FloatBuffer now) {
        FloatBuffer in = now.duplicate();
        int count = in.remaining();
        kernel.reset(count);
        for (int from = 0; from < count; from += chunk.length) {
            int size = Math.min(count - from, chunk.length);
            in.get(chunk, 0, size);
            for (int i = 0; i < size; i++) {
                chunk[i] -= before[from + i];
            }
            kernel.add(chunk, size);
        }
        kernel.finish();
        return summary(count);
    }

    /** The statistics of an array. */
    public TensorSummary summarize(float[] elements) {
        return summarize(FloatBuffer.wrap(elements));
    }

    private TensorSummary summary(int count) {
        BlockKernel k = kernel;
        long finite = count - k.nonFinite;
        if (finite == 0) {
            return new TensorSummary(
                    count,
                    (double) k.nonFinite,
                    0,
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    new LogHistogram(0, new double[0], 0, new double[0]));
        }
        return new TensorSummary(
                count,
                (double) k.nonFinite,
                (double) k.zeros,
                k.min,
                k.max,
                k.mean,
                Math.sqrt(k.spread / finite),
                Math.sqrt(k.spread + finite * k.mean * k.mean),
                k.absolute / finite,
                Double.NaN,
                histogram());
    }

    /** Trimmed to the octaves that hold something. */
    private LogHistogram histogram() {
        long[] negative = octaves(SIGN, kernel.subnormal[1]);
        long[] positive = octaves(0, kernel.subnormal[0]);
        int from = 0;
        while (from < negative.length && negative[from] == 0 && positive[from] == 0) {
            from++;
        }
        int lowest = from == negative.length ? 0 : LOWEST + from;
        return new LogHistogram(lowest, trimmed(negative, from), (double) kernel.zeros, trimmed(positive, from));
    }

    private long[] octaves(int sign, long[] subnormal) {
        long[] octaves = new long[23 + 254];
        System.arraycopy(subnormal, 0, octaves, 0, 23);
        System.arraycopy(kernel.counts, sign + 1, octaves, 23, 254);
        return octaves;
    }

    private static double[] trimmed(long[] octaves, int from) {
        int to = octaves.length;
        while (to > from && octaves[to - 1] == 0) {
            to--;
        }
        return Arrays.stream(octaves, from, to).asDoubleStream().toArray();
    }
}
