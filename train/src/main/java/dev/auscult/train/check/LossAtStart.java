package dev.auscult.train.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

import dev.auscult.data.Batch;
import dev.auscult.data.DataShape;
import dev.auscult.data.Target;
import dev.auscult.data.Task;
import dev.auscult.run.Probe;
import dev.auscult.train.engine.DType;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.RandomSource;
import dev.auscult.train.engine.Reduction;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.loop.Setup;
import dev.auscult.train.model.LayerListener;
import dev.auscult.train.model.Pass;

/**
 * Measures the loss of the untrained network beside that of the best constant prediction, and of one that knows nothing.
 *
 * <p>The network runs in training mode, as in its first step: the running statistics of batch normalisation say nothing
 * yet. The standard error is that of the mean over batches.
 */
public final class LossAtStart {
    private static final int MOST_EXAMPLES = 512;
    private static final int BATCHES = 8;

    /** Examples from which the best constant for numbers is found. */
    private static final int MOST_TARGETS = 2000;

    private LossAtStart() {}

    /** Measures it; the network stays as it is. */
    @SuppressWarnings("try") // Scopes work by being open.
    public static Probe run(Setup setup) {
        Engine engine = setup.engine();
        int examples = Math.min(MOST_EXAMPLES, setup.data().train().size());
        int size = Math.max(1, Math.min(setup.spec().training().batchSize(), examples / BATCHES));
        int count = Math.max(1, examples / size);
        double[] losses = new double[count];
        double[] nothing = new double[count];
        long[] tokens = new long[Math.max(1, setup.data().shape().outputs())];
        try (Untouched untouched = new Untouched(engine, setup.network());
                RandomSource random = engine.random(setup.spec().seed());
                BatchStream stream = new BatchStream(setup, size, List.of())) {
            Pass pass = new Pass(engine, true, random, LayerListener.NONE);
            for (int i = 0; i < count; i++) {
                try (Scope scope = engine.scope();
                        Scope still = engine.withoutGradients()) {
                    Batch batch = stream.next();
                    Tensor target = stream.target(batch);
                    Tensor output = setup.network().forward(stream.input(batch), pass);
                    losses[i] = setup.criterion()
                            .loss(output, target, Reduction.MEAN)
                            .item();
                    nothing[i] = setup.criterion()
                            .loss(engine.zeros(DType.FLOAT32, output.shape()), target, Reduction.MEAN)
                            .item();
                    countTokens(setup, target, tokens);
                }
            }
        }
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("loss", Statistics.mean(losses));
        numbers.put("standard-error", Statistics.standardError(losses));
        numbers.put("examples", (double) count * size);
        expected(setup, tokens).ifPresent(value -> numbers.put("expected", value));
        if (guesses(setup)) {
            numbers.put("uniform", Statistics.mean(nothing));
        }
        return new Probe(
                Probe.Kind.LOSS_AT_START,
                numbers,
                Map.of("loss", setup.criterion().name()),
                new ArrayList<>());
    }

    /** Whether logits of zero mean that nothing is known: log C for cross-entropy on C classes. */
    private static boolean guesses(Setup setup) {
        boolean logits = List.of("cross-entropy", "binary-cross-entropy", "focal")
                .contains(setup.criterion().name());
        return logits && setup.data().task() != Task.REGRESSION;
    }

    private static void countTokens(Setup setup, Tensor target, long[] counts) {
        if (setup.data().task() == Task.LANGUAGE_MODEL) {
            for (long token : target.toLongs()) {
                if (token >= 0) {
                    counts[Math.toIntExact(token)]++;
                }
            }
        }
    }

    private static OptionalDouble expected(Setup setup, long[] tokens) {
        DataShape shape = setup.data().shape();
        Target target = setup.data().train().target();
        switch (shape.task()) {
            case LANGUAGE_MODEL -> {
                return setup.criterion().atPrior(tokens);
            }
            case CLASSIFICATION -> {
                long[] counts = new long[shape.outputs()];
                for (int i = 0; i < target.size(); i++) {
                    counts[target.classOf(i)]++;
                }
                return setup.criterion().atPrior(counts);
            }
            default -> {
                int taken = Math.min(MOST_TARGETS, target.size());
                float[] values = new float[taken * shape.outputs()];
                for (int i = 0; i < taken; i++) {
                    int index = (int) ((long) i * target.size() / taken);
                    for (int k = 0; k < shape.outputs(); k++) {
                        values[i * shape.outputs() + k] = target.value(index, k);
                    }
                }
                return setup.criterion().atConstant(values, shape.outputs());
            }
        }
    }
}
