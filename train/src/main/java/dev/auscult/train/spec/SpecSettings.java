package dev.auscult.train.spec;

import java.util.List;
import java.util.Map;

import dev.auscult.run.Setting;
import dev.auscult.run.Settings;
import org.jspecify.annotations.Nullable;

/** A spec as the settings of a run: every key by its dotted path, as {@code --set} names it, and the known ones typed. */
public final class SpecSettings {
    private SpecSettings() {}

    /** The settings of a spec. */
    public static Settings of(Spec spec) {
        Settings.Builder settings = Settings.builder();
        // These come first, since names deep inside (the momentum of batch-norm) would else be taken for them.
        OptimizerSettings optimizer = spec.optimizer();
        TrainingSettings training = spec.training();
        settings.put(Setting.LEARNING_RATE, YamlText.number(optimizer.learningRate()));
        settings.put(
                Setting.BATCH_SIZE, text(training.batchSize() == Integer.MAX_VALUE ? "full" : training.batchSize()));
        settings.put(Setting.ACCUMULATE, text(training.accumulate()));
        settings.put(Setting.OPTIMIZER, optimizer.type());
        settings.put(Setting.MOMENTUM, YamlText.number(optimizer.momentum()));
        settings.put(Setting.WEIGHT_DECAY, YamlText.number(optimizer.weightDecay()));
        settings.put(Setting.DROPOUT, YamlText.number(dropout(spec.model().layers())));
        settings.put(
                Setting.LABEL_SMOOTHING, YamlText.number(spec.regularization().labelSmoothing()));
        settings.put(
                Setting.AUGMENTATION,
                spec.data().augment().isEmpty()
                        ? "none"
                        : String.join(
                                ", ",
                                spec.data().augment().stream()
                                        .map(a -> a.type())
                                        .toList()));
        settings.put(Setting.SCHEDULE, spec.schedule().type());
        if (spec.schedule().warmUp() > 0) {
            settings.put(
                    spec.schedule().per().equals("step") ? Setting.WARMUP_STEPS : Setting.WARMUP_EPOCHS,
                    YamlText.number(spec.schedule().warmUp()));
        }
        settings.put(Setting.EPOCHS, text(training.epochs()));
        TrainingSettings.EarlyStopping stopping = training.earlyStopping();
        if (stopping != null && stopping.criterion().equals("patience")) {
            settings.put(Setting.PATIENCE, text(stopping.patience()));
        }
        Double clipNorm = training.clipNorm();
        settings.put(Setting.CLIP_NORM, clipNorm == null ? "none" : YamlText.number(clipNorm));
        Double clipValue = training.clipValue();
        settings.put(Setting.CLIP_VALUE, clipValue == null ? "none" : YamlText.number(clipValue));
        settings.put(Setting.SEED, text(spec.seed()));
        if (!spec.loss().type().isEmpty()) {
            settings.put(Setting.LOSS, spec.loss().type());
        }
        settings.put(Setting.PRECISION, training.precision());
        List<String> frozen = optimizer.groups().stream()
                .filter(OptimizerSettings.Group::frozen)
                .map(OptimizerSettings.Group::match)
                .toList();
        settings.put(Setting.FROZEN, frozen.isEmpty() ? "none" : String.join(", ", frozen));
        put(settings, "", SpecTree.of(spec));
        return settings.build();
    }

    private static void put(Settings.Builder settings, String path, @Nullable Object value) {
        String dot = path.isEmpty() ? "" : path + ".";
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, inside) -> put(settings, dot + key, inside));
        } else if (value instanceof List<?> list && list.stream().anyMatch(i -> i instanceof Map<?, ?>)) {
            for (int i = 0; i < list.size(); i++) {
                put(settings, dot + i, list.get(i));
            }
        } else if (value instanceof String text) {
            settings.put(path, text);
        } else if (value != null) {
            settings.put(path, YamlText.inline(value));
        }
    }

    /** The largest dropout rate in the network. */
    private static double dropout(List<LayerSettings> layers) {
        double most = 0;
        for (LayerSettings layer : layers) {
            for (String key : List.of("rate", "dropout")) {
                if (layer.options().get(key) instanceof Double rate) {
                    most = Math.max(most, rate);
                }
            }
            most = Math.max(most, dropout(layer.children()));
        }
        return most;
    }

    private static String text(Object value) {
        return value.toString();
    }
}
