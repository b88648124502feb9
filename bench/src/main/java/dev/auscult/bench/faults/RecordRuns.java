package dev.auscult.bench.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import dev.auscult.bench.faults.Mutation.Tables;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.loop.Setup;
import dev.auscult.train.spec.Spec;
import dev.auscult.train.spec.SpecEdit;
import dev.auscult.train.spec.SpecEdit.Change;
import dev.auscult.train.spec.SpecFile;
import dev.auscult.train.torch.TorchEngine;

/**
 * Records the runs of the fault bench into a folder, each once: {@code RecordRuns CACHE DATASETS SEEDS [PART/PARTS] [FILTER]}.
 *
 * <p>Each run is a folder {@code BASE/MUTATION-SEVERITY/SEED} with its spec, its data and its recording; {@code index-N.tsv}
 * holds a line for each. What is there already is left alone, so that a killed bench goes on where it was.
 */
public final class RecordRuns {
    private final Path cache;
    private final Path datasets;
    private final Engine engine;
    private final Path index;
    private final Set<String> done = new HashSet<>();

    private RecordRuns(Path cache, Path datasets, Engine engine, Path index) {
        this.cache = cache;
        this.datasets = datasets;
        this.engine = engine;
        this.index = index;
    }

    /** One training that is to be recorded. */
    private record Job(Base base, Mutation mutation, int severity, int seed) {
        String name() {
            return base.name() + "/" + mutation.name() + "-" + severity + "/" + seed;
        }
    }

    public static void main(String[] args) throws IOException {
        Path cache = Path.of(args[0]);
        int seeds = Integer.parseInt(args[2]);
        String[] part = (args.length > 3 ? args[3] : "0/1").split("/", -1);
        int own = Integer.parseInt(part[0]);
        int parts = Integer.parseInt(part[1]);
        String filter = args.length > 4 ? args[4] : "";
        List<Job> jobs = jobs(seeds).stream()
                .filter(j -> j.name().matches(".*" + filter + ".*"))
                .toList();
        Files.createDirectories(cache);
        try (Engine engine = TorchEngine.open("cpu", 1)) {
            RecordRuns runs = new RecordRuns(cache, Path.of(args[1]), engine, cache.resolve("index-" + own + ".tsv"));
            runs.readIndexes();
            int made = 0;
            long began = System.nanoTime();
            for (int i = 0; i < jobs.size(); i++) {
                if (Math.floorMod(jobs.get(i).name().hashCode(), parts) == own
                        && !runs.done.contains(jobs.get(i).name())) {
                    runs.record(jobs.get(i));
                    made++;
                    if (made % 20 == 0) {
                        System.out.printf(
                                Locale.ROOT,
                                "%d runs, %.2f s each, at %d of %d%n",
                                made,
                                (System.nanoTime() - began) / 1e9 / made,
                                i,
                                jobs.size());
                    }
                }
            }
        }
    }

    /** Seeds first: whatever time there is, every mutation was recorded once before any is a second time. */
    private static List<Job> jobs(int seeds) {
        List<Job> jobs = new ArrayList<>();
        for (int seed = 1; seed <= seeds; seed++) {
            for (Mutation mutation : Mutations.all()) {
                for (int severity = 0; severity < mutation.severities(); severity++) {
                    for (Base base : Base.all()) {
                        if (mutation.applies().test(base)) {
                            jobs.add(new Job(base, mutation, severity, seed));
                        }
                    }
                }
            }
        }
        return jobs;
    }

    private void readIndexes() throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            for (Path file : files.filter(f -> f.getFileName().toString().matches("index-\\d+\\.tsv"))
                    .toList()) {
                Files.readAllLines(file).forEach(l -> done.add(l.substring(0, l.indexOf('\t'))));
            }
        }
    }

    private void record(Job job) throws IOException {
        Path folder = cache.resolve(job.name());
        Folders.clear(folder);
        Files.createDirectories(folder);
        String line;
        long began = System.nanoTime();
        try {
            Map<String, Double> results = train(job, folder);
            StringBuilder numbers = new StringBuilder();
            results.forEach((k, v) -> numbers.append(' ').append(k).append('=').append(v));
            line = "ok\t" + String.format(Locale.ROOT, "%.2f", (System.nanoTime() - began) / 1e9) + "\t"
                    + numbers.toString().strip();
        } catch (RuntimeException e) {
            line = "failed\t0\t" + String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
            System.out.println(job.name() + ": " + e);
        }
        Files.writeString(
                index,
                job.name() + "\t" + String.join(" ", job.mutation().causes()) + "\t"
                        + (job.base().calibration() ? "calibration" : "test") + "\t" + line + "\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private Map<String, Double> train(Job job, Path folder) throws IOException {
        Base base = job.base();
        Path data = cache.resolve("data").resolve(base.name());
        new BaseData(datasets).write(base, data);
        Path where = data;
        if (job.mutation().damage() != Mutation.Damage.NONE) {
            Tables tables = job.mutation()
                    .damage()
                    .of(base, job.severity(), job.seed())
                    .apply(new Tables(Rows.read(data.resolve("train.csv")), Rows.read(data.resolve("validation.csv"))));
            tables.train().write(folder.resolve("train.csv"));
            tables.validation().write(folder.resolve("validation.csv"));
            where = folder;
        }
        List<Change> changes = new ArrayList<>();
        changes.add(new Change("seed", String.valueOf(job.seed()), ""));
        changes.addAll(job.mutation().edits().of(base, job.severity()));
        String text = SpecEdit.apply(job.name(), base.text(), changes);
        Path written = folder.resolve("mutant.yaml");
        Files.writeString(written, text);
        Spec spec = SpecFile.parse(job.name(), text, base.name(), List.of());
        Path recording = folder.resolve("recording");
        Files.createDirectories(recording);
        try (Setup setup = Setup.open(spec, where, engine, s -> {})) {
            Map<String, Double> results = new Loop(setup, job.mutation().bug()).run(recording);
            if (where.equals(data)) {
                Files.writeString(folder.resolve("data.txt"), folder.relativize(data) + "\n");
            }
            Files.move(written, folder.resolve("spec.yaml"), StandardCopyOption.REPLACE_EXISTING);
            return results;
        }
    }
}
