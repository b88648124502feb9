package dev.auscult.train.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.auscult.run.Probe;
import dev.auscult.train.engine.DType;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.RandomSource;
import dev.auscult.train.engine.Reduction;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.loop.Setup;
import dev.auscult.train.model.Pass;

/** Measures how large outputs and their gradients are at each layer before the first update. */
public final class DepthScale {
    private static final int EXAMPLES = 64;

    private DepthScale() {}

    /** Does it; the network stays as it is. */
    @SuppressWarnings("try") // Scopes work by being open.
    public static Probe run(Setup setup) {
        Engine engine = setup.engine();
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        List<Probe.Part> parts = new ArrayList<>();
        int size = Math.max(2, Math.min(EXAMPLES, setup.spec().training().batchSize()));
        try (Untouched untouched = new Untouched(engine, setup.network());
                Sample sample = BatchStream.sample(setup, size);
                RandomSource random = engine.random(setup.spec().seed());
                Scope scope = engine.scope()) {
            Pass pass = new Pass(engine, true, random, (layer, output) -> {
                if (output.type() != DType.INT64) {
                    if (output.requiresGradient()) {
                        output.retainGradient();
                    }
                    outputs.put(layer, output);
                }
            });
            Tensor loss = setup.criterion()
                    .loss(setup.network().forward(sample.input(), pass), sample.target(), Reduction.MEAN);
            if (loss.requiresGradient()) {
                loss.backward();
            }
            try (Scope still = engine.withoutGradients()) {
                outputs.forEach((layer, output) -> parts.add(part(layer, output)));
            }
        }
        return new Probe(Probe.Kind.DEPTH_SCALE, Map.of(), Map.of(), parts);
    }

    private static Probe.Part part(String layer, Tensor output) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        Tensor values = output.detach();
        numbers.put(
                "activation-std",
                Math.sqrt(values.sub(values.mean()).pow(2).mean().item()));
        Optional<Tensor> gradient = output.requiresGradient() ? output.gradient() : Optional.empty();
        gradient.ifPresent(
                g -> numbers.put("gradient-rms", Math.sqrt(g.pow(2).mean().item())));
        return new Probe.Part(layer, numbers);
    }
}
