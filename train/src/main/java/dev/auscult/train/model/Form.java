package dev.auscult.train.model;

import dev.auscult.data.Extents;

/**
 * What flows from one layer to the next.
 *
 * @param shape shape without the batch axis
 * @param kind what the axes mean
 */
record Form(Extents shape, Kind kind) {
    /** What the axes mean. */
    enum Kind {
        /** Token ids [length]. */
        TOKENS,
        /** A vector for each place of a sequence [length, units]. */
        SEQUENCE,
        /** Numbers: features, or channels first. */
        NUMBERS
    }

    static Form numbers(long... shape) {
        return new Form(Extents.of(shape), Kind.NUMBERS);
    }

    static Form sequence(long length, long units) {
        return new Form(Extents.of(length, units), Kind.SEQUENCE);
    }

    boolean isSequence() {
        return kind == Kind.SEQUENCE;
    }

    int rank() {
        return shape.rank();
    }

    /** Extent along an axis; negative ones count from the end. */
    long axis(int axis) {
        return shape.axes().get(axis < 0 ? axis + rank() : axis);
    }

    /** The same with another extent along the last axis. */
    Form withLast(long extent) {
        long[] axes = shape.toArray();
        axes[axes.length - 1] = extent;
        return new Form(Extents.of(axes), kind);
    }

    /** {@code [16, 7, 7]}, or {@code tokens [64]}. */
    String words() {
        return (kind == Kind.TOKENS ? "tokens " : "") + shape.axes();
    }
}
