package dev.auscult.repair.fix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import dev.auscult.repair.trial.TrialRequest;
import dev.auscult.repair.trial.TrialRequest.Stop;
import dev.auscult.repair.trial.TrialResult;
import dev.auscult.repair.trial.Trials;
import dev.auscult.run.Run;
import dev.auscult.run.Split;
import dev.auscult.train.spec.Spec;
import dev.auscult.train.spec.SpecFile;
import dev.auscult.train.spec.SpecWriter;
import dev.auscult.train.spec.TrainingSettings;

/** Makes the trials that the loop asks for, each once, and keeps account of them. */
final class TrialRoom {
    private final FixOptions options;
    private final Path folder;
    private final Trials trials;
    private final FixListener listener;
    private final Ledger ledger;
    private final Journal journal;
    private final Map<String, Variant> variants = new LinkedHashMap<>();

    TrialRoom(FixOptions options, Path folder, Trials trials, FixListener listener, Ledger ledger, Journal journal) {
        this.options = options;
        this.folder = folder;
        this.trials = trials;
        this.listener = listener;
        this.ledger = ledger;
        this.journal = journal;
    }

    /** One training of a variant. */
    record Wanted(Variant variant, long seed) {}

    /** Whether a spec that means the same was met before. */
    boolean knows(String text) {
        return variants.containsKey(meaning(text));
    }

    /** The variant of a text; a text that means the same is the same variant. */
    Variant variant(String name, String text) {
        return variants.computeIfAbsent(
                meaning(text),
                key -> new Variant(String.format(Locale.ROOT, "%02d-%s", variants.size(), name), text, parse(text)));
    }

    private Spec parse(String text) {
        return SpecFile.parse(options.source(), text, "run", List.of());
    }

    private String meaning(String text) {
        return SpecWriter.write(parse(text));
    }

    /** A training that may stop once what ails it is certain. */
    TrialResult look(String what, Variant variant, long seed) throws IOException, InterruptedException, SpentException {
        TrialResult there = variant.wholes.get(seed);
        if (there == null) {
            there = variant.looks.get(seed);
        }
        if (there != null) {
            return there;
        }
        make(what, List.of(new Wanted(variant, seed)), Stop.WHEN_CERTAIN);
        return Objects.requireNonNull(variant.looks.get(seed));
    }

    /** Whole trainings; what is there already is not made again. */
    void whole(String what, List<Wanted> wanted) throws IOException, InterruptedException, SpentException {
        List<Wanted> missing = wanted.stream()
                .filter(w -> !w.variant().wholes.containsKey(w.seed()))
                .distinct()
                .toList();
        if (!missing.isEmpty()) {
            make(what, missing, Stop.NEVER);
        }
    }

    /** Refuses trainings of which not all can be paid. */
    void afford(String what, List<Wanted> wanted) throws SpentException {
        long steps = missing(wanted);
        ledger.afford(what, steps, ledger.estimate(steps, trials.sideBySide()));
    }

    private long missing(List<Wanted> wanted) {
        long steps = 0;
        for (Wanted one : wanted) {
            if (!one.variant().wholes.containsKey(one.seed())) {
                TrialResult look = one.variant().looks.get(one.seed());
                steps += expected(one.variant().spec()) - (look == null ? 0 : look.steps());
            }
        }
        return steps;
    }

    /** How many further seeds of wanted pairs to make at once, so that as many trials go on side by side as can. */
    int seedsAtOnce(List<Wanted> pairs, int done) {
        long missing = 0;
        int seeds = 0;
        for (int i = 2 * done; i + 1 < pairs.size() && missing < trials.sideBySide(); i += 2) {
            for (Wanted one : pairs.subList(i, i + 2)) {
                missing += one.variant().wholes.containsKey(one.seed()) ? 0 : 1;
            }
            seeds++;
        }
        return seeds;
    }

    private void make(String what, List<Wanted> wanted, Stop stop)
            throws IOException, InterruptedException, SpentException {
        long steps = missing(wanted);
        double seconds = ledger.estimate(steps, Math.min(wanted.size(), trials.sideBySide()));
        // Of a look the whole length is an upper bound; the first training is always made.
        if (ledger.planned() > 0) {
            ledger.afford(what, steps, seconds);
        }
        listener.begins(what, wanted.size(), seconds);
        List<TrialRequest> requests = new ArrayList<>();
        for (Wanted one : wanted) {
            requests.add(request(one, stop));
        }
        List<TrialResult> results = trials.run(requests, listener::trial);
        for (int i = 0; i < results.size(); i++) {
            TrialResult result = results.get(i);
            Variant variant = wanted.get(i).variant();
            long seed = wanted.get(i).seed();
            if (stop == Stop.WHEN_CERTAIN) {
                variant.looks.put(seed, result);
            }
            if (result.isWhole()) {
                variant.wholes.put(seed, result);
            }
            account(result, variant, seed);
            journal.trial(result);
        }
    }

    /** What went on in another folder counts there, with all its steps. */
    private void account(TrialResult result, Variant variant, long seed) {
        TrialResult look = variant.looks.get(seed);
        ledger.trial(result);
        if (look != null && !look.request().folder().equals(result.request().folder())) {
            ledger.forget(look);
        }
    }

    private TrialRequest request(Wanted wanted, Stop stop) throws IOException {
        Variant variant = wanted.variant();
        String name = variant.label() + "/seed-" + wanted.seed();
        TrialResult look = variant.looks.get(wanted.seed());
        Path place = folder.resolve(name);
        if (stop == Stop.NEVER && look != null) {
            // What was seen when it was stopped stays as it was: a loop that is resumed sees the same.
            name += "-whole";
            place = folder.resolve(name);
            goOn(look.request().folder(), place);
        }
        return new TrialRequest(name, variant.text(), options.base(), wanted.seed(), place, stop);
    }

    /** Copies a trial that was stopped, so that it can go on in another folder; at once or not at all. */
    private static void goOn(Path from, Path to) throws IOException {
        if (Files.exists(to)) {
            return;
        }
        Path fresh = to.resolveSibling(to.getFileName() + ".new");
        remove(fresh);
        List<Path> all;
        try (Stream<Path> walk = Files.walk(from)) {
            all = walk.sorted().toList();
        }
        for (Path path : all) {
            if (!path.getFileName().toString().equals("trial.json")) {
                Files.copy(path, fresh.resolve(from.relativize(path)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        Files.move(fresh, to, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void remove(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> walk = Files.walk(folder)) {
                for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    /** Steps that a variant will take, by its epochs and batches and the examples that were seen in the first training. */
    long expected(Spec spec) {
        TrialResult first = variants.values().stream()
                .flatMap(v -> v.looks.values().stream())
                .filter(r -> !r.failed())
                .findFirst()
                .orElse(null);
        if (first == null) {
            return 0;
        }
        long rows = rows(first.diagnosis().run());
        return rows == 0 ? first.planned() : steps(spec.training(), rows);
    }

    static long rows(Run run) {
        return run.data().flatMap(d -> d.part(Split.TRAIN)).map(p -> p.rows()).orElse(0L);
    }

    static long steps(TrainingSettings training, long rows) {
        long batch = Math.min(training.batchSize(), rows);
        long batches = training.dropLast() ? rows / batch : (rows + batch - 1) / batch;
        return training.epochs() * ((batches + training.accumulate() - 1) / training.accumulate());
    }
}
