package dev.auscult.app.faults;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.auscult.app.faults.Trial.Outcome;
import dev.auscult.diagnose.Finding;

/** Plants faults in real data and prints, as Markdown, how many of them a check-up finds and what it says of clean copies. */
public final class FaultBench {
    private static final int SIZES = 3;

    private FaultBench() {}

    /** Arguments: the folder of the real data, the number of seeds, and a regular expression of the faults to show in full. */
    public static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
        Path datasets = Path.of(args[0]);
        int seeds = Integer.parseInt(args[1]);
        Pattern shown = args.length > 2 ? Pattern.compile(args[2]) : null;
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Path folder = Files.createTempDirectory("auscult-faults");
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            Trial trial = new Trial(folder);
            List<Row> rows = new ArrayList<>();
            for (Fault<?> fault : faults(datasets)) {
                if (shown == null || shown.matcher(fault.name()).find()) {
                    rows.add(start(fault, trial, seeds, pool));
                }
            }
            ResultTable table = new ResultTable(out);
            for (Row row : rows) {
                table.add(row.fault(), row.outcomes());
                if (shown != null) {
                    show(row, out);
                }
            }
            table.total(trial.clean());
        } finally {
            pool.shutdownNow();
            Files.delete(folder);
        }
    }

    private static List<Fault<?>> faults(Path datasets) {
        RealTables tables = new RealTables(datasets);
        return Stream.<List<? extends Fault<?>>>of(
                        TableFaults.of(tables), TextFaults.of(tables), MediaFaults.of(new RealMedia(datasets)))
                .<Fault<?>>flatMap(List::stream)
                .toList();
    }

    /** Starts all trials of a fault. */
    private static <T extends Sample> Row start(Fault<T> fault, Trial trial, int seeds, ExecutorService pool) {
        List<Attempt> attempts = new ArrayList<>();
        for (int size = 0; size < SIZES; size++) {
            for (Subject<T> subject : fault.subjects()) {
                for (int seed = 1; seed <= seeds; seed++) {
                    int sizeAt = size;
                    int seedAt = seed;
                    attempts.add(new Attempt(
                            size,
                            subject.name() + " seed " + seed,
                            pool.submit(() -> trial.run(fault, subject, sizeAt, seedAt))));
                }
            }
        }
        return new Row(fault, attempts);
    }

    /** A copy that is being examined. */
    record Attempt(int size, String name, Future<Outcome> outcome) {}

    /** All copies with one fault. */
    record Row(Fault<?> fault, List<Attempt> attempts) {
        /** What was found, by size and then by data and seed. */
        List<List<Outcome>> outcomes() throws InterruptedException, ExecutionException {
            List<List<Outcome>> bySize = new ArrayList<>();
            for (int size = 0; size < SIZES; size++) {
                bySize.add(new ArrayList<>());
            }
            for (Attempt attempt : attempts) {
                bySize.get(attempt.size()).add(attempt.outcome().get());
            }
            return bySize;
        }
    }

    private static void show(Row row, PrintStream out) throws InterruptedException, ExecutionException {
        for (Attempt attempt : row.attempts()) {
            Outcome outcome = attempt.outcome().get();
            out.println();
            out.println(row.fault().name() + " " + row.fault().sizes().get(attempt.size()) + " " + attempt.name() + ": "
                    + (outcome.found() ? "found" : "MISSED"));
            out.println(text("  damaged ", outcome.damaged().findings()));
            out.println(text("  clean   ", outcome.twin().examined().findings()));
        }
    }

    private static String text(String name, List<Finding> findings) {
        return findings.stream()
                .map(f -> name + f.rule().code() + " " + f.rule().name() + " "
                        + f.severity().label() + " " + f.score() + " "
                        + f.where().columns() + ": " + f.summary())
                .collect(Collectors.joining("\n"));
    }
}
