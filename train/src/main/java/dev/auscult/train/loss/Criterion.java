package dev.auscult.train.loss;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

import dev.auscult.data.DataShape;
import dev.auscult.data.Task;
import dev.auscult.train.engine.DType;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.EngineException;
import dev.auscult.train.engine.Reduction;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.spec.LossSettings;
import dev.auscult.train.spec.RegularizationSettings;
import dev.auscult.train.spec.SpecException;
import org.jspecify.annotations.Nullable;

/**
 * The loss of a spec: compares the outputs of a network with targets.
 *
 * <p>Targets are classes (INT64 [batch], or [batch, length] for sequences, negative where there is none) or numbers [batch,
 * outputs]: values, labels 0 or 1, or class probabilities. Losses that want numbers take classes as one-hot vectors, or as 0
 * and 1 where the network has one output. Label smoothing mixes one-hot vectors with the uniform one, y(1 − ε) + ε/K, and
 * labels with ½. Class weights weigh examples by their class; the mean divides by the sum of the weights, as PyTorch's
 * cross-entropy does. For labels they weigh the positive ones.
 */
public final class Criterion implements AutoCloseable {
    private static final long NO_CLASS = -1;

    private final LossType type;
    private final Reduction reduction;
    private final double delta;
    private final double gamma;
    private final double smoothing;
    private final DataShape data;
    private final double[] weightNumbers;
    private final Engine engine;
    private final @Nullable Tensor weights;
    private final Tensor noClass;
    private final Tensor firstClass;

    private Criterion(
            LossType type, LossSettings settings, double smoothing, DataShape data, double[] weights, Engine engine) {
        this.type = type;
        this.reduction = settings.reduction().equals("sum") ? Reduction.SUM : Reduction.MEAN;
        this.delta = settings.delta();
        this.gamma = settings.gamma();
        this.smoothing = smoothing;
        this.data = data;
        this.weightNumbers = weights;
        this.engine = engine;
        this.weights =
                weights.length == 0 ? null : engine.of(weights, weights.length).keep();
        this.noClass = engine.of(new long[] {NO_CLASS}, 1).keep();
        this.firstClass = engine.of(new long[] {0}, 1).keep();
    }

    /**
     * The loss of a spec.
     *
     * @param classWeights weight of each class where the spec names none; empty for equal ones
     */
    @SuppressWarnings("try") // A scope works by being open.
    public static Criterion of(
            LossSettings settings,
            RegularizationSettings regularization,
            DataShape data,
            double[] classWeights,
            Engine engine) {
        List<Double> own = settings.classWeights();
        double[] weights = own == null
                ? classWeights.clone()
                : own.stream().mapToDouble(Double::doubleValue).toArray();
        if (weights.length != 0 && (weights.length != data.outputs() || data.task() == Task.REGRESSION)) {
            throw new SpecException("loss.class-weights: found " + weights.length + " numbers, wanted "
                    + (data.task() == Task.REGRESSION
                            ? "none for regression"
                            : "one for each of " + data.outputs() + " classes"));
        }
        LossType type = settings.type().isEmpty() ? LossType.usual(data.task()) : LossType.of(settings.type());
        try (var scope = engine.scope()) {
            return new Criterion(type, settings, regularization.labelSmoothing(), data, weights, engine);
        }
    }

    /** {@code cross-entropy}. */
    public String name() {
        return type.label();
    }

    /** How the spec reduces the losses of the examples. */
    public Reduction reduction() {
        return reduction;
    }

    /** The loss as the spec reduces it. */
    public Tensor loss(Tensor output, Tensor target) {
        return loss(output, target, reduction);
    }

    /**
     * The loss, differentiable by the output.
     *
     * @param output [batch, outputs], for sequences [batch, length, outputs]
     * @param target as the class says
     * @return one number, or with {@code NONE} those of the examples or of their elements
     */
    public Tensor loss(Tensor output, Tensor target, Reduction how) {
        boolean classes = target.type() == DType.INT64;
        if (output.shape().length == 3 && classes) {
            long[] shape = output.shape();
            Tensor flat = places(
                    output.reshape(shape[0] * shape[1], shape[2]),
                    target.reshape(shape[0] * shape[1]).maximum(noClass),
                    how);
            return how == Reduction.NONE && flat.count() == shape[0] * shape[1]
                    ? flat.reshape(shape[0], shape[1])
                    : flat;
        }
        if (classes) {
            return places(output, target.maximum(noClass), how);
        }
        return numbers(output, target.to(output.type()), how);
    }

    /**
     * What a mean over these targets divides by: the number of examples, or of the places of sequences that have a target,
     * each with the weight of its class. Means of several batches are to be weighed by it.
     */
    public double importance(Tensor target) {
        if (target.type() != DType.INT64) {
            return target.shape()[0];
        }
        if (target.shape().length == 1 && weights == null) {
            // Only sequences have places without a target.
            return target.count();
        }
        Tensor flat = target.reshape(target.count());
        Tensor counts = flat.greaterThan(NO_CLASS).to(DType.FLOAT64);
        Tensor each = weights == null
                ? counts
                : counts.mul(weights.to(DType.FLOAT64).indexSelect(0, flat.maximum(firstClass)));
        return each.sum().item();
    }

    /** Output [n, outputs] against classes [n], −1 where there is none. */
    private Tensor places(Tensor output, Tensor classes, Reduction how) {
        long[] shape = output.shape();
        if (shape.length != 2 || classes.shape().length != 1 || classes.shape()[0] != shape[0]) {
            throw misfit("outputs [batch, classes] for classes [batch]", output, classes);
        }
        boolean single = shape[1] == 1 && data.outputs() <= 2;
        if (shape[1] < data.outputs() && !(single && type != LossType.CROSS_ENTROPY)) {
            throw misfit("an output for each of " + data.outputs() + " classes", output, classes);
        }
        if (type == LossType.CROSS_ENTROPY) {
            return engine.crossEntropy(output, classes, weightsFor(output), NO_CLASS, smoothing, how);
        }
        Tensor counts = classes.greaterThan(NO_CLASS).to(output.type());
        Tensor safe = classes.maximum(firstClass);
        @Nullable Tensor each = weightsFor(output);
        Tensor importance = each == null ? counts : counts.mul(each.indexSelect(0, safe));
        if (type == LossType.FOCAL && !single) {
            return reduced(focal(output, soft(oneHot(safe, output)), each).mul(counts), importance, how);
        }
        if (type == LossType.HINGE && !single) {
            return reduced(margin(output, safe).mul(importance), importance, how);
        }
        Tensor target = single ? safe.unsqueeze(1).to(output.type()) : oneHot(safe, output);
        Tensor mixed = single ? halfway(target) : soft(target);
        return reduced(elements(output, mixed, null).mean(false, 1).mul(importance), importance, how, shape[1]);
    }

    /** Output against numbers of the same shape. */
    private Tensor numbers(Tensor output, Tensor target, Reduction how) {
        if (!Arrays.equals(output.shape(), target.shape())) {
            throw misfit("targets of the shape of the outputs", output, target);
        }
        boolean labels = data.task() == Task.MULTI_LABEL;
        boolean probabilities = data.task() == Task.CLASSIFICATION;
        @Nullable Tensor each = weightsFor(output);
        if (type == LossType.CROSS_ENTROPY) {
            return engine.crossEntropy(output, target, each, NO_CLASS, smoothing, how);
        }
        if (type == LossType.FOCAL && probabilities) {
            return reduce(focal(output, soft(target), each), how);
        }
        if (type == LossType.HINGE && probabilities) {
            throw misfit("classes rather than their probabilities", output, target);
        }
        Tensor mixed = labels ? halfway(target) : probabilities ? soft(target) : target;
        return switch (type) {
            case MSE -> engine.meanSquaredError(output, mixed, how);
            case MAE -> engine.meanAbsoluteError(output, mixed, how);
            case HUBER -> engine.huber(output, mixed, delta, how);
            default -> reduce(elements(output, mixed, labels ? each : null), how);
        };
    }

    /** The loss of each element, for losses that look at one output at a time. */
    private Tensor elements(Tensor output, Tensor target, @Nullable Tensor positive) {
        return switch (type) {
            case MSE -> engine.meanSquaredError(output, target, Reduction.NONE);
            case MAE -> engine.meanAbsoluteError(output, target, Reduction.NONE);
            case HUBER -> engine.huber(output, target, delta, Reduction.NONE);
            case BINARY_CROSS_ENTROPY -> engine.binaryCrossEntropyWithLogits(output, target, positive, Reduction.NONE);
            case FOCAL -> binaryFocal(output, target, positive);
            case HINGE -> {
                // Labels 0 and 1 as −1 and 1.
                Tensor sign = target.mul(2).add(-1);
                yield output.mul(sign).mul(-1).add(1).relu();
            }
            case CROSS_ENTROPY -> throw new IllegalStateException("cross-entropy looks at all outputs at once");
        };
    }

    /** −Σ tₖ·wₖ·(1 − pₖ)^γ·log pₖ (Lin et al. 2017, eq. 4), [n]. */
    private Tensor focal(Tensor output, Tensor target, @Nullable Tensor each) {
        Tensor log = output.logSoftmax(1);
        Tensor all = distance(log.exp()).pow(gamma).mul(log).mul(target);
        return (each == null ? all : all.mul(each)).sum(false, 1).mul(-1);
    }

    /** The same for one yes or no: (1 − p_t)^γ times the cross-entropy. */
    private Tensor binaryFocal(Tensor output, Tensor target, @Nullable Tensor positive) {
        Tensor p = output.sigmoid();
        // p·y + (1 − p)(1 − y).
        Tensor hit = p.mul(target).mul(2).sub(p).sub(target).add(1);
        return engine.binaryCrossEntropyWithLogits(output, target, positive, Reduction.NONE)
                .mul(distance(hit).pow(gamma));
    }

    /** 1 − p, kept off 0, where a root has no derivative. */
    private static Tensor distance(Tensor p) {
        return p.mul(-1).add(1).clamp(1e-12, 1);
    }

    /** Σ over the other classes of max(0, 1 − x_y + x_j), over the number of outputs (PyTorch's multi-margin loss), [n]. */
    private static Tensor margin(Tensor output, Tensor classes) {
        long outputs = output.shape()[1];
        Tensor own = output.gather(1, classes.unsqueeze(1));
        // The own class adds 1, which is taken off again.
        return output.sub(own).add(1).relu().sum(false, 1).add(-1).div((double) outputs);
    }

    private Tensor oneHot(Tensor classes, Tensor output) {
        return classes.unsqueeze(1)
                .equalTo(engine.range(output.shape()[1]).unsqueeze(0))
                .to(output.type());
    }

    private Tensor soft(Tensor probabilities) {
        return smoothing == 0
                ? probabilities
                : mix(probabilities, 1.0 / probabilities.shape()[1]);
    }

    private Tensor halfway(Tensor labels) {
        return smoothing == 0 ? labels : mix(labels, 0.5);
    }

    private Tensor mix(Tensor target, double uniform) {
        return target.mul(1 - smoothing).add(smoothing * uniform);
    }

    private @Nullable Tensor weightsFor(Tensor output) {
        return weights == null ? null : weights.to(output.type());
    }

    private static Tensor reduce(Tensor losses, Reduction how) {
        return switch (how) {
            case MEAN -> losses.mean();
            case SUM -> losses.sum();
            case NONE -> losses;
        };
    }

    private static Tensor reduced(Tensor losses, Tensor importance, Reduction how) {
        return reduced(losses, importance, how, 1);
    }

    /** Weighted losses [n], each a mean over so many elements that a sum counts one by one. */
    private static Tensor reduced(Tensor losses, Tensor importance, Reduction how, long elements) {
        return switch (how) {
            case MEAN -> losses.sum().div(importance.sum());
            case SUM -> losses.sum().mul((double) elements);
            case NONE -> losses;
        };
    }

    private EngineException misfit(String wanted, Tensor output, Tensor target) {
        return new EngineException(type.label() + " wants " + wanted + ", found outputs "
                + Arrays.toString(output.shape()) + " and targets " + Arrays.toString(target.shape()));
    }

    /** A bound that no prediction can go below, as a mean over the examples: more than 0 where labels are smoothed. */
    public double lowest() {
        return constants().lowest();
    }

    /**
     * The loss of the best prediction that is the same for all examples, as a mean over them.
     *
     * @param classCounts examples of each class
     * @return empty for hinge losses, which have no simple one
     */
    public OptionalDouble atPrior(long[] classCounts) {
        return constants().atPrior(classCounts);
    }

    /**
     * The same for numbers or labels.
     *
     * @param targets in row-major order [examples, outputs]
     */
    public OptionalDouble atConstant(float[] targets, int outputs) {
        return constants().atConstant(targets, outputs);
    }

    private ConstantPrediction constants() {
        return new ConstantPrediction(type, data, smoothing, delta, gamma, weightNumbers);
    }

    @Override
    public void close() {
        if (weights != null) {
            weights.close();
        }
        noClass.close();
        firstClass.close();
    }
}
