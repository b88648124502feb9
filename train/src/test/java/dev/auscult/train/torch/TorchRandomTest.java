package dev.auscult.train.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.EngineException;
import dev.auscult.train.engine.RandomSource;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each source of random numbers goes its own way, and can go it again. */
@SuppressWarnings("try") // scopes are opened for what their end does
class TorchRandomTest {
    private static final int MANY = 100_000;

    private final TorchEngine engine = TorchEngine.open("cpu", 1);

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void hasTheMomentsAskedFor() {
        RandomSource random = engine.random(3);
        Tensor normal = random.normal(2, 0.5, MANY);
        assertThat(normal.mean().item()).isCloseTo(2, within(0.01));
        assertThat(normal.sub(normal.mean()).pow(2).mean().sqrt().item()).isCloseTo(0.5, within(0.01));
        Tensor uniform = random.uniform(-1, 3, MANY);
        assertThat(uniform.min().item()).isBetween(-1.0, -0.99);
        assertThat(uniform.max().item()).isBetween(2.99, 3.0);
        assertThat(uniform.mean().item()).isCloseTo(1, within(0.02));
        Tensor bernoulli = random.bernoulli(0.3, MANY);
        assertThat(bernoulli.mean().item()).isCloseTo(0.3, within(0.01));
        assertThat(bernoulli.mul(bernoulli).sub(bernoulli).abs().max().item()).isZero();
    }

    @Test
    void theSeedDecides() {
        float[] first = engine.random(5).normal(0, 1, 50).toFloats();
        assertThat(engine.random(5).normal(0, 1, 50).toFloats()).isEqualTo(first);
        assertThat(engine.random(6).normal(0, 1, 50).toFloats()).isNotEqualTo(first);
    }

    @Test
    void goesOnFromItsState() {
        RandomSource random = engine.random(5);
        // An odd number leaves half of a pair of normal numbers in the generator.
        random.normal(0, 1, 7);
        byte[] state = random.state();
        List<float[]> wanted = draws(random);

        random.restore(state);
        assertThat(draws(random)).usingRecursiveComparison().isEqualTo(wanted);
        RandomSource other = engine.random(99);
        other.restore(state);
        assertThat(draws(other)).usingRecursiveComparison().isEqualTo(wanted);
    }

    private static List<float[]> draws(RandomSource random) {
        return List.of(
                random.normal(0, 1, 3).toFloats(),
                random.uniform(0, 1, 100).toFloats(),
                random.bernoulli(0.5, 33).toFloats(),
                random.normal(0, 1, 20).toFloats());
    }

    @Test
    void refusesAStateThatIsNone() {
        assertThatThrownBy(() -> engine.random(1).restore(new byte[3])).isInstanceOf(EngineException.class);
        assertThatThrownBy(() -> engine.random(1).restore(new byte[100_000])).isInstanceOf(EngineException.class);
    }

    @Test
    void trainingsSideBySideEqualTrainingsAlone() throws Exception {
        List<float[]> alone =
                IntStream.range(0, 2).mapToObj(TorchRandomTest::trained).toList();
        assertThat(alone.get(0)).isNotEqualTo(alone.get(1));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 3; round++) {
                Future<float[]> first = threads.submit(() -> trained(0));
                Future<float[]> second = threads.submit(() -> trained(1));
                assertThat(first.get()).isEqualTo(alone.get(0));
                assertThat(second.get()).isEqualTo(alone.get(1));
            }
        } finally {
            threads.shutdown();
        }
    }

    /** Weights after 50 steps with dropout. */
    private static float[] trained(int seed) {
        try (Engine engine = TorchEngine.open("cpu", 1);
                RandomSource random = engine.random(seed)) {
            Tensor weight = random.normal(0, 0.1, 16, 32).keep().requiresGradient(true);
            for (int step = 0; step < 50; step++) {
                try (Scope scope = engine.scope()) {
                    Tensor inputs = random.normal(0, 1, 8, 32).mul(random.bernoulli(0.5, 8, 32));
                    engine.linear(inputs, weight, null).tanh().pow(2).mean().backward();
                    try (Scope frozen = engine.withoutGradients()) {
                        weight.addInPlace(weight.gradient().orElseThrow(), -0.1);
                    }
                    weight.clearGradient();
                }
            }
            return weight.toFloats();
        }
    }
}
