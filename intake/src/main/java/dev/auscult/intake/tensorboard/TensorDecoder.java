package dev.auscult.intake.tensorboard;

import dev.auscult.intake.protobuf.MalformedMessageException;
import dev.auscult.intake.protobuf.ProtoCursor;

/** Decodes the small numeric tensors that TensorFlow 2 wraps scalars and histograms in. */
final class TensorDecoder {
    /** Larger shapes are images, audio or text. */
    private static final int MAX_RANK = 4;

    private static final int DTYPE = 1 << 3 | ProtoCursor.VARINT;
    private static final int SHAPE = 2 << 3 | ProtoCursor.BYTES;
    private static final int CONTENT = 4 << 3 | ProtoCursor.BYTES;
    private static final int FLOAT = 5 << 3 | ProtoCursor.FIXED32;
    private static final int FLOATS = 5 << 3 | ProtoCursor.BYTES;
    private static final int DOUBLE = 6 << 3 | ProtoCursor.FIXED64;
    private static final int DOUBLES = 6 << 3 | ProtoCursor.BYTES;
    private static final int HALF_FIELD = 13;

    private final DoubleColumn values = new DoubleColumn();
    private final long[] shape = new long[MAX_RANK];
    private int rank;
    private int dtype;

    /** Reads a TensorProto that ends at {@code end}; afterwards {@link #values} holds what it has of numbers. */
    void decode(ProtoCursor in, int end) throws MalformedMessageException {
        values.clear();
        rank = 0;
        dtype = 0;
        while (in.before(end)) {
            int key = in.key();
            switch (key) {
                case DTYPE -> dtype = (int) in.varint();
                case SHAPE -> shape(in);
                case CONTENT -> content(in);
                case FLOAT -> values.add(in.float32());
                case FLOATS -> values.addFloat32s(in);
                case DOUBLE -> values.add(in.float64());
                case DOUBLES -> values.addFloat64s(in);
                default -> integers(in, key);
            }
        }
    }

    DoubleColumn values() {
        return values;
    }

    /** Whether this is one number without an axis, or in a tensor of one element. */
    boolean isScalar() {
        return values.size() == 1 && elements() == 1;
    }

    /** Whether this has the shape [k, 3] and all its numbers. */
    boolean isRows() {
        return rank == 2 && shape[1] == 3 && values.size() == elements();
    }

    private long elements() {
        long product = 1;
        for (int i = 0; i < Math.min(rank, MAX_RANK); i++) {
            product *= shape[i];
        }
        return rank > MAX_RANK ? -1 : product;
    }

    private void shape(ProtoCursor in) throws MalformedMessageException {
        int end = in.inside();
        while (in.before(end)) {
            int key = in.key();
            if (key != (2 << 3 | ProtoCursor.BYTES)) {
                in.skip(key);
                continue;
            }
            long size = 0;
            int dimensionEnd = in.inside();
            while (in.before(dimensionEnd)) {
                int field = in.key();
                if (field == (1 << 3 | ProtoCursor.VARINT)) {
                    size = in.varint();
                } else {
                    in.skip(field);
                }
            }
            if (rank < MAX_RANK) {
                shape[rank] = size;
            }
            rank++;
        }
    }

    /** half_val 13, int_val 7, int64_val 10, bool_val 11, uint32_val 16, uint64_val 17: packed or single varints. */
    private void integers(ProtoCursor in, int key) throws MalformedMessageException {
        int field = key >>> 3;
        boolean known = field == 7 || field == 10 || field == 11 || field == HALF_FIELD || field == 16 || field == 17;
        int wire = key & 7;
        if (known && wire == ProtoCursor.VARINT) {
            values.add(integer(field, in.varint()));
        } else if (known && wire == ProtoCursor.BYTES) {
            int end = in.inside();
            while (in.before(end)) {
                values.add(integer(field, in.varint()));
            }
        } else {
            in.skip(key);
        }
    }

    private double integer(int field, long bits) {
        if (field != HALF_FIELD) {
            return bits;
        }
        return dtype == DataType.BFLOAT16 ? DataType.bfloat16((int) bits) : DataType.half((int) bits);
    }

    private void content(ProtoCursor in) throws MalformedMessageException {
        int end = in.inside();
        int width = DataType.width(dtype);
        if (width == 0 || (end - in.at()) % width != 0) {
            in.jump(end);
            return;
        }
        while (in.before(end)) {
            values.add(DataType.read(dtype, in));
        }
    }
}
