package dev.auscult.train.model;

import dev.auscult.data.DataShape;
import dev.auscult.train.engine.DType;
import dev.auscult.train.engine.Tensor;

/**
 * A trained vector for each token.
 *
 * <p>Token 0 fills up short texts: later layers that look along the sequence leave its places out. Vectors start from
 * N(0, 1) where the initializer goes by the number of connections, which a table has not.
 */
final class EmbeddingLayer {
    private static final long PADDING = 0;

    private EmbeddingLayer() {}

    static Layer build(Site site) {
        Form input = site.input();
        DataShape data = site.assembly().data();
        if (input.kind() != Form.Kind.TOKENS) {
            throw site.wants("tokens", "leave it out, or make `text` of the column");
        }
        long vocabulary = site.has("vocabulary") ? site.whole("vocabulary") : data.vocabulary();
        if (vocabulary < data.vocabulary()) {
            throw site.refuse(
                    "has vocabulary: " + vocabulary + ", but the data have " + data.vocabulary() + " different tokens");
        }
        long units = site.units("units");
        site.gives(Form.sequence(input.axis(0), units));
        Initializer initializer = site.initializer();
        Tensor start = initializer.isDefault() || initializer.followsFans()
                ? site.assembly().random().normal(0, 1, vocabulary, units)
                : initializer.weights(new Fans(vocabulary, units), vocabulary, units);
        Tensor weight = site.parameter("weight", start);
        return (tokens, flow) -> {
            flow.present(present(tokens));
            return flow.engine().embedding(weight, tokens, -1);
        };
    }

    /** 1 where there is a token, else 0; a text without any counts as full, so that it has a mean. */
    private static Tensor present(Tensor tokens) {
        Tensor present = tokens.equalTo(PADDING).to(DType.FLOAT32).mul(-1).add(1);
        Tensor empty = present.max(1).mul(-1).add(1);
        return present.add(empty.unsqueeze(1));
    }
}
