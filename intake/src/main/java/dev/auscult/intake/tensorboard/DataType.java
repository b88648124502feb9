package dev.auscult.intake.tensorboard;

import dev.auscult.intake.protobuf.MalformedMessageException;
import dev.auscult.intake.protobuf.ProtoCursor;

/** The numeric types of a TensorProto (TensorFlow: {@code core/framework/types.proto}). */
final class DataType {
    static final int FLOAT = 1;
    static final int DOUBLE = 2;
    static final int INT32 = 3;
    static final int UINT8 = 4;
    static final int INT16 = 5;
    static final int INT8 = 6;
    static final int INT64 = 9;
    static final int BOOL = 10;
    static final int BFLOAT16 = 14;
    static final int UINT16 = 17;
    static final int HALF = 19;
    static final int UINT32 = 22;
    static final int UINT64 = 23;

    private DataType() {}

    /** Bytes of one element; 0 if the type is not numeric. */
    static int width(int type) {
        return switch (type) {
            case UINT8, INT8, BOOL -> 1;
            case INT16, UINT16, HALF, BFLOAT16 -> 2;
            case FLOAT, INT32, UINT32 -> 4;
            case DOUBLE, INT64, UINT64 -> 8;
            default -> 0;
        };
    }

    /** Reads one element, little-endian. */
    static double read(int type, ProtoCursor in) throws MalformedMessageException {
        return switch (type) {
            case FLOAT -> in.float32();
            case DOUBLE -> in.float64();
            case INT32 -> in.fixed32();
            case UINT32 -> Integer.toUnsignedLong(in.fixed32());
            case INT64, UINT64 -> in.fixed64();
            default -> narrow(type, in);
        };
    }

    private static double narrow(int type, ProtoCursor in) {
        int low = in.bytes()[in.at()];
        if (width(type) == 1) {
            in.jump(in.at() + 1);
            return type == INT8 ? low : low & 0xff;
        }
        int bits = (low & 0xff) | (in.bytes()[in.at() + 1] << 8);
        in.jump(in.at() + 2);
        return switch (type) {
            case INT16 -> bits;
            case HALF -> half(bits);
            case BFLOAT16 -> bfloat16(bits);
            default -> bits & 0xffff;
        };
    }

    /** The upper half of a float32. */
    static float bfloat16(int bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    /** IEEE 754 binary16: 1 sign, 5 exponent, 10 fraction bits. */
    static float half(int bits) {
        int exponent = (bits >>> 10) & 0x1f;
        int fraction = bits & 0x3ff;
        float magnitude = switch (exponent) {
            case 0 -> Math.scalb((float) fraction, -24);
            case 31 -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
            default -> Math.scalb((float) (fraction | 0x400), exponent - 25);
        };
        return (bits & 0x8000) == 0 ? magnitude : -magnitude;
    }
}
