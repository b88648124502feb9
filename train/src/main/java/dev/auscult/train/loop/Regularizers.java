package dev.auscult.train.loop;

import java.util.List;
import java.util.Optional;

import dev.auscult.train.checkpoint.State;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.model.Network;
import dev.auscult.train.model.Parameter;
import dev.auscult.train.regularize.GradientClipping;
import dev.auscult.train.regularize.LossScale;
import dev.auscult.train.regularize.MaxNorm;
import dev.auscult.train.regularize.Penalties;
import dev.auscult.train.regularize.Pruning;
import dev.auscult.train.regularize.WeightAverage;
import dev.auscult.train.spec.Spec;
import dev.auscult.train.spec.TrainingSettings;
import org.jspecify.annotations.Nullable;

/**
 * What keeps the steps of a training in bounds, in the order in which it acts: loss scale, penalties, clipping, pruning, norms.
 */
final class Regularizers implements AutoCloseable {
    /** Begins the names of the masks of pruned weights in a checkpoint. */
    private static final String PRUNING = "pruning/";

    private final Engine engine;
    private final Network network;
    private final int epochs;
    private final boolean clips;
    private final GradientClipping clipping;
    private final Penalties penalties;
    private final MaxNorm maxNorm;
    private final @Nullable LossScale lossScale;
    private final @Nullable WeightAverage average;
    private final @Nullable Pruning pruning;

    /**
     * Those of a training.
     *
     * @param steps optimizer steps of the whole training
     */
    Regularizers(Setup setup, long steps) {
        Spec spec = setup.spec();
        this.engine = setup.engine();
        this.network = setup.network();
        this.epochs = spec.training().epochs();
        this.clips = spec.training().clipNorm() != null || spec.training().clipValue() != null;
        this.clipping = new GradientClipping(
                engine, spec.training().clipNorm(), spec.training().clipValue());
        List<Parameter> parameters = network.parameters();
        this.penalties = new Penalties(spec.regularization(), parameters, engine);
        this.maxNorm = new MaxNorm(spec.regularization().maxNorm(), parameters, engine);
        this.lossScale = spec.training().precision().equals("float16") ? new LossScale() : null;
        this.average = WeightAverage.of(
                        spec.regularization(), parameters, network.buffers().keySet(), engine)
                .orElse(null);
        TrainingSettings.Pruning asked = spec.training().pruning();
        this.pruning = asked == null ? null : new Pruning(asked, parameters, steps, engine);
    }

    /** Takes weights out of the network, where that is due before a step. */
    void beforeStep(long step) {
        if (pruning != null) {
            pruning.beforeStep(step);
        }
    }

    /** Keeps what is out of the network out of it. */
    void keepOut() {
        if (pruning != null) {
            pruning.apply();
        }
    }

    /** Which weights are taken out of the network; empty where all stay. */
    Optional<Pruning> pruning() {
        return Optional.ofNullable(pruning);
    }

    /** Whether the network has the weights that it will end with: until it has, no result counts as the best. */
    boolean isSettled() {
        return pruning == null || pruning.isSettled();
    }

    /** What the loss is multiplied by before it flows back. */
    double scale() {
        return lossScale == null ? 1 : lossScale.scale();
    }

    /** Whether the loss is scaled at all, as for float16. */
    boolean scales() {
        return lossScale != null;
    }

    /** Takes the scale out of the gradients; whether the optimizer is to make its step. */
    boolean unscale(List<Tensor> gradients) {
        return lossScale == null || lossScale.update(engine.unscale(gradients, 1 / lossScale.scale()));
    }

    /** Whether gradients overflowed at the least scale there is: they are not too large for float16, but wrong. */
    boolean isExhausted() {
        return lossScale != null && lossScale.exhausted();
    }

    /** Adds the gradients of the penalties, and leaves those of pruned weights out. */
    void penalize() {
        if (penalties.isActive()) {
            penalties.addGradients();
        }
        if (pruning != null) {
            pruning.maskGradients();
        }
    }

    /** What the penalties add to the loss. */
    double penalty() {
        return penalties.isActive() ? penalties.value() : 0;
    }

    /**
     * Clips the gradients.
     *
     * @param wanted whether the norm is of interest even where nothing is clipped by it
     * @return global L2 norm before clipping; NaN where it was not measured
     */
    double clip(List<Tensor> gradients, boolean wanted) {
        if (!clips) {
            return wanted ? engine.globalNorm(gradients) : Double.NaN;
        }
        return clipping.clip(gradients, wanted).norm();
    }

    void afterUpdate() {
        keepOut();
        maxNorm.project();
        if (average != null) {
            average.afterStep();
        }
    }

    void epochDone(int finished) {
        if (average != null) {
            average.afterEpoch(finished, epochs);
        }
    }

    /** Whether weights other than those that are trained are evaluated at present. */
    boolean averages() {
        return average != null && average.isStarted();
    }

    boolean needsRefresh() {
        return average != null && average.isStarted() && average.needsRefresh();
    }

    void evaluationWeights() {
        if (average != null) {
            average.evaluationWeights();
        }
        // An average remembers what weights were before they were taken out.
        keepOut();
    }

    void trainingWeights() {
        if (average != null) {
            average.trainingWeights();
        }
    }

    void save(State state) {
        if (lossScale != null) {
            lossScale.state().forEach((name, number) -> state.put("loss-scale/" + name, number));
        }
        if (average != null) {
            average.tensors().forEach((name, tensor) -> state.put("average/" + name, tensor));
            state.put("average-count", average.count());
        }
        if (pruning != null) {
            pruning.masks().forEach((path, mask) -> state.put(PRUNING + path, mask));
        }
    }

    @SuppressWarnings("try") // A scope works by being open.
    void restore(State state) {
        if (lossScale != null) {
            lossScale.restore(state.numbersUnder("loss-scale/"));
        }
        if (average != null) {
            try (Scope scope = engine.scope()) {
                average.restore(state.tensorsUnder("average/", engine), state.integer("average-count"));
            }
        }
        if (pruning != null) {
            pruning.restore(state.bytesUnder(PRUNING));
        }
    }

    @Override
    public void close() {
        if (average != null) {
            average.close();
        }
        if (pruning != null) {
            pruning.close();
        }
    }
}
