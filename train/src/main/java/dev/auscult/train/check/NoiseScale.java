package dev.auscult.train.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

import dev.auscult.data.Batch;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.Reduction;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.loop.Setup;
import dev.auscult.train.model.LayerListener;
import dev.auscult.train.model.Parameter;
import dev.auscult.train.model.Pass;

/**
 * Estimates the simple gradient noise scale B = tr Σ / |G|², the batch size at which a step has half of the progress that it
 * could have (McCandlish et al. 2018, <i>An Empirical Model of Large-Batch Training</i>, appendix A.1).
 *
 * <p>From the squared norms of mean gradients over b and over B examples: |G|² = (B|G_B|² − b|G_b|²) / (B − b) and tr Σ = (|G_b|² −
 * |G_B|²) / (1/b − 1/B), each averaged over several batches before they are divided. It is that of the network as it is; it grows
 * while the network learns.
 */
public final class NoiseScale {
    private static final int SMALL = 8;
    private static final int TIMES = 8;
    private static final int REPEATS = 8;

    private NoiseScale() {}

    /**
     * What was estimated.
     *
     * @param examples the noise scale in examples; empty where the gradient drowns in its noise
     * @param squaredGradient |G|²
     * @param trace tr Σ, the variance of the gradient of one example
     * @param small examples of the small batches
     * @param large examples of the large batches
     */
    public record Result(OptionalDouble examples, double squaredGradient, double trace, int small, int large) {
        /** As numbers by name. */
        public Map<String, Double> numbers() {
            Map<String, Double> numbers = new LinkedHashMap<>();
            examples.ifPresent(value -> numbers.put("noise-scale", value));
            numbers.put("squared-gradient", squaredGradient);
            numbers.put("trace", trace);
            return numbers;
        }
    }

    /** Does it; the network stays as it is. */
    @SuppressWarnings("try") // Scopes work by being open.
    public static Result run(Setup setup) {
        int small = Math.max(1, Math.min(SMALL, setup.data().train().size() / TIMES));
        double smallSquares = 0;
        double largeSquares = 0;
        try (Untouched untouched = new Untouched(setup.engine(), setup.network());
                BatchStream stream = new BatchStream(setup, small, List.of())) {
            for (int repeat = 0; repeat < REPEATS; repeat++) {
                double[] squares = squares(setup, stream);
                smallSquares += squares[0] / REPEATS;
                largeSquares += squares[1] / REPEATS;
            }
        }
        return of(smallSquares, largeSquares, small, small * TIMES);
    }

    /** The estimate from mean squared norms. */
    static Result of(double smallSquares, double largeSquares, int small, int large) {
        double gradient = (large * largeSquares - small * smallSquares) / (large - small);
        double trace = (smallSquares - largeSquares) / (1.0 / small - 1.0 / large);
        boolean told = gradient > 0 && trace >= 0;
        return new Result(
                told ? OptionalDouble.of(trace / gradient) : OptionalDouble.empty(), gradient, trace, small, large);
    }

    /** Squared norms of the gradients of small batches, as a mean, and of all of them together. */
    @SuppressWarnings("try") // Scopes work by being open.
    private static double[] squares(Setup setup, BatchStream stream) {
        Engine engine = setup.engine();
        Pass pass = new Pass(engine, true, new MeanSource(engine), LayerListener.NONE);
        try (Scope all = engine.scope()) {
            List<Tensor> sums = new ArrayList<>();
            double small = 0;
            for (int i = 0; i < TIMES; i++) {
                setup.network().parameters().forEach(p -> p.tensor().clearGradient());
                Batch batch = stream.next();
                Tensor output = setup.network().forward(stream.input(batch), pass);
                Tensor loss = setup.criterion().loss(output, stream.target(batch), Reduction.MEAN);
                if (!loss.requiresGradient()) {
                    return new double[] {0, 0};
                }
                loss.backward();
                List<Tensor> gradients = setup.network().parameters().stream()
                        .map(Parameter::tensor)
                        .flatMap(t -> t.gradient().stream())
                        .toList();
                small += Math.pow(engine.globalNorm(gradients), 2) / TIMES;
                for (int k = 0; k < gradients.size(); k++) {
                    if (i == 0) {
                        sums.add(gradients.get(k).copy());
                    } else {
                        sums.get(k).addInPlace(gradients.get(k));
                    }
                }
            }
            return new double[] {small, Math.pow(engine.globalNorm(sums) / TIMES, 2)};
        }
    }
}
