package dev.auscult.train.regularize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import java.util.Optional;

import dev.auscult.run.Direction;
import dev.auscult.train.spec.SpecException;
import dev.auscult.train.spec.TrainingSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Early stopping against criteria worked out by hand. */
class EarlyStoppingTest {
    private static EarlyStopping stopping(
            String criterion, int patience, double minDelta, double threshold, int strip, Direction direction) {
        return new EarlyStopping(
                new TrainingSettings.EarlyStopping(
                        criterion, "validation/loss", patience, minDelta, threshold, strip, true),
                direction);
    }

    private static EarlyStopping lower(String criterion, int patience, double threshold, int strip) {
        return stopping(criterion, patience, 0, threshold, strip, Direction.LOWER_IS_BETTER);
    }

    /** The evaluation, from 1, at which it stops; 0 if it does not. */
    private static int stop(EarlyStopping stopping, double[] values, double... training) {
        for (int i = 0; i < values.length; i++) {
            double loss = training.length == 0 ? 1.0 / (i + 1) : training[i];
            if (stopping.observe(i + 1, values[i], loss).isPresent()) {
                return i + 1;
            }
        }
        return 0;
    }

    @Test
    void patienceWaitsForThatManyEvaluationsWithoutAGain() {
        double[] values = {1, 0.8, 0.9, 0.85, 0.7, 0.7, 0.71, 0.72, 0.6};
        EarlyStopping stopping = lower("patience", 3, 0, 5);
        assertThat(stop(stopping, values)).isEqualTo(8);
        assertThat(stopping.best()).isEqualTo(0.7);
        assertThat(stopping.bestEpoch()).isEqualTo(5);
        assertThat(stopping.isBest()).isFalse();
        assertThat(stop(lower("patience", 4, 0, 5), values)).isZero();
        assertThat(stop(lower("patience", 0, 0, 5), values)).isEqualTo(3);
    }

    @Test
    void theReasonNamesTheSeriesAndTheBest() {
        EarlyStopping stopping = lower("patience", 1, 0, 5);
        assertThat(stopping.observe(2, 0.5, 1)).isEqualTo(Optional.empty());
        assertThat(stopping.observe(4, 0.6, 1).orElseThrow())
                .isEqualTo("validation/loss has not gained for 1 evaluations, its best is 0.5000 at epoch 2");
    }

    @Test
    void aGainMustExceedMinDelta() {
        double[] values = {1, 0.95, 0.9, 0.85};
        assertThat(stop(stopping("patience", 2, 0.2, 0, 5, Direction.LOWER_IS_BETTER), values))
                .isEqualTo(3);
        assertThat(stop(stopping("patience", 2, 0.04, 0, 5, Direction.LOWER_IS_BETTER), values))
                .isZero();
    }

    @Test
    void higherMayBeBetter() {
        double[] values = {0.5, 0.7, 0.6, 0.65, 0.9};
        assertThat(stop(stopping("patience", 3, 0, 0, 5, Direction.HIGHER_IS_BETTER), values))
                .isZero();
        assertThat(stop(stopping("patience", 2, 0, 0, 5, Direction.HIGHER_IS_BETTER), values))
                .isEqualTo(4);
    }

    @Test
    void notANumberIsNoGain() {
        double nan = Double.NaN;
        assertThat(stop(lower("patience", 2, 0, 5), new double[] {nan, nan, 1})).isEqualTo(2);
        assertThat(stop(lower("patience", 2, 0, 5), new double[] {1, nan, 0.9, nan, nan}))
                .isEqualTo(5);
        assertThat(stop(lower("gl", 2, 5, 5), new double[] {1, nan})).isEqualTo(2);
    }

    @Test
    void generalisationLossIsPercentAboveTheBest() {
        // GL: 0, 0, 2.5, 5, 6.25 %.
        double[] values = {1, 0.8, 0.82, 0.84, 0.85};
        assertThat(stop(lower("gl", 1, 4.9, 99), values)).isEqualTo(4);
        assertThat(stop(lower("gl", 1, 5.1, 99), values)).isEqualTo(5);
        assertThat(stop(lower("gl", 1, 7, 99), values)).isZero();
    }

    @Test
    void quotientSetsTheLossAgainstTheProgressOfTheStrip() {
        double[] values = {1, 0.8, 0.84, 0.88, 0.9, 0.88};
        double[] training = {1, 0.9, 0.8, 0.7, 0.65, 0.6};
        // Strips of 3 end at 3 and 6: GL 5 and 10; P 1000·(2.7/2.4 − 1) = 125 and 1000·(1.95/1.8 − 1) = 83.3.
        assertThat(stop(lower("pq", 1, 0.039, 3), values, training)).isEqualTo(3);
        assertThat(stop(lower("pq", 1, 0.041, 3), values, training)).isEqualTo(6);
        assertThat(stop(lower("pq", 1, 0.121, 3), values, training)).isZero();
    }

    @Test
    void upCountsStripsThatRoseInARow() {
        double[] values = {1, 0.9, 0.8, 0.95, 0.7, 0.96, 0.6, 0.8, 0.5, 0.85, 0.5, 0.9, 0.5, 0.95};
        // Ends of strips of 2: 0.9, 0.95 up, 0.96 up, 0.8, 0.85 up, 0.9 up, 0.95 up.
        assertThat(stop(lower("up", 1, 0, 2), values)).isEqualTo(4);
        assertThat(stop(lower("up", 2, 0, 2), values)).isEqualTo(6);
        assertThat(stop(lower("up", 3, 0, 2), values)).isEqualTo(14);
        assertThat(stop(lower("up", 4, 0, 2), values)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gl", "pq", "up"})
    void stopsWhenTrainingHasStalled(String criterion) {
        double[] falling = {1, 0.9, 0.8, 0.7, 0.6, 0.5};
        assertThat(stop(lower(criterion, 2, 3, 3), falling, 1, 0.9, 0.8, 0.7, 0.69999, 0.7))
                .isEqualTo(6);
        double nan = Double.NaN;
        assertThat(stop(lower(criterion, 2, 3, 3), falling, nan, nan, nan, nan, nan, nan))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"patience", "gl", "pq", "up"})
    void goesOnFromASavedState(String criterion) {
        EarlyStopping whole = lower(criterion, 3, 0.5, 3);
        EarlyStopping cut = lower(criterion, 3, 0.5, 3);
        boolean stopped = false;
        for (int epoch = 1; epoch <= 60 && !stopped; epoch++) {
            double value = 1.0 / epoch + 0.01 * epoch;
            Map<String, Double> state = cut.state();
            cut = lower(criterion, 3, 0.5, 3);
            cut.restore(state);
            Optional<String> reason = whole.observe(epoch, value, 1.0 / epoch);
            assertThat(cut.observe(epoch, value, 1.0 / epoch)).isEqualTo(reason);
            stopped = reason.isPresent();
        }
        assertThat(stopped).isTrue();
    }

    @Test
    void refusesWhatItCannotWatch() {
        assertThatExceptionOfType(SpecException.class)
                .isThrownBy(() -> stopping("gl", 1, 0, 1, 5, Direction.HIGHER_IS_BETTER))
                .withMessageContaining("patience");
        assertThatExceptionOfType(SpecException.class)
                .isThrownBy(() -> lower("sooner", 1, 1, 5))
                .withMessageContaining("sooner");
    }
}
