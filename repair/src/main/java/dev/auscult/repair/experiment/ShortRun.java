package dev.auscult.repair.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import dev.auscult.data.Batch;
import dev.auscult.data.Examples;
import dev.auscult.data.Loader;
import dev.auscult.data.LoaderSettings;
import dev.auscult.data.Subset;
import dev.auscult.data.Target;
import dev.auscult.data.Task;
import dev.auscult.repair.experiment.Trace.Ending;
import dev.auscult.train.engine.DType;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.RandomSource;
import dev.auscult.train.engine.Reduction;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.loop.BatchTensors;
import dev.auscult.train.loop.Setup;
import dev.auscult.train.model.LayerListener;
import dev.auscult.train.model.Parameter;
import dev.auscult.train.model.Pass;
import dev.auscult.train.optimizer.Optimizer;
import dev.auscult.train.optimizer.Optimizers;
import dev.auscult.train.regularize.GradientClipping;
import dev.auscult.train.regularize.LossScale;
import dev.auscult.train.regularize.MaxNorm;
import dev.auscult.train.regularize.Penalties;
import dev.auscult.train.schedule.Schedule;
import dev.auscult.train.schedule.Schedules;
import dev.auscult.train.spec.Spec;
import org.jspecify.annotations.Nullable;

/** The first steps of a training as its spec says, without recording, checkpoints and evaluations on the way. */
final class ShortRun {
    /** Examples that are measured at the end: the standard error of a mean is a twentieth of their spread. */
    private static final int MEASURED = 400;

    private static final int AT_ONCE = 40;

    private final Lab lab;
    private final Setup setup;
    private final Spec spec;
    private final Engine engine;
    private final DType type;
    private final @Nullable DType narrow;
    private final Examples examples;
    private final BatchTensors tensors;
    private final List<Parameter> parameters;
    private final @Nullable LossScale scale;

    /**
     * A run.
     *
     * @param setup whose network is trained
     * @param type of its parameters; with FLOAT64 all is computed in float64, whatever precision the spec asks for
     */
    ShortRun(Lab lab, Setup setup, DType type, Examples examples) {
        this.lab = lab;
        this.setup = setup;
        this.spec = setup.spec();
        this.engine = setup.engine();
        this.type = type;
        this.examples = examples;
        this.tensors = new BatchTensors(engine, setup.data().shape());
        this.parameters = setup.network().parameters();
        String precision = type == DType.FLOAT64 ? "float64" : spec.training().precision();
        this.narrow = switch (precision) {
            case "float16" -> DType.FLOAT16;
            case "bfloat16" -> DType.BFLOAT16;
            default -> null;
        };
        this.scale = narrow == DType.FLOAT16 ? new LossScale() : null;
    }

    /** Takes that many steps, fewer where the loss stops to be finite. */
    Trace train(long most) throws InterruptedException {
        double[] losses = new double[Math.toIntExact(most)];
        int taken = 0;
        int size = Math.min(spec.training().batchSize(), examples.size());
        LoaderSettings serving = new LoaderSettings(
                size,
                spec.data().shuffle(),
                spec.training().dropLast(),
                spec.data().augment(),
                spec.seed());
        try (RandomSource random = engine.random(spec.seed());
                Optimizer optimizer = Optimizers.of(spec.optimizer(), parameters, engine);
                Loader loader = Loader.of(examples, serving)) {
            // Of all examples, also where only some are trained on: the rate is to be the same.
            Schedule schedule = Schedules.of(
                    spec.schedule(),
                    spec.optimizer().learningRate(),
                    lab.stepsPerEpoch(),
                    spec.training().epochs());
            GradientClipping clipping = new GradientClipping(
                    engine, spec.training().clipNorm(), spec.training().clipValue());
            Penalties penalties = new Penalties(spec.regularization(), parameters, engine);
            MaxNorm maxNorm = new MaxNorm(spec.regularization().maxNorm(), parameters, engine);
            Pass pass = new Pass(engine, true, random, LayerListener.NONE);
            boolean finite = true;
            int epoch = 0;
            int batch = loader.batchesPerEpoch();
            while (taken < most && finite) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedException();
                }
                if (batch == loader.batchesPerEpoch()) {
                    loader.startEpoch(epoch++, 0);
                    batch = 0;
                }
                int end = Math.min(batch + spec.training().accumulate(), loader.batchesPerEpoch());
                optimizer.learningRate(schedule.at(taken));
                double loss = step(loader, end - batch, optimizer, pass, clipping, penalties);
                maxNorm.project();
                batch = end;
                finite = Double.isFinite(loss);
                if (finite) {
                    losses[taken++] = loss;
                }
            }
            optimizer.evaluationWeights();
            Ending ending = finite ? ending(pass, random) : Ending.NOT_FINITE;
            optimizer.trainingWeights();
            return new Trace(
                    Arrays.copyOf(losses, taken),
                    finite,
                    guess(),
                    setup.criterion().lowest(),
                    ending);
        }
    }

    /** The loss that a step started from, as a mean over its examples. */
    @SuppressWarnings("try") // Scopes work by being open.
    private double step(
            Loader loader,
            int batches,
            Optimizer optimizer,
            Pass pass,
            GradientClipping clipping,
            Penalties penalties) {
        try (Scope scope = engine.scope()) {
            if (optimizer.needsClosure()) {
                Batch batch = Objects.requireNonNull(loader.next());
                return optimizer.step(() -> {
                    clear();
                    double loss = backward(batch, 1, pass);
                    if (penalties.isActive()) {
                        penalties.addGradients();
                    }
                    return loss + (penalties.isActive() ? penalties.value() : 0);
                });
            }
            clear();
            double loss = 0;
            for (int i = 0; i < batches; i++) {
                loss += backward(Objects.requireNonNull(loader.next()), batches, pass) / batches;
            }
            List<Tensor> gradients = gradients();
            LossScale scaling = scale;
            if (scaling != null && !scaling.update(engine.unscale(gradients, 1 / scaling.scale()))) {
                // As in a training, the step is left out where gradients overflowed.
                return loss;
            }
            if (gradients.isEmpty()) {
                return loss;
            }
            if (penalties.isActive()) {
                penalties.addGradients();
            }
            clipping.clip(gradients, false);
            optimizer.step();
            return loss;
        }
    }

    /** Forward and backward; the mean loss. */
    @SuppressWarnings("try") // Scopes work by being open.
    private double backward(Batch batch, int batches, Pass pass) {
        try (Scope scope = engine.scope()) {
            Tensor target = tensors.target(batch);
            DType autocast = narrow;
            Tensor output;
            if (autocast == null) {
                output = setup.network().forward(input(batch), pass);
            } else {
                try (Scope half = engine.autocast(autocast)) {
                    output = setup.network().forward(input(batch), pass).to(DType.FLOAT32);
                }
            }
            Tensor loss = setup.criterion().loss(output, target);
            double mean = setup.criterion().reduction() == Reduction.SUM
                    ? loss.item() / Math.max(1e-12, setup.criterion().importance(target))
                    : loss.item();
            // With every parameter frozen nothing flows back.
            if (loss.requiresGradient()) {
                double factor = (scale == null ? 1 : scale.scale())
                        / (setup.criterion().reduction() == Reduction.SUM ? 1 : batches);
                (factor == 1 ? loss : loss.mul(factor)).backward();
            }
            return mean;
        }
    }

    private Tensor input(Batch batch) {
        Tensor input = tensors.input(batch);
        return type == DType.FLOAT64 && input.type() != DType.INT64 ? input.to(DType.FLOAT64) : input;
    }

    private void clear() {
        parameters.forEach(p -> p.tensor().clearGradient());
    }

    private List<Tensor> gradients() {
        List<Tensor> gradients = new ArrayList<>();
        for (Parameter parameter : parameters) {
            if (parameter.trainable()) {
                parameter.tensor().gradient().ifPresent(gradients::add);
            }
        }
        return gradients;
    }

    private Ending ending(Pass training, RandomSource random) {
        Pass evaluation = new Pass(engine, false, random, LayerListener.NONE);
        double[] heldOut = setup.data()
                .validation()
                .filter(held -> held.size() > 0)
                .map(held -> losses(held, evaluation))
                .orElse(new double[0]);
        // Training mode last: it changes running statistics.
        return new Ending(heldOut, losses(examples, evaluation), losses(examples, training));
    }

    /** Mean losses of groups of some examples. */
    @SuppressWarnings("try") // Scopes work by being open.
    private double[] losses(Examples all, Pass pass) {
        // One of every so many, for files may be sorted; whole groups, for a group of one has no statistics.
        int some = Math.min(MEASURED, all.size());
        int count = some > AT_ONCE ? some - some % AT_ONCE : some;
        int[] chosen = IntStream.range(0, count)
                .map(i -> (int) ((long) i * all.size() / count))
                .toArray();
        DoubleStream.Builder losses = DoubleStream.builder();
        LoaderSettings serving = new LoaderSettings(AT_ONCE, false, false, List.of(), 0);
        try (Loader loader = Loader.of(Subset.of(all, chosen), serving)) {
            loader.startEpoch(0, 0);
            for (Batch batch = loader.next(); batch != null; batch = loader.next()) {
                try (Scope scope = engine.scope();
                        Scope still = engine.withoutGradients()) {
                    Tensor target = tensors.target(batch);
                    // A batch without any target has no mean.
                    if (setup.criterion().importance(target) > 0) {
                        Tensor output = setup.network().forward(input(batch), pass);
                        losses.add(setup.criterion()
                                .loss(output, target, Reduction.MEAN)
                                .item());
                    }
                }
            }
        }
        return losses.build().toArray();
    }

    /** Loss of the best prediction that is the same for all examples; NaN if unknown. */
    private double guess() {
        OptionalDouble guess = OptionalDouble.empty();
        Target target = setup.data().train().target();
        if (setup.data().task() == Task.CLASSIFICATION) {
            guess = setup.criterion().atPrior(setup.data().classCounts());
        } else if (setup.data().task() != Task.LANGUAGE_MODEL) {
            float[] values = new float[Math.multiplyExact(target.size(), target.outputs())];
            for (int i = 0; i < values.length; i++) {
                values[i] = target.value(i / target.outputs(), i % target.outputs());
            }
            guess = setup.criterion().atConstant(values, target.outputs());
        }
        return guess.orElse(Double.NaN);
    }
}
