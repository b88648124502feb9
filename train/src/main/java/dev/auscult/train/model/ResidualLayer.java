package dev.auscult.train.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.auscult.train.spec.LayerSettings;
import dev.auscult.train.spec.LayerVocabulary;

/**
 * Adds its input to what the layers inside make of it (He et al. 2016), through a 1×1 convolution or a dense layer where
 * the shapes differ.
 */
final class ResidualLayer {
    private ResidualLayer() {}

    static Layer build(Site site) {
        Form input = site.input();
        Form inside = site.children();
        site.gives(inside);
        List<Node> layers = site.built();
        String shortcut = site.word("shortcut");
        boolean same = input.shape().equals(inside.shape());
        if (shortcut.equals("identity") && !same) {
            throw site.refuse("adds " + input.words() + " to " + inside.words()
                    + "; use `shortcut: projection`, or keep the shape inside");
        }
        if (shortcut.equals("identity") || (shortcut.equals("auto") && same)) {
            return (in, flow) -> Node.forward(layers, in, flow).add(in);
        }
        Node projection = site.child("shortcut", projection(site, input, inside), input);
        return (in, flow) -> Node.forward(layers, in, flow).add(projection.forward(in, flow));
    }

    /** A layer without bias that gives the shape that the layers inside give. */
    private static LayerSettings projection(Site site, Form input, Form inside) {
        Map<String, Object> options = new HashMap<>();
        options.put("bias", false);
        boolean dense = input.rank() == 1 || (input.isSequence() && input.axis(0) == inside.axis(0));
        if (dense) {
            options.put("units", inside.axis(-1));
        } else {
            options.put("filters", Channels.first(inside).axis(0));
            options.put("kernel", List.of(1L));
            options.put("stride", strides(site, Channels.first(input), Channels.first(inside)));
        }
        String type = dense ? "dense" : "conv";
        LayerSettings made = LayerVocabulary.layer(type, options, List.of());
        return new LayerSettings(
                type, made.options(), made.children(), site.settings().line());
    }

    /** Steps that make the extents of the input those of the layers inside. */
    private static List<Long> strides(Site site, Form input, Form inside) {
        Long[] strides = new Long[input.rank() - 1];
        for (int i = 0; i < strides.length; i++) {
            long from = input.axis(i + 1);
            long to = inside.rank() == input.rank() ? inside.axis(i + 1) : 0;
            long stride = to == 0 ? 0 : Math.floorDiv(from + to - 1, to);
            if (stride == 0 || (from - 1) / stride + 1 != to) {
                throw site.refuse("cannot project " + input.words() + " to " + inside.words()
                        + "; keep the extents inside, or divide them by a stride");
            }
            strides[i] = stride;
        }
        return List.of(strides);
    }
}
