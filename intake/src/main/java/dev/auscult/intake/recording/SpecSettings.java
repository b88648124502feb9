package dev.auscult.intake.recording;

import java.util.Map;

import dev.auscult.run.Setting;
import dev.auscult.run.Settings;

/** What the keys of a training spec mean where their names alone do not say. */
final class SpecSettings {
    private static final Map<String, Setting> KEYS = Map.of(
            "training.accumulate", Setting.ACCUMULATE,
            "training.precision", Setting.PRECISION,
            "training.early-stopping.patience", Setting.PATIENCE,
            "schedule.type", Setting.SCHEDULE,
            "data.augment", Setting.AUGMENTATION);

    private SpecSettings() {}

    /** Adds a spec, flattened to dotted names, to the settings of a run. */
    static void add(Settings spec, Settings.Builder settings) {
        KEYS.forEach((key, setting) -> {
            String value = spec.raw().get(key);
            if (value != null) {
                settings.put(setting, value);
            }
        });
        String added = String.join(
                ", ",
                spec.raw().keySet().stream()
                        .filter(key -> key.matches("data\\.augment\\.\\d+\\..*"))
                        .map(key -> key.split("\\.", -1)[3])
                        .distinct()
                        .toList());
        if (!added.isEmpty()) {
            settings.put(Setting.AUGMENTATION, added);
        }
        String warmUp = spec.raw().get("schedule.warm-up.length");
        if (warmUp != null) {
            boolean epochs = "epoch".equals(spec.raw().get("schedule.per"));
            settings.put(epochs ? Setting.WARMUP_EPOCHS : Setting.WARMUP_STEPS, warmUp);
        }
        if ("null".equals(spec.raw().get("training.clip-norm"))) {
            // Nothing is clipped, which is more than that nothing is known.
            settings.put(Setting.CLIP_NORM, "0");
        }
        settings.putAll(spec);
    }
}
