package dev.auscult.train.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.auscult.run.Probe;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.RandomSource;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.loop.Setup;
import dev.auscult.train.model.LayerListener;
import dev.auscult.train.model.Parameter;
import dev.auscult.train.model.Pass;
import dev.auscult.train.optimizer.Optimizer;

/** Takes the first step of the training on a batch, with the optimizer of the spec, and looks what reached each parameter. */
public final class Wiring {
    private Wiring() {}

    /** Does it; the network stays as it is. */
    @SuppressWarnings("try") // Scopes work by being open.
    public static Probe run(Setup setup) {
        Engine engine = setup.engine();
        List<Parameter> parameters = setup.network().parameters();
        List<Probe.Part> parts = new ArrayList<>();
        try (Untouched untouched = new Untouched(engine, setup.network());
                Sample sample =
                        BatchStream.sample(setup, setup.spec().training().batchSize());
                RandomSource random = engine.random(setup.spec().seed());
                Optimizer optimizer = Plan.of(setup).optimizer();
                Scope scope = engine.scope()) {
            List<Tensor> before =
                    parameters.stream().map(p -> p.tensor().detach().copy()).toList();
            Pass pass = new Pass(engine, true, random, LayerListener.NONE);
            double[] norms = new double[parameters.size()];
            boolean[] heard = {false};
            optimizer.step(() -> {
                parameters.forEach(p -> p.tensor().clearGradient());
                Tensor loss = setup.criterion().loss(setup.network().forward(sample.input(), pass), sample.target());
                if (loss.requiresGradient()) {
                    loss.backward();
                }
                // LBFGS asks more than once; the first answer is that of the weights as they are.
                for (int i = 0; i < norms.length && !heard[0]; i++) {
                    norms[i] = parameters
                            .get(i)
                            .tensor()
                            .gradient()
                            .map(g -> g.norm().item())
                            .orElse(0.0);
                }
                heard[0] = true;
                return loss.item();
            });
            for (int i = 0; i < norms.length; i++) {
                Parameter parameter = parameters.get(i);
                Map<String, Double> numbers = new LinkedHashMap<>();
                numbers.put("gradient-norm", norms[i]);
                numbers.put(
                        "update-norm",
                        parameter.tensor().detach().sub(before.get(i)).norm().item());
                numbers.put("weight-norm", before.get(i).norm().item());
                numbers.put("elements", (double) parameter.tensor().count());
                numbers.put("trainable", parameter.trainable() ? 1.0 : 0.0);
                parts.add(new Probe.Part(parameter.path(), numbers));
            }
        }
        return new Probe(Probe.Kind.WIRING, Map.of(), Map.of(), parts);
    }
}
