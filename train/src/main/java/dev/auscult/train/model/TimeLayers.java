package dev.auscult.train.model;

import dev.auscult.train.engine.DType;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.Tensor;
import org.jspecify.annotations.Nullable;

/** Layers that make one vector of a sequence [length, units]; places that only fill up a short text do not count. */
final class TimeLayers {
    /** Below every activation, yet far from overflow in float16. */
    private static final double LOWEST = -6e4;

    private TimeLayers() {}

    static Layer mean(Site site) {
        return build(site, TimeLayers::mean);
    }

    static Layer last(Site site) {
        return build(site, TimeLayers::last);
    }

    private static Layer build(Site site, Layer layer) {
        Form input = site.input();
        if (input.kind() == Form.Kind.TOKENS || input.rank() != 2) {
            throw site.wants("[length, units]", "put it behind `embedding`, a recurrent layer or `transformer-block`");
        }
        site.gives(Form.numbers(input.axis(1)));
        return layer;
    }

    static Tensor mean(Tensor in, Flow flow) {
        @Nullable Tensor present = flow.presentIn(in);
        if (present == null) {
            return in.mean(false, 1);
        }
        Tensor weights = present.to(in.type());
        return in.mul(weights.unsqueeze(2)).sum(false, 1).div(weights.sum(true, 1));
    }

    static Tensor maximum(Tensor in, Flow flow) {
        @Nullable Tensor present = flow.presentIn(in);
        if (present == null) {
            return in.max(1);
        }
        // 0 where there is a token, far below elsewhere.
        Tensor handicap = present.add(-1).mul(-LOWEST).unsqueeze(2);
        return in.add(handicap.to(in.type())).max(1);
    }

    static Tensor last(Tensor in, Flow flow) {
        @Nullable Tensor present = flow.presentIn(in);
        long[] shape = in.shape();
        if (present == null) {
            return in.select(1, shape[1] - 1);
        }
        return in.gather(
                        1,
                        lastPlaces(flow.engine(), present)
                                .reshape(shape[0], 1, 1)
                                .expand(shape[0], 1, shape[2]))
                .squeeze(1);
    }

    /** Index of the last place that holds a token, INT64 [batch]. */
    private static Tensor lastPlaces(Engine engine, Tensor present) {
        Tensor places = engine.range(present.shape()[1]).to(present.type()).unsqueeze(0);
        return present.mul(places).max(1).to(DType.INT64);
    }
}
