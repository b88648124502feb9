package dev.auscult.train.model;

import dev.auscult.train.engine.Tensor;
import org.jspecify.annotations.Nullable;

/** y = W·x + b over the last axis: of a vector, or of each place of a sequence. */
final class DenseLayer {
    private DenseLayer() {}

    static Layer build(Site site) {
        Form input = site.input();
        if (input.kind() == Form.Kind.TOKENS) {
            throw site.wants("numbers", "begin with `embedding: 64`");
        }
        if (input.rank() != 1 && !input.isSequence()) {
            throw site.wants("[features]", "add `flatten`");
        }
        long in = input.axis(-1);
        long out = site.units("units");
        site.gives(input.withLast(out));
        Initializer initializer = site.initializer();
        Fans fans = new Fans(in, out);
        Tensor weight = site.parameter("weight", initializer.weights(fans, out, in));
        @Nullable Tensor bias = site.flag("bias") ? site.parameter("bias", initializer.biases(fans, out)) : null;
        return (x, flow) -> flow.engine().linear(x, weight, bias);
    }
}
