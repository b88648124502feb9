package dev.auscult.train.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.auscult.data.Batch;
import dev.auscult.run.ModelGraph.Layer;
import dev.auscult.run.Probe;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.RandomSource;
import dev.auscult.train.engine.Reduction;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.loop.Setup;
import dev.auscult.train.model.LayerListener;
import dev.auscult.train.model.Pass;

/**
 * Runs the same batch in training and in evaluation mode, after a few steps of training and a few more batches in which the
 * weights rest, so that the running statistics of batch normalisation have settled on them.
 */
public final class TrainEvaluation {
    private static final int MOST_EXAMPLES = 128;
    private static final int TRAINED = 15;

    /** With the usual momentum of 0.1, 0.9^40 = 1.5 % of the start are left. */
    private static final int SETTLED = 40;

    private TrainEvaluation() {}

    /** Does it; the network stays as it is. */
    @SuppressWarnings("try") // Scopes work by being open.
    public static Probe run(Setup setup) {
        Engine engine = setup.engine();
        boolean norm = has(setup.network().graph().layers(), "batch-norm", false);
        boolean dropout = has(setup.network().graph().layers(), "dropout", true);
        Map<String, Double> numbers = new LinkedHashMap<>();
        int size = Math.max(2, Math.min(MOST_EXAMPLES, setup.spec().training().batchSize()));
        try (Untouched untouched = new Untouched(engine, setup.network());
                RandomSource random = engine.random(setup.spec().seed());
                BatchStream stream = new BatchStream(setup, size, List.of());
                ShortTraining training = new ShortTraining(setup, ShortTraining.RATE, random)) {
            Pass train = new Pass(engine, true, random, LayerListener.NONE);
            Pass evaluation = new Pass(engine, false, random, LayerListener.NONE);
            for (int i = 0; i < TRAINED; i++) {
                try (Scope scope = engine.scope()) {
                    Batch batch = stream.next();
                    training.step(stream.input(batch), stream.target(batch));
                }
            }
            for (int i = 0; norm && i < SETTLED; i++) {
                try (Scope scope = engine.scope();
                        Scope still = engine.withoutGradients()) {
                    setup.network().forward(stream.input(stream.next()), train);
                }
            }
            try (Scope scope = engine.scope();
                    Scope still = engine.withoutGradients()) {
                Batch batch = stream.next();
                Tensor input = stream.input(batch);
                Tensor target = stream.target(batch);
                Tensor settled = setup.network().forward(input, evaluation);
                Tensor trained = setup.network().forward(input, train);
                numbers.put("train-mode-loss", loss(setup, trained, target));
                numbers.put("evaluation-mode-loss", loss(setup, settled, target));
                numbers.put("output-difference", difference(trained, settled));
            }
        }
        numbers.put("steps", (double) TRAINED + (norm ? SETTLED : 0));
        return new Probe(
                Probe.Kind.TRAIN_EVALUATION,
                numbers,
                Map.of("batch-norm", norm ? "yes" : "no", "dropout", dropout ? "yes" : "no"),
                List.of());
    }

    private static double loss(Setup setup, Tensor output, Tensor target) {
        return setup.criterion().loss(output, target, Reduction.MEAN).item();
    }

    /** Root mean square of the difference, over the spread of the outputs about the mean of each. */
    private static double difference(Tensor trained, Tensor settled) {
        double error = Math.sqrt(trained.sub(settled).pow(2).mean().item());
        double spread =
                Math.sqrt(trained.sub(trained.mean(true, 0)).pow(2).mean().item());
        return error == 0 ? 0 : error / Math.max(spread, Float.MIN_NORMAL);
    }

    /** Whether a layer is of a type, or has an option of that name above 0. */
    private static boolean has(List<Layer> layers, String name, boolean asOption) {
        for (Layer layer : layers) {
            boolean on = asOption
                    && layer.options().containsKey(name)
                    && !layer.options().get(name).matches("0(\\.0*)?");
            if (layer.type().equals(name) || on || has(layer.children(), name, asOption)) {
                return true;
            }
        }
        return false;
    }
}
