package dev.auscult.train.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.auscult.train.spec.ScheduleSettings;

/** What is odd about a schedule for a training of a given length. */
final class ScheduleWarnings {
    /** A learning rate below this share of the highest teaches nothing in float32. */
    private static final double NOTHING = 1e-7;
    /** Of the steps at the end, this share may go by at next to nothing before it is worth a word. */
    private static final double LAST_PART = 0.02;

    private static final int SAMPLES = 10_000;

    private ScheduleWarnings() {}

    /**
     * Looks at a schedule.
     *
     * @param lengthSteps steps until it has run its course without the warm-up; infinite if it never does
     * @param periodSteps steps of the first cycle; infinite if there is none
     * @param warmUpSteps steps of the warm-up
     * @param totalSteps steps of the training
     */
    static List<String> of(
            ScheduleSettings settings,
            Schedule schedule,
            double lengthSteps,
            double periodSteps,
            long warmUpSteps,
            long totalSteps) {
        List<String> warnings = new ArrayList<>();
        if (warmUpSteps >= totalSteps) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "the warm-up takes %d steps, but the training has only %d: the learning rate never reaches its"
                            + " full height",
                    warmUpSteps,
                    totalSteps));
            return warnings;
        }
        if (settings.type().equals("damped-cosine")) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "the damped cosine is negative from a quarter to three quarters of its length; there the learning"
                            + " rate is held at %s",
                    settings.floor() > 0 ? "its floor" : "0, which teaches nothing (set schedule.floor)"));
        }
        double end = warmUpSteps + lengthSteps;
        if (end < totalSteps) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "the schedule has run its course after %.0f of %d steps; from there on the learning rate stays at"
                            + " %.3g",
                    end,
                    totalSteps,
                    schedule.at(totalSteps - 1)));
        } else if (!Double.isInfinite(lengthSteps) && end > totalSteps) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "the schedule takes %.0f steps, but the training has only %d: it ends at a learning rate of %.3g",
                    end,
                    totalSteps,
                    schedule.at(totalSteps - 1)));
        }
        if (!Double.isInfinite(periodSteps) && warmUpSteps + periodSteps >= totalSteps) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "a cycle takes %.0f steps, but the training has only %d: it never comes round (set"
                            + " schedule.length)",
                    periodSteps,
                    totalSteps - warmUpSteps));
        }
        idle(schedule, totalSteps).ifPresent(warnings::add);
        return warnings;
    }

    private static Optional<String> idle(Schedule schedule, long totalSteps) {
        long stride = Math.max(1, totalSteps / SAMPLES);
        double highest = 0;
        for (long step = 0; step < totalSteps; step += stride) {
            highest = Math.max(highest, schedule.at(step));
        }
        long firstIdle = totalSteps;
        while (firstIdle - stride >= 0 && schedule.at(firstIdle - stride) <= highest * NOTHING) {
            firstIdle -= stride;
        }
        long idle = totalSteps - firstIdle;
        if (idle <= Math.max(1, totalSteps * LAST_PART)) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "for the last %d of %d steps the learning rate is 0 or next to it: they teach nothing",
                idle,
                totalSteps));
    }
}
