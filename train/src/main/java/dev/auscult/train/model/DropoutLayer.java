package dev.auscult.train.model;

import dev.auscult.train.engine.Tensor;

/** Inverted dropout (Srivastava et al. 2014): sets a share of the numbers to 0 while training and scales up the rest. */
final class DropoutLayer {
    private DropoutLayer() {}

    static Layer build(Site site) {
        site.gives(site.input());
        double rate = site.number("rate");
        return (in, flow) -> drop(in, rate, flow);
    }

    static Tensor drop(Tensor in, double rate, Flow flow) {
        if (rate == 0 || !flow.training()) {
            return in;
        }
        // A share of 1 keeps nothing, and 0 · 1/0 would be NaN.
        double keep = 1 - rate;
        Tensor mask = flow.pass().random().bernoulli(keep, in.shape()).mulInPlace(keep > 0 ? 1 / keep : 0);
        return in.mul(mask.to(in.type()));
    }
}
