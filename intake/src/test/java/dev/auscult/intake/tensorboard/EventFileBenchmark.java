package dev.auscult.intake.tensorboard;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

import dev.auscult.intake.LogFile;
import dev.auscult.intake.ReadOptions;
import dev.auscult.intake.UnreadableLogException;
import dev.auscult.run.Run;

/** Measures how fast event files are read; {@code bench/event-files.sh} runs it. */
final class EventFileBenchmark {
    private static final int REPETITIONS = 7;
    private static final String[] TAGS = {
        "train/loss", "train/accuracy", "train/learning_rate", "train/grad_norm", "validation/loss"
    };

    private EventFileBenchmark() {}

    public static void main(String[] args) throws IOException, UnreadableLogException {
        Path folder = Path.of(args[1]);
        Path scalars = folder.resolve("events.out.tfevents.scalars");
        Path histograms = folder.resolve("events.out.tfevents.histograms");
        if (args[0].equals("generate")) {
            long bytes = Long.parseLong(args[2]) << 20;
            scalars(scalars, bytes);
            histograms(histograms, bytes);
            return;
        }
        for (Path file : new Path[] {scalars, histograms}) {
            System.out.printf(Locale.ROOT, "%s: %d MiB%n", file.getFileName(), Files.size(file) >> 20);
            measure("read and copy", file, () -> copy(file));
            measure("our reader", file, () -> read(file, true));
            measure("our reader, payload checksums off", file, () -> read(file, false));
        }
    }

    private interface Task {
        long run() throws IOException, UnreadableLogException;
    }

    private static void measure(String name, Path file, Task task) throws IOException, UnreadableLogException {
        double[] seconds = new double[REPETITIONS];
        long points = task.run();
        task.run();
        for (int i = 0; i < REPETITIONS; i++) {
            long start = System.nanoTime();
            points = task.run();
            seconds[i] = (System.nanoTime() - start) / 1e9;
        }
        Arrays.sort(seconds);
        double mebibytes = Files.size(file) / 1048576.0;
        System.out.printf(
                Locale.ROOT,
                "  %-34s min %6.0f  median %6.0f  max %6.0f MiB/s",
                name,
                mebibytes / seconds[REPETITIONS - 1],
                mebibytes / seconds[REPETITIONS / 2],
                mebibytes / seconds[0]);
        System.out.println(
                points == 0
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "  median %.1f million points/s of %d",
                                points / seconds[REPETITIONS / 2] / 1e6,
                                points));
    }

    private static long read(Path file, boolean verify) throws IOException, UnreadableLogException {
        TestSink sink = new TestSink();
        new TensorBoardReader().read(LogFile.of(file), new ReadOptions(verify, ReadOptions.DEFAULT.columns()), sink);
        Run run = sink.run().build();
        if (!sink.problems.isEmpty()) {
            throw new IOException(sink.problems.toString());
        }
        return run.points() + run.tensors().stream().mapToLong(t -> t.size()).sum();
    }

    private static long copy(Path file) throws IOException {
        byte[] block = new byte[1 << 20];
        byte[] target = new byte[1 << 20];
        try (InputStream in = Files.newInputStream(file)) {
            for (int got = in.read(block); got > 0; got = in.read(block)) {
                System.arraycopy(block, 0, target, 0, got);
            }
        }
        return 0;
    }

    private static void scalars(Path file, long bytes) throws IOException {
        Random random = new Random(7);
        try (EventFileWriter out = new EventFileWriter(file)) {
            out.header();
            for (long step = 0; out.written() < bytes; step++) {
                for (String tag : TAGS) {
                    out.scalar(tag, step, 1.7e9 + step * 0.01, random.nextFloat());
                }
            }
        }
    }

    /** Buckets as TensorFlow and PyTorch make them: 1e-12 · 1.1^k to both sides, empty ones at the ends left out. */
    private static void histograms(Path file, long bytes) throws IOException {
        Random random = new Random(7);
        double[] edges = new double[300];
        double[] limits = new double[edges.length * 2 + 1];
        double edge = 1e-12;
        for (int i = 0; i < edges.length; i++, edge *= 1.1) {
            limits[edges.length + 1 + i] = edge;
            limits[edges.length - 1 - i] = -edge;
        }
        try (EventFileWriter out = new EventFileWriter(file)) {
            out.header();
            for (long step = 0; out.written() < bytes; step += 100) {
                for (int layer = 0; layer < 8; layer++) {
                    double scale = Math.pow(10, -layer / 2.0);
                    double[] counts = new double[limits.length];
                    double[] moments = {0, 0, 2000, 0, 0};
                    for (int i = 0; i < 2000; i++) {
                        double x = random.nextGaussian() * scale;
                        moments[0] = Math.min(moments[0], x);
                        moments[1] = Math.max(moments[1], x);
                        moments[3] += x;
                        moments[4] += x * x;
                        int at = Arrays.binarySearch(limits, x);
                        counts[Math.min(at >= 0 ? at + 1 : -at - 1, limits.length - 1)]++;
                    }
                    int from = 0;
                    int to = limits.length;
                    while (counts[from] == 0) {
                        from++;
                    }
                    while (counts[to - 1] == 0) {
                        to--;
                    }
                    double[] kept = Arrays.copyOfRange(limits, from, to);
                    double[] keptCounts = Arrays.copyOfRange(counts, from, to);
                    // Drawing takes longer than reading: the same draw serves sixteen steps.
                    for (int i = 0; i < 16; i++) {
                        out.histogram(
                                "gradients/fc" + layer + "/weight",
                                step * 16 + i,
                                1.7e9 + step,
                                moments,
                                kept,
                                keptCounts);
                    }
                }
            }
        }
    }
}
