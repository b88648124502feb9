package dev.auscult.train.loop;

import java.util.Map;
import java.util.Optional;

import dev.auscult.run.Direction;
import dev.auscult.run.MetricVocabulary;
import dev.auscult.train.checkpoint.State;
import dev.auscult.train.regularize.EarlyStopping;
import dev.auscult.train.spec.TrainingSettings;
import org.jspecify.annotations.Nullable;

/** Which result is watched, which way it is better, and whether it says that the training should end. */
final class Stopping {
    private final String monitor;
    private final Direction direction;
    private final boolean restoresBest;
    private final @Nullable EarlyStopping criterion;

    /**
     * What a spec asks for.
     *
     * @param settings null for no early stopping: the best evaluation is told all the same
     * @param validated whether there are validation examples
     */
    Stopping(TrainingSettings.@Nullable EarlyStopping settings, boolean validated) {
        String usual = validated ? "validation/loss" : "train/loss";
        this.monitor = settings == null ? usual : settings.monitor();
        this.direction = MetricVocabulary.resolve(monitor).direction();
        this.restoresBest = settings != null && settings.restoreBest();
        this.criterion = settings == null ? null : new EarlyStopping(settings, direction);
    }

    String monitor() {
        return monitor;
    }

    /** Whether the training is to end with the best weights. */
    boolean restoresBest() {
        return restoresBest;
    }

    /** The watched result on a scale where less is better; NaN if it was not measured. */
    double score(Map<String, Double> results) {
        double value = results.getOrDefault(monitor, Double.NaN);
        return direction == Direction.HIGHER_IS_BETTER ? -value : value;
    }

    /** Hears an evaluation; why to stop, or empty to go on. */
    Optional<String> observe(int epoch, Map<String, Double> results, double trainLoss) {
        return criterion == null
                ? Optional.empty()
                : criterion.observe(epoch, results.getOrDefault(monitor, Double.NaN), trainLoss);
    }

    void save(State state) {
        if (criterion != null) {
            criterion.state().forEach((name, number) -> state.put("stopping/" + name, number));
        }
    }

    void restore(State state) {
        if (criterion != null) {
            criterion.restore(state.numbersUnder("stopping/"));
        }
    }
}
