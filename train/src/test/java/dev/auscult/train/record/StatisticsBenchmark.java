package dev.auscult.train.record;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.LongSupplier;

/** Measures the statistics of a tensor beside what one core can read; run by {@code bench/statistics.sh}. */
final class StatisticsBenchmark {
    private static final int ROUNDS = 15;
    private static final List<String> CONTENTS = List.of("normal", "relu", "constant");

    private static final Path PROCESSOR_TIME = Path.of("/proc/thread-self/schedstat");

    private static long sink;

    private StatisticsBenchmark() {}

    public static void main(String[] args) {
        PrintStream out = System.out;
        out.printf(Locale.ROOT, "Java %s, %s%n", Runtime.version(), System.getProperty("os.arch"));
        int large = 25_000_000;
        double read = Math.max(bandwidth(large), bandwidth(large));
        out.printf(
                Locale.ROOT, "one core reads %.1f GB/s (sum of longs over 100 MB, eight lanes; best of two)%n", read);
        TensorStatistics plain = TensorStatistics.plain();
        report(out, "plain Java", plain, large, read);
        TensorStatistics.vector().ifPresent(vector -> report(out, "Vector API", vector, large, read));
        // What nobody reads need not be computed.
        out.printf(Locale.ROOT, "(checksum %d)%n", sink);
    }

    private static void report(PrintStream out, String name, TensorStatistics statistics, int large, double read) {
        // The compiler shares the core that is measured: give it time.
        for (String content : CONTENTS) {
            FloatBuffer small = buffer(200_704, content);
            for (long end = System.nanoTime() + 3_000_000_000L; System.nanoTime() < end; ) {
                sink += (long) statistics.summarize(small).zeros();
            }
        }
        for (String content : CONTENTS) {
            double rate = rate(statistics, buffer(large, content));
            out.printf(
                    Locale.ROOT,
                    "%s, 100 MB %-8s  %5.2f GB/s = %3.0f %% of read bandwidth%n",
                    name,
                    content,
                    rate,
                    100 * rate / read);
        }
        for (int n : new int[] {64, 1280, 32_768, 200_704}) {
            double rate = rate(statistics, buffer(n, "normal"));
            out.printf(Locale.ROOT, "%s, %7d normal  %8.2f us  %5.2f GB/s%n", name, n, 4e-3 * n / rate, rate);
        }
    }

    private static FloatBuffer buffer(int n, String content) {
        FloatBuffer buffer =
                ByteBuffer.allocateDirect(4 * n).order(ByteOrder.nativeOrder()).asFloatBuffer();
        Random random = new Random(1);
        float[] part = new float[1 << 16];
        for (int i = 0; i < part.length; i++) {
            float v = (float) random.nextGaussian() * 0.05f;
            part[i] = content.equals("relu") ? Math.max(0, v) : content.equals("constant") ? 0.5f : v;
        }
        while (buffer.hasRemaining()) {
            buffer.put(part, 0, Math.min(part.length, buffer.remaining()));
        }
        return buffer.flip();
    }

    /** GB/s; the median of the rounds. */
    private static double rate(TensorStatistics statistics, FloatBuffer buffer) {
        int n = buffer.remaining();
        int repeat = Math.max(1, 20_000_000 / n);
        return 4.0
                * n
                * repeat
                / median(() -> {
                    long sum = 0;
                    for (int i = 0; i < repeat; i++) {
                        sum += (long) statistics.summarize(buffer).zeros();
                    }
                    return sum;
                });
    }

    private static double bandwidth(int floats) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(4 * floats).order(ByteOrder.nativeOrder());
        for (int i = 0; i < bytes.capacity(); i += 4096) {
            bytes.put(i, (byte) i);
        }
        long[] longs = new long[floats / 2];
        bytes.asLongBuffer().get(longs);
        return 4.0
                * floats
                / median(() -> {
                    long a = 0;
                    for (long v : longs) {
                        a += v;
                    }
                    return a;
                });
    }

    /** Time that this thread was on a processor, where the system tells it. */
    private static long nanos() {
        try {
            return Long.parseLong(Files.readString(PROCESSOR_TIME).split(" ", -1)[0]);
        } catch (IOException e) {
            return System.nanoTime();
        }
    }

    private static double median(LongSupplier work) {
        for (int i = 0; i < 5; i++) {
            sink += work.getAsLong();
        }
        double[] nanos = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            // The time of the processor, not of the clock: others may use the machine meanwhile.
            long start = nanos();
            sink += work.getAsLong();
            nanos[i] = (double) (nanos() - start);
        }
        Arrays.sort(nanos);
        return nanos[ROUNDS / 2];
    }
}
