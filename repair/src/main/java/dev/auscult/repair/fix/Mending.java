package dev.auscult.repair.fix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

import dev.auscult.diagnose.Diagnosis;
import dev.auscult.diagnose.Severity;
import dev.auscult.diagnose.cause.Cause;
import dev.auscult.diagnose.cause.Differential;
import dev.auscult.diagnose.cause.Suspect;
import dev.auscult.repair.compare.BestOfMany;
import dev.auscult.repair.compare.Comparison;
import dev.auscult.repair.compare.Figure;
import dev.auscult.repair.experiment.ExperimentResult;
import dev.auscult.repair.fix.FixResult.Ending;
import dev.auscult.repair.fix.FixStep.Decision;
import dev.auscult.repair.fix.TrialRoom.Wanted;
import dev.auscult.repair.remedy.Patient;
import dev.auscult.repair.remedy.Treatment;
import dev.auscult.repair.trial.TrialResult;
import dev.auscult.run.Run;
import dev.auscult.train.spec.SpecEdit;
import dev.auscult.train.spec.SpecEdit.Change;
import dev.auscult.train.spec.SpecFile;

/** One loop at work: what is the matter, what helps, what is proven. */
final class Mending {
    /** Illnesses after which a loop ends: who has more of them is served by a new spec. */
    private static final int MOST_TAKEN = 8;

    /** A cause this many times less probable than the first is not treated. */
    private static final double FAR_BEHIND = 0.05;

    /**
     * Probability of no fault from which one training, or what experiments say of it, settles that there is none; below, a
     * second seed has to agree.
     */
    private static final double SURELY_WELL = 0.9;

    /** Share of a training that its experiments may cost. */
    private static final double EXPERIMENT_SHARE = 0.5;

    private final FixOptions options;
    private final Path folder;
    private final TrialRoom room;
    private final Ledger ledger;
    private final Journal journal;
    private final FixListener listener;
    private final RangeTest rates;
    private final Function<Cause, List<Treatment>> treatments;
    private final Experimenter experimenter;

    private final List<FixStep> steps = new ArrayList<>();
    private final List<Change> taken = new ArrayList<>();
    private final Map<String, OptionalDouble> ratesFound = new HashMap<>();
    private final Variant original;
    private final long firstSeed;
    private Variant current;
    private Optional<Differential> last = Optional.empty();

    Mending(
            FixOptions options,
            Path folder,
            TrialRoom room,
            Ledger ledger,
            Journal journal,
            FixListener listener,
            RangeTest rates,
            Function<Cause, List<Treatment>> treatments,
            Experimenter experimenter) {
        this.options = options;
        this.folder = folder;
        this.room = room;
        this.ledger = ledger;
        this.journal = journal;
        this.listener = listener;
        this.rates = rates;
        this.treatments = treatments;
        this.experimenter = experimenter;
        this.original = room.variant("original", options.text());
        this.firstSeed = original.spec().seed();
        this.current = original;
    }

    /** A treatment that was taken: the mended spec, and the trial by which it is judged next. */
    private record Taken(Variant variant, TrialResult next) {}

    FixResult mend() throws IOException, InterruptedException {
        TrialResult now;
        try {
            now = room.look("first training", original, firstSeed);
        } catch (SpentException e) {
            throw new IllegalStateException("the first training is always made", e);
        }
        if (now.failed()) {
            throw new TrialFailedException(now.reason());
        }
        ledger.planned(now.planned());
        Ending ending;
        try {
            ending = treatAll(now);
        } catch (SpentException e) {
            ending = Ending.SPENT;
            listener.spent(String.valueOf(e.getMessage()));
        }
        journal.ended(ending);
        return result(ending, now);
    }

    private Ending treatAll(TrialResult first) throws IOException, InterruptedException, SpentException {
        TrialResult now = first;
        while (true) {
            last = Optional.of(now.differential());
            journal.diagnosed(now.differential(), now);
            listener.diagnosed(now.differential(), now);
            Optional<TrialResult> sick = sick(now);
            if (sick.isEmpty()) {
                return taken.isEmpty() ? Ending.HEALTHY : Ending.MENDED;
            }
            now = sick.get();
            Patient patient = patient(now.diagnosis().run());
            Differential differential = experiments(patient, now.differential());
            last = Optional.of(differential);
            // What short trainings tell is worth less than a proof: they must be sure to end it.
            if (!isSick(now.diagnosis(), differential) && differential.probability(Cause.NO_FAULT) >= SURELY_WELL) {
                return taken.isEmpty() ? Ending.HEALTHY : Ending.MENDED;
            }
            if (accepted() >= MOST_TAKEN) {
                return Ending.PARTLY_MENDED;
            }
            Optional<Taken> helped = treat(now, patient, differential);
            if (helped.isEmpty()) {
                return taken.isEmpty() ? Ending.NOT_MENDED : Ending.PARTLY_MENDED;
            }
            current = helped.get().variant();
            now = helped.get().next();
        }
    }

    private long accepted() {
        return steps.stream().filter(s -> s.decision() == Decision.ACCEPTED).count();
    }

    /**
     * The trial that shows that the spec is sick; empty if it is well. Where one training leaves doubt that it is well, a
     * second seed has to agree.
     */
    private Optional<TrialResult> sick(TrialResult now) throws IOException, InterruptedException, SpentException {
        if (isSick(now)) {
            return Optional.of(now);
        }
        boolean sure = now.differential().probability(Cause.NO_FAULT) >= SURELY_WELL;
        if (sure || current.wholes.size() > 1) {
            return Optional.empty();
        }
        TrialResult other = room.look("a second seed, to be sure", current, firstSeed + 1);
        journal.diagnosed(other.differential(), other);
        listener.diagnosed(other.differential(), other);
        return isSick(other) ? Optional.of(other) : Optional.empty();
    }

    /**
     * Whether a run is sick: where it is more probable that something is wrong with it than that nothing is, whichever of the
     * causes it may be; and where a finding is so grave that the causes do not explain it away.
     */
    static boolean isSick(TrialResult result) {
        return isSick(result.diagnosis(), result.differential());
    }

    private static boolean isSick(Diagnosis diagnosis, Differential differential) {
        return differential.probability(Cause.NO_FAULT) < 0.5
                || diagnosis.findings().stream().anyMatch(f -> f.severity().isAtLeast(Severity.HIGH));
    }

    /** Tries treatments until one is proven, one at a time and then two together; empty if none is. */
    private Optional<Taken> treat(TrialResult now, Patient patient, Differential differential)
            throws IOException, InterruptedException, SpentException {
        Evidence evidence = new Evidence(options.seeds());
        List<Candidate> alone = candidates(differential);
        int before = steps.size();
        Optional<Taken> helped = treat(now, patient, differential, alone, evidence, false);
        if (helped.isPresent()) {
            return helped;
        }
        List<Candidate> pairs = Together.pairs(alone, patient, options.source());
        return treat(now, patient, differential, pairs, evidence, steps.size() > before);
    }

    private Optional<Taken> treat(
            TrialResult now,
            Patient patient,
            Differential differential,
            List<Candidate> order,
            Evidence evidence,
            boolean lookedBefore)
            throws IOException, InterruptedException, SpentException {
        boolean looked = lookedBefore;
        for (Candidate candidate : order) {
            Suspect suspect = candidate.suspect();
            Treatment treatment = candidate.treatment();
            List<Change> changes;
            String text;
            try {
                changes = treatment.edits().of(patient);
                if (changes.isEmpty()) {
                    continue;
                }
                text = SpecEdit.apply(options.source(), current.text(), changes);
                SpecFile.parse(options.source(), text, "run", List.of());
                if (room.knows(text)) {
                    continue;
                }
            } catch (UncheckedIOException e) {
                throw new IOException(e);
            } catch (RuntimeException e) {
                // One treatment that does not fit a spec must not take the others with it.
                decide(rejected(differential, treatment, List.of(), "it does not fit this spec: " + line(e)));
                continue;
            }
            listener.tries(treatment, changes);
            Variant variant = room.variant(treatment.name(), text);
            Goal goal = Goal.of(suspect, now);
            Trying trying = new Trying(
                    differential, treatment, changes, variant, goal, Criterion.of(suspect, goal.isExplained()));
            FixStep step = trying.judge(now, evidence, looked);
            looked = true;
            decide(step);
            if (step.decision() == Decision.ACCEPTED) {
                taken.addAll(changes);
                return Optional.of(new Taken(variant, next(step.after())));
            }
        }
        return Optional.empty();
    }

    private static String line(RuntimeException e) {
        return e.getMessage() == null
                ? e.getClass().getSimpleName()
                : e.getMessage().lines().findFirst().orElse("").strip();
    }

    /** Of the trials with a treatment that was taken, one that speaks for most of them: sick if at least half are. */
    private static TrialResult next(List<TrialResult> after) {
        List<TrialResult> sick = after.stream().filter(Mending::isSick).toList();
        boolean mostly = 2 * sick.size() >= after.size();
        return after.stream().filter(r -> isSick(r) == mostly).findFirst().orElse(after.get(0));
    }

    private void decide(FixStep step) throws IOException {
        steps.add(step);
        journal.decided(step);
        listener.decided(step);
    }

    private static FixStep rejected(
            Differential differential, Treatment treatment, List<Change> changes, String reason) {
        return new FixStep(
                differential,
                treatment,
                changes,
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                Decision.REJECTED,
                reason);
    }

    private Patient patient(Run run) {
        Variant variant = current;
        return new Patient(
                variant.text(),
                variant.spec(),
                options.base(),
                Optional.of(run),
                () -> ratesFound.computeIfAbsent(variant.label(), label -> rate(variant)));
    }

    private OptionalDouble rate(Variant variant) {
        try {
            Optional<OptionalDouble> known = journal.rate(variant);
            OptionalDouble rate = known.isPresent() ? known.get() : rates.rate(variant.spec(), options.base());
            ledger.other(RangeTest.STEPS);
            journal.rate(variant, rate);
            return rate;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has experiments made while the first cause is not certain. */
    private Differential experiments(Patient patient, Differential from) throws IOException, InterruptedException {
        List<ExperimentResult> made = journal.experiments(current, from);
        if (made.isEmpty() && !from.isCertain()) {
            long most = Math.min(ledger.left(), Math.round(EXPERIMENT_SHARE * ledger.planned()));
            made = experimenter.tell(patient, from, most);
        }
        Differential differential = from;
        for (int i = 0; i < made.size(); i++) {
            ExperimentResult result = made.get(i);
            // The last says that it is the last: a loop that ends in between makes all of them again.
            journal.experiment(current, result, i + 1 == made.size());
            ledger.other(result.steps());
            listener.experiment(result.name(), result.reason(), result.outcome(), result.before(), result.after());
            differential = result.after();
        }
        return differential;
    }

    /** A treatment for a suspect. */
    record Candidate(Suspect suspect, Treatment treatment, double worth) {}

    /**
     * What is tried, in order. A treatment that is in the n-th place for its cause is worth the probability of the cause times
     * 2^−n: that a treatment fails speaks against its cause as well.
     */
    private List<Candidate> candidates(Differential differential) {
        return candidates(differential, treatments);
    }

    static List<Candidate> candidates(Differential differential, Function<Cause, List<Treatment>> treatments) {
        double most = differential.suspects().stream()
                .filter(s -> s.cause() != Cause.NO_FAULT)
                .mapToDouble(Suspect::probability)
                .max()
                .orElse(0);
        List<Candidate> all = new ArrayList<>();
        for (Suspect suspect : differential.suspects()) {
            if (suspect.cause() == Cause.NO_FAULT || suspect.probability() < FAR_BEHIND * most) {
                continue;
            }
            double worth = suspect.probability();
            for (Treatment treatment : treatments.apply(suspect.cause())) {
                if (treatment.isEdit()) {
                    all.add(new Candidate(suspect, treatment, worth));
                    worth /= 2;
                }
            }
        }
        all.sort(Comparator.comparingDouble(Candidate::worth).reversed());
        return all;
    }

    /** One treatment on trial. */
    private final class Trying {
        private final Differential differential;
        private final Treatment treatment;
        private final List<Change> changes;
        private final Variant variant;
        private final Goal goal;
        private final Criterion criterion;
        private Figure figure = new Figure("validation/accuracy", true, OptionalDouble.of(0));
        private List<Long> seeds = List.of();

        Trying(
                Differential differential,
                Treatment treatment,
                List<Change> changes,
                Variant variant,
                Goal goal,
                Criterion criterion) {
            this.differential = differential;
            this.treatment = treatment;
            this.changes = changes;
            this.variant = variant;
            this.goal = goal;
            this.criterion = criterion;
        }

        /**
         * Tries it: once on the seed of the diagnosis, and if that goes well on all.
         *
         * @param looked whether another treatment was tried on that seed before
         */
        FixStep judge(TrialResult now, Evidence evidence, boolean looked)
                throws IOException, InterruptedException, SpentException {
            figure = Figure.of(now.diagnosis().run(), treatment.cause());
            long seed = now.request().seed();
            seeds = List.of(seed);
            TrialResult after = room.look("one seed with " + treatment.name(), variant, seed);
            if (after.failed()) {
                return step(Decision.REJECTED, "it cannot be trained: " + after.reason());
            }
            if (!goal.isReached(after)) {
                return step(Decision.REJECTED, goal.name() + " " + goal.verb() + " still there");
            }
            room.whole("one seed as it was and with " + treatment.name(), pairs(seeds));
            if (criterion == Criterion.BETTER && !figure.isBetter(value(variant, seed), value(current, seed))) {
                return step(
                        Decision.REJECTED,
                        "with the first seed " + said(value(current, seed), value(variant, seed)) + ", no gain");
            }
            return criterion == Criterion.BETTER ? prove(evidence, looked ? seed : Long.MIN_VALUE) : confirm(seed);
        }

        /** Proves that it is better, a few seeds at a time, as long as that can still succeed. */
        private FixStep prove(Evidence evidence, long except) throws IOException, InterruptedException, SpentException {
            evidence.proofBegins();
            List<Long> all = new ArrayList<>();
            for (long seed = firstSeed; all.size() < evidence.pairs(); seed++) {
                if (seed != except) {
                    all.add(seed);
                }
            }
            seeds = List.of();
            // The whole of it is paid for before it begins: half a proof is none.
            room.afford(all.size() + " seeds with " + treatment.name(), pairs(all));
            while (seeds.size() < all.size()) {
                int next = Math.min(all.size(), seeds.size() + room.seedsAtOnce(pairs(all), seeds.size()));
                List<Long> more = all.subList(0, next);
                room.whole(all.size() + " seeds with " + treatment.name(), pairs(more));
                seeds = List.copyOf(more);
                if (stillThere() > Evidence.mayBeLeft(all.size())) {
                    return step(Decision.REJECTED, goal.name() + " " + goal.verb() + " still there with other seeds");
                }
                if (!evidence.canBecome(comparison())) {
                    return step(Decision.REJECTED, "no gain with every seed: " + said(comparison()));
                }
            }
            Comparison comparison = comparison();
            if (evidence.suffices(comparison)) {
                return step(Decision.ACCEPTED, goal.name() + " " + goal.verb() + " gone and " + said(comparison));
            }
            return step(
                    Decision.REJECTED,
                    comparison.effect() < Evidence.LEAST_EFFECT
                            ? "too small a gain beside its scatter: " + said(comparison)
                            : "not enough evidence: " + said(comparison));
        }

        /** Sees with a second seed that the finding is gone, where the figure proves nothing. */
        private FixStep confirm(long seed) throws IOException, InterruptedException, SpentException {
            seeds = List.of(seed, seed + 1);
            room.whole("a second seed with " + treatment.name(), pairs(seeds));
            if (stillThere() > 0) {
                return step(Decision.REJECTED, goal.name() + " " + goal.verb() + " still there with another seed");
            }
            Comparison comparison = comparison();
            if (criterion == Criterion.TRUER) {
                return step(
                        Decision.ACCEPTED,
                        goal.name() + " " + goal.verb() + " gone; the old figure was not true: " + said(comparison));
            }
            boolean worse = comparison.reversed(figure.worst()).p() <= 0.25;
            return worse
                    ? step(Decision.REJECTED, "it is worse with every seed: " + said(comparison))
                    : step(
                            Decision.ACCEPTED,
                            goal.name() + " " + goal.verb() + " gone and nothing is lost: " + said(comparison));
        }

        private int stillThere() {
            return (int) seeds.stream()
                    .filter(seed -> !goal.isReached(Objects.requireNonNull(variant.wholes.get(seed))))
                    .count();
        }

        private List<Wanted> pairs(List<Long> of) {
            List<Wanted> all = new ArrayList<>();
            for (long seed : of) {
                all.add(new Wanted(current, seed));
                all.add(new Wanted(variant, seed));
            }
            return all;
        }

        /** A figure, less what keeping the best weights gains by chance: that is no merit of a change. */
        private double value(Variant of, long seed) {
            double value = Mending.value(of, seed, figure);
            TrialResult whole = of.wholes.get(seed);
            if (whole == null || !keepsBest(of)) {
                return value;
            }
            double chance = BestOfMany.gain(whole.diagnosis().run(), figure);
            return figure.higherIsBetter() ? value - chance : value + chance;
        }

        private boolean keepsBest(Variant of) {
            var stopping = of.spec().training().earlyStopping();
            return stopping != null && stopping.restoreBest();
        }

        private Comparison comparison() {
            return figure.compare(
                    seeds.stream().mapToDouble(s -> value(current, s)).toArray(),
                    seeds.stream().mapToDouble(s -> value(variant, s)).toArray());
        }

        private String said(double before, double after) {
            return String.format(Locale.ROOT, "%s went from %s to %s", figure.metric(), number(before), number(after));
        }

        private String said(Comparison c) {
            return String.format(
                    Locale.ROOT,
                    "%s (%sp = %.3g over %d seeds, effect %.1f)",
                    said(mean(c.before()), mean(c.after())),
                    keepsBest(current) || keepsBest(variant) ? "less what keeping the best gains by chance; " : "",
                    c.p(),
                    c.before().length,
                    c.effect());
        }

        private FixStep step(Decision decision, String reason) {
            List<TrialResult> before = trials(current, seeds);
            List<TrialResult> after = trials(variant, seeds);
            Set<String> were = Goal.codes(before);
            Set<String> are = Goal.codes(after);
            Set<String> gone = new LinkedHashSet<>(were);
            gone.removeAll(are);
            boolean compared = !seeds.isEmpty()
                    && seeds.stream().allMatch(s -> current.wholes.containsKey(s) && variant.wholes.containsKey(s));
            return new FixStep(
                    differential,
                    treatment,
                    changes,
                    before,
                    after,
                    compared ? Optional.of(comparison()) : Optional.empty(),
                    List.copyOf(gone),
                    List.copyOf(are),
                    decision,
                    reason);
        }
    }

    private static List<TrialResult> trials(Variant variant, List<Long> seeds) {
        List<TrialResult> all = new ArrayList<>();
        for (long seed : seeds) {
            TrialResult whole = variant.wholes.get(seed);
            TrialResult look = variant.looks.get(seed);
            if (whole != null) {
                all.add(whole);
            } else if (look != null) {
                all.add(look);
            }
        }
        return all;
    }

    private static double value(Variant variant, long seed, Figure figure) {
        TrialResult whole = variant.wholes.get(seed);
        return whole == null ? Double.NaN : whole.figure(figure.metric()).orElse(Double.NaN);
    }

    private static Comparison compare(Variant before, Variant after, List<Long> seeds, Figure figure) {
        return figure.compare(
                seeds.stream().mapToDouble(s -> value(before, s, figure)).toArray(),
                seeds.stream().mapToDouble(s -> value(after, s, figure)).toArray());
    }

    private static String number(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4g", value) : "nothing finite";
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private FixResult result(Ending ending, TrialResult first) throws IOException, InterruptedException {
        List<Long> seeds = List.of(firstSeed);
        Optional<Comparison> overall = Optional.empty();
        if (current != original) {
            seeds = shared();
            overall = Optional.of(compare(
                    original, current, seeds, Figure.of(first.diagnosis().run())));
        }
        boolean well = ending == Ending.HEALTHY || ending == Ending.MENDED;
        List<Cause> left = well ? List.of() : left();
        return new FixResult(
                ending,
                options.text(),
                current.text(),
                taken,
                steps,
                trials(original, seeds),
                trials(current, seeds),
                overall,
                advice(left),
                left,
                ledger.cost(),
                ledger.seconds(),
                folder);
    }

    /** Seeds of which there are whole trainings of the original and of the mended spec; what is missing is made if it can. */
    private List<Long> shared() throws IOException, InterruptedException {
        Set<Long> seeds = new TreeSet<>(current.wholes.keySet());
        for (long seed = firstSeed; seeds.size() < options.seeds(); seed++) {
            seeds.add(seed);
        }
        List<Long> all = new ArrayList<>(seeds);
        List<Wanted> missing = new ArrayList<>();
        for (long seed : all) {
            missing.add(new Wanted(original, seed));
            missing.add(new Wanted(current, seed));
        }
        try {
            room.whole("the original and the mended spec, for the comparison", missing);
        } catch (SpentException e) {
            all.retainAll(original.wholes.keySet());
            all.retainAll(current.wholes.keySet());
        }
        return all;
    }

    private List<Cause> left() {
        List<Cause> causes = new ArrayList<>();
        last.ifPresent(d -> {
            double most = d.suspects().stream()
                    .filter(s -> s.cause() != Cause.NO_FAULT)
                    .mapToDouble(Suspect::probability)
                    .max()
                    .orElse(0);
            d.suspects().stream()
                    .filter(s -> s.cause() != Cause.NO_FAULT && s.probability() >= FAR_BEHIND * most)
                    .limit(5)
                    .forEach(s -> causes.add(s.cause()));
        });
        return causes;
    }

    private List<Treatment> advice(List<Cause> left) {
        return left.stream()
                .flatMap(cause -> treatments.apply(cause).stream())
                .filter(t -> !t.isEdit())
                .toList();
    }
}
