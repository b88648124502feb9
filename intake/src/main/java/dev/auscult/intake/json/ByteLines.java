package dev.auscult.intake.json;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The lines of a stream as ranges of one buffer; a line beyond the limit is skipped, so memory stays bounded. */
public final class ByteLines implements Closeable {
    private static final int MAX_LINE_BYTES = 16 << 20;

    private final InputStream in;
    private byte[] buffer = new byte[1 << 16];
    private int filled;
    private int from;
    private int to;
    private int next;
    private long line;
    private long tooLong;
    private boolean ended;

    /** Closing the lines closes the stream. */
    public ByteLines(InputStream in) {
        this.in = in;
    }

    /** Moves to the next line that is not blank; false at the end. */
    public boolean next() throws IOException {
        while (nextRaw()) {
            trim();
            if (from < to) {
                return true;
            }
        }
        return false;
    }

    private boolean nextRaw() throws IOException {
        int scan = next;
        while (true) {
            for (; scan < filled; scan++) {
                if (buffer[scan] == '\n') {
                    return take(scan, scan + 1);
                }
            }
            if (ended) {
                return next < filled && take(filled, filled);
            }
            scan -= next;
            fill();
            scan += next;
            if (filled - next > MAX_LINE_BYTES) {
                skipLine(scan);
                scan = next;
            }
        }
    }

    private boolean take(int end, int following) {
        from = next;
        to = end;
        next = following;
        line++;
        return true;
    }

    private void fill() throws IOException {
        if (next > 0) {
            System.arraycopy(buffer, next, buffer, 0, filled - next);
            filled -= next;
            next = 0;
        }
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * filled);
        }
        int read = in.read(buffer, filled, buffer.length - filled);
        if (read < 0) {
            ended = true;
        } else {
            filled += read;
        }
    }

    /** Drops bytes up to the next line break, which is not before {@code unseen}. */
    private void skipLine(int unseen) throws IOException {
        tooLong++;
        line++;
        int scan = unseen;
        while (true) {
            for (; scan < filled; scan++) {
                if (buffer[scan] == '\n') {
                    next = scan + 1;
                    return;
                }
            }
            filled = 0;
            next = 0;
            scan = 0;
            if (ended) {
                return;
            }
            fill();
        }
    }

    private void trim() {
        if (line == 1 && to - from >= 3 && buffer[from] == (byte) 0xEF && buffer[from + 1] == (byte) 0xBB) {
            from += 3;
        }
        while (from < to && buffer[from] >= 0 && buffer[from] <= ' ') {
            from++;
        }
        while (from < to && buffer[to - 1] >= 0 && buffer[to - 1] <= ' ') {
            to--;
        }
    }

    byte[] buffer() {
        return buffer;
    }

    int from() {
        return from;
    }

    int length() {
        return to - from;
    }

    /** The line as UTF-8 text without blanks at its ends. */
    public String text() {
        return new String(buffer, from, to - from, StandardCharsets.UTF_8);
    }

    /** Number of the line, from 1. */
    public long line() {
        return line;
    }

    /** How many lines were skipped because they are too long. */
    public long tooLong() {
        return tooLong;
    }

    /** Whether the line is the last one of the file and lacks its line break. */
    boolean isUnfinished() {
        return ended && next == filled && (to == filled || buffer[filled - 1] != '\n');
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
