package dev.auscult.train.loop;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.auscult.data.Batch;
import dev.auscult.data.DataShape;
import dev.auscult.data.Examples;
import dev.auscult.data.Loader;
import dev.auscult.data.LoaderSettings;
import dev.auscult.data.Task;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.RandomSource;
import dev.auscult.train.engine.Reduction;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.loss.Criterion;
import dev.auscult.train.metric.Meter;
import dev.auscult.train.metric.Metrics;
import dev.auscult.train.model.LayerListener;
import dev.auscult.train.model.Network;
import dev.auscult.train.model.Pass;

/** Measures a network on examples, without changing it: no dropout, no gradients, running statistics as they are. */
public final class Evaluator {
    private final Engine engine;
    private final DataShape shape;
    private final Criterion criterion;
    private final List<String> metrics;
    private final int batchSize;
    private final BatchTensors tensors;
    private double[] mean = {};
    private double[] deviation = {};

    /**
     * An evaluator.
     *
     * @param metrics names of what is measured besides the loss; empty: those that suit the task
     * @param batchSize examples per batch
     */
    public Evaluator(Engine engine, DataShape shape, Criterion criterion, List<String> metrics, int batchSize) {
        this.engine = engine;
        this.shape = shape;
        this.criterion = criterion;
        this.metrics = List.copyOf(metrics);
        this.batchSize = batchSize;
        this.tensors = new BatchTensors(engine, shape);
    }

    /**
     * Has the metrics of a regression measured in the unit of the data; the loss stays on the scale of the training.
     *
     * @param targetMean what was subtracted from each number to predict [outputs]
     * @param targetDeviation what each was divided by after that [outputs]
     */
    public Evaluator inUnits(double[] targetMean, double[] targetDeviation) {
        mean = targetMean.clone();
        deviation = targetDeviation.clone();
        return this;
    }

    /**
     * Loss and metrics by name ({@code loss}, {@code accuracy}), each over all examples.
     *
     * @param examples at least one
     */
    @SuppressWarnings("try") // Scopes work by being open.
    public Map<String, Double> measure(Network network, Examples examples) {
        Meter meter = Metrics.of(metrics, shape);
        double lossSum = 0;
        double importance = 0;
        // Drawn from by nobody: nothing is random in evaluation.
        try (RandomSource random = engine.random(0);
                Loader loader = Loader.of(examples, new LoaderSettings(batchSize, false, false, List.of(), 0))) {
            Pass pass = new Pass(engine, false, random, LayerListener.NONE);
            loader.startEpoch(0, 0);
            for (Batch batch = loader.next(); batch != null; batch = loader.next()) {
                try (Scope scope = engine.scope();
                        Scope still = engine.withoutGradients()) {
                    Tensor output = network.forward(tensors.input(batch), pass);
                    Tensor target = tensors.target(batch);
                    double part = criterion.importance(target);
                    // A batch without any target has no mean.
                    if (part > 0) {
                        lossSum += part
                                * criterion.loss(output, target, Reduction.MEAN).item();
                        importance += part;
                    }
                    feed(meter, output, batch);
                }
            }
        }
        Map<String, Double> results = new LinkedHashMap<>();
        results.put("loss", lossSum / importance);
        results.putAll(meter.results());
        return results;
    }

    /** Hands the outputs of a batch to a meter. */
    private void feed(Meter meter, Tensor output, Batch batch) {
        int columns = Math.toIntExact(shape.outputs());
        if (shape.task() == Task.LANGUAGE_MODEL || shape.task() == Task.CLASSIFICATION) {
            int rows = Math.toIntExact(output.count() / output.shape()[output.shape().length - 1]);
            meter.addClasses(output.toFloats(), batch.classes, rows, columns(output));
        } else {
            meter.addValues(
                    unscaled(output.toFloats(), columns), unscaled(batch.values.clone(), columns), batch.size, columns);
        }
    }

    /** Numbers in the unit of the data, where the network was given them on another scale. */
    private float[] unscaled(float[] numbers, int columns) {
        if (deviation.length == columns) {
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (float) (numbers[i] * deviation[i % columns] + mean[i % columns]);
            }
        }
        return numbers;
    }

    private static int columns(Tensor output) {
        long[] extents = output.shape();
        return Math.toIntExact(extents[extents.length - 1]);
    }
}
