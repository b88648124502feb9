package dev.auscult.train.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.auscult.run.ModelGraph.Layer;

/**
 * What part of the input one output of a stack of convolutions and poolings depends on, along the longer side.
 *
 * <p>r = 1 + Σ_l d_l (k_l − 1) Π_{i&lt;l} s_i with kernel k, dilation d and stride s of layer l (Araujo, Norris and Sim 2019,
 * <i>Computing Receptive Fields of Convolutional Neural Networks</i>, Distill, eq. 2). Of parallel branches the widest
 * counts.
 *
 * @param extent r in elements of the input
 * @param jump Π s_i, elements of the input between neighbouring outputs
 * @param inputExtent elements of the input along its longer side
 * @param convolutions number of convolutions
 * @param seesAll whether a layer behind them sees all places at once
 */
record ReceptiveField(long extent, long jump, long inputExtent, int convolutions, boolean seesAll) {
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    /** Layers that look at all places. */
    private static final Set<String> WHOLE = Set.of(
            "global-pool", "rnn", "lstm", "gru", "attention", "transformer-block", "mean-over-time", "last-of-time");

    static ReceptiveField of(List<Layer> layers) {
        ReceptiveField field = new ReceptiveField(1, 1, 0, 0, false);
        for (Layer layer : layers) {
            field = field.behind(layer);
        }
        return field;
    }

    private ReceptiveField behind(Layer layer) {
        if (WHOLE.contains(layer.type()) || isDenseOverAll(layer)) {
            return new ReceptiveField(extent, jump, inputExtent, convolutions, true);
        }
        if (layer.type().equals("conv")) {
            return window(layer, "kernel", 1).counted();
        }
        if (layer.type().endsWith("-pool")) {
            return window(layer, "size", 0);
        }
        return layer.children().isEmpty() ? this : widest(layer);
    }

    /** A dense layer over one axis is over all that was flattened into it. */
    private static boolean isDenseOverAll(Layer layer) {
        return layer.type().equals("dense") && layer.inputShape().size() == 1;
    }

    private ReceptiveField counted() {
        return new ReceptiveField(extent, jump, inputExtent, convolutions + 1, seesAll);
    }

    private ReceptiveField window(Layer layer, String size, long usualStride) {
        List<Long> shape = layer.inputShape();
        boolean image = shape.size() == 3;
        // Images have their channels first; along a sequence the window has one number.
        int axis = image && shape.get(2) > shape.get(1) ? 1 : 0;
        long along = image ? Math.max(shape.get(1), shape.get(2)) : shape.size() == 2 ? length(layer) : 0;
        long kernel = option(layer.options(), size, axis, 1);
        long stride = option(layer.options(), "stride", axis, usualStride == 0 ? kernel : usualStride);
        long dilation = option(layer.options(), "dilation", axis, 1);
        return new ReceptiveField(
                extent + dilation * (kernel - 1) * jump,
                jump * Math.max(1, stride),
                inputExtent == 0 ? along : inputExtent,
                convolutions,
                seesAll);
    }

    /** Places of [channels, length] or [length, units]: the filters tell which axis the channels are. */
    private static long length(Layer layer) {
        List<Long> in = layer.inputShape();
        List<Long> out = layer.outputShape();
        String filters = layer.options().getOrDefault("filters", "");
        boolean channelsLast = out.size() == 2
                && (filters.isEmpty()
                        ? in.get(1).equals(out.get(1))
                        : out.get(1).toString().equals(filters));
        return channelsLast ? in.get(0) : in.get(1);
    }

    private ReceptiveField widest(Layer layer) {
        // The shortcut of a residual block is among its children: a branch beside the others.
        List<Layer> chain = new ArrayList<>();
        ReceptiveField widest = this;
        for (Layer child : layer.children()) {
            String last =
                    child.name().substring(child.name().lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
            if (last.startsWith("shortcut")) {
                ReceptiveField side = behind(child);
                widest = side.extent > widest.extent ? side : widest;
            } else {
                chain.add(child);
            }
        }
        ReceptiveField main = this;
        for (Layer child : chain) {
            main = main.behind(child);
        }
        return main.extent >= widest.extent ? main : widest;
    }

    /** One number of an option that holds one or two. */
    private static long option(Map<String, String> options, String name, int axis, long fallback) {
        Matcher numbers = NUMBER.matcher(options.getOrDefault(name, ""));
        long found = fallback;
        for (int i = 0; i <= axis && numbers.find(); i++) {
            found = Long.parseLong(numbers.group());
        }
        return found;
    }
}
