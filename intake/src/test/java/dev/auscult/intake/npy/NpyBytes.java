package dev.auscult.intake.npy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes NumPy arrays for tests, as numpy.save does. */
public final class NpyBytes {
    private NpyBytes() {}

    public static byte[] doubles(String shape, double... values) {
        ByteBuffer data = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            data.putDouble(value);
        }
        return array(1, "<f8", shape, data.array());
    }

    public static byte[] longs(String shape, long... values) {
        ByteBuffer data = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            data.putLong(value);
        }
        return array(1, "<i8", shape, data.array());
    }

    public static byte[] objects(String shape) {
        return array(1, "|O", shape, new byte[] {(byte) 0x80, 4, '.'});
    }

    static byte[] array(int version, String type, String shape, byte[] data) {
        byte[] header = ("{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }\n")
                .getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        int sizeBytes = version == 1 ? 2 : 4;
        for (int i = 0; i < sizeBytes; i++) {
            out.write(header.length >> (8 * i));
        }
        out.writeBytes(header);
        out.writeBytes(data);
        return out.toByteArray();
    }
}
