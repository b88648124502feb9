package dev.auscult.train.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.auscult.run.Probe;
import dev.auscult.train.engine.DType;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.RandomSource;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.loop.Setup;
import dev.auscult.train.model.Parameter;
import dev.auscult.train.model.Pass;
import dev.auscult.train.spec.OptimizerSettings;
import dev.auscult.train.spec.Spec;

/**
 * Estimates the memory of a training: four bytes for each parameter and for its gradient, what the optimizer keeps by its
 * type, the masks of pruning, and the outputs of all layers in one forward pass of a batch.
 *
 * <p>Outputs are measured by listening to a small batch. What a layer keeps inside (the gates of an LSTM, the scores of
 * attention) is not heard, and the library's own working memory is not known, so the estimate is from below.
 */
public final class MemoryEstimate {
    private static final int EXAMPLES = 4;
    private static final int BYTES = 4;

    /** Share of the available memory that a batch may fill. */
    private static final double USABLE = 0.9;

    /** Layers whose output is that of a layer inside, or the input in another shape, so that it takes no memory. */
    private static final Set<String> VIEWS = Set.of("sequential", "flatten", "reshape");

    private MemoryEstimate() {}

    /** Does it; the network stays as it is. */
    public static Probe run(Setup setup) {
        Spec spec = setup.spec();
        long all = setup.network().parameterCount();
        long trained = setup.network().parameters().stream()
                .filter(Parameter::trainable)
                .mapToLong(p -> p.tensor().count())
                .sum();
        long buffers = setup.network().buffers().values().stream()
                .mapToLong(Tensor::count)
                .sum();
        boolean averaged =
                spec.regularization().ema() > 0 || spec.regularization().swaStart() > 0;
        // A mask has the size of its weights; which are masked is known when the training begins, vectors never are.
        long masks = spec.training().pruning() == null
                ? 0
                : setup.network().parameters().stream()
                        .filter(p -> p.trainable() && p.tensor().shape().length > 1)
                        .mapToLong(p -> p.tensor().count())
                        .sum();
        double parameters = bytes(all + buffers + masks + (averaged ? trained : 0));
        double gradients = bytes(trained);
        double optimizer = bytes(trained) * stateNumbers(spec.optimizer());
        double perExample = activationBytes(setup);
        int batch = Plan.of(setup).batchSize();
        double fixed = parameters + gradients + optimizer;
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("parameters", parameters);
        numbers.put("gradients", gradients);
        numbers.put("optimizer", optimizer);
        numbers.put("activations", perExample * batch);
        numbers.put("total", fixed + perExample * batch);
        numbers.put("batch", (double) batch);
        long available = setup.engine().availableMemory();
        if (available > 0) {
            numbers.put("available", (double) available);
            numbers.put("largest-batch", Math.max(0, Math.floor((USABLE * (double) available - fixed) / perExample)));
        }
        return new Probe(Probe.Kind.MEMORY, numbers, Map.of(), List.of());
    }

    private static double bytes(long numbers) {
        return (double) (BYTES * numbers);
    }

    /** Numbers that an optimizer keeps for each parameter. */
    static double stateNumbers(OptimizerSettings settings) {
        double momentum = settings.momentum() > 0 ? 1 : 0;
        return switch (settings.type()) {
            case "sgd" -> momentum;
            case "rmsprop" -> 1 + momentum;
            case "adagrad" -> 1;
            // Pairs of differences, the gradient before, the direction, and the weights where the search began.
            case "lbfgs" -> 2 * settings.historySize() + 3;
            // Both moments, the sum of gradients, and the weights at the start.
            case "prodigy" -> 4;
            default -> 2;
        };
    }

    /** Bytes of all layers' outputs and of the input, for one example. */
    @SuppressWarnings("try") // Scopes work by being open.
    private static double activationBytes(Setup setup) {
        Engine engine = setup.engine();
        double[] bytes = {0};
        try (Untouched untouched = new Untouched(engine, setup.network());
                Sample sample = BatchStream.sample(setup, EXAMPLES);
                RandomSource random = engine.random(setup.spec().seed());
                Scope scope = engine.scope();
                Scope still = engine.withoutGradients();
                Scope narrow = engine.autocast(precision(setup.spec()))) {
            bytes[0] = bytes(sample.input());
            setup.network().forward(sample.input(), new Pass(engine, true, random, (layer, output) -> {
                String type = layer.substring(layer.indexOf('-', layer.lastIndexOf('/') + 1) + 1);
                if (!VIEWS.contains(type)) {
                    bytes[0] += bytes(output);
                }
            }));
            return bytes[0] / sample.size();
        }
    }

    private static DType precision(Spec spec) {
        return switch (spec.training().precision()) {
            case "bfloat16" -> DType.BFLOAT16;
            case "float16" -> DType.FLOAT16;
            default -> DType.FLOAT32;
        };
    }

    private static double bytes(Tensor tensor) {
        int each = switch (tensor.type()) {
            case FLOAT32 -> BYTES;
            case FLOAT64, INT64 -> 8;
            case FLOAT16, BFLOAT16 -> 2;
            case BOOL -> 1;
        };
        return (double) (each * tensor.count());
    }
}
