package dev.auscult.train.model;

import dev.auscult.train.engine.Tensor;

/** One number per channel: the mean or the maximum over all positions. */
final class GlobalPoolLayer {
    private GlobalPoolLayer() {}

    static Layer build(Site site) {
        Form input = site.input();
        boolean max = site.word("reduce").equals("max");
        if (input.isSequence()) {
            site.gives(Form.numbers(input.axis(1)));
            return max ? TimeLayers::maximum : TimeLayers::mean;
        }
        if (input.kind() == Form.Kind.TOKENS || (input.rank() != 2 && input.rank() != 3)) {
            throw site.wants("[channels, height, width] or [channels, length]", "pool before `flatten`");
        }
        long channels = input.axis(0);
        site.gives(Form.numbers(channels));
        return (x, flow) -> {
            Tensor flat = x.reshape(x.shape()[0], channels, -1);
            return max ? flat.max(2) : flat.mean(false, 2);
        };
    }
}
