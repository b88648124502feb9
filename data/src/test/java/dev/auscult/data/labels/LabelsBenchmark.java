package dev.auscult.data.labels;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Measures confident learning on two npy files; run by {@code bench/labels.sh}. Prints seconds without the start of Java,
 * the peak of resident memory in MiB, the number of suspects and the estimated noise.
 */
final class LabelsBenchmark {
    private LabelsBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        long start = System.nanoTime();
        int[] given = GivenLabels.read(Path.of(arguments[0]));
        ConfidentLearning found;
        try (NpyProbabilities p = NpyProbabilities.open(Path.of(arguments[1]))) {
            found = ConfidentLearning.of(given, p, Method.PBNR);
        }
        double seconds = (System.nanoTime() - start) * 1e-9;
        System.out.printf(
                Locale.ROOT,
                "%.2f %d %d %.4f%n",
                seconds,
                peak(),
                found.suspects().size(),
                found.noise());
    }

    /** Linux tells the most memory that was resident [MiB]; 0 elsewhere. */
    private static long peak() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
            }
        }
        return 0;
    }
}
