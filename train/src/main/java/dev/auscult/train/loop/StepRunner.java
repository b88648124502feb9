package dev.auscult.train.loop;

import java.io.IOException;
import java.util.List;
import java.util.Objects;

import dev.auscult.data.Batch;
import dev.auscult.data.Loader;
import dev.auscult.train.engine.DType;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.Reduction;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.loop.TrainingListener.Step;
import dev.auscult.train.loss.Criterion;
import dev.auscult.train.model.LayerListener;
import dev.auscult.train.model.Network;
import dev.auscult.train.model.Parameter;
import dev.auscult.train.model.Pass;
import dev.auscult.train.record.Recorder;
import dev.auscult.train.spec.TrainingSettings;

/** Takes optimizer steps: forward and backward over the batches of a step, clipping, update. */
final class StepRunner {
    private final Workshop shop;
    private final Regularizers regularizers;
    private final Engine engine;
    private final Network network;
    private final Criterion criterion;
    private final Loader loader;
    private final TrainingSettings training;
    private final Position position;
    private final BatchTensors tensors;
    private final DType precision;
    private final List<Tensor> trained;
    private double lossSum;
    private double importance;
    private int examples;
    private double norm = Double.NaN;
    private boolean sound;

    StepRunner(Workshop shop, Position position) {
        this.shop = shop;
        this.regularizers = shop.regularizers();
        this.engine = shop.setup().engine();
        this.network = shop.setup().network();
        this.criterion = shop.setup().criterion();
        this.loader = shop.loader();
        this.training = shop.setup().spec().training();
        this.position = position;
        this.tensors = new BatchTensors(engine, shop.setup().data().shape());
        this.precision = shop.precision();
        this.trained = network.parameters().stream()
                .filter(Parameter::trainable)
                .map(Parameter::tensor)
                .toList();
    }

    /**
     * The next step of the epoch; there must be a batch left.
     *
     * @throws IOException if what was recorded before could not be written
     */
    @SuppressWarnings("try") // Scopes work by being open.
    Step take() throws IOException {
        long began = System.nanoTime();
        long waitedBefore = loader.waitedNanos();
        int end = Math.min(position.batch + training.accumulate(), loader.batchesPerEpoch());
        double rate = shop.schedule().at(position.step) * position.learningRateFactor;
        shop.optimizer().learningRate(rate);
        shop.recorder().beginStep(position.step, shop.epochsAt(position));
        lossSum = 0;
        importance = 0;
        examples = 0;
        sound = true;
        try (Scope scope = engine.scope()) {
            regularizers.beforeStep(position.step);
            if (shop.optimizer().needsClosure()) {
                closureStep();
            } else {
                gradients(end);
                update();
            }
        }
        position.batch = end;
        position.lossSum += lossSum;
        position.importance += importance;
        position.recentLossSum += lossSum;
        position.recentImportance += importance;
        double seconds = (System.nanoTime() - began) / 1e9;
        double waited = (loader.waitedNanos() - waitedBefore) / 1e9;
        record(rate, seconds, waited);
        // Whatever becomes of the recording, the step was taken.
        position.step++;
        shop.recorder().endStep();
        return new Step(
                position.epoch,
                position.step,
                (end + training.accumulate() - 1) / training.accumulate(),
                lossSum / importance,
                rate,
                norm,
                examples,
                seconds,
                waited);
    }

    /** Records the scalars of the step, where they are due: the loss as the mean since it was last recorded. */
    private void record(double rate, double seconds, double waited) {
        Recorder recorder = shop.recorder();
        double epoch = shop.epochsAt(position);
        if (wantsNorm() && sound) {
            recorder.scalar("train/gradient_norm", position.step, epoch, norm);
        }
        if (!due()) {
            return;
        }
        recorder.scalar("train/loss", position.step, epoch, position.recentLossSum / position.recentImportance);
        recorder.scalar("train/learning_rate", position.step, epoch, rate);
        if (regularizers.scales()) {
            recorder.scalar("train/loss_scale", position.step, epoch, regularizers.scale());
        }
        regularizers
                .pruning()
                .ifPresent(pruning -> recorder.scalar("train/sparsity", position.step, epoch, pruning.sparsity()));
        // The instruments are not to find themselves.
        recorder.scalar("time/step", position.step, epoch, seconds - recorder.spentNanos() / 1e9);
        recorder.scalar("time/loader_wait", position.step, epoch, waited);
        position.recentLossSum = 0;
        position.recentImportance = 0;
    }

    /** Records the loss of the last steps, which was not due. */
    void recordRest() {
        if (position.recentImportance > 0) {
            shop.recorder()
                    .scalar(
                            "train/loss",
                            position.step - 1,
                            position.epoch,
                            position.recentLossSum / position.recentImportance);
            position.recentLossSum = 0;
            position.recentImportance = 0;
        }
    }

    private boolean due() {
        return position.step % shop.scalarsEvery() == 0;
    }

    /** Whether the norm of the gradient is to be recorded with this step. */
    private boolean wantsNorm() {
        return due() || shop.recorder().plan().wants(position.step);
    }

    /** Gathers the gradients of all batches of the step. */
    @SuppressWarnings("try") // Scopes work by being open.
    private void gradients(int end) {
        clearGradients();
        boolean mean = criterion.reduction() == Reduction.MEAN;
        long together = shop.examplesOf(position.batch, end);
        for (int i = position.batch; i < end; i++) {
            Batch batch = Objects.requireNonNull(loader.next(), "the epoch ended early");
            try (Scope scope = engine.scope()) {
                Tensor target = tensors.target(batch);
                double part = criterion.importance(target);
                examples += batch.size;
                if (part == 0) {
                    continue;
                }
                // The mean over the step weighs each batch by what it holds; the last one may be smaller.
                double weight = mean ? part / together : 1;
                boolean first = i == position.batch;
                double loss = backward(
                        tensors.input(batch),
                        target,
                        weight * regularizers.scale(),
                        first ? shop.recorder() : LayerListener.NONE);
                add(loss, part);
            }
        }
        if (mean && importance != together && importance > 0) {
            // Classes with weights and places without a target are known only now.
            double factor = together / importance;
            shop.gradients().forEach(gradient -> gradient.mulInPlace(factor));
        }
    }

    /** Forward and backward; the loss as the spec reduces it. */
    @SuppressWarnings("try") // Scopes work by being open.
    private double backward(Tensor input, Tensor target, double weight, LayerListener listener) {
        Pass pass = new Pass(engine, true, shop.dropout(), listener);
        Tensor loss;
        if (precision == DType.FLOAT32) {
            loss = criterion.loss(network.forward(input, pass), target);
        } else {
            try (Scope narrow = engine.autocast(precision)) {
                loss = criterion.loss(network.forward(input, pass).to(DType.FLOAT32), target);
            }
        }
        (weight == 1 ? loss : loss.mul(weight)).backward();
        return loss.item();
    }

    private void add(double loss, double part) {
        lossSum += criterion.reduction() == Reduction.SUM ? loss : loss * part;
        importance += part;
    }

    /** Clips and changes the weights by the gradients, unless they overflowed. */
    private void update() {
        List<Tensor> gradients = shop.gradients();
        double scale = regularizers.scale();
        sound = regularizers.unscale(gradients);
        if (!sound) {
            // The loss scale was too large for float16: the step is left out, and its gradients tell nothing, unless no
            // smaller scale would help.
            norm = Double.NaN;
            if (regularizers.isExhausted()) {
                shop.recorder().afterBackward(network.parameters(), 1, scale);
            }
            return;
        }
        shop.recorder().afterBackward(network.parameters(), 1, scale);
        regularizers.penalize();
        norm = regularizers.clip(gradients, wantsNorm());
        shop.recorder().beforeUpdate();
        shop.optimizer().step();
        afterUpdate();
    }

    private void afterUpdate() {
        regularizers.afterUpdate();
        shop.recorder().afterUpdate();
    }

    /** One batch, which the optimizer evaluates as often as it wants. */
    private void closureStep() {
        Batch batch = Objects.requireNonNull(loader.next(), "the epoch ended early");
        Tensor input = tensors.input(batch);
        Tensor target = tensors.target(batch);
        double[] first = {Double.NaN};
        boolean[] heard = {false};
        shop.optimizer().step(() -> {
            clearGradients();
            // The search moves along what earlier gradients remember of weights that are out by now.
            regularizers.keepOut();
            double value = backward(input, target, 1, heard[0] ? LayerListener.NONE : shop.recorder());
            if (!heard[0]) {
                heard[0] = true;
                first[0] = value;
                norm = wantsNorm() ? engine.globalNorm(shop.gradients()) : Double.NaN;
                shop.recorder().afterBackward(network.parameters(), 1);
                shop.recorder().beforeUpdate();
            }
            regularizers.penalize();
            return value + regularizers.penalty();
        });
        examples += batch.size;
        add(first[0], criterion.importance(target));
        afterUpdate();
    }

    private void clearGradients() {
        trained.forEach(Tensor::clearGradient);
    }
}
