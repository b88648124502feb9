package dev.auscult.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;

import dev.auscult.data.DataShape;
import dev.auscult.data.Extents;
import dev.auscult.data.Task;
import dev.auscult.train.engine.DType;
import dev.auscult.train.engine.EngineException;
import dev.auscult.train.engine.Reduction;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.spec.LossSettings;
import dev.auscult.train.spec.RegularizationSettings;
import dev.auscult.train.torch.TorchEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What losses come to without looking at the input, and what they refuse. */
@SuppressWarnings("try") // scopes are opened for what their end does
class CriterionTest {
    private static final long[] COUNTS = {6, 3, 1};
    private static final double[] WEIGHTS = {0.5, 1, 3};
    private static final double P = 0.6;

    private final TorchEngine engine = TorchEngine.open("cpu", 1);

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void theBestConstantIsThePrior() {
        double entropy = -(0.6 * Math.log(0.6) + 0.3 * Math.log(0.3) + 0.1 * Math.log(0.1));
        assertThat(atPrior("cross-entropy")).isCloseTo(entropy, within(1e-12));
        // Mean over the classes of p(1 − p), and of min(p, 1 − p).
        assertThat(atPrior("mse")).isCloseTo((0.24 + 0.21 + 0.09) / 3, within(1e-9));
        assertThat(atPrior("mae")).isCloseTo((0.4 + 0.3 + 0.1) / 3, within(1e-9));
        assertThat(atPrior("binary-cross-entropy"))
                .isCloseTo((binaryEntropy(0.6) + binaryEntropy(0.3) + binaryEntropy(0.1)) / 3, within(1e-9));
        try (Criterion hinge = criterion("hinge", 0, Task.CLASSIFICATION, 3)) {
            assertThat(hinge.atPrior(COUNTS)).isEmpty();
        }
    }

    /** The slow twin: one row of outputs for all examples, trained until it rests. */
    @ParameterizedTest
    @CsvSource({
        "cross-entropy, 0.1, true",
        "cross-entropy, 0, true",
        "binary-cross-entropy, 0.1, true",
        "mse, 0.2, true",
        "huber, 0, false",
        "focal, 0, false",
        "focal, 0.1, true"
    })
    void trainingAConstantComesToTheSame(String type, double smoothing, boolean weighted) {
        try (Criterion criterion =
                criterion(type, smoothing, Task.CLASSIFICATION, 3, weighted ? WEIGHTS : new double[0])) {
            long[] classes = {0, 0, 0, 0, 0, 0, 1, 1, 1, 2};
            Tensor row = engine.of(new double[3], 1, 3).keep().requiresGradient(true);
            double loss = 0;
            double rate = type.equals("mse") || type.equals("huber") ? 0.5 : 2;
            for (int step = 0; step < 800; step++) {
                try (Scope scope = engine.scope()) {
                    Tensor value = criterion.loss(row.expand(10, 3), engine.of(classes, 10));
                    loss = value.item();
                    value.backward();
                    Tensor gradient = row.gradient().orElseThrow();
                    try (Scope still = engine.withoutGradients()) {
                        row.addInPlace(gradient, -rate);
                    }
                    row.clearGradient();
                }
            }
            row.close();
            assertThat(criterion.atPrior(COUNTS).orElseThrow()).isCloseTo(loss, within(1e-6));
        }
    }

    @Test
    void theBestConstantForNumbers() {
        float[] targets = {1, 10, 2, 10, 6, 40};
        // Columns 1, 2, 6 (variance 14/3, distance from the median 5/3) and 10, 10, 40 (200; 10).
        assertThat(atConstant("mse", targets)).isCloseTo((14 / 3.0 + 200) / 2, within(1e-9));
        assertThat(atConstant("mae", targets)).isCloseTo((5 / 3.0 + 10) / 2, within(1e-9));
        // Where all differences are small, half the square; where all are large, the distance less ½.
        assertThat(atConstant("huber", new float[] {0, 0, 0.3f, 0.3f})).isCloseTo(0.15 * 0.15 / 2, within(1e-8));
    }

    @Test
    void theBestConstantForLabels() {
        try (Criterion labels = criterion("binary-cross-entropy", 0, Task.MULTI_LABEL, 1)) {
            float[] targets = {1, 1, 1, 0, 0};
            assertThat(labels.atConstant(targets, 1).orElseThrow()).isCloseTo(binaryEntropy(P), within(1e-9));
        }
        try (Criterion smoothed = criterion("binary-cross-entropy", 0.1, Task.MULTI_LABEL, 1)) {
            assertThat(smoothed.atConstant(new float[] {1, 1, 1, 0, 0}, 1).orElseThrow())
                    .isCloseTo(binaryEntropy(0.6 * 0.9 + 0.05), within(1e-9));
        }
    }

    @Test
    void smoothingLiftsTheFloor() {
        assertThat(lowest("cross-entropy", 0)).isZero();
        double off = 0.1 / 3;
        double on = 0.9 + off;
        assertThat(lowest("cross-entropy", 0.1)).isCloseTo(-on * Math.log(on) - 2 * off * Math.log(off), within(1e-12));
        assertThat(lowest("binary-cross-entropy", 0.1))
                .isCloseTo((binaryEntropy(on) + 2 * binaryEntropy(off)) / 3, within(1e-9));
        assertThat(lowest("mse", 0.1)).isCloseTo(0, within(1e-12));
        try (Criterion labels = criterion("binary-cross-entropy", 0.1, Task.MULTI_LABEL, 2)) {
            assertThat(labels.lowest()).isCloseTo(binaryEntropy(0.05), within(1e-9));
        }
    }

    @Test
    void aTaskHasItsUsualLoss() {
        assertThat(usual(Task.CLASSIFICATION)).isEqualTo("cross-entropy");
        assertThat(usual(Task.LANGUAGE_MODEL)).isEqualTo("cross-entropy");
        assertThat(usual(Task.MULTI_LABEL)).isEqualTo("binary-cross-entropy");
        assertThat(usual(Task.REGRESSION)).isEqualTo("mse");
    }

    @Test
    void lossesOfExamplesAndPlaces() {
        try (Scope scope = engine.scope();
                Criterion language = criterion("cross-entropy", 0, Task.LANGUAGE_MODEL, 4)) {
            Tensor output = engine.zeros(DType.FLOAT32, 2, 3, 4);
            Tensor target = engine.of(new long[] {1, 2, -1, 3, -1, -1}, 2, 3);
            Tensor losses = language.loss(output, target, Reduction.NONE);
            assertThat(losses.shape()).containsExactly(2, 3);
            float log4 = (float) Math.log(4);
            assertThat(losses.toFloats()).containsExactly(new float[] {log4, log4, 0, log4, 0, 0}, within(1e-6f));
        }
    }

    @Test
    void whatDoesNotFitIsSaidInOneLine() {
        try (Scope scope = engine.scope();
                Criterion mse = criterion("mse", 0, Task.REGRESSION, 1);
                Criterion entropy = criterion("cross-entropy", 0, Task.CLASSIFICATION, 2)) {
            Tensor column = engine.full(0, 4, 1);
            assertThatThrownBy(() -> mse.loss(column, engine.full(0, 4)))
                    .isInstanceOf(EngineException.class)
                    .hasMessage("mse wants targets of the shape of the outputs, found outputs [4, 1] and targets [4]");
            assertThatThrownBy(() -> entropy.loss(column, engine.of(new long[] {0, 1, 0, 1}, 4)))
                    .isInstanceOf(EngineException.class)
                    .hasMessage(
                            "cross-entropy wants an output for each of 2 classes, found outputs [4, 1] and targets [4]");
        }
        assertThatThrownBy(() -> criterion("mse", 0, Task.CLASSIFICATION, 2, WEIGHTS))
                .hasMessage("loss.class-weights: found 3 numbers, wanted one for each of 2 classes");
    }

    @Test
    void weightsOfTheSpecComeBeforeThoseOfTheData() {
        LossSettings settings = new LossSettings("cross-entropy", "mean", 1, 2, List.of(1.0, 1.0, 1.0));
        try (Criterion own = Criterion.of(settings, smoothing(0), shape(Task.CLASSIFICATION, 3), WEIGHTS, engine)) {
            assertThat(own.atPrior(COUNTS).orElseThrow()).isCloseTo(atPrior("cross-entropy"), within(1e-12));
        }
    }

    private static double binaryEntropy(double p) {
        return -p * Math.log(p) - (1 - p) * Math.log(1 - p);
    }

    private double atPrior(String type) {
        try (Criterion criterion = criterion(type, 0, Task.CLASSIFICATION, 3)) {
            return criterion.atPrior(COUNTS).orElseThrow();
        }
    }

    private double atConstant(String type, float[] targets) {
        try (Criterion criterion = criterion(type, 0, Task.REGRESSION, 2)) {
            return criterion.atConstant(targets, 2).orElseThrow();
        }
    }

    private double lowest(String type, double smoothing) {
        try (Criterion criterion = criterion(type, smoothing, Task.CLASSIFICATION, 3)) {
            return criterion.lowest();
        }
    }

    private String usual(Task task) {
        try (Criterion criterion = criterion("", 0, task, 2)) {
            return criterion.name();
        }
    }

    private Criterion criterion(String type, double smoothing, Task task, int outputs, double... weights) {
        LossSettings settings = new LossSettings(type, "mean", 1, 2, null);
        return Criterion.of(settings, smoothing(smoothing), shape(task, outputs), weights, engine);
    }

    private static RegularizationSettings smoothing(double epsilon) {
        return new RegularizationSettings(0, 0, epsilon, 0, 0, 0);
    }

    private static DataShape shape(Task task, int outputs) {
        return new DataShape(task, Extents.of(4), false, 0, outputs);
    }
}
