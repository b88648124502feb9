package dev.auscult.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/** The network of the demonstration and its data. */
final class DemoPatient {
    private static final int ROWS = 900;
    private static final int CLASSES = 3;
    /** Scale of each measurement: kelvin, pascal, hours, volts, grams, rounds a minute. */
    private static final double[] SCALES = {300, 101_325, 4_000, 0.02, 60, 2_400};

    private static final long SEED = 20_241;

    /** Deep, of sigmoids, unscaled inputs, and a learning rate that is too high. */
    private static final String SPEC = """
            # A machine's health from six measurements, each in its own unit. This training does not learn.
            name: demo
            seed: 7
            data:
              train: demo.csv
              target: state
              task: classification
              normalize: none
            model:
              initializer: glorot
              layers:
                - dense: 24
                - sigmoid
                - dense: 24
                - sigmoid
                - dense: 24
                - sigmoid
                - dense: classes
            optimizer: {type: sgd, learning-rate: 1, momentum: 0.9}
            training: {epochs: 12, batch-size: 32}
            record: {every: 10}
            """;

    private DemoPatient() {}

    /** Writes data and spec; files that are the same already stay as they are, so that a repair goes on. */
    static void write(Path data, Path spec) throws IOException {
        put(data, table());
        put(spec, SPEC);
    }

    private static void put(Path file, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (!Files.isRegularFile(file) || !Arrays.equals(Files.readAllBytes(file), bytes)) {
            Files.write(file, bytes);
        }
    }

    /** Three states, each a curved cloud around its own working point; any country writes the same bytes. */
    private static String table() {
        Random random = new Random(SEED);
        StringBuilder text = new StringBuilder("temperature,pressure,hours,ripple,dust,speed,state\n");
        String[] states = {"sound", "worn", "failing"};
        for (int row = 0; row < ROWS; row++) {
            int state = row % CLASSES;
            double load = random.nextGaussian();
            for (int i = 0; i < SCALES.length; i++) {
                double shift = 0.9 * Math.sin(2.1 * state + 1.3 * i) + 0.35 * load * Math.cos(state + i);
                double value = SCALES[i] * (1 + 0.1 * (shift + 0.45 * random.nextGaussian()));
                text.append(String.format(Locale.ROOT, "%.6g,", value));
            }
            text.append(states[state]).append('\n');
        }
        return text.toString();
    }
}
