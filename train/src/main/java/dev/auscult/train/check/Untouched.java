package dev.auscult.train.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.model.Network;
import dev.auscult.train.model.Parameter;

/** Weights, buffers and gradients of a network as they were; closing puts them back, bit for bit. */
final class Untouched implements AutoCloseable {
    private final Engine engine;
    private final Network network;
    private final List<Tensor> weights = new ArrayList<>();
    private final List<Optional<Tensor>> gradients = new ArrayList<>();
    private final Map<String, Tensor> buffers = new LinkedHashMap<>();

    Untouched(Engine engine, Network network) {
        this.engine = engine;
        this.network = network;
        for (Parameter parameter : network.parameters()) {
            weights.add(copy(parameter.tensor()));
            gradients.add(parameter.tensor().gradient().map(this::copy));
            parameter.tensor().clearGradient();
        }
        network.buffers().forEach((path, tensor) -> buffers.put(path, copy(tensor)));
    }

    @SuppressWarnings("try") // Scopes work by being open.
    private Tensor copy(Tensor tensor) {
        try (Scope still = engine.withoutGradients()) {
            return tensor.detach().copy().keep();
        }
    }

    /** Weights and buffers as they were, without gradients, for another try. */
    @SuppressWarnings("try") // Scopes work by being open.
    void restore() {
        try (Scope still = engine.withoutGradients()) {
            for (int i = 0; i < weights.size(); i++) {
                Tensor tensor = network.parameters().get(i).tensor();
                tensor.copyFrom(weights.get(i));
                tensor.clearGradient();
            }
            network.buffers().forEach((path, tensor) -> {
                Tensor before = buffers.get(path);
                if (before != null) {
                    tensor.copyFrom(before);
                }
            });
        }
    }

    @Override
    public void close() {
        restore();
        for (int i = 0; i < weights.size(); i++) {
            Tensor tensor = network.parameters().get(i).tensor();
            gradients.get(i).ifPresent(before -> {
                tensor.setGradient(before);
                before.close();
            });
            weights.get(i).close();
        }
        buffers.values().forEach(Tensor::close);
    }
}
