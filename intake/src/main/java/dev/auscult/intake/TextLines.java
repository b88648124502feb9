package dev.auscult.intake;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The lines of a text log as a terminal would show them in the end: any of the usual encodings and line ends, colours
 * removed, only the last state of a progress bar, only the first side of a git conflict.
 */
public final class TextLines implements Closeable {
    /** Longer lines are cut here. */
    public static final int LONGEST_LINE = 1 << 20;

    private static final int ESCAPE = 0x1b;

    /** Takes what had to be left out or repaired. */
    @FunctionalInterface
    public interface Problems {
        /** One sentence about what is at a line. */
        void problem(long line, String problem);
    }

    private final InputStream in;
    private final Problems problems;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int limit;
    private byte[] pending = new byte[256];
    private int pendingSize;
    private long offset;
    private long number;
    private boolean terminated;
    private String line = "";
    private boolean reportedBytes;
    private long conflictStart;
    private long conflictMiddle;

    /** Reads from the start of a text. */
    public TextLines(InputStream source, Problems problems) throws IOException {
        this(source, 0, 0, problems);
    }

    private TextLines(InputStream source, long skip, long linesBefore, Problems problems) throws IOException {
        this.problems = problems;
        this.in = decoded(source);
        if (skip > 0) {
            in.skipNBytes(skip);
        }
        this.offset = skip;
        this.number = linesBefore;
    }

    /** Opens a file. */
    public static TextLines of(Path file, Problems problems) throws IOException {
        return at(file, 0, 0, problems);
    }

    /** Opens a file where another reading stopped: after {@link #offset()}, with {@link #number()} lines before. */
    public static TextLines at(Path file, long offset, long linesBefore, Problems problems) throws IOException {
        InputStream stream = Files.newInputStream(file);
        try {
            return new TextLines(stream, offset, linesBefore, problems);
        } catch (IOException e) {
            stream.close();
            throw e;
        }
    }

    /** Goes to the next line; false at the end. */
    public boolean next() throws IOException {
        while (nextRaw()) {
            if (!isConflict()) {
                return true;
            }
        }
        if (conflictStart > 0) {
            problems.problem(
                    conflictStart,
                    conflictMiddle == 0
                            ? "a git conflict begins here and does not end; all its lines were read"
                            : "a git conflict begins here and does not end: kept its first side and left out the "
                                    + (number - conflictMiddle) + " lines behind line " + conflictMiddle
                                    + "; resolve it in git");
            conflictStart = 0;
            conflictMiddle = 0;
        }
        return false;
    }

    /** The line, without its end. */
    public String line() {
        return line;
    }

    /** Number of the line from 1. */
    public long number() {
        return number;
    }

    /** Whether the line had an end; the last line of a growing file may lack one. */
    public boolean isTerminated() {
        return terminated;
    }

    /** Bytes of UTF-8 up to the end of the line; where {@link #at} goes on. */
    public long offset() {
        return offset;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** The lines as one stream of characters, each ended by a line feed, for parsers of their own. */
    public Reader asReader() {
        return new LineReader(this);
    }

    private boolean isConflict() {
        if (line.isEmpty()) {
            return conflictMiddle > 0;
        }
        char first = line.charAt(0);
        if (first == '<' && conflictStart == 0 && line.startsWith("<<<<<<< ")) {
            conflictStart = number;
            return true;
        }
        if (first == '=' && conflictStart > 0 && conflictMiddle == 0 && line.equals("=======")) {
            conflictMiddle = number;
            return true;
        }
        if (first == '>' && conflictStart > 0 && line.startsWith(">>>>>>>")) {
            problems.problem(
                    conflictStart,
                    "git conflict markers at lines " + conflictStart + ", " + conflictMiddle + " and " + number
                            + ": kept the first side; resolve the conflict in git to be sure");
            conflictStart = 0;
            conflictMiddle = 0;
            return true;
        }
        return conflictMiddle > 0;
    }

    private boolean nextRaw() throws IOException {
        pendingSize = 0;
        boolean any = false;
        boolean cut = false;
        while (true) {
            if (position == limit) {
                limit = in.read(buffer);
                position = 0;
                if (limit <= 0) {
                    limit = 0;
                    terminated = false;
                    break;
                }
            }
            any = true;
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            if (end < limit && pendingSize == 0 && !cut) {
                take(buffer, position, end);
                offset += end + 1 - position;
                position = end + 1;
                terminated = true;
                return true;
            }
            cut |= !keep(position, end);
            offset += end - position;
            position = end;
            if (end < limit) {
                position++;
                offset++;
                terminated = true;
                break;
            }
        }
        if (!any) {
            return false;
        }
        if (cut) {
            problems.problem(number + 1, "line of more than 1 MiB: its end was left out");
        }
        take(pending, 0, pendingSize);
        return true;
    }

    /** Appends to the line that is still open; false if it was full. */
    private boolean keep(int from, int to) {
        int size = to - from;
        if (pendingSize + size > LONGEST_LINE) {
            // A progress bar of one long epoch is one line of megabytes, of which only the last state counts.
            int last = Math.max(lastIndexOf(pending, 0, pendingSize, '\r'), lastIndexOf(pending, 0, pendingSize, '\b'));
            if (last > 0) {
                System.arraycopy(pending, last, pending, 0, pendingSize - last);
                pendingSize -= last;
            }
        }
        int fits = Math.min(size, LONGEST_LINE - pendingSize);
        if (pendingSize + fits > pending.length) {
            pending = Arrays.copyOf(pending, Math.min(LONGEST_LINE, Math.max(pendingSize + fits, pending.length * 2)));
        }
        System.arraycopy(buffer, from, pending, pendingSize, fits);
        pendingSize += fits;
        return fits == size;
    }

    private void take(byte[] bytes, int from, int end) {
        number++;
        int to = end > from && bytes[end - 1] == '\r' ? end - 1 : end;
        boolean plain = true;
        boolean control = false;
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            plain &= b >= 0;
            control |= b == ESCAPE || b == '\r' || b == '\b';
        }
        String text = plain
                ? new String(bytes, from, to - from, StandardCharsets.ISO_8859_1)
                : new String(bytes, from, to - from, StandardCharsets.UTF_8);
        if (!plain && !reportedBytes && text.indexOf('\ufffd') >= 0) {
            reportedBytes = true;
            problems.problem(number, "bytes that are no UTF-8 text: shown as \ufffd");
        }
        line = control ? shown(text) : text;
    }

    /** What a terminal would show of a line with colours and overwriting; the last state that is not blank. */
    private static String shown(String text) {
        StringBuilder now = new StringBuilder(text.length());
        String before = "";
        int n = text.length();
        for (int i = 0; i < n; i++) {
            char c = text.charAt(i);
            if (c == ESCAPE) {
                i = endOfEscape(text, i);
            } else if (c == '\r' || c == '\b') {
                if (!isBlank(now)) {
                    before = now.toString();
                }
                now.setLength(0);
            } else {
                now.append(c);
            }
        }
        return isBlank(now) ? before : now.toString();
    }

    private static boolean isBlank(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != ' ') {
                return false;
            }
        }
        return true;
    }

    private static int endOfEscape(String text, int escape) {
        int n = text.length();
        int i = escape + 1;
        if (i < n && text.charAt(i) == '[') {
            i++;
            while (i < n && (text.charAt(i) < 0x40 || text.charAt(i) > 0x7e)) {
                i++;
            }
        } else if (i < n && text.charAt(i) == ']') {
            while (i < n && text.charAt(i) != 7 && text.charAt(i) != '\\') {
                i++;
            }
        }
        return i;
    }

    private static int lastIndexOf(byte[] bytes, int from, int to, char wanted) {
        for (int i = to - 1; i >= from; i--) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static InputStream decoded(InputStream source) throws IOException {
        byte[] start = source.readNBytes(3);
        if (starts(start, 0xef, 0xbb, 0xbf)) {
            return source;
        }
        InputStream whole = new SequenceInputStream(new ByteArrayInputStream(start), source);
        if (starts(start, 0xff, 0xfe)) {
            return new AsUtf8(whole, StandardCharsets.UTF_16);
        }
        return starts(start, 0xfe, 0xff) ? new AsUtf8(whole, StandardCharsets.UTF_16) : whole;
    }

    private static boolean starts(byte[] bytes, int... magic) {
        for (int i = 0; i < magic.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    /** Text of another encoding as UTF-8 bytes. */
    private static final class AsUtf8 extends InputStream {
        private final Reader reader;
        private final char[] chars = new char[8192];
        private byte[] bytes = new byte[0];
        private int at;

        AsUtf8(InputStream in, Charset charset) {
            this.reader = new InputStreamReader(in, charset);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 1 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            if (at == bytes.length) {
                int count = reader.read(chars, 0, chars.length - 1);
                if (count < 0) {
                    return -1;
                }
                int low = Character.isHighSurrogate(chars[count - 1]) ? reader.read() : -1;
                if (low >= 0) {
                    chars[count++] = (char) low; // half a character has no UTF-8
                }
                bytes = new String(chars, 0, count).getBytes(StandardCharsets.UTF_8);
                at = 0;
            }
            int count = Math.min(length, bytes.length - at);
            System.arraycopy(bytes, at, target, from, count);
            at += count;
            return count;
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }

    /** Hands out lines as characters. */
    private static final class LineReader extends Reader {
        private final TextLines lines;
        private String text = "";
        private int at;

        LineReader(TextLines lines) {
            this.lines = lines;
        }

        @Override
        public int read(char[] target, int from, int length) throws IOException {
            if (at == text.length()) {
                if (!lines.next()) {
                    return -1;
                }
                text = lines.line() + "\n";
                at = 0;
            }
            int count = Math.min(length, text.length() - at);
            text.getChars(at, at + count, target, from);
            at += count;
            return count;
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
