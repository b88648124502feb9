package dev.auscult.train.torch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import dev.auscult.train.engine.AdamKernel;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.RandomSource;
import dev.auscult.train.engine.Reduction;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Time of a training step with Adam: {@code StepTime NET BATCH SECONDS [fused]} prints the 25 % quantile in microseconds, of
 * the wall clock and of the thread's time. The nets are those of bench/python/step_time.py.
 */
@SuppressWarnings("try") // scopes are opened for what their end does
public final class StepTime {
    private static final int SIDE = 28;
    private static final int CLASSES = 10;
    private static final int BLOCK = 5;
    private static final long[] ONE = {1, 1};
    private static final long[] TWO = {2, 2};
    private static final long[] NONE = {0, 0};

    private final Engine engine;
    private final RandomSource random;
    private final int batch;
    private final List<Tensor> parameters = new ArrayList<>();

    private StepTime(Engine engine, int batch) {
        this.engine = engine;
        this.random = engine.random(7);
        this.batch = batch;
    }

    public static void main(String[] arguments) {
        boolean convolutional = arguments[0].equals("cnn");
        int batch = Integer.parseInt(arguments[1]);
        double seconds = Double.parseDouble(arguments[2]);
        boolean fused = arguments.length > 3 && arguments[3].equals("fused");
        try (Engine engine = TorchEngine.open("cpu", 1)) {
            new StepTime(engine, batch).measure(convolutional, fused, seconds);
        }
    }

    private void measure(boolean convolutional, boolean fused, double seconds) {
        if (convolutional) {
            parameter(16, 1, 3, 3);
            parameter(16);
            parameter(32, 16, 3, 3);
            parameter(32);
            parameter(64, 32 * 7 * 7);
            parameter(64);
            parameter(CLASSES, 64);
            parameter(CLASSES);
        } else {
            parameter(256, SIDE * SIDE);
            parameter(256);
            parameter(128, 256);
            parameter(128);
            parameter(CLASSES, 128);
            parameter(CLASSES);
        }
        Adam adam = new Adam(engine, parameters, fused);
        float[] pixels = (convolutional
                        ? random.normal(0, 1, batch, 1, SIDE, SIDE)
                        : random.normal(0, 1, batch, SIDE * SIDE))
                .toFloats();
        long[] classes = new long[batch];
        Arrays.setAll(classes, i -> i % CLASSES);

        List<Double> times = new ArrayList<>();
        List<Double> work = new ArrayList<>();
        double before = threadTime();
        long end = System.nanoTime() + (long) (seconds * 1e9);
        while (System.nanoTime() < end) {
            long start = System.nanoTime();
            try (Scope scope = engine.scope()) {
                Tensor inputs =
                        convolutional ? engine.of(pixels, batch, 1, SIDE, SIDE) : engine.of(pixels, batch, SIDE * SIDE);
                Tensor target = engine.of(classes, batch);
                Tensor logits = convolutional ? convolution(inputs) : perceptron(inputs);
                engine.crossEntropy(logits, target, null, -100, 0, Reduction.MEAN)
                        .backward();
                adam.step(engine);
            }
            times.add((System.nanoTime() - start) / 1e3);
            if (times.size() % BLOCK == 0) {
                double now = threadTime();
                work.add((now - before) / BLOCK);
                before = now;
            }
        }
        System.out.printf(Locale.ROOT, "%.1f %.1f%n", quantile(times), quantile(work));
    }

    /** Microseconds that this thread has had a core, as Linux counts them. */
    private static double threadTime() {
        try {
            String counts = Files.readString(Path.of("/proc/thread-self/schedstat"));
            return Long.parseLong(counts.substring(0, counts.indexOf(' '))) / 1e3;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of the later half: the first warms up. */
    private static double quantile(List<Double> times) {
        List<Double> later =
                times.subList(times.size() / 2, times.size()).stream().sorted().toList();
        return later.get(later.size() / 4);
    }

    private Tensor perceptron(Tensor inputs) {
        Tensor first =
                engine.linear(inputs, parameters.get(0), parameters.get(1)).relu();
        Tensor second =
                engine.linear(first, parameters.get(2), parameters.get(3)).relu();
        return engine.linear(second, parameters.get(4), parameters.get(5));
    }

    private Tensor convolution(Tensor inputs) {
        Tensor first = engine.conv2d(inputs, parameters.get(0), parameters.get(1), ONE, ONE, ONE, 1)
                .relu();
        Tensor small = engine.maxPool(first, TWO, TWO, NONE);
        Tensor second = engine.conv2d(small, parameters.get(2), parameters.get(3), ONE, ONE, ONE, 1)
                .relu();
        Tensor flat = engine.maxPool(second, TWO, TWO, NONE).reshape(batch, -1);
        Tensor third = engine.linear(flat, parameters.get(4), parameters.get(5)).relu();
        return engine.linear(third, parameters.get(6), parameters.get(7));
    }

    private void parameter(long... shape) {
        parameters.add(random.normal(0, 0.05, shape).requiresGradient(true));
    }

    /** Adam, fused, or operation by operation as an optimizer without a kernel would do it. */
    private static final class Adam {
        private final List<Tensor> parameters;
        private final List<Tensor> means = new ArrayList<>();
        private final List<Tensor> squares = new ArrayList<>();
        private final @Nullable AdamKernel kernel;
        private int steps;

        Adam(Engine engine, List<Tensor> parameters, boolean fused) {
            this.parameters = parameters;
            for (Tensor parameter : parameters) {
                means.add(parameter.detach().copy().zeroInPlace());
                squares.add(parameter.detach().copy().zeroInPlace());
            }
            kernel = fused ? engine.adam(parameters, means, squares, false) : null;
        }

        void step(Engine engine) {
            steps++;
            if (kernel != null) {
                kernel.step(steps, 0.001, 0.9, 0.999, 1e-8, 0);
            } else {
                update(engine);
            }
            parameters.forEach(Tensor::clearGradient);
        }

        private void update(Engine engine) {
            double meanCorrection = 1 - Math.pow(0.9, steps);
            double squareCorrection = Math.sqrt(1 - Math.pow(0.999, steps));
            try (Scope frozen = engine.withoutGradients()) {
                for (int i = 0; i < parameters.size(); i++) {
                    Tensor gradient = parameters.get(i).gradient().orElseThrow();
                    means.get(i).lerpInPlace(gradient, 0.1);
                    squares.get(i).mulInPlace(0.999).addProductInPlace(gradient, gradient, 0.001);
                    Tensor divisor =
                            squares.get(i).sqrt().divInPlace(squareCorrection).addInPlace(1e-8);
                    parameters.get(i).addQuotientInPlace(means.get(i), divisor, -0.001 / meanCorrection);
                }
            }
        }
    }
}
