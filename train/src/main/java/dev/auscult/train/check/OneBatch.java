package dev.auscult.train.check;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.auscult.data.Batch;
import dev.auscult.data.Task;
import dev.auscult.run.Probe;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.Reduction;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.loop.Setup;
import dev.auscult.train.model.LayerListener;
import dev.auscult.train.model.Pass;

/**
 * Trains on one batch alone, which a sound network learns by heart, without dropout, augmentation and weight decay.
 *
 * <p>Examples with equal inputs are left out, since they may want different answers. Where one learning rate does not do,
 * others are tried, and the best try counts.
 */
public final class OneBatch {
    private static final int EXAMPLES = 32;

    /** Places of the sequences of a language model, all together. */
    private static final int PLACES = 128;

    private static final int MOST_STEPS = 300;
    private static final int FEWEST_STEPS = 50;
    private static final double[] RATES = {ShortTraining.RATE, 0.02, 0.0005};

    /** Share of the removable loss that may be left when a try ends as a success. */
    private static final double LEARNED = 0.02;

    private OneBatch() {}

    /** Does it; the network stays as it is. */
    @SuppressWarnings("try") // Scopes work by being open.
    public static Probe run(Setup setup) {
        Engine engine = setup.engine();
        double floor = setup.criterion().lowest();
        Probe best = null;
        double taken = 0;
        try (Untouched untouched = new Untouched(engine, setup.network());
                Sample sample = distinct(setup)) {
            for (double rate : RATES) {
                untouched.restore();
                Probe tried = attempt(setup, sample, rate, floor);
                taken += tried.number("steps").orElse(0);
                if (best == null || better(tried, best)) {
                    best = tried;
                }
                if (left(best) <= LEARNED) {
                    break;
                }
            }
        }
        Map<String, Double> numbers = new LinkedHashMap<>(best == null ? Map.of() : best.numbers());
        numbers.put("steps-of-all-tries", taken);
        return new Probe(Probe.Kind.ONE_BATCH, numbers, Map.of(), List.of());
    }

    private static boolean better(Probe tried, Probe best) {
        // NaN is worse than all.
        return left(tried) < left(best) || Double.isNaN(left(best));
    }

    private static double left(Probe probe) {
        double floor = probe.number("floor").orElse(0);
        double start = probe.number("start-loss").orElse(Double.NaN);
        return (probe.number("end-loss").orElse(Double.NaN) - floor) / (start - floor);
    }

    private static Probe attempt(Setup setup, Sample sample, double rate, double floor) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        measure(setup, sample, "start", numbers);
        double start = numbers.getOrDefault("start-loss", Double.NaN);
        int steps = 0;
        try (ShortTraining training = new ShortTraining(setup, rate, new MeanSource(setup.engine()))) {
            for (double loss = start; steps < MOST_STEPS && Double.isFinite(loss); steps++) {
                loss = training.step(sample.input(), sample.target());
                if (steps >= FEWEST_STEPS && loss - floor < LEARNED / 2 * (start - floor)) {
                    break;
                }
            }
        }
        measure(setup, sample, "end", numbers);
        numbers.put("floor", floor);
        numbers.put("steps", (double) steps);
        numbers.put("examples", (double) sample.size());
        return new Probe(Probe.Kind.ONE_BATCH, numbers, Map.of(), List.of());
    }

    @SuppressWarnings("try") // Scopes work by being open.
    private static void measure(Setup setup, Sample sample, String when, Map<String, Double> numbers) {
        Engine engine = setup.engine();
        try (Scope scope = engine.scope();
                Scope still = engine.withoutGradients()) {
            Pass pass = new Pass(engine, true, new MeanSource(engine), LayerListener.NONE);
            Tensor output = setup.network().forward(sample.input(), pass);
            double loss = setup.criterion()
                    .loss(output, sample.target(), Reduction.MEAN)
                    .item();
            numbers.put(when + "-loss", loss);
            Task task = setup.data().task();
            if (task == Task.CLASSIFICATION || task == Task.LANGUAGE_MODEL) {
                numbers.put(when + "-accuracy", accuracy(output, sample.target().toLongs()));
            }
        }
    }

    /** Share of the classes (−1: none) that have the largest output; a single output stands for class 1 where positive. */
    private static double accuracy(Tensor output, long[] classes) {
        int columns = Math.toIntExact(output.shape()[output.shape().length - 1]);
        float[] values = output.toFloats();
        int right = 0;
        int all = 0;
        for (int row = 0; row < classes.length; row++) {
            if (classes[row] < 0) {
                continue;
            }
            int largest = 0;
            for (int k = 1; k < columns; k++) {
                largest = values[row * columns + k] > values[row * columns + largest] ? k : largest;
            }
            long said = columns == 1 ? (values[row] > 0 ? 1 : 0) : largest;
            right += said == classes[row] ? 1 : 0;
            all++;
        }
        return (double) right / all;
    }

    /** Fewer sequences where each place of them is to be learned. */
    private static int examples(Setup setup) {
        return setup.data().task() == Task.LANGUAGE_MODEL
                ? Math.max(
                        2,
                        Math.min(
                                EXAMPLES, PLACES / setup.data().train().inputs().elements()))
                : EXAMPLES;
    }

    /** A batch of examples with different inputs. */
    @SuppressWarnings("try") // Scopes work by being open.
    private static Sample distinct(Setup setup) {
        Engine engine = setup.engine();
        int wanted =
                Math.min(examples(setup), Math.max(2, setup.spec().training().batchSize()));
        try (Scope scope = engine.scope();
                BatchStream stream = new BatchStream(setup, 2 * wanted, List.of())) {
            Batch batch = stream.next();
            int elements = Math.max(batch.inputs.length, batch.tokens.length) / batch.indices.length;
            Set<Integer> seen = new HashSet<>();
            long[] kept = new long[batch.size];
            int count = 0;
            for (int i = 0; i < batch.size && count < wanted; i++) {
                int from = i * elements;
                int hash = batch.tokens.length > 0
                        ? Arrays.hashCode(Arrays.copyOfRange(batch.tokens, from, from + elements))
                        : Arrays.hashCode(Arrays.copyOfRange(batch.inputs, from, from + elements));
                if (seen.add(hash)) {
                    kept[count++] = i;
                }
            }
            Tensor rows = engine.of(kept, count);
            return new Sample(
                    stream.input(batch).indexSelect(0, rows).keep(),
                    stream.target(batch).indexSelect(0, rows).keep(),
                    count);
        }
    }
}
