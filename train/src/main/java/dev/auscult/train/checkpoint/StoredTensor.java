package dev.auscult.train.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import dev.auscult.data.Extents;

/** A tensor as it lies in a safetensors file: type, shape and little-endian bytes. */
public final class StoredTensor {
    private final ElementType type;
    private final Extents shape;
    private final byte[] bytes;

    StoredTensor(ElementType type, Extents shape, byte[] bytes) {
        if (shape.elements() * type.bytes() != bytes.length) {
            throw new IllegalArgumentException(
                    "a tensor " + type + " " + shape + " does not have " + bytes.length + " bytes");
        }
        this.type = type;
        this.shape = shape;
        this.bytes = bytes;
    }

    /** A float32 tensor with the given elements in row-major order. */
    public static StoredTensor of(float[] values, long... shape) {
        byte[] bytes = new byte[Math.multiplyExact(values.length, 4)];
        littleEndian(bytes).asFloatBuffer().put(values);
        return new StoredTensor(ElementType.F32, Extents.of(shape), bytes);
    }

    /** A float64 tensor with the given elements in row-major order. */
    public static StoredTensor of(double[] values, long... shape) {
        byte[] bytes = new byte[Math.multiplyExact(values.length, 8)];
        littleEndian(bytes).asDoubleBuffer().put(values);
        return new StoredTensor(ElementType.F64, Extents.of(shape), bytes);
    }

    /** An int64 tensor with the given elements in row-major order. */
    public static StoredTensor of(long[] values, long... shape) {
        byte[] bytes = new byte[Math.multiplyExact(values.length, 8)];
        littleEndian(bytes).asLongBuffer().put(values);
        return new StoredTensor(ElementType.I64, Extents.of(shape), bytes);
    }

    /** Bytes as they are. */
    public static StoredTensor of(byte[] values) {
        return new StoredTensor(ElementType.U8, Extents.of(values.length), values.clone());
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    public ElementType type() {
        return type;
    }

    public Extents shape() {
        return shape;
    }

    byte[] rawBytes() {
        return bytes;
    }

    /** The elements of a float32 tensor. */
    public float[] floats() {
        require(ElementType.F32);
        float[] values = new float[bytes.length / 4];
        view().asFloatBuffer().get(values);
        return values;
    }

    /** The elements of a float64 tensor. */
    public double[] doubles() {
        require(ElementType.F64);
        double[] values = new double[bytes.length / 8];
        view().asDoubleBuffer().get(values);
        return values;
    }

    /** The elements of an int64 tensor. */
    public long[] longs() {
        require(ElementType.I64);
        long[] values = new long[bytes.length / 8];
        view().asLongBuffer().get(values);
        return values;
    }

    /** The elements of a tensor of bytes. */
    public byte[] bytes() {
        require(ElementType.U8);
        return bytes.clone();
    }

    private ByteBuffer view() {
        return littleEndian(bytes);
    }

    private void require(ElementType wanted) {
        if (type != wanted) {
            throw new CheckpointException("the tensor holds " + type + ", not " + wanted);
        }
    }
}
