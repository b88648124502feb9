package dev.auscult.repair.fix;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import dev.auscult.repair.trial.TrialResult;

/** What was spent and what may be: optimizer steps of trials and experiments, and time. */
final class Ledger {
    private final Optional<Double> budget;
    private final Optional<Duration> time;
    private final long began = System.nanoTime();
    private final Map<Path, TrialResult> trials = new HashMap<>();
    private long planned;
    private long others;

    Ledger(Optional<Double> budget, Optional<Duration> time) {
        this.budget = budget;
        this.time = time;
    }

    /** Steps of one training as planned, in which the budget is counted. */
    void planned(long steps) {
        planned = Math.max(1, steps);
    }

    long planned() {
        return planned;
    }

    /** A trial ended; one that went on counts with all its steps, once. */
    void trial(TrialResult result) {
        trials.put(result.request().folder(), result);
    }

    /** A trial went on elsewhere, where all its steps count. */
    void forget(TrialResult result) {
        trials.remove(result.request().folder());
    }

    /** Steps of something else than a trial. */
    void other(long steps) {
        others += steps;
    }

    private long spent() {
        return others + trials.values().stream().mapToLong(TrialResult::steps).sum();
    }

    /** What was spent, as a multiple of one training as planned. */
    double cost() {
        return planned == 0 ? 0 : (double) spent() / planned;
    }

    /** Steps that are left. */
    long left() {
        return budget.map(times -> Math.round(times * planned) - spent()).orElse(Long.MAX_VALUE / 4);
    }

    double seconds() {
        return (System.nanoTime() - began) / 1e9;
    }

    /** How long steps take, by the trials so far [s]; 0 if there was none. */
    double estimate(long steps, int sideBySide) {
        long all = trials.values().stream().mapToLong(TrialResult::steps).sum();
        double took = trials.values().stream().mapToDouble(TrialResult::seconds).sum();
        return all == 0 ? 0 : steps * took / all / sideBySide;
    }

    /**
     * Refuses what cannot be paid.
     *
     * @param what for people
     * @param steps that it takes at most
     * @param seconds that it takes
     */
    void afford(String what, long steps, double seconds) throws SpentException {
        // Half a training more, as a range test and a first look take, is no reason to give up a proof.
        if (steps > left() + planned / 2) {
            throw new SpentException(String.format(
                    Locale.ROOT,
                    "%s would take %.1f trainings, and of the budget of %.1f there are %.1f left",
                    what,
                    (double) steps / planned,
                    budget.orElse(0.0),
                    Math.max(0.0, (double) left() / planned)));
        }
        if (time.isPresent() && seconds() + seconds > time.get().toNanos() / 1e9) {
            throw new SpentException(String.format(
                    Locale.ROOT,
                    "%s would take %.0f s, and of %d s there are %.0f left",
                    what,
                    seconds,
                    time.get().toSeconds(),
                    Math.max(0, time.get().toNanos() / 1e9 - seconds())));
        }
    }
}
