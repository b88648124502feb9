package dev.auscult.train.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.auscult.run.Probe;
import dev.auscult.train.engine.DType;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.RandomSource;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.loop.Setup;
import dev.auscult.train.model.LayerListener;
import dev.auscult.train.model.Pass;

/**
 * Looks whether the output of an example depends on another example of the batch: by the gradient of output i with respect to
 * input j. Tokens have no gradient; there the tokens of example j are replaced, and the change of output i is measured.
 */
public final class BatchLeakage {
    private static final int EXAMPLES = 8;

    /** Outputs that are looked at. */
    private static final int LOOKED_AT = 3;

    private BatchLeakage() {}

    /** The largest influence of an example on its own output and on another's. */
    private record Influence(double own, double foreign) {}

    /** Does it; the network stays as it is. */
    @SuppressWarnings("try") // Scopes work by being open.
    public static Probe run(Setup setup) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        try (Untouched untouched = new Untouched(setup.engine(), setup.network());
                Sample sample = BatchStream.sample(setup, EXAMPLES)) {
            boolean tokens = sample.input().type() == DType.INT64;
            Influence evaluation = tokens ? byChange(setup, sample, false) : byGradient(setup, sample, false);
            Influence training = tokens ? byChange(setup, sample, true) : byGradient(setup, sample, true);
            numbers.put("own", evaluation.own());
            numbers.put("foreign", evaluation.foreign());
            numbers.put("training-foreign", training.foreign());
            numbers.put("examples", (double) sample.size());
        }
        return new Probe(Probe.Kind.BATCH_LEAKAGE, numbers, Map.of(), List.of());
    }

    @SuppressWarnings("try") // Scopes work by being open.
    private static Influence byGradient(Setup setup, Sample sample, boolean training) {
        Engine engine = setup.engine();
        double own = 0;
        double foreign = 0;
        for (int i = 0; i < Math.min(LOOKED_AT, sample.size()); i++) {
            try (Scope scope = engine.scope();
                    RandomSource weights = engine.random(setup.spec().seed() + 1)) {
                Tensor input = sample.input().copy().requiresGradient(true);
                Tensor output = forward(setup, input, training).select(0, i);
                if (!output.requiresGradient()) {
                    continue;
                }
                // Random weights: the plain sum of a softmax is 1 whatever the input.
                Tensor mixed = output.mul(weights.normal(0, 1, output.shape())).sum();
                Tensor gradient = engine.gradients(mixed, List.of(input), false)
                        .get(0)
                        .abs()
                        .reshape(sample.size(), -1)
                        .max(1);
                double[] each = gradient.toDoubles();
                for (int j = 0; j < each.length; j++) {
                    own = i == j ? Math.max(own, each[j]) : own;
                    foreign = i == j ? foreign : Math.max(foreign, each[j]);
                }
            }
        }
        return new Influence(own, foreign);
    }

    @SuppressWarnings("try") // Scopes work by being open.
    private static Influence byChange(Setup setup, Sample sample, boolean training) {
        Engine engine = setup.engine();
        double own = 0;
        double foreign = 0;
        try (Scope scope = engine.scope();
                Scope still = engine.withoutGradients()) {
            Tensor before = forward(setup, sample.input(), training);
            int rowsTokens = Math.toIntExact(sample.input().count() / sample.size());
            for (int j = 0; j < Math.min(LOOKED_AT, sample.size()); j++) {
                long[] tokens = sample.input().toLongs();
                for (int k = j * rowsTokens; k < (j + 1) * rowsTokens; k++) {
                    tokens[k] =
                            (tokens[k] + 1) % Math.max(2, setup.data().shape().vocabulary());
                }
                Tensor after = forward(setup, engine.of(tokens, sample.input().shape()), training);
                double[] each = after.sub(before)
                        .abs()
                        .reshape(sample.size(), -1)
                        .max(1)
                        .toDoubles();
                for (int i = 0; i < each.length; i++) {
                    own = i == j ? Math.max(own, each[i]) : own;
                    foreign = i == j ? foreign : Math.max(foreign, each[i]);
                }
            }
        }
        return new Influence(own, foreign);
    }

    /** With the same draws of dropout each time. */
    private static Tensor forward(Setup setup, Tensor input, boolean training) {
        try (RandomSource random = setup.engine().random(setup.spec().seed())) {
            return setup.network().forward(input, new Pass(setup.engine(), training, random, LayerListener.NONE));
        }
    }
}
