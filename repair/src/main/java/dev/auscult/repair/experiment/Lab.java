package dev.auscult.repair.experiment;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.auscult.data.Examples;
import dev.auscult.data.PreparedData;
import dev.auscult.train.engine.DType;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.loop.Setup;
import dev.auscult.train.spec.Spec;
import dev.auscult.train.spec.SpecFile;
import org.jspecify.annotations.Nullable;

/**
 * Where the experiments on one spec are made. Data are read once, and no training is made twice: what experiments compare
 * with is shared among them.
 */
public final class Lab {
    /** Part of a training that a short one takes: enough to leave the first transient, little against the training. */
    private static final int PART = 5;

    /** With fewer steps the last third holds too few for a standard error. */
    private static final long FEWEST = 60;

    /** What tells causes apart shows early in a long training; 400 steps are three times what a range test of 100 takes. */
    private static final long MOST = 400;

    private final String source;
    private final String text;
    private final Path base;
    private final Engine engine;
    private final Consumer<String> progress;
    private final Spec spec;
    private final Map<String, Trace> made = new HashMap<>();
    private @Nullable PreparedData data;
    private int trainedTensors = -1;
    private long taken;

    /**
     * A lab.
     *
     * @param source name of the spec in messages
     * @param text of the spec
     * @param base folder against which the paths of the spec are resolved
     * @param engine what computes; not closed with this
     * @param progress hears what is going on, a sentence at a time
     * @throws dev.auscult.train.spec.SpecException with all that is wrong with the spec
     */
    public Lab(String source, String text, Path base, Engine engine, Consumer<String> progress) {
        this.source = source;
        this.text = text;
        this.base = base;
        this.engine = engine;
        this.progress = progress;
        this.spec = spec(List.of());
    }

    /** The spec as it is. */
    public Spec spec() {
        return spec;
    }

    /** The spec with some settings replaced: {@code optimizer.learning-rate=0.01}. */
    Spec spec(List<String> overrides) {
        return SpecFile.parse(source, text, "experiment", overrides);
    }

    Engine engine() {
        return engine;
    }

    void say(String sentence) {
        progress.accept(sentence);
    }

    /** The data of the spec, read when they are first asked for. */
    PreparedData data() {
        PreparedData there = data;
        if (there == null) {
            try (Setup setup = Setup.open(spec, base, engine, progress)) {
                there = setup.data();
                trainedTensors = Math.toIntExact(setup.network().parameters().stream()
                        .filter(p -> p.trainable())
                        .count());
            }
            data = there;
        }
        return there;
    }

    /** Parameters that are trained, counted as tensors. */
    int trainedTensors() {
        data();
        return trainedTensors;
    }

    /** Data, a new network and the loss; to be closed. */
    Setup setup() {
        return setup(spec, DType.FLOAT32);
    }

    Setup setup(Spec other, DType type) {
        return Setup.of(other, base, engine, data(), type);
    }

    /** Optimizer steps of an epoch. */
    long stepsPerEpoch() {
        long size = Math.min(spec.training().batchSize(), data().train().size());
        long batches = spec.training().dropLast()
                ? data().train().size() / size
                : (data().train().size() + size - 1) / size;
        return Math.max(
                1,
                (batches + spec.training().accumulate() - 1) / spec.training().accumulate());
    }

    /** Optimizer steps of the training as planned. */
    public long plannedSteps() {
        return stepsPerEpoch() * spec.training().epochs();
    }

    /** Optimizer steps of a short training: a fifth of the planned ones, but not fewer than 60 and not more than 400. */
    long shortSteps() {
        return Math.max(FEWEST, Math.min(MOST, plannedSteps() / PART));
    }

    /** Optimizer steps of all short trainings so far. */
    long taken() {
        return taken;
    }

    /** Steps of a short training of the spec as it is, if none was made yet. */
    long owedForBaseline() {
        return made.containsKey("") ? 0 : shortSteps();
    }

    /** A short training of the spec as it is, made when it is first asked for. */
    Trace baseline() throws InterruptedException {
        return trained("", spec, DType.FLOAT32, null);
    }

    /**
     * A short training of something else.
     *
     * @param name what tells it from others
     * @param examples to train on; null for those of the spec
     */
    Trace trained(String name, Spec other, DType type, @Nullable Examples examples) throws InterruptedException {
        Trace before = made.get(name);
        if (before != null) {
            return before;
        }
        Trace trace;
        try (Setup setup = setup(other, type)) {
            trace = new ShortRun(this, setup, type, examples == null ? data().train() : examples).train(shortSteps());
        }
        made.put(name, trace);
        // The one whose loss was not finite was taken as well.
        taken += trace.steps() + (trace.isFinite() ? 0 : 1);
        return trace;
    }
}
