package dev.auscult.data.table;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks for bytes eight at a time (Lamport 1975; Mycroft 1987). */
final class Swar {
    static final int NUL = 1;
    static final int QUOTE = 2;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long QUOTES = ONES * '"';

    private Swar() {}

    private static long zeros(long word) {
        return (word - ONES) & ~word & HIGHS;
    }

    /** Whether there are {@link #NUL} bytes and {@link #QUOTE}s. */
    static int find(byte[] b, int from, int to) {
        long nul = 0;
        long quote = 0;
        int i = from;
        for (; i + 8 <= to; i += 8) {
            long word = (long) LONGS.get(b, i);
            nul |= zeros(word);
            quote |= zeros(word ^ QUOTES);
        }
        for (; i < to; i++) {
            nul |= b[i] == 0 ? 1 : 0;
            quote |= b[i] == '"' ? 1 : 0;
        }
        return (nul == 0 ? 0 : NUL) | (quote == 0 ? 0 : QUOTE);
    }

    /** The place of the next quote; {@code to} if there is none. */
    static int quote(byte[] b, int from, int to) {
        int i = from;
        for (; i + 8 <= to; i += 8) {
            long found = zeros((long) LONGS.get(b, i) ^ QUOTES);
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        for (; i < to; i++) {
            if (b[i] == '"') {
                return i;
            }
        }
        return to;
    }
}
