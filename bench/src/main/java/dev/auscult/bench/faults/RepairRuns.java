package dev.auscult.bench.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;

import dev.auscult.diagnose.Diagnosis;
import dev.auscult.diagnose.cause.Cause;
import dev.auscult.diagnose.cause.Suspect;
import dev.auscult.repair.compare.Comparison;
import dev.auscult.repair.compare.Figure;
import dev.auscult.repair.fix.FixListener;
import dev.auscult.repair.fix.FixLoop;
import dev.auscult.repair.fix.FixOptions;
import dev.auscult.repair.fix.FixResult;
import dev.auscult.repair.fix.FixStep;
import dev.auscult.repair.trial.Examiner;
import dev.auscult.repair.trial.InProcessTrials;
import dev.auscult.repair.trial.TrialResult;
import dev.auscult.repair.trial.Trials;
import dev.auscult.run.Run;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.torch.TorchEngine;

/**
 * Repairs mutants of the fault bench, and searches the same edits at random beside it: {@code RepairRuns CACHE OUT [PART/PARTS]
 * [FILTER]}.
 *
 * <p>Of the half that is measured: mutants that hurt and that a spec can say, and healthy ones, which are to be left alone. The
 * order is fixed and goes round the mutations, so that whatever time there is gives a fair sample; {@code OUT/repairs-N.tsv}
 * takes a line for each ({@link Repair}), and what is there already is left out. {@link RepairTable} makes a table of the lines.
 */
public final class RepairRuns {
    private static final int SEEDS = 5;

    /** Trainings of one repair at most. */
    private static final double BUDGET = 40;

    private static final Duration TIME = Duration.ofMinutes(3);

    /** The random search may spend this many times what the repair did; what takes longer counts as this. */
    private static final double SEARCH_FACTOR = 3;

    /** Share of the gain that counts as the same gain. */
    private static final double SAME_GAIN = 0.95;

    private final Path cache;
    private final Path out;
    private final Engine engine;

    private RepairRuns(Path cache, Path out, Engine engine) {
        this.cache = cache;
        this.out = out;
        this.engine = engine;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Path cache = Path.of(args[0]);
        Path out = Path.of(args[1]);
        String[] part = (args.length > 2 ? args[2] : "0/1").split("/", -1);
        int own = Integer.parseInt(part[0]);
        int parts = Integer.parseInt(part[1]);
        String filter = args.length > 3 ? args[3] : "";
        Files.createDirectories(out);
        Set<String> done = new HashSet<>();
        Repair.all(out).forEach(r -> done.add(r.name()));
        List<Recorded> order = order(Recorded.all(cache)).stream()
                .filter(r -> r.name().matches(".*" + filter + ".*"))
                .toList();
        long began = System.nanoTime();
        int made = 0;
        try (Engine engine = TorchEngine.open("cpu", 1)) {
            RepairRuns runs = new RepairRuns(cache, out, engine);
            for (int i = own; i < order.size(); i += parts) {
                if (done.contains(order.get(i).name())) {
                    continue;
                }
                Repair repair = runs.repair(order.get(i), own);
                Files.writeString(
                        out.resolve("repairs-" + own + ".tsv"),
                        repair.line() + "\n",
                        StandardCharsets.UTF_8,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
                made++;
                System.out.printf(
                        Locale.ROOT,
                        "%d repairs, %.0f s each, at %d of %d: %s%n",
                        made,
                        (System.nanoTime() - began) / 1e9 / made,
                        i,
                        order.size(),
                        repair.story());
            }
        }
    }

    /**
     * Round the mutations, each time another program or severity of each: those of a mutation in an order drawn by its name,
     * the mutations in an order drawn once.
     */
    static List<Recorded> order(List<Recorded> all) {
        Map<String, KillTest.Result> tests = KillTest.of(all);
        List<Mutation> mutations = new ArrayList<>(
                Mutations.all().stream().filter(m -> m.bug() == Bug.NONE).toList());
        Collections.shuffle(mutations, new Random(4));
        List<List<Recorded>> strata = new ArrayList<>();
        for (Mutation mutation : mutations) {
            List<Recorded> stratum = new ArrayList<>(all.stream()
                    .filter(r -> r.mutation().equals(mutation.name()) && r.seed() == 1 && !r.isCalibration())
                    .filter(r -> mutation.isHealthy() || hurts(tests, r))
                    .toList());
            Collections.shuffle(stratum, new Random(mutation.name().hashCode()));
            strata.add(stratum);
        }
        List<Recorded> order = new ArrayList<>();
        for (int round = 0; order.size() < strata.stream().mapToInt(List::size).sum(); round++) {
            for (List<Recorded> stratum : strata) {
                if (round < stratum.size()) {
                    order.add(stratum.get(round));
                }
            }
        }
        return order;
    }

    private static boolean hurts(Map<String, KillTest.Result> tests, Recorded recorded) {
        KillTest.Result test = tests.get(recorded.group());
        return test != null && test.hurts();
    }

    private Repair repair(Recorded recorded, int own) throws IOException, InterruptedException {
        Path mutant = cache.resolve(recorded.name());
        String text = Files.readString(mutant.resolve("spec.yaml"));
        Path pointer = mutant.resolve("data.txt");
        Path base = Files.exists(pointer)
                ? mutant.resolve(Files.readString(pointer).strip()).normalize()
                : mutant;
        Path work = out.resolve("work-" + own);
        Folders.clear(work);
        try {
            FixResult result;
            Trials trials = new InProcessTrials(engine, Examiner.shipped());
            result = new FixLoop(trials, engine)
                    .run(
                            new FixOptions(
                                    recorded.name(),
                                    text,
                                    base,
                                    work.resolve("fix"),
                                    SEEDS,
                                    Optional.of(BUDGET),
                                    Optional.of(TIME)),
                            FixListener.NONE);
            return judged(recorded, result, text, base, work);
        } catch (RuntimeException failed) {
            return Repair.failed(recorded, String.valueOf(failed));
        } finally {
            Folders.clear(work);
        }
    }

    private Repair judged(Recorded recorded, FixResult result, String text, Path base, Path work)
            throws IOException, InterruptedException {
        TrialResult first = result.first().get(0);
        List<Suspect> suspects = first.differential().suspects();
        int rank = 0;
        for (int i = suspects.size(); i > 0; i--) {
            String label = suspects.get(i - 1).cause().label();
            if (List.of(recorded.causes().split(" ", -1)).contains(label)) {
                rank = i;
            }
        }
        boolean caught = first.diagnosis().status() == Diagnosis.Status.SICK
                || suspects.get(0).cause() != Cause.NO_FAULT;
        OptionalDouble seen = TimeToDetection.share(first.diagnosis().run());
        List<FixStep> accepted = result.steps().stream()
                .filter(s -> s.decision() == FixStep.Decision.ACCEPTED)
                .toList();
        Optional<Comparison> proof =
                accepted.stream().flatMap(s -> s.comparison().stream()).findFirst();
        Run run = first.diagnosis().run();
        Figure figure = accepted.isEmpty()
                ? Figure.of(run)
                : Figure.of(run, accepted.get(0).treatment().cause());
        double before = mean(result.first(), figure);
        double after = mean(result.last(), figure);
        Optional<RandomSearch.Found> found = Optional.empty();
        if (!accepted.isEmpty() && figure.isBetter(after, before)) {
            double wanted = before + SAME_GAIN * (after - before);
            found = Optional.of(new RandomSearch(new InProcessTrials(engine, Examiner.shipped()), engine, SEEDS)
                    .search(
                            text,
                            base,
                            work.resolve("random"),
                            figure,
                            wanted,
                            SEARCH_FACTOR * result.cost(),
                            recorded.name().hashCode()));
        }
        return new Repair(
                recorded.name(),
                recorded.causes(),
                caught,
                rank,
                suspects.get(0).cause().label(),
                suspects.get(0).probability(),
                result.ending().name(),
                accepted.stream().map(s -> s.treatment().name()).toList(),
                proof.map(Comparison::p).orElse(Double.NaN),
                proof.map(Comparison::effect).orElse(Double.NaN),
                figure.metric(),
                before,
                after,
                result.cost(),
                result.seconds(),
                seen.orElse(Double.NaN),
                found.map(RandomSearch.Found::reached).orElse(false),
                found.map(RandomSearch.Found::cost).orElse(Double.NaN),
                found.map(RandomSearch.Found::tried).orElse(0),
                why(result));
    }

    private static double mean(List<TrialResult> trials, Figure figure) {
        return trials.stream()
                .mapToDouble(
                        t -> t.figure(figure.metric()).orElse(figure.worst().orElse(Double.NaN)))
                .average()
                .orElse(Double.NaN);
    }

    /** What was tried in vain, the first three, and what is left. */
    private static String why(FixResult result) {
        StringBuilder why = new StringBuilder();
        result.steps().stream()
                .filter(s -> s.decision() == FixStep.Decision.REJECTED)
                .limit(3)
                .forEach(s -> why.append(s.treatment().name())
                        .append(": ")
                        .append(s.reason())
                        .append("; "));
        if (!result.left().isEmpty()) {
            why.append("left: ")
                    .append(String.join(
                            ", ", result.left().stream().map(Cause::label).toList()));
        }
        return why.toString();
    }
}
