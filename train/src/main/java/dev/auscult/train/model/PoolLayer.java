package dev.auscult.train.model;

import java.util.Arrays;
import java.util.List;

/** Largest value or mean of each window. */
final class PoolLayer {
    private PoolLayer() {}

    static Layer build(Site site) {
        Form original = site.input();
        Form input = Channels.first(original);
        if (original.kind() == Form.Kind.TOKENS || (input.rank() != 2 && input.rank() != 3)) {
            throw site.wants("[channels, height, width] or [channels, length]", "pool before `flatten`");
        }
        int axes = input.rank() - 1;
        long[] ones = new long[axes];
        Arrays.fill(ones, 1);
        long[] stride = site.extents(site.has("stride") ? "stride" : "size", axes);
        List<Window> windows = Window.of(site, axes, "size", stride, ones);
        long[] given = new long[axes + 1];
        given[0] = input.axis(0);
        for (int i = 0; i < axes; i++) {
            Window window = windows.get(i);
            if (window.extra() != 0) {
                throw site.refuse("cannot keep the size with a window of " + window.kernel()
                        + "; use an odd `size`, or `padding` in numbers");
            }
            if (window.padding() > window.kernel() / 2) {
                throw site.refuse(
                        "has padding: " + window.padding() + ", more than half of its window of " + window.kernel());
            }
            given[i + 1] = window.over(input.axis(i + 1));
        }
        site.gives(Channels.back(original, given));
        long[] kernels = Window.kernels(windows);
        long[] strides = Window.strides(windows);
        long[] paddings = Window.paddings(windows);
        boolean max = site.settings().type().equals("max-pool");
        Layer pool = max
                ? (x, flow) -> flow.engine().maxPool(x, kernels, strides, paddings)
                : (x, flow) -> flow.engine().averagePool(x, kernels, strides, paddings);
        return Channels.around(original, pool);
    }
}
