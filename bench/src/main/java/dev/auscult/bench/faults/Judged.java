package dev.auscult.bench.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.auscult.diagnose.cause.Cause;
import dev.auscult.diagnose.cause.Signals;

/**
 * A recorded run with what it shows in one view and what would be right to say of it.
 *
 * @param run the run
 * @param signals the view
 * @param kind sick or one of the ways of being well
 * @param right the right answers
 * @param worst the highest score of a finding
 * @param shown its symptoms
 */
record Judged(Recorded run, Signals signals, Kind kind, Set<Cause> right, int worst, Map<String, Boolean> shown) {
    /** What a run is, whatever it looks like. */
    enum Kind {
        SICK,
        HEALTHY,
        /** A healthy setup that looks odd. */
        ODD,
        /** A mutant that does not hurt. */
        HARMLESS
    }

    /** An odd but healthy setup that costs more than this does not suit its base: it is neither healthy nor a planted fault. */
    private static final double ODD_LOSS = 0.05;

    boolean isSick() {
        return kind == Kind.SICK;
    }

    /** The planted cause, or none. */
    Cause planted() {
        return isSick()
                ? Cause.named(Mutations.named(run.mutation())
                                .causes()
                                .iterator()
                                .next())
                        .orElseThrow()
                : Cause.NO_FAULT;
    }

    /** Every run of a table that {@link ReadSymptoms} wrote, or of its parts. */
    static List<Judged> read(Path cache, Path table) throws IOException {
        List<Recorded> runs = Recorded.all(cache);
        Map<String, Recorded> byName = runs.stream().collect(Collectors.toMap(Recorded::name, r -> r));
        Map<String, KillTest.Result> tests = KillTest.of(runs);
        Map<String, Judged> judged = new HashMap<>();
        Map<String, String> names = new HashMap<>();
        for (Path part : parts(table)) {
            try (Stream<String> lines = Files.lines(part)) {
                lines.forEach(line -> {
                    String[] cells = line.split("\t", -1);
                    Recorded run = byName.get(cells[0]);
                    KillTest.Result test = run == null ? null : tests.get(run.group());
                    if (cells.length == 6 && run != null && test != null) {
                        of(run, test, cells, names).ifPresent(j -> judged.put(cells[0] + cells[3], j));
                    }
                });
            }
        }
        List<String> keys = new ArrayList<>(judged.keySet());
        keys.sort(null);
        return keys.stream().map(judged::get).toList();
    }

    private static List<Path> parts(Path table) throws IOException {
        String name = table.getFileName().toString();
        try (Stream<Path> files = Files.list(table.toAbsolutePath().getParent())) {
            return files.filter(
                            f -> f.getFileName().toString().matches(java.util.regex.Pattern.quote(name) + "(\\.\\d+)?"))
                    .sorted()
                    .toList();
        }
    }

    private static java.util.Optional<Judged> of(
            Recorded run, KillTest.Result test, String[] cells, Map<String, String> names) {
        Mutation mutation = Mutations.named(run.mutation());
        Kind kind;
        if (mutation.isHealthy()) {
            kind = run.mutation().equals("healthy") ? Kind.HEALTHY : Kind.ODD;
            if (test.hurts() && test.loss() > ODD_LOSS) {
                return java.util.Optional.empty();
            }
        } else {
            kind = test.hurts() ? Kind.SICK : Kind.HARMLESS;
        }
        Set<Cause> right = EnumSet.noneOf(Cause.class);
        if (kind == Kind.SICK) {
            mutation.causes().forEach(c -> right.add(Cause.named(c).orElseThrow()));
        } else {
            right.add(Cause.NO_FAULT);
        }
        Map<String, Boolean> shown = new HashMap<>();
        for (String symptom : cells[5].split(" ", -1)) {
            if (!symptom.isEmpty()) {
                // Names are many and alike: each is kept once.
                shown.put(names.computeIfAbsent(symptom.substring(1), n -> n), symptom.charAt(0) == '+');
            }
        }
        Signals signals = switch (View.valueOf(cells[3])) {
            case CURVES -> Signals.CURVES;
            case HISTOGRAMS -> Signals.TENSORS;
            case FULL -> Signals.FULL;
        };
        return java.util.Optional.of(
                new Judged(run, signals, kind, right, Integer.parseInt(cells[4]), Map.copyOf(shown)));
    }
}
