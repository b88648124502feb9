package dev.auscult.train.schedule;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.auscult.train.spec.ScheduleSettings;
import dev.auscult.train.spec.SpecException;

/** Makes the schedule that a spec asks for. */
public final class Schedules {
    /** The types that a spec may name. */
    public static final List<String> TYPES = List.of(
            "constant",
            "linear",
            "polynomial",
            "exponential",
            "step",
            "multi-step",
            "inverse-square-root",
            "cosine",
            "cosine-restarts",
            "triangular",
            "triangular2",
            "exp-range",
            "damped-cosine",
            "one-cycle",
            "warm-up-stable-decay",
            "plateau",
            "validation-decay");

    private Schedules() {}

    /**
     * The schedule that a spec asks for.
     *
     * <p>A length of 0 stands for what the training has left after the warm-up; for {@code inverse-square-root} for the
     * length of the warm-up, or one epoch where there is none.
     *
     * @param learningRate η₀
     * @param stepsPerEpoch optimizer steps in an epoch
     * @param epochs epochs of the training
     * @throws SpecException if a number is out of its range; the message is one line
     */
    public static Schedule of(ScheduleSettings settings, double learningRate, long stepsPerEpoch, int epochs) {
        long perEpoch = Math.max(1, stepsPerEpoch);
        long total = perEpoch * Math.max(1, epochs);
        Clock clock = new Clock(isPerEpoch(settings), perEpoch);
        long warmUp = Math.round(clock.steps(atLeast(settings.warmUp(), 0, "warm-up.length")));
        double left = (total - (double) warmUp) / clock.steps(1);
        double length = settings.length() > 0 ? settings.length() : Math.max(left, 1 / clock.steps(1));

        Schedule proper = proper(settings, learningRate, clock, length);
        Schedule schedule = warmUp == 0 ? proper : warmUp(settings, proper, warmUp);
        double lengthSteps = endsAtLength(settings.type()) ? clock.steps(length) : Double.POSITIVE_INFINITY;
        double periodSteps = switch (settings.type()) {
            case "cosine-restarts" -> clock.steps(length);
            case "triangular", "triangular2", "exp-range" -> clock.steps(2 * length);
            default -> Double.POSITIVE_INFINITY;
        };
        return new Noted(schedule, ScheduleWarnings.of(settings, schedule, lengthSteps, periodSteps, warmUp, total));
    }

    private static boolean isPerEpoch(ScheduleSettings settings) {
        return switch (settings.per()) {
            case "step" -> false;
            case "epoch" -> true;
            default -> throw new SpecException("schedule.per is " + settings.per() + ", wanted step or epoch");
        };
    }

    private static Schedule proper(ScheduleSettings s, double base, Clock clock, double length) {
        double floor = base * within(s.floor(), 0, 1, "floor");
        return switch (s.type()) {
            case "plateau" ->
                new Plateau(base, floor, within(s.factor(), 0, 1, "factor"), s.patience(), s.threshold(), s.cooldown());
            case "validation-decay" -> new ValidationDecay(base, floor);
            default -> new TimedSchedule(curve(s, base, floor, clock, length), clock);
        };
    }

    private static Curve curve(ScheduleSettings s, double base, double floor, Clock clock, double length) {
        return switch (s.type()) {
            case "constant" -> new Constant(base);
            case "linear" -> new Polynomial(base, floor, length, 1);
            case "polynomial" -> new Polynomial(base, floor, length, atLeast(s.power(), 0, "power"));
            case "exponential" -> new Exponential(base, floor, within(s.factor(), 0, 1, "factor"));
            case "step" -> new StepDecay(base, floor, atLeast(s.factor(), 0, "factor"), positive(s.every(), "every"));
            case "multi-step" -> new MultiStep(base, floor, atLeast(s.factor(), 0, "factor"), s.milestones());
            case "inverse-square-root" -> new InverseSquareRoot(base, floor, inverseScale(s, clock));
            case "cosine" -> new Cosine(base, floor, length);
            case "cosine-restarts" -> new CosineRestarts(base, floor, length, atLeast(s.factor(), 1, "factor"));
            case "triangular" -> cyclic(s, base, length, Cyclic.Shrink.NONE);
            case "triangular2" -> cyclic(s, base, length, Cyclic.Shrink.HALVES);
            case "exp-range" -> cyclic(s, base, length, Cyclic.Shrink.EXPONENTIAL);
            case "damped-cosine" -> new DampedCosine(base, floor, length, atLeast(s.power(), 0, "power"));
            case "one-cycle" ->
                new OneCycle(base, base * positive(s.peak(), "peak"), floor, length, within(s.share(), 0, 1, "share"));
            case "warm-up-stable-decay" -> new StableDecay(base, floor, length, within(s.share(), 0, 1, "share"));
            default ->
                throw new SpecException("schedule.type is " + s.type() + ", wanted one of " + String.join(", ", TYPES));
        };
    }

    private static Cyclic cyclic(ScheduleSettings s, double base, double length, Cyclic.Shrink shrink) {
        return new Cyclic(base, base * positive(s.peak(), "peak"), length, shrink, s.factor());
    }

    private static double inverseScale(ScheduleSettings s, Clock clock) {
        if (s.length() > 0) {
            return s.length();
        }
        return s.warmUp() > 0 ? s.warmUp() : clock.stepsPerEpoch() / clock.steps(1);
    }

    private static Schedule warmUp(ScheduleSettings s, Schedule proper, long steps) {
        double from = within(s.warmUpFrom(), 0, 1, "warm-up.from");
        boolean exponential = switch (s.warmUpType()) {
            case "linear" -> false;
            case "exponential" -> true;
            default ->
                throw new SpecException(
                        "schedule.warm-up.type is " + s.warmUpType() + ", wanted linear or exponential");
        };
        if (exponential && from == 0) {
            throw new SpecException(
                    "schedule.warm-up.from is 0, wanted above 0 where the warm-up is exponential: nothing grows from 0");
        }
        return new WarmUp(proper, steps, exponential, from);
    }

    private static boolean endsAtLength(String type) {
        return switch (type) {
            case "linear", "polynomial", "cosine", "damped-cosine", "one-cycle", "warm-up-stable-decay" -> true;
            default -> false;
        };
    }

    private static double positive(double value, String key) {
        return check(value, value > 0, key, "above 0");
    }

    private static double atLeast(double value, double low, String key) {
        return check(value, value >= low, key, String.format(Locale.ROOT, "at least %.0f", low));
    }

    private static double within(double value, double low, double high, String key) {
        return check(value, value >= low && value <= high, key, String.format(Locale.ROOT, "%.0f to %.0f", low, high));
    }

    private static double check(double value, boolean fits, String key, String wanted) {
        if (!fits) {
            throw new SpecException("schedule." + key + " is " + value + ", wanted " + wanted);
        }
        return value;
    }

    /** A schedule with what is odd about it. */
    private record Noted(Schedule schedule, List<String> warnings) implements Schedule {
        Noted {
            warnings = List.copyOf(warnings);
        }

        @Override
        public double at(long step) {
            return schedule.at(step);
        }

        @Override
        public void observe(int epoch, double validationLoss) {
            schedule.observe(epoch, validationLoss);
        }

        @Override
        public Map<String, Double> state() {
            return schedule.state();
        }

        @Override
        public void restore(Map<String, Double> state) {
            schedule.restore(state);
        }
    }
}
