package dev.auscult.bench.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import dev.auscult.repair.experiment.Experiment;
import dev.auscult.repair.experiment.Experiments;
import dev.auscult.repair.experiment.Lab;
import dev.auscult.repair.experiment.Observation;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.torch.TorchEngine;

/**
 * Makes every experiment on a sample of the recorded programs of the fault bench and writes down what comes out: {@code
 * RunExperiments CACHE OUTCOMES HALF MOST}.
 *
 * <p>Half is {@code calibration} or {@code test}. Mutations come in turns, so that however many programs there is time for, each
 * cause has its share. What is there already is left alone. Faults of a program are left out, for the spec does not have them; and
 * mutants whose held-out score is no worse than that of the healthy program, for they are not ill.
 */
public final class RunExperiments {
    /** Accuracy or R² that a mutant must lose to count as ill. */
    private static final double HARM = 0.02;

    private final Path cache;
    private final Map<String, Double> healthy = new HashMap<>();
    private final Map<String, String[]> recorded = new HashMap<>();

    private RunExperiments(Path cache) throws IOException {
        this.cache = cache;
        try (Stream<Path> files = Files.list(cache)) {
            for (Path file : files.filter(f -> f.getFileName().toString().matches("index-\\d+\\.tsv"))
                    .sorted()
                    .toList()) {
                for (String line : Files.readAllLines(file)) {
                    String[] cells = line.split("\t", -1);
                    if (cells.length > 5 && cells[3].equals("ok") && cells[0].endsWith("/1")) {
                        recorded.put(cells[0], cells);
                        String[] path = cells[0].split("/", -1);
                        if (path[1].equals("healthy-0")) {
                            healthy.put(path[0], score(cells));
                        }
                    }
                }
            }
        }
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Path out = Path.of(args[1]);
        RunExperiments bench = new RunExperiments(Path.of(args[0]));
        Set<String> done = new HashSet<>();
        if (Files.exists(out)) {
            Tried.read(out).forEach(t -> done.add(t.run() + " " + t.experiment()));
        }
        List<String> names =
                bench.inTurns(args[2]).stream().limit(Long.parseLong(args[3])).toList();
        try (Engine engine = TorchEngine.open("cpu", 1)) {
            for (String name : names) {
                Files.write(
                        out,
                        bench.experiment(name, done, engine).stream()
                                .map(Tried::line)
                                .toList(),
                        StandardCharsets.UTF_8,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            }
        }
    }

    /** Programs of a half: the first of each mutation, then the second of each, and so on. */
    private List<String> inTurns(String half) {
        Map<String, List<String>> byMutation = new HashMap<>();
        recorded.values().stream()
                .filter(cells -> cells[2].equals(half) && isExample(cells))
                .map(cells -> cells[0])
                .sorted(Comparator.comparing(String::hashCode).thenComparing(Comparator.naturalOrder()))
                .forEach(name -> byMutation
                        .computeIfAbsent(name.split("/", -1)[1].replaceAll("-\\d+$", ""), m -> new ArrayList<>())
                        .add(name));
        List<String> names = new ArrayList<>();
        List<String> mutations = byMutation.keySet().stream().sorted().toList();
        for (int turn = 0; turn < recorded.size(); turn++) {
            for (String mutation : mutations) {
                List<String> own = byMutation.getOrDefault(mutation, List.of());
                if (turn < own.size()) {
                    names.add(own.get(turn));
                }
            }
        }
        return names;
    }

    private boolean isExample(String[] cells) {
        String[] path = cells[0].split("/", -1);
        if (path[1].startsWith("bug-")) {
            return false;
        }
        boolean sick = !cells[1].isEmpty();
        // What leaks is not worse but too good.
        boolean leaks = cells[1].contains("data-leak");
        return !sick || leaks || !(score(cells) > healthy.getOrDefault(path[0], Double.NaN) - HARM);
    }

    /** Held-out accuracy or R² of a recorded program; NaN if it was not measured. */
    private static double score(String[] cells) {
        for (String result : cells[5].split(" ", -1)) {
            if (result.startsWith("validation/accuracy=") || result.startsWith("validation/r2=")) {
                return Double.parseDouble(result.substring(result.indexOf('=') + 1));
            }
        }
        return Double.NaN;
    }

    private List<Tried> experiment(String name, Set<String> done, Engine engine)
            throws IOException, InterruptedException {
        Path folder = cache.resolve(name);
        Path link = folder.resolve("data.txt");
        Path data = Files.exists(link)
                ? folder.resolve(Files.readString(link).strip()).normalize()
                : folder;
        Lab lab = new Lab(name, Files.readString(folder.resolve("spec.yaml")), data, engine, s -> {});
        String[] cells = Objects.requireNonNull(recorded.get(name));
        List<Tried> all = new ArrayList<>();
        for (Experiment experiment : Experiments.all()) {
            if (experiment.appliesTo(lab.spec()) && !done.contains(name + " " + experiment.name())) {
                try {
                    Observation seen = experiment.run(lab);
                    all.add(new Tried(
                            name,
                            cells[2].equals("calibration"),
                            Arrays.stream(cells[1].split(" ", -1))
                                    .filter(c -> !c.isEmpty())
                                    .toList(),
                            experiment.name(),
                            seen.outcome(),
                            seen.steps(),
                            lab.plannedSteps()));
                } catch (RuntimeException e) {
                    System.out.println(name + ", " + experiment.name() + ": " + e);
                }
            }
        }
        return all;
    }
}
