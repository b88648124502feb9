package dev.auscult.train.check;

import java.util.List;

import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.RandomSource;
import dev.auscult.train.engine.Reduction;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.loop.Setup;
import dev.auscult.train.model.LayerListener;
import dev.auscult.train.model.Parameter;
import dev.auscult.train.model.Pass;
import dev.auscult.train.optimizer.Optimizer;
import dev.auscult.train.optimizer.Optimizers;
import dev.auscult.train.spec.OptimizerSettings;

/**
 * A few steps of Adam without any regularisation. It is not the optimizer of the spec: what is asked is what the network can
 * do, and Adam at a usual rate finds that out for nearly every network.
 */
final class ShortTraining implements AutoCloseable {
    /** Kingma and Ba 2015 propose 0.001; three times that is faster and still safe for small networks. */
    static final double RATE = 0.003;

    private final Setup setup;
    private final Engine engine;
    private final Optimizer optimizer;
    private final List<Parameter> parameters;
    private final Pass pass;

    /**
     * A training.
     *
     * @param random where dropout draws from
     */
    ShortTraining(Setup setup, double rate, RandomSource random) {
        this.setup = setup;
        this.engine = setup.engine();
        this.parameters = setup.network().parameters();
        this.pass = new Pass(engine, true, random, LayerListener.NONE);
        this.optimizer = Optimizers.of(adam(rate), parameters, engine);
    }

    private static OptimizerSettings adam(double rate) {
        return new OptimizerSettings("adam", rate, 0, false, 0.9, 0.999, 1e-8, 0, "coupled", false, 10, 20, List.of());
    }

    /** Takes a step; the mean loss before it. */
    @SuppressWarnings("try") // Scopes work by being open.
    double step(Tensor input, Tensor target) {
        try (Scope scope = engine.scope()) {
            parameters.forEach(p -> p.tensor().clearGradient());
            Tensor loss = setup.criterion().loss(setup.network().forward(input, pass), target, Reduction.MEAN);
            // With every parameter frozen nothing flows back, and nothing is learned.
            if (loss.requiresGradient()) {
                loss.backward();
                optimizer.step();
            }
            return loss.item();
        }
    }

    @Override
    public void close() {
        optimizer.close();
    }
}
