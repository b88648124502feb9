package dev.auscult.train.torch;

import org.bytedeco.pytorch.Scalar;
import org.jspecify.annotations.Nullable;

/**
 * Numbers as libtorch takes them, the recent ones kept: to make one costs more than a small operation.
 *
 * <p>A number is valid until {@value #SLOTS} others were asked for at the most, hence only for the call it is made for.
 */
final class Scalars implements AutoCloseable {
    private static final int SLOTS = 256;

    private final @Nullable Scalar[] numbers = new @Nullable Scalar[SLOTS];
    private final long[] bits = new long[SLOTS];
    private final @Nullable Scalar[] integers = new @Nullable Scalar[SLOTS];
    private final long[] values = new long[SLOTS];

    /** As float64, or as an integer where the tensor holds integers and the number is whole. */
    Scalar of(double number, org.bytedeco.pytorch.Tensor tensor) {
        long whole = (long) number;
        return (double) whole == number && !tensor.is_floating_point() ? integer(whole) : number(number);
    }

    Scalar number(double number) {
        long key = Double.doubleToRawLongBits(number);
        int slot = slot(key);
        Scalar known = numbers[slot];
        if (known != null && bits[slot] == key) {
            return known;
        }
        if (known != null) {
            known.deallocate();
        }
        Scalar made = Natives.lasting(new Scalar(number));
        numbers[slot] = made;
        bits[slot] = key;
        return made;
    }

    private Scalar integer(long value) {
        int slot = slot(value);
        Scalar known = integers[slot];
        if (known != null && values[slot] == value) {
            return known;
        }
        if (known != null) {
            known.deallocate();
        }
        Scalar made = Natives.lasting(new Scalar(value));
        integers[slot] = made;
        values[slot] = value;
        return made;
    }

    /** Fibonacci hashing: neighbours and powers of two fall into different slots. */
    private static int slot(long key) {
        return (int) ((key * 0x9E3779B97F4A7C15L) >>> 56);
    }

    @Override
    public void close() {
        for (int slot = 0; slot < SLOTS; slot++) {
            Scalar number = numbers[slot];
            if (number != null) {
                number.deallocate();
                numbers[slot] = null;
            }
            Scalar integer = integers[slot];
            if (integer != null) {
                integer.deallocate();
                integers[slot] = null;
            }
        }
    }
}
