package dev.auscult.diagnose.cause;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

import dev.auscult.diagnose.measure.Curve;
import dev.auscult.run.Run;
import dev.auscult.run.Split;

/**
 * The learning rate as the settings of a recording plan it, for the schedules that these determine: constant, linear,
 * cosine, exponential and step, each with or without a linear warm-up.
 *
 * @param type of the schedule
 * @param rate before it falls
 * @param floor lowest rate
 * @param warmUp steps of the warm-up
 * @param from share of the rate that the warm-up begins with
 * @param unit steps in a unit of the schedule's time
 * @param length of the fall, in units
 * @param factor of the fall
 * @param every units between two falls
 */
record RatePlan(
        String type,
        double rate,
        double floor,
        double warmUp,
        double from,
        double unit,
        double length,
        double factor,
        double every) {

    /** The plan of a run; empty where its settings do not determine one. */
    static Optional<RatePlan> of(Run run) {
        Map<String, String> raw = run.settings().raw();
        String type = raw.getOrDefault("schedule.type", "");
        OptionalDouble rate = number(raw, "optimizer.learning-rate");
        OptionalDouble epochs = number(raw, "training.epochs");
        OptionalDouble rows = run.data()
                .flatMap(d -> d.part(Split.TRAIN))
                .map(t -> OptionalDouble.of((double) t.rows()))
                .orElse(OptionalDouble.empty());
        boolean simple = type.matches("constant|linear|cosine|exponential|step")
                && raw.getOrDefault("schedule.warm-up.type", "linear").equals("linear");
        if (!simple || rate.isEmpty() || epochs.isEmpty() || rows.isEmpty()) {
            return Optional.empty();
        }
        double size =
                Math.min(rows.getAsDouble(), number(raw, "training.batch-size").orElse(rows.getAsDouble()));
        double batches = rows.getAsDouble() / size;
        double perEpoch = "true".equals(raw.get("training.drop-last")) ? Math.floor(batches) : Math.ceil(batches);
        perEpoch = Math.max(1, perEpoch / number(raw, "training.accumulate").orElse(1));
        double unit = "epoch".equals(raw.get("schedule.per")) ? perEpoch : 1;
        double warmUp = Math.round(number(raw, "schedule.warm-up.length").orElse(0) * unit);
        double left = (perEpoch * Math.max(1, epochs.getAsDouble()) - warmUp) / unit;
        double length = number(raw, "schedule.length").orElse(0);
        return Optional.of(new RatePlan(
                type,
                rate.getAsDouble(),
                rate.getAsDouble() * number(raw, "schedule.floor").orElse(0),
                warmUp,
                number(raw, "schedule.warm-up.from").orElse(0),
                unit,
                length > 0 ? length : Math.max(1, left),
                number(raw, "schedule.factor").orElse(type.equals("step") ? 0.1 : 0),
                Math.max(1e-9, number(raw, "schedule.every").orElse(1))));
    }

    private static OptionalDouble number(Map<String, String> raw, String key) {
        try {
            return OptionalDouble.of(Double.parseDouble(raw.getOrDefault(key, "")));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    /** The planned rate of a step. */
    double at(long step) {
        if (step < warmUp) {
            return fallen(0) * (from + (1 - from) * step / warmUp);
        }
        return fallen(Math.floor((step - warmUp) / unit));
    }

    private double fallen(double t) {
        double done = Math.min(1, t / length);
        return switch (type) {
            case "linear" -> floor + (rate - floor) * (1 - done);
            case "cosine" -> floor + (rate - floor) * (1 + Math.cos(Math.PI * done)) / 2;
            case "exponential" -> Math.max(floor, rate * Math.pow(1 - factor, t));
            case "step" -> Math.max(floor, rate * Math.pow(factor, Math.floor(t / every)));
            default -> rate;
        };
    }

    /** How far recorded rates lie from the plan: the mean distance as a share of the highest planned rate. */
    double distance(Curve recorded) {
        double sum = 0;
        double most = 0;
        for (int i = 0; i < recorded.size(); i++) {
            double planned = at(recorded.step(i));
            sum += Math.abs(recorded.value(i) - planned);
            most = Math.max(most, planned);
        }
        return sum / recorded.size() / most;
    }
}
