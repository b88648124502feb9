package dev.auscult.train.loop;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.auscult.data.Batch;
import dev.auscult.data.Loader;
import dev.auscult.data.LoaderSettings;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.RandomSource;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.model.LayerListener;
import dev.auscult.train.model.Network;
import dev.auscult.train.model.Pass;
import dev.auscult.train.optimizer.Optimizer;

/**
 * Puts the weights in place that are to be evaluated, where they are not those that are trained (averages, schedule-free
 * optimizers); closing puts the trained ones back, bit for bit.
 */
final class EvaluationWeights implements Scope {
    /** Batches after which running statistics with the usual momentum of 0.1 have forgotten the old ones: 0.9^50 = 0.5 %. */
    private static final int REFRESH_BATCHES = 50;

    private final Setup setup;
    private final Regularizers regularizers;
    private final Optimizer optimizer;
    private final Map<String, Tensor> statistics = new LinkedHashMap<>();

    EvaluationWeights(Setup setup, Regularizers regularizers, Optimizer optimizer, boolean scheduleFree) {
        this.setup = setup;
        this.regularizers = regularizers;
        this.optimizer = optimizer;
        optimizer.evaluationWeights();
        regularizers.evaluationWeights();
        boolean other = scheduleFree || regularizers.needsRefresh();
        if (other && !setup.network().buffers().isEmpty()) {
            setup.network()
                    .buffers()
                    .forEach(
                            (path, tensor) -> statistics.put(path, tensor.copy().keep()));
            refresh();
        }
    }

    /** Gathers the running statistics of batch normalisation anew with these weights. */
    @SuppressWarnings("try") // Scopes work by being open.
    private void refresh() {
        Engine engine = setup.engine();
        Network network = setup.network();
        BatchTensors tensors = new BatchTensors(engine, setup.data().shape());
        LoaderSettings settings = new LoaderSettings(
                setup.spec().training().evaluateBatch(),
                true,
                false,
                List.of(),
                setup.spec().seed());
        // A source of its own: evaluation must not change what the training draws.
        try (RandomSource random = engine.random(setup.spec().seed());
                Loader loader = Loader.of(setup.data().train(), settings)) {
            Pass pass = new Pass(engine, true, random, LayerListener.NONE);
            for (int done = 0, epoch = 0; done < REFRESH_BATCHES; epoch++) {
                loader.startEpoch(epoch, 0);
                for (Batch batch = loader.next();
                        batch != null && done < REFRESH_BATCHES;
                        batch = loader.next(), done++) {
                    try (Scope scope = engine.scope();
                            Scope still = engine.withoutGradients()) {
                        network.forward(tensors.input(batch), pass);
                    }
                }
            }
        }
    }

    @Override
    public void close() {
        Map<String, Tensor> buffers = setup.network().buffers();
        statistics.forEach((path, tensor) -> {
            Tensor buffer = buffers.get(path);
            if (buffer != null) {
                buffer.copyFrom(tensor);
            }
            tensor.close();
        });
        regularizers.trainingWeights();
        optimizer.trainingWeights();
    }
}
