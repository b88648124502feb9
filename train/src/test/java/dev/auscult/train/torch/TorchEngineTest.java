package dev.auscult.train.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import dev.auscult.train.engine.Reduction;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Small networks are trained to show that the operations work together. */
@SuppressWarnings("try") // scopes are opened for what their end does
class TorchEngineTest {
    private static final int EXAMPLES = 64;
    private static final int SIDE = 8;
    private static final int CLASSES = 3;

    private final TorchEngine engine = TorchEngine.open("cpu", 1);
    private final List<Tensor> parameters = new ArrayList<>();
    private final List<Tensor> means = new ArrayList<>();
    private final List<Tensor> squares = new ArrayList<>();
    private int steps;

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void trainsAPerceptron() {
        int inputs = SIDE * SIDE;
        try (var random = engine.random(7)) {
            Tensor hidden = parameter(random.normal(0, Math.sqrt(2.0 / inputs), 32, inputs));
            Tensor hiddenBias = parameter(engine.full(0, 32));
            Tensor output = parameter(random.normal(0, 0.1, CLASSES, 32));
            Tensor outputBias = parameter(engine.full(0, CLASSES));
            Batch batch = batch(random.normal(0, 1, EXAMPLES, inputs));

            double first = 0;
            double last = 0;
            for (int step = 0; step < 60; step++) {
                try (Scope scope = engine.scope()) {
                    Tensor activation =
                            engine.linear(batch.inputs, hidden, hiddenBias).relu();
                    Tensor logits = engine.linear(activation, output, outputBias);
                    last = step(logits, batch.classes);
                    first = step == 0 ? last : first;
                }
            }
            assertThat(first).isBetween(0.8, 1.8);
            assertThat(last).isLessThan(0.1);
        }
    }

    @Test
    void trainsAConvolution() {
        try (var random = engine.random(8)) {
            Tensor kernels = parameter(random.normal(0, 0.3, 8, 1, 3, 3));
            Tensor bias = parameter(engine.full(0, 8));
            Tensor scale = parameter(engine.full(1, 8));
            Tensor shift = parameter(engine.full(0, 8));
            Tensor runningMean = engine.full(0, 8);
            Tensor runningVariance = engine.full(1, 8);
            Tensor output = parameter(random.normal(0, 0.1, CLASSES, 8 * 4 * 4));
            Batch batch = batch(random.normal(0, 1, EXAMPLES, 1, SIDE, SIDE));
            long[] one = {1, 1};
            long[] two = {2, 2};

            double last = 0;
            for (int step = 0; step < 150; step++) {
                try (Scope scope = engine.scope()) {
                    Tensor maps = engine.conv2d(batch.inputs, kernels, bias, one, one, one, 1);
                    Tensor normal = engine.batchNorm(maps, scale, shift, runningMean, runningVariance, true, 0.1, 1e-5);
                    Tensor pooled = engine.maxPool(normal.relu(), two, two, new long[] {0, 0});
                    last = step(engine.linear(pooled.reshape(EXAMPLES, -1), output, null), batch.classes);
                }
            }
            assertThat(last).isLessThan(0.1);
            assertThat(runningVariance.toFloats()).doesNotContain(1f);
        }
    }

    private record Batch(Tensor inputs, Tensor classes) {}

    private Batch batch(Tensor inputs) {
        long[] classes = new long[EXAMPLES];
        for (int i = 0; i < EXAMPLES; i++) {
            classes[i] = i % CLASSES;
        }
        return new Batch(inputs.keep(), engine.of(classes, EXAMPLES).keep());
    }

    private Tensor parameter(Tensor tensor) {
        parameters.add(tensor.keep().requiresGradient(true));
        means.add(tensor.detach().copy().zeroInPlace().keep());
        squares.add(tensor.detach().copy().zeroInPlace().keep());
        return tensor;
    }

    /** A step of Adam with learning rate 0.01; gives the loss. */
    private double step(Tensor logits, Tensor classes) {
        Tensor loss = engine.crossEntropy(logits, classes, null, -100, 0, Reduction.MEAN);
        loss.backward();
        steps++;
        try (Scope frozen = engine.withoutGradients()) {
            for (int i = 0; i < parameters.size(); i++) {
                Tensor gradient = parameters.get(i).gradient().orElseThrow();
                means.get(i).lerpInPlace(gradient, 0.1);
                squares.get(i).mulInPlace(0.999).addProductInPlace(gradient, gradient, 0.001);
                Tensor divisor = squares.get(i)
                        .div(1 - Math.pow(0.999, steps))
                        .sqrtInPlace()
                        .addInPlace(1e-8);
                parameters.get(i).addQuotientInPlace(means.get(i), divisor, -0.01 / (1 - Math.pow(0.9, steps)));
                parameters.get(i).clearGradient();
            }
        }
        return loss.item();
    }
}
