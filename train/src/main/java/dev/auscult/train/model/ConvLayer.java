package dev.auscult.train.model;

import java.util.List;

import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.Tensor;
import org.jspecify.annotations.Nullable;

/** Convolution over [channels, length] or [channels, height, width], or along a sequence. */
final class ConvLayer {
    private ConvLayer() {}

    static Layer build(Site site) {
        Form original = site.input();
        Form input = Channels.first(original);
        if (original.kind() == Form.Kind.TOKENS) {
            throw site.wants("numbers", "begin with `embedding: 64`");
        }
        if (input.rank() != 2 && input.rank() != 3) {
            throw site.wants("[channels, height, width] or [channels, length]", advice(input));
        }
        int axes = input.rank() - 1;
        long in = input.axis(0);
        long out = site.units("filters");
        long groups = site.whole("groups");
        if (in % groups != 0 || out % groups != 0) {
            throw site.refuse("has groups: " + groups + ", which must divide its " + in + " input channels and its "
                    + out + " filters");
        }
        List<Window> windows =
                Window.of(site, axes, "kernel", site.extents("stride", axes), site.extents("dilation", axes));
        long[] given = new long[axes + 1];
        long[] shape = new long[axes + 2];
        given[0] = out;
        shape[0] = out;
        shape[1] = in / groups;
        for (int i = 0; i < axes; i++) {
            given[i + 1] = windows.get(i).over(input.axis(i + 1));
            shape[i + 2] = windows.get(i).kernel();
        }
        site.gives(Channels.back(original, given));

        Initializer initializer = site.initializer();
        Fans fans = Fans.of(shape);
        Tensor weight = site.parameter("weight", initializer.weights(fans, shape));
        @Nullable Tensor bias = site.flag("bias") ? site.parameter("bias", initializer.biases(fans, out)) : null;
        long[] strides = Window.strides(windows);
        long[] paddings = Window.paddings(windows);
        long[] dilations = Window.dilations(windows);
        Layer conv = axes == 1
                ? (x, flow) -> flow.engine().conv1d(x, weight, bias, strides[0], paddings[0], dilations[0], groups)
                : (x, flow) -> flow.engine().conv2d(x, weight, bias, strides, paddings, dilations, groups);
        return Channels.around(original, padded(windows, conv));
    }

    /** Adds the odd zeros behind each axis first, where windows of even size are to keep the size. */
    private static Layer padded(List<Window> windows, Layer conv) {
        if (windows.stream().allMatch(w -> w.extra() == 0)) {
            return conv;
        }
        return (x, flow) -> {
            Tensor wide = x;
            for (int i = 0; i < windows.size(); i++) {
                wide = zerosBehind(flow.engine(), wide, i + 2, windows.get(i).extra());
            }
            return conv.forward(wide, flow);
        };
    }

    private static Tensor zerosBehind(Engine engine, Tensor x, int axis, long count) {
        if (count == 0) {
            return x;
        }
        long[] shape = x.shape();
        shape[axis] = count;
        return engine.cat(List.of(x, engine.zeros(x.type(), shape)), axis);
    }

    /** How a vector becomes an image. */
    private static String advice(Form input) {
        if (input.rank() != 1) {
            return "convolve before `flatten`";
        }
        long features = input.axis(0);
        long side = Math.round(Math.sqrt((double) features));
        return side * side == features
                ? "add `reshape: [1, " + side + ", " + side + "]`"
                : "add `reshape: [1, " + features + "]`";
    }
}
