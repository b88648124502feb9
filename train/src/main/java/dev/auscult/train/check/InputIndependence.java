package dev.auscult.train.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.auscult.data.Batch;
import dev.auscult.run.Probe;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.loop.Setup;

/**
 * Trains shortly on real inputs, on inputs that belong to other examples of the batch, and on zeros, with the same batches in
 * the same order. The losses are compared step by step, which leaves the noise of the batches out.
 *
 * <p>Where the first, short try tells nothing, a longer one is made.
 */
public final class InputIndependence {
    private static final int SHORT = 60;
    private static final int LONG = 240;

    /** Standard errors by which real inputs must do better for the short try to be enough. */
    private static final double CLEAR = 5;

    private static final int MOST_EXAMPLES = 64;

    private InputIndependence() {}

    /** Does it; the network stays as it is. */
    public static Probe run(Setup setup) {
        Probe probe = tried(setup, SHORT);
        double gain = Math.min(number(probe, "shuffled-loss"), number(probe, "zeroed-loss")) - number(probe, "loss");
        return gain > CLEAR * number(probe, "standard-error") ? probe : tried(setup, LONG);
    }

    private static double number(Probe probe, String name) {
        return probe.number(name).orElse(Double.NaN);
    }

    /** What the network is given. */
    private enum Given {
        REAL,
        SHUFFLED,
        ZEROED
    }

    @SuppressWarnings("try") // Scopes work by being open.
    private static Probe tried(Setup setup, int steps) {
        double[] real;
        double[] shuffled;
        double[] zeroed;
        try (Untouched untouched = new Untouched(setup.engine(), setup.network())) {
            real = losses(setup, Given.REAL, steps);
            untouched.restore();
            shuffled = losses(setup, Given.SHUFFLED, steps);
            untouched.restore();
            zeroed = losses(setup, Given.ZEROED, steps);
        }
        int last = Math.max(2, steps / 3);
        boolean zeroIsBetter = tailMean(zeroed, last) < tailMean(shuffled, last);
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("loss", tailMean(real, last));
        numbers.put("shuffled-loss", tailMean(shuffled, last));
        numbers.put("zeroed-loss", tailMean(zeroed, last));
        numbers.put(
                "standard-error", Statistics.standardError(differences(zeroIsBetter ? zeroed : shuffled, real, last)));
        numbers.put("start-loss", real[0]);
        numbers.put("steps", (double) steps);
        return new Probe(Probe.Kind.INPUT_INDEPENDENCE, numbers, Map.of(), List.of());
    }

    private static double tailMean(double[] losses, int last) {
        double sum = 0;
        for (int i = losses.length - last; i < losses.length; i++) {
            sum += losses[i];
        }
        return sum / last;
    }

    private static double[] differences(double[] a, double[] b, int last) {
        double[] differences = new double[last];
        for (int i = 0; i < last; i++) {
            differences[i] = a[a.length - last + i] - b[b.length - last + i];
        }
        return differences;
    }

    @SuppressWarnings("try") // Scopes work by being open.
    private static double[] losses(Setup setup, Given given, int steps) {
        Engine engine = setup.engine();
        Random order = new Random(setup.spec().seed());
        double[] losses = new double[steps];
        int size = Math.max(2, Math.min(MOST_EXAMPLES, setup.spec().training().batchSize()));
        try (BatchStream stream = new BatchStream(setup, size, List.of());
                ShortTraining training = new ShortTraining(setup, ShortTraining.RATE, new MeanSource(engine))) {
            for (int i = 0; i < steps; i++) {
                try (Scope scope = engine.scope()) {
                    Batch batch = stream.next();
                    Tensor input = changed(engine, stream.input(batch), given, order);
                    losses[i] = training.step(input, stream.target(batch));
                }
            }
        }
        return losses;
    }

    private static Tensor changed(Engine engine, Tensor input, Given given, Random order) {
        return switch (given) {
            case REAL -> input;
            case ZEROED -> input.zeroInPlace();
            case SHUFFLED -> input.indexSelect(0, permutation(engine, input.shape()[0], order));
        };
    }

    /** Fisher and Yates. */
    private static Tensor permutation(Engine engine, long size, Random random) {
        long[] order = new long[Math.toIntExact(size)];
        for (int i = 0; i < order.length; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return engine.of(order, size);
    }
}
