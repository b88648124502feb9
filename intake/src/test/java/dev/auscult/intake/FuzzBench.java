package dev.auscult.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Feeds damaged copies of real logs to every reader and fails at the first that escapes, or takes too long. */
public final class FuzzBench {
    private static final long SLOW_SECONDS = 20;

    private FuzzBench() {}

    /** Arguments: a folder of logs, the number of inputs, the seed, the first input (to repeat from there). */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path corpus = Path.of(args.length > 0 ? args[0] : "../shared/real-runs");
        int inputs = args.length > 1 ? Integer.parseInt(args[1]) : 100_000;
        long seed = args.length > 2 ? Long.parseLong(args[2]) : 1;
        int first = args.length > 3 ? Integer.parseInt(args[3]) : 0;
        List<Path> files = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(corpus)) {
            walk.filter(Files::isRegularFile).sorted().forEach(files::add);
        }
        Path folder = Files.createTempDirectory("auscult-fuzz");
        ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "fuzz");
            thread.setDaemon(true);
            return thread;
        });
        long begin = System.nanoTime();
        long slowest = 0;
        long read = 0;
        for (int i = first; i < inputs; i++) {
            Path original = files.get(i % files.size());
            Path damaged = folder.resolve(LogNames.of(original));
            // A seed of its own for every input: one that fails can be made again without those before it.
            Files.write(damaged, new Mutations(seed * 1_000_003 + i).mutate(Files.readAllBytes(original)));
            long start = System.nanoTime();
            String fault = "";
            try {
                List<Intake.Found> found = worker.submit(() -> new Intake(ReadOptions.DEFAULT).read(List.of(damaged)))
                        .get(SLOW_SECONDS, TimeUnit.SECONDS);
                read += found.stream().anyMatch(f -> !f.isRefused()) ? 1 : 0;
                fault = fault(found);
            } catch (TimeoutException hang) {
                fault = "not done after " + SLOW_SECONDS + " s";
            } catch (ExecutionException escaped) {
                fault = "escaped: " + escaped.getCause();
            }
            if (!fault.isEmpty()) {
                System.out.printf("input %d, seed %d, from %s: %s; kept as %s%n", i, seed, original, fault, damaged);
                System.exit(1);
            }
            slowest = Math.max(slowest, (System.nanoTime() - start) / 1_000_000);
            Files.delete(damaged);
            if ((i + 1) % 10_000 == 0) {
                System.out.printf("%d inputs, %d read, slowest %d ms%n", i + 1, read, slowest);
            }
        }
        Files.delete(folder);
        System.out.printf(
                "%d inputs, seed %d: none escaped; %d read, %d refused; %.0f s, slowest %d ms%n",
                inputs - first, seed, read, inputs - first - read, (System.nanoTime() - begin) / 1e9, slowest);
    }

    private static String fault(List<Intake.Found> found) {
        for (Intake.Found one : found) {
            if (one.refusal().contains("fault in Auscult")) {
                return one.refusal();
            }
            // Within a group the fault of one file is a problem of the run.
            for (var problem : one.run().problems()) {
                if (problem.problem().contains("fault in Auscult")) {
                    return problem.problem();
                }
            }
        }
        return "";
    }
}
