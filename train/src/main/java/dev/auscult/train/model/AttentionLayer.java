package dev.auscult.train.model;

import java.util.List;

import dev.auscult.train.engine.DType;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Multi-head self-attention (Vaswani et al. 2017): softmax(Q·Kᵀ/√d + mask)·V for each head, then a dense layer over all
 * heads. Query, key and value weights are one matrix [3 × units, units], as in PyTorch.
 */
final class AttentionLayer {
    /** Added to the scores of places that are not to be seen; finite, so that a row without any stays finite. */
    private static final double HIDDEN = -1e4;

    private final long heads;
    private final long width;
    private final boolean causal;
    private final double dropout;
    private final String path;
    private final Tensor inputWeight;
    private final Tensor inputBias;
    private final Tensor outputWeight;
    private final Tensor outputBias;

    private AttentionLayer(Site site, long units) {
        heads = site.whole("heads");
        if (units % heads != 0) {
            throw site.refuse("has heads: " + heads + ", which must divide its width of " + units);
        }
        width = units / heads;
        causal = site.flag("causal");
        dropout = site.number("dropout");
        path = site.path();
        Initializer initializer = site.initializer();
        Fans fans = new Fans(units, units);
        inputWeight = site.parameter("input-weight", inputs(site, initializer, fans));
        inputBias = site.parameter("input-bias", site.engine().full(0, 3 * units));
        outputWeight = site.parameter("output-weight", initializer.weights(fans, units, units));
        outputBias = site.parameter("output-bias", site.engine().full(0, units));
    }

    static Layer build(Site site) {
        Form form = Sequences.of(site);
        site.gives(form);
        return new AttentionLayer(site, form.axis(1))::forward;
    }

    /** PyTorch's default is Glorot-uniform over the whole matrix; any other applies to query, key and value by itself. */
    private static Tensor inputs(Site site, Initializer initializer, Fans fans) {
        long units = fans.in();
        if (initializer.isDefault()) {
            return initializer.uniform(Math.sqrt(6.0 / (units + 3 * units)), 3 * units, units);
        }
        return site.engine()
                .cat(
                        List.of(
                                initializer.weights(fans, units, units),
                                initializer.weights(fans, units, units),
                                initializer.weights(fans, units, units)),
                        0);
    }

    @SuppressWarnings("try") // A scope works by being open.
    private Tensor forward(Tensor in, Flow flow) {
        Engine engine = flow.engine();
        long batch = in.shape()[0];
        long length = in.shape()[1];
        Tensor packed = engine.linear(in, inputWeight, inputBias)
                .reshape(batch, length, 3, heads, width)
                .permute(2, 0, 3, 1, 4);
        Tensor query = packed.select(0, 0);
        Tensor key = packed.select(0, 1);
        Tensor value = packed.select(0, 2);
        // Filling comes last, where a causal mask hides it from every token before it.
        @Nullable Tensor present = causal ? null : flow.presentIn(in);
        @Nullable
        Tensor mask = present == null
                ? null
                : present.add(-1).mul(-HIDDEN).reshape(batch, 1, 1, length).to(query.type());
        Tensor heard;
        if (dropout > 0 && flow.training()) {
            Tensor weights = DropoutLayer.drop(weights(engine, query, key, mask), dropout, flow);
            heard = weights.matmul(value);
        } else {
            heard = engine.attention(query, key, value, mask, causal);
        }
        if (flow.pass().listener().wantsAttention(path)) {
            try (Scope scope = engine.withoutGradients()) {
                flow.pass().listener().output(path + "/attention", weights(engine, query, key, mask));
            }
        }
        return engine.linear(heard.transpose(1, 2).reshape(batch, length, heads * width), outputWeight, outputBias);
    }

    /** How much each place attends to each other [batch, heads, length, length]. */
    private Tensor weights(Engine engine, Tensor query, Tensor key, @Nullable Tensor mask) {
        Tensor scores = query.matmul(key.transpose(2, 3)).mul(1 / Math.sqrt((double) width));
        if (mask != null) {
            scores = scores.add(mask);
        }
        if (causal) {
            scores = scores.add(later(engine, query.shape()[2]).to(scores.type()));
        }
        return scores.softmax(3);
    }

    /** What is added to the scores so that no place sees a later one [length, length]. */
    private static Tensor later(Engine engine, long length) {
        Tensor places = engine.range(length);
        Tensor isLater = places.unsqueeze(0).greaterThan(places.unsqueeze(1));
        return isLater.to(DType.FLOAT32).mul(HIDDEN);
    }
}
