package dev.auscult.data;

import java.util.Arrays;
import java.util.List;

/**
 * The shape of a tensor: how many elements along each axis.
 *
 * @param axes extent of each axis, outermost first
 */
public record Extents(List<Long> axes) {
    public Extents {
        axes = List.copyOf(axes);
    }

    public static Extents of(long... axes) {
        return new Extents(Arrays.stream(axes).boxed().toList());
    }

    /** A new array of the extents. */
    public long[] toArray() {
        return axes.stream().mapToLong(Long::longValue).toArray();
    }

    /** Number of axes. */
    public int rank() {
        return axes.size();
    }

    /** Number of elements. */
    public long elements() {
        return axes.stream().reduce(1L, Math::multiplyExact);
    }

    /** {@code 1×28×28}. */
    @Override
    public String toString() {
        return String.join("×", axes.stream().map(String::valueOf).toList());
    }
}
