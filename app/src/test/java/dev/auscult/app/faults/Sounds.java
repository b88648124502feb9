package dev.auscult.app.faults;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** Changes of a sound in a WAV file of 16 bits and one channel. */
final class Sounds {
    private static final int RATE_AT = 24;
    private static final int BYTES_PER_SECOND_AT = 28;
    private static final int RIFF_SIZE_AT = 4;

    private Sounds() {}

    /** Where the samples begin. */
    private static int start(ByteBuffer file) {
        for (int at = 12; at + 8 <= file.capacity(); at += 8 + file.getInt(at + 4)) {
            if (file.getInt(at) == 0x61746164) { // "data", the first letter lowest
                return at + 8;
            }
        }
        throw new IllegalArgumentException("found no chunk of samples; wanted a WAV file");
    }

    /** A view of a file; what is put there is changed in the file. */
    private static ByteBuffer of(byte[] file) {
        return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] samples(byte[] file, IntUnaryOperator change) {
        byte[] changed = file.clone();
        ByteBuffer buffer = of(changed);
        for (int at = start(buffer); at + 1 < file.length; at += 2) {
            int sample = change.applyAsInt(buffer.getShort(at));
            buffer.putShort(at, (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, sample)));
        }
        return changed;
    }

    static byte[] silent(byte[] file) {
        return samples(file, s -> 0);
    }

    /** Turned up until what is louder than a thirtieth of the loudest is cut off. */
    static byte[] clipped(byte[] file) {
        ByteBuffer buffer = of(file);
        int loudest = 1;
        for (int at = start(buffer); at + 1 < file.length; at += 2) {
            loudest = Math.max(loudest, Math.abs(buffer.getShort(at)));
        }
        int gain = Math.max(1, 30 * Short.MAX_VALUE / loudest);
        return samples(file, s -> s * gain);
    }

    /** The header alone. */
    static byte[] empty(byte[] file) {
        int start = start(of(file));
        byte[] header = Arrays.copyOf(file, start);
        ByteBuffer buffer = of(header);
        buffer.putInt(start - 4, 0);
        buffer.putInt(RIFF_SIZE_AT, start - 8);
        return header;
    }

    /** The same sound at twice the rate, each sample said twice. */
    static byte[] twiceTheRate(byte[] file) {
        ByteBuffer from = of(file);
        int start = start(from);
        int count = (file.length - start) / 2;
        byte[] longer = Arrays.copyOf(file, start + 4 * count);
        ByteBuffer to = of(longer);
        for (int i = 0; i < count; i++) {
            to.putShort(start + 4 * i, from.getShort(start + 2 * i));
            to.putShort(start + 4 * i + 2, from.getShort(start + 2 * i));
        }
        to.putInt(RATE_AT, 2 * from.getInt(RATE_AT));
        to.putInt(BYTES_PER_SECOND_AT, 2 * from.getInt(BYTES_PER_SECOND_AT));
        to.putInt(start - 4, 4 * count);
        to.putInt(RIFF_SIZE_AT, start + 4 * count - 8);
        return longer;
    }

    /** Half of the file; its header speaks of all of it. */
    static byte[] half(byte[] file) {
        return Arrays.copyOf(file, file.length / 2);
    }
}
