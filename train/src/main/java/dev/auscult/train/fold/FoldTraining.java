package dev.auscult.train.fold;

import java.util.List;
import java.util.function.DoubleConsumer;

import dev.auscult.data.Batch;
import dev.auscult.data.DataShape;
import dev.auscult.data.Examples;
import dev.auscult.data.Loader;
import dev.auscult.data.LoaderSettings;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.RandomSource;
import dev.auscult.train.engine.Reduction;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.loop.BatchTensors;
import dev.auscult.train.loss.Criterion;
import dev.auscult.train.model.LayerListener;
import dev.auscult.train.model.Network;
import dev.auscult.train.model.Networks;
import dev.auscult.train.model.Parameter;
import dev.auscult.train.model.Pass;
import dev.auscult.train.optimizer.Optimizer;
import dev.auscult.train.optimizer.Optimizers;
import dev.auscult.train.spec.InitializerSettings;
import dev.auscult.train.spec.LayerSettings;
import dev.auscult.train.spec.LossSettings;
import dev.auscult.train.spec.ModelSettings;
import dev.auscult.train.spec.OptimizerSettings;
import dev.auscult.train.spec.RegularizationSettings;

/** Trains one network on some examples by Adam, with a rate that rises and falls once (Smith 2018), and has it judge others. */
final class FoldTraining implements AutoCloseable {
    private static final int BATCH = 64;
    private static final int FEWEST_STEPS_OF_AN_EPOCH = 10;
    private static final int JUDGED_AT_ONCE = 256;
    private static final double RATE = 0.005;
    /** Share of the steps in which the rate rises. */
    private static final double RISING = 0.3;

    private final Engine engine;
    private final DataShape shape;
    private final Examples examples;
    private final int epochs;
    private final long seed;
    private final Criterion criterion;
    private final Network network;
    private final Optimizer optimizer;
    private final BatchTensors tensors;

    FoldTraining(Engine engine, DataShape shape, List<LayerSettings> layers, Examples examples, int epochs, long seed) {
        this.engine = engine;
        this.shape = shape;
        this.examples = examples;
        this.epochs = epochs;
        this.seed = seed;
        criterion = Criterion.of(
                new LossSettings("cross-entropy", "mean", 1, 2, null),
                new RegularizationSettings(0, 0, 0, 0, 0, 0),
                shape,
                new double[0],
                engine);
        network = Networks.of(new ModelSettings(layers, new InitializerSettings("default", 0)), shape)
                .loss(criterion.name())
                .build(engine, seed);
        optimizer = Optimizers.of(
                new OptimizerSettings("adam", RATE, 0, false, 0.9, 0.999, 1e-8, 0, "coupled", false, 10, 20, List.of()),
                network.parameters(),
                engine);
        tensors = new BatchTensors(engine, shape);
    }

    /**
     * Trains.
     *
     * @param progress hears the share that is done
     */
    @SuppressWarnings("try") // Scopes work by being open.
    void run(DoubleConsumer progress) {
        int batch = Math.max(1, Math.min(BATCH, examples.size() / FEWEST_STEPS_OF_AN_EPOCH));
        // A last batch of one example has no variance to normalise by.
        boolean dropLast = examples.size() > batch;
        try (RandomSource random = engine.random(seed);
                Loader loader = Loader.of(examples, new LoaderSettings(batch, true, dropLast, List.of(), seed))) {
            Pass pass = new Pass(engine, true, random, LayerListener.NONE);
            int steps = epochs * loader.batchesPerEpoch();
            int step = 0;
            for (int epoch = 0; epoch < epochs; epoch++) {
                loader.startEpoch(epoch, 0);
                for (Batch next = loader.next(); next != null; next = loader.next()) {
                    optimizer.learningRate(rate((step + 0.5) / steps));
                    try (Scope scope = engine.scope()) {
                        for (Parameter parameter : network.parameters()) {
                            parameter.tensor().clearGradient();
                        }
                        criterion
                                .loss(network.forward(tensors.input(next), pass), tensors.target(next), Reduction.MEAN)
                                .backward();
                        optimizer.step();
                    }
                    step++;
                    progress.accept((double) step / steps);
                }
            }
        }
    }

    private static double rate(double done) {
        return RATE * (done < RISING ? done / RISING : (1 - done) / (1 - RISING));
    }

    /**
     * The outputs for examples that it was not trained on.
     *
     * @param places where in {@code into} those of each example go
     */
    @SuppressWarnings("try") // Scopes work by being open.
    void scores(Examples judged, int[] places, double[][] into) {
        int classes = shape.outputs();
        try (RandomSource random = engine.random(seed);
                Loader loader = Loader.of(judged, new LoaderSettings(JUDGED_AT_ONCE, false, false, List.of(), 0))) {
            Pass pass = new Pass(engine, false, random, LayerListener.NONE);
            loader.startEpoch(0, 0);
            int at = 0;
            for (Batch next = loader.next(); next != null; next = loader.next()) {
                try (Scope scope = engine.scope();
                        Scope still = engine.withoutGradients()) {
                    Tensor output = network.forward(tensors.input(next), pass);
                    float[] numbers = output.toFloats();
                    for (int i = 0; i < next.size; i++, at++) {
                        double[] scores = new double[classes];
                        for (int k = 0; k < classes; k++) {
                            scores[k] = numbers[i * classes + k];
                        }
                        into[places[at]] = scores;
                    }
                }
            }
        }
    }

    @Override
    public void close() {
        optimizer.close();
        network.close();
        criterion.close();
    }
}
