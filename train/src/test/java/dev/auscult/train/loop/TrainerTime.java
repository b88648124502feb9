package dev.auscult.train.loop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import dev.auscult.data.PreparedData;
import dev.auscult.train.engine.DType;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.spec.Spec;
import dev.auscult.train.spec.SpecFile;
import dev.auscult.train.torch.TorchEngine;

/**
 * Time of a step of the whole training loop with Adam on one thread, without and with recording: {@code TrainerTime NET
 * BATCH SECONDS} prints for nothing recorded, for the default and for everything at every step the 25 % quantile over
 * blocks of 20 steps in microseconds for a step, as wall clock and as time of the thread that trains. The nets are those of
 * bench/python/step_time.py. {@code TrainerTime memory STEPS} prints the memory of the process along a training instead.
 */
final class TrainerTime {
    /** Steps that are timed together: one of them is recorded by default. */
    private static final int BLOCK = 20;

    private static final String EVERYTHING = "[weights, gradients, updates, activations, activation-gradients]";

    private final Path folder;
    private final Engine engine;

    private TrainerTime(Path folder, Engine engine) {
        this.folder = folder;
        this.engine = engine;
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("trainer-time");
        try (Engine engine = TorchEngine.open("cpu", 1)) {
            TrainerTime time = new TrainerTime(folder, engine);
            if (arguments[0].equals("memory")) {
                time.memory(Integer.parseInt(arguments[1]));
            } else {
                time.measure(
                        arguments[0].equals("cnn"), Integer.parseInt(arguments[1]), Double.parseDouble(arguments[2]));
            }
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(path);
            }
        }
    }

    private void measure(boolean convolutional, int batch, double seconds) throws IOException {
        int steps = 10 * BLOCK;
        writeExamples(batch * 2 * BLOCK);
        Map<String, String> records = new LinkedHashMap<>();
        records.put("nothing", "{every: 0, examine-every: 0}");
        records.put("default", "{every: 20, examine-every: 0}");
        records.put("everything", "{every: 1, examine-every: 0, tensors: " + EVERYTHING + "}");
        Map<String, List<long[]>> blocks = new LinkedHashMap<>();
        records.keySet().forEach(name -> blocks.put(name, new ArrayList<>()));
        PreparedData data = null;
        long end = System.nanoTime() + (long) (seconds * 1e9);
        long half = System.nanoTime() + (long) (seconds * 5e8);
        for (int round = 0; System.nanoTime() < end || round < 2; round++) {
            for (Map.Entry<String, String> record : records.entrySet()) {
                Spec spec = spec(convolutional, batch, steps / (2 * BLOCK), record.getValue());
                if (data == null) {
                    data = PreparedData.open(spec.data(), folder, 1, sentence -> {});
                }
                List<long[]> timed = new ArrayList<>();
                train(spec, data, new Blocks(timed));
                // The first half warms up.
                if (System.nanoTime() > half) {
                    blocks.getOrDefault(record.getKey(), List.of()).addAll(timed.subList(1, timed.size()));
                }
            }
        }
        StringBuilder line = new StringBuilder();
        blocks.forEach((name, timed) ->
                line.append(String.format(Locale.ROOT, "%.1f %.1f ", quantile(timed, 0), quantile(timed, 1))));
        System.out.println(line.toString().strip());
    }

    private static double quantile(List<long[]> blocks, int which) {
        long[] sorted = blocks.stream().mapToLong(b -> b[which]).sorted().toArray();
        return sorted[sorted.length / 4] / 1e3 / BLOCK;
    }

    /** Times blocks of steps. */
    private static final class Blocks implements TrainingListener {
        private final List<long[]> timed;
        private long wall = System.nanoTime();
        private long work = threadTime();

        Blocks(List<long[]> timed) {
            this.timed = timed;
        }

        @Override
        public void step(Step step) {
            if (step.stepOfEpoch() % BLOCK != 0) {
                return;
            }
            long now = System.nanoTime();
            long worked = threadTime();
            // The first block of an epoch holds the evaluation before.
            if (step.stepOfEpoch() > BLOCK) {
                timed.add(new long[] {now - wall, worked - work});
            }
            wall = now;
            work = worked;
        }
    }

    /** Nanoseconds that this thread has had a core, as Linux counts them. */
    private static long threadTime() {
        try {
            String counts = Files.readString(Path.of("/proc/thread-self/schedstat"));
            return Long.parseLong(counts.substring(0, counts.indexOf(' ')));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void memory(int steps) throws IOException {
        writeExamples(32 * 2 * BLOCK);
        Spec spec = spec(true, 32, steps / (2 * BLOCK), "{every: 20, examine-every: 0}");
        PreparedData data = PreparedData.open(spec.data(), folder, 1, sentence -> {});
        train(spec, data, new TrainingListener() {
            @Override
            public void step(Step step) {
                if (step.step() % Math.max(1, steps / 10) == 0) {
                    System.out.printf(
                            Locale.ROOT,
                            "step %,d: %d MiB resident, %d MiB of heap in use%n",
                            step.step(),
                            resident() >> 10,
                            (Runtime.getRuntime().totalMemory()
                                            - Runtime.getRuntime().freeMemory())
                                    >> 20);
                }
            }
        });
    }

    /** Memory of this process [KiB], as Linux tells it. */
    private static long resident() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
            return 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private void train(Spec spec, PreparedData data, TrainingListener listener) throws IOException {
        RunDirectory directory = RunDirectory.create(folder.resolve("runs"), spec.name());
        try (Setup setup = Setup.of(spec, folder, engine, data, DType.FLOAT32);
                Workshop shop = Workshop.open(setup, directory, null);
                Trainer trainer = new Trainer(shop, directory, null, listener, Judge.NONE)) {
            trainer.train(() -> false);
        }
        delete(directory.path());
    }

    private static Spec spec(boolean convolutional, int batch, int epochs, String record) {
        String layers = convolutional
                ? "[{conv: {filters: 16, kernel: 3, padding: same}}, relu, {max-pool: 2},"
                        + " {conv: {filters: 32, kernel: 3, padding: same}}, relu, {max-pool: 2},"
                        + " flatten, {dense: 64}, relu, {dense: classes}]"
                : "[flatten, {dense: 256}, relu, {dense: 128}, relu, {dense: classes}]";
        return SpecFile.parse("time", """
                name: time
                data: {train: pixels-idx3-ubyte, target: classes-idx1-ubyte, validation: none, normalize: {divide: 255}}
                model: {layers: %s}
                optimizer: {type: adam, learning-rate: 0.001}
                training: {epochs: %d, batch-size: %d, evaluate-every: 1000, checkpoint-every: 50}
                record: %s
                """.formatted(layers, epochs, batch, record), "time", List.of());
    }

    private void writeExamples(int count) throws IOException {
        Random random = new Random(1);
        ByteBuffer pixels = ByteBuffer.allocate(16 + count * 784)
                .putInt(0x803)
                .putInt(count)
                .putInt(28)
                .putInt(28);
        ByteBuffer classes = ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count);
        for (int i = 0; i < count; i++) {
            byte[] image = new byte[784];
            random.nextBytes(image);
            pixels.put(image);
            classes.put((byte) (i % 10));
        }
        Files.write(folder.resolve("pixels-idx3-ubyte"), pixels.array());
        Files.write(folder.resolve("classes-idx1-ubyte"), classes.array());
    }
}
