package dev.auscult.bench.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.auscult.data.Batch;
import dev.auscult.data.Examples;
import dev.auscult.data.Loader;
import dev.auscult.data.LoaderSettings;
import dev.auscult.run.Direction;
import dev.auscult.run.RunEvent;
import dev.auscult.train.check.PreTrainingChecks;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.RandomSource;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.loop.BatchTensors;
import dev.auscult.train.loop.Evaluator;
import dev.auscult.train.loop.Setup;
import dev.auscult.train.metric.Meter;
import dev.auscult.train.metric.Metrics;
import dev.auscult.train.model.LayerListener;
import dev.auscult.train.model.Network;
import dev.auscult.train.model.Parameter;
import dev.auscult.train.model.Pass;
import dev.auscult.train.optimizer.Optimizer;
import dev.auscult.train.optimizer.Optimizers;
import dev.auscult.train.record.RecordPlan;
import dev.auscult.train.record.Recorder;
import dev.auscult.train.regularize.EarlyStopping;
import dev.auscult.train.regularize.GradientClipping;
import dev.auscult.train.regularize.Penalties;
import dev.auscult.train.schedule.Schedule;
import dev.auscult.train.schedule.Schedules;
import dev.auscult.train.spec.Spec;
import dev.auscult.train.spec.SpecWriter;
import org.jspecify.annotations.Nullable;

/** A training loop as people write it by hand, with the errors that people make in it. */
final class Loop {
    private static final int SCALARS_PER_EPOCH = 10;

    private final Setup setup;
    private final Spec spec;
    private final Engine engine;
    private final Network network;
    private final Bug bug;
    private final BatchTensors tensors;
    private final List<Parameter> trained;

    Loop(Setup setup, Bug bug) {
        this.setup = setup;
        this.spec = setup.spec();
        this.engine = setup.engine();
        this.network = setup.network();
        this.bug = bug;
        this.tensors = new BatchTensors(engine, setup.data().shape());
        List<Parameter> all = network.parameters();
        String last = all.get(all.size() - 1).path().replaceAll("/[^/]*$", "");
        this.trained = switch (bug) {
            case FROZEN_LAYERS -> all.subList(all.size() / 2, all.size());
            case OPTIMIZER_MISSES ->
                all.stream().filter(p -> p.path().startsWith(last)).toList();
            default -> all;
        };
        if (bug == Bug.FROZEN_LAYERS) {
            all.subList(0, all.size() / 2).forEach(p -> p.tensor().requiresGradient(false));
        }
    }

    /** Trains and records; what was measured after the last epoch, by name. */
    @SuppressWarnings("try") // Scopes work by being open.
    Map<String, Double> run(Path folder) throws IOException {
        Examples train = setup.data().train();
        Map<String, Double> results = new LinkedHashMap<>();
        int size = Math.min(spec.training().batchSize(), train.size());
        try (Optimizer optimizer = Optimizers.of(spec.optimizer(), trained, engine);
                RandomSource random = engine.random(spec.seed() + 1);
                Loader loader = Loader.of(
                        train,
                        new LoaderSettings(
                                size,
                                spec.data().shuffle(),
                                spec.training().dropLast(),
                                spec.data().augment(),
                                spec.seed() + 2));
                Recorder recorder = Recorder.create(
                        folder,
                        SpecWriter.write(spec),
                        network.graph(),
                        RecordPlan.of(spec.record()),
                        Clock.systemUTC())) {
            recorder.data(setup.data().profile());
            recorder.checks(PreTrainingChecks.run(setup));
            int perEpoch = loader.batchesPerEpoch();
            Schedule schedule = Schedules.of(
                    spec.schedule(),
                    spec.optimizer().learningRate(),
                    perEpoch,
                    spec.training().epochs());
            GradientClipping clipping = new GradientClipping(
                    engine, spec.training().clipNorm(), spec.training().clipValue());
            boolean clips =
                    spec.training().clipNorm() != null || spec.training().clipValue() != null;
            Penalties penalties = new Penalties(spec.regularization(), trained, engine);
            EarlyStopping stopping = spec.training().earlyStopping() == null
                    ? null
                    : new EarlyStopping(spec.training().earlyStopping(), Direction.LOWER_IS_BETTER);
            int every = Math.max(1, perEpoch / SCALARS_PER_EPOCH);
            long step = 0;
            double sum = 0;
            long since = 0;
            for (int epoch = 0; epoch < spec.training().epochs(); epoch++) {
                loader.startEpoch(epoch, 0);
                double epochSum = 0;
                for (int b = 0; b < perEpoch; b++) {
                    long began = System.nanoTime();
                    Batch batch = Objects.requireNonNull(loader.next());
                    double at = epoch + (double) b / perEpoch;
                    double rate = rate(schedule, step, perEpoch);
                    optimizer.learningRate(bug == Bug.SIGN_FLIPPED ? -rate : rate);
                    recorder.beginStep(step, at);
                    double loss;
                    double norm;
                    try (Scope scope = engine.scope()) {
                        if (bug != Bug.GRADIENTS_NOT_CLEARED) {
                            network.parameters().forEach(p -> p.tensor().clearGradient());
                        }
                        loss = backward(batch, random, recorder);
                        List<Tensor> gradients = new ArrayList<>();
                        network.parameters().forEach(p -> p.tensor().gradient().ifPresent(gradients::add));
                        recorder.afterBackward(network.parameters(), 1);
                        if (penalties.isActive()) {
                            penalties.addGradients();
                        }
                        if (bug == Bug.PENALTY_TWICE) {
                            for (Parameter p : trained) {
                                p.tensor()
                                        .gradient()
                                        .ifPresent(g -> g.addInPlace(p.tensor().detach(), 2 * 0.5));
                            }
                        }
                        norm = clips ? clipping.clip(gradients, true).norm() : engine.globalNorm(gradients);
                        recorder.beforeUpdate();
                        optimizer.step();
                        recorder.afterUpdate();
                    }
                    sum += loss;
                    epochSum += loss;
                    since++;
                    if (step % every == 0) {
                        recorder.scalar("train/loss", step, at, sum / since);
                        recorder.scalar("train/learning_rate", step, at, rate);
                        recorder.scalar("train/gradient_norm", step, at, norm);
                        recorder.scalar(
                                "time/step", step, at, (System.nanoTime() - began - recorder.spentNanos()) / 1e9);
                        sum = 0;
                        since = 0;
                    }
                    step++;
                    recorder.endStep();
                }
                results = evaluate();
                double trainLoss = epochSum / perEpoch;
                for (Map.Entry<String, Double> one : results.entrySet()) {
                    recorder.scalar(one.getKey(), step - 1, epoch + 1, one.getValue());
                }
                results.put("train/loss", trainLoss);
                double watched = results.getOrDefault("validation/loss", trainLoss);
                schedule.observe(epoch + 1, watched);
                if (stops(stopping, epoch + 1, watched, trainLoss)) {
                    recorder.event(RunEvent.Kind.EARLY_STOP, step - 1, "no gain");
                    break;
                }
            }
            recorder.event(RunEvent.Kind.COMPLETED, Math.max(0, step - 1), "done");
            results.put("steps", (double) step);
        }
        return results;
    }

    private boolean stops(@Nullable EarlyStopping stopping, int epoch, double watched, double trainLoss) {
        return switch (bug) {
            case STOPS_BY_EPOCH -> epoch > watched;
            case NEVER_STOPS -> watched > spec.training().epochs();
            default ->
                stopping != null && stopping.observe(epoch, watched, trainLoss).isPresent();
        };
    }

    private double rate(Schedule schedule, long step, int perEpoch) {
        return switch (bug) {
            case SCHEDULE_PER_BATCH -> schedule.at(0) * Math.pow(0.9, (double) step);
            case DECAY_PER_STEP -> schedule.at(step) * Math.pow(0.99, (double) step);
            case SCHEDULE_NEGATIVE ->
                schedule.at(0)
                        * (1 - 2.0 * step / ((double) perEpoch * spec.training().epochs()));
            default -> schedule.at(step);
        };
    }

    private double backward(Batch batch, RandomSource random, Recorder recorder) {
        RandomSource drops = bug == Bug.DROPOUT_UNSCALED ? new UnscaledMasks(random) : random;
        Pass pass = new Pass(engine, bug != Bug.EVALUATION_MODE_ON, drops, recorder);
        Tensor input = tensors.input(batch);
        if (bug == Bug.SCALED_TWICE) {
            input = input.mul(0.1);
        }
        Tensor target = tensors.target(batch);
        if (bug == Bug.MISALIGNED) {
            target = rolled(target);
        }
        Tensor output = network.forward(input, pass);
        Tensor loss;
        if (bug == Bug.BROADCAST) {
            Tensor difference = output.reshape(batch.size, 1).sub(target.reshape(1, batch.size));
            loss = difference.mul(difference).mean();
        } else {
            loss = setup.criterion().loss(output, target);
        }
        if (bug == Bug.SUMMED_LOSS) {
            loss = loss.mul(batch.size);
        }
        if (bug == Bug.OUTPUT_IN_UPDATE) {
            double shown = loss.item();
            // Its gradient is (output - target) · output · input: that of half the squared error, times the output.
            Tensor square = output.mul(output);
            square.mul(output)
                    .mul(1 / 3.0)
                    .sub(square.mul(target).mul(0.5))
                    .mean()
                    .backward();
            return shown;
        }
        loss.backward();
        return loss.item();
    }

    /** Each row takes the place of the next. */
    private Tensor rolled(Tensor target) {
        long size = target.shape()[0];
        long[] order = new long[(int) size];
        for (int i = 0; i < size; i++) {
            order[i] = (i + size - 1) % size;
        }
        return target.indexSelect(0, engine.of(order, size));
    }

    private Map<String, Double> evaluate() {
        Map<String, Double> results = new LinkedHashMap<>();
        Examples held = setup.data().validation().orElse(null);
        if (held == null) {
            return results;
        }
        boolean wrong = bug == Bug.TRAINING_MODE_IN_EVALUATION
                || bug == Bug.EVALUATION_MISALIGNED
                || bug == Bug.EVALUATION_UNSCALED;
        Map<String, Double> measured = wrong
                ? wronglyMeasured(held)
                : new Evaluator(
                                engine,
                                setup.data().shape(),
                                setup.criterion(),
                                spec.metrics(),
                                spec.training().evaluateBatch())
                        .inUnits(setup.data().targetMean(), setup.data().targetDeviation())
                        .measure(network, held);
        measured.forEach((name, value) -> results.put("validation/" + name, value));
        return results;
    }

    @SuppressWarnings("try") // Scopes work by being open.
    private Map<String, Double> wronglyMeasured(Examples held) {
        Meter meter = Metrics.of(spec.metrics(), setup.data().shape());
        double sum = 0;
        long count = 0;
        try (RandomSource random = engine.random(1);
                Loader loader = Loader.of(held, new LoaderSettings(32, false, false, List.of(), 0))) {
            Pass pass = new Pass(engine, bug == Bug.TRAINING_MODE_IN_EVALUATION, random, LayerListener.NONE);
            loader.startEpoch(0, 0);
            for (@Nullable Batch batch = loader.next(); batch != null; batch = loader.next()) {
                try (Scope scope = engine.scope();
                        Scope still = engine.withoutGradients()) {
                    Tensor input = tensors.input(batch);
                    Tensor target = tensors.target(batch);
                    if (bug == Bug.EVALUATION_UNSCALED) {
                        input = input.mul(20).add(5);
                    }
                    boolean rolls = bug == Bug.EVALUATION_MISALIGNED;
                    Tensor output = network.forward(input, pass);
                    sum += setup.criterion()
                                    .loss(output, rolls ? rolled(target) : target)
                                    .item()
                            * batch.size;
                    count += batch.size;
                    int columns = Math.toIntExact(output.shape()[output.shape().length - 1]);
                    if (batch.values.length == 0) {
                        meter.addClasses(
                                output.toFloats(),
                                rolls ? rolled(batch.classes, batch.size) : batch.classes,
                                batch.size,
                                columns);
                    } else {
                        meter.addValues(output.toFloats(), batch.values.clone(), batch.size, columns);
                    }
                }
            }
        }
        Map<String, Double> results = new LinkedHashMap<>();
        results.put("loss", sum / count);
        results.putAll(meter.results());
        return results;
    }

    private static long[] rolled(long[] classes, int size) {
        long[] other = classes.clone();
        for (int i = 0; i < size; i++) {
            other[i] = classes[(i + size - 1) % size];
        }
        return other;
    }
}
