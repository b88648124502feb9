package dev.auscult.diagnose.cause;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.measure.Task;
import dev.auscult.run.DataProfile;
import dev.auscult.run.Run;
import dev.auscult.run.Setting;
import dev.auscult.run.Split;

/** What the settings show beside what is usual, and how much data there is. */
final class SettingSymptoms {
    private SettingSymptoms() {}

    static void gather(Examination examination, Symptoms.Gathering to) {
        Run run = examination.run();
        Map<String, String> raw = run.settings().raw();
        run.settings().text(Setting.OPTIMIZER).ifPresent(o -> rate(run, o.toLowerCase(Locale.ROOT), to));
        number(run, Setting.WEIGHT_DECAY).ifPresent(d -> to.above("weight-decay", d, 0.003, 0.06, 0.5, 5));
        number(run, Setting.DROPOUT).ifPresent(d -> to.above("dropout", d, 0.05, 0.55, 0.75));
        number(run, Setting.LABEL_SMOOTHING).ifPresent(s -> to.above("label-smoothing", s, 0.01, 0.3, 0.6, 0.8));
        number(run, Setting.MOMENTUM).ifPresent(m -> to.above("momentum", m, 0.85, 0.95, 0.98, 0.995));
        number(run, Setting.CLIP_NORM).ifPresent(c -> {
            to.put("clip-on", c > 0);
            to.put("clip-tiny", c > 0 && c < 0.1);
        });
        run.settings().text(Setting.BATCH_SIZE).ifPresent(b -> {
            double size = b.equals("full")
                    ? 1e9
                    : run.settings().number(Setting.BATCH_SIZE).orElse(Double.NaN);
            to.above("batch", size, 1.5, 3, 12, 300);
            run.data()
                    .flatMap(d -> d.part(Split.TRAIN))
                    .ifPresent(t -> to.above("batches-per-epoch", Math.ceil(t.rows() / size), 1.5, 4, 10));
        });
        number(run, Setting.EPOCHS).ifPresent(e -> to.above("epochs", e, 1.5, 5, 60, 120));
        run.settings().text(Setting.SCHEDULE).ifPresent(s -> {
            boolean constant = s.contains("constant");
            to.put("schedule-constant", constant);
            examination
                    .learningRate()
                    .filter(r -> r.size() >= 3 && r.max() > 0)
                    .ifPresent(r -> to.put("schedule-broken", constant && r.last() < 0.5 * r.max()));
            to.put(
                    "warm-up",
                    number(run, Setting.WARMUP_STEPS).orElse(0) > 0
                            || number(run, Setting.WARMUP_EPOCHS).orElse(0) > 0
                            || s.contains("one-cycle"));
        });
        run.settings()
                .text(Setting.AUGMENTATION)
                .ifPresent(a -> to.put("augmented", !a.isEmpty() && !a.equals("none") && !a.equals("[]")));
        run.settings().text(Setting.PRECISION).ifPresent(p -> to.put("half-precision", p.contains("16")));
        run.settings()
                .text(Setting.FROZEN)
                .ifPresent(f -> to.put("frozen-declared", !f.equals("none") && !f.isEmpty()));
        of(raw, "optimizer.epsilon").ifPresent(e -> to.above("epsilon", e, 1e-3, 0.05, 0.5, 5));
        of(raw, "optimizer.beta1").ifPresent(b -> {
            to.above("beta1", b, 0.95);
            of(raw, "optimizer.beta2").ifPresent(second -> to.put("beta2-below-beta1", second < b));
        });
        of(raw, "regularization.l2").ifPresent(l -> to.above("l2", l, 0.003, 0.05, 0.3, 3));
        of(raw, "regularization.l1").ifPresent(l -> to.above("l1", l, 0.001));
        of(raw, "data.normalize.divide").ifPresent(d -> to.above("normalize-divide", d, 0.1));
        text(raw, "data.normalize", v -> {
            to.put("normalize-none", v.equals("none"));
        });
        text(
                raw,
                "data.normalize-target",
                v -> to.put("normalize-target-off", v.equals("false") && Task.isRegression(run)));
        text(raw, "data.shuffle", v -> to.put("shuffle-off", v.equals("false")));
        amount(raw, to);
        run.data().ifPresent(d -> data(d, to));
    }

    private static OptionalDouble number(Run run, Setting setting) {
        return run.settings().number(setting);
    }

    /** The learning rate as a multiple of what is usual for the optimizer: 0.001 for Adam and its kin, 0.05 for SGD. */
    private static void rate(Run run, String optimizer, Symptoms.Gathering to) {
        OptionalDouble rate = number(run, Setting.LEARNING_RATE);
        double usual = optimizer.contains("adam") || optimizer.contains("rmsprop") || optimizer.contains("lion")
                ? 0.003
                : optimizer.contains("sgd") ? 0.05 : Double.NaN;
        if (rate.isPresent() && !Double.isNaN(usual)) {
            to.above("rate-to-usual", rate.getAsDouble() / usual, 0.002, 0.02, 0.12, 0.3, 2.5, 6, 12, 25, 60, 100);
        }
    }

    private static OptionalDouble of(Map<String, String> raw, String key) {
        String text = raw.get(key);
        if (text == null) {
            return OptionalDouble.empty();
        }
        try {
            return OptionalDouble.of(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    private interface Use {
        void of(String value);
    }

    private static void text(Map<String, String> raw, String key, Use use) {
        String value = raw.get(key);
        if (value != null) {
            use.of(value);
        }
    }

    /** The strongest noise added to inputs, in units of the prepared input. */
    private static void amount(Map<String, String> raw, Symptoms.Gathering to) {
        raw.forEach((key, value) -> {
            if (key.matches("data\\.augment\\.\\d+\\.noise(\\.deviation)?")) {
                of(raw, key).ifPresent(a -> to.above("noise-added", a, 0.5, 2));
            }
        });
    }

    private static void data(DataProfile data, Symptoms.Gathering to) {
        data.part(Split.TRAIN).ifPresent(train -> {
            to.above("rows", (double) train.rows(), 60, 200, 600);
            if (train.labelCounts().size() >= 2) {
                double least = train.labelCounts().values().stream()
                        .mapToLong(v -> v)
                        .min()
                        .orElse(0);
                double most = train.labelCounts().values().stream()
                        .mapToLong(v -> v)
                        .max()
                        .orElse(1);
                double effective = Math.exp(Task.entropy(train.labelCounts().values()));
                to.above("imbalance", most / Math.max(1, least), 3, 8, 20);
                to.above("effective-classes", effective / train.labelCounts().size(), 0.3, 0.6, 0.9);
                to.above("rows-per-class", least, 3, 10, 30);
            }
        });
    }
}
