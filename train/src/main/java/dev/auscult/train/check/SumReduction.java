package dev.auscult.train.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.auscult.run.Probe;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.loop.Setup;
import dev.auscult.train.model.LayerListener;
import dev.auscult.train.model.Parameter;
import dev.auscult.train.model.Pass;

/** Runs a batch, and the same batch with every example twice: a mean stays as it is, a sum doubles. */
public final class SumReduction {
    private static final int EXAMPLES = 16;

    private SumReduction() {}

    /** Loss as the spec reduces it, and global norm of its gradient. */
    private record Size(double loss, double gradient) {}

    /** Does it; the network stays as it is. */
    @SuppressWarnings("try") // Scopes work by being open.
    public static Probe run(Setup setup) {
        Engine engine = setup.engine();
        Map<String, Double> numbers = new LinkedHashMap<>();
        try (Untouched untouched = new Untouched(engine, setup.network());
                Sample sample = BatchStream.sample(setup, EXAMPLES);
                Scope scope = engine.scope()) {
            Size once = size(setup, sample.input(), sample.target());
            Size twice = size(
                    setup,
                    engine.cat(List.of(sample.input(), sample.input()), 0),
                    engine.cat(List.of(sample.target(), sample.target()), 0));
            numbers.put("loss-ratio", twice.loss() / once.loss());
            if (once.gradient() > 0) {
                numbers.put("gradient-ratio", twice.gradient() / once.gradient());
            }
        }
        return new Probe(Probe.Kind.REDUCTION, numbers, Map.of(), List.of());
    }

    private static Size size(Setup setup, Tensor input, Tensor target) {
        Engine engine = setup.engine();
        setup.network().parameters().forEach(p -> p.tensor().clearGradient());
        // Without dropout, which would drop other things the second time.
        Pass pass = new Pass(engine, true, new MeanSource(engine), LayerListener.NONE);
        Tensor loss = setup.criterion().loss(setup.network().forward(input, pass), target);
        List<Tensor> gradients = new ArrayList<>();
        if (loss.requiresGradient()) {
            loss.backward();
            for (Parameter parameter : setup.network().parameters()) {
                parameter.tensor().gradient().ifPresent(gradients::add);
            }
        }
        return new Size(loss.item(), gradients.isEmpty() ? 0 : engine.globalNorm(gradients));
    }
}
