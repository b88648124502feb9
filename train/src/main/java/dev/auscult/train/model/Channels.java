package dev.auscult.train.model;

import dev.auscult.data.Extents;
import dev.auscult.train.engine.Tensor;

/** Lets layers that want channels first work on sequences [length, units], whose channels come last. */
final class Channels {
    private Channels() {}

    /** The shape with channels first. */
    static Form first(Form form) {
        return form.isSequence() ? Form.numbers(form.axis(1), form.axis(0)) : form;
    }

    /** A shape with channels first as a sequence again, if the original was one. */
    static Form back(Form original, long... channelsFirst) {
        return original.isSequence()
                ? Form.sequence(channelsFirst[1], channelsFirst[0])
                : new Form(Extents.of(channelsFirst), Form.Kind.NUMBERS);
    }

    /** A layer that works on channels first, behind what turns a sequence around and back. */
    static Layer around(Form original, Layer layer) {
        if (!original.isSequence()) {
            return layer;
        }
        return (in, flow) -> {
            Tensor out = layer.forward(in.transpose(1, 2), flow);
            return out.transpose(1, 2);
        };
    }
}
