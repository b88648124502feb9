package dev.auscult.data.table;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;

import dev.auscult.data.error.DataException;

/**
 * A text file, perhaps compressed by gzip, whose encoding was found by reading all of its bytes once: by its byte order
 * mark, as UTF-8, or else as Windows-1252.
 *
 * @param file the file
 * @param charset its encoding
 * @param mark bytes of the byte order mark
 * @param bytes number of bytes, unpacked
 */
public record TextFile(Path file, Charset charset, int mark, long bytes) {
    private static final int BUFFER = 1 << 16;
    /** Bytes that may come of anything. */
    private static final long HARMLESS = 1L << 28;
    /** Of one byte again and again deflate makes one byte of 1,032; of a table in which anything changes, far fewer. */
    private static final long MOST_PACKED = 900;

    /** Looks at every byte; refuses empty files, files with NUL bytes and files of two encodings. */
    public static TextFile of(Path file) {
        Scan scan = new Scan(file);
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = unpacked(file)) {
            int first = in.readNBytes(buffer, 0, 4);
            if (first == 0) {
                throw new DataException(file + " is empty; wanted a table or a text");
            }
            if (first >= 2 && unsigned(buffer[0], buffer[1]) == 0xFEFF) {
                return new TextFile(file, StandardCharsets.UTF_16BE, 2, length(in, first, buffer));
            }
            if (first == 4 && unsigned(buffer[0], buffer[1]) == 0xFFFE && unsigned(buffer[2], buffer[3]) == 0) {
                throw new DataException(file + " is UTF-32; save it as UTF-8");
            }
            if (first >= 2 && unsigned(buffer[0], buffer[1]) == 0xFFFE) {
                return new TextFile(file, StandardCharsets.UTF_16LE, 2, length(in, first, buffer));
            }
            int mark = first >= 3 && unsigned(buffer[0], buffer[1]) == 0xEFBB && buffer[2] == (byte) 0xBF ? 3 : 0;
            int read = first;
            long total = 0;
            while (read > 0) {
                scan.bytes(buffer, read);
                total += read;
                read = in.read(buffer, 0, buffer.length);
            }
            if (total == mark) {
                throw new DataException(file + " is empty; wanted a table or a text");
            }
            return new TextFile(file, scan.charset(), mark, total);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /**
     * A file of which only the beginning was looked at: by its byte order mark, or else UTF-8. Its number of bytes is unknown,
     * −1.
     */
    static TextFile byItsBeginning(Path file) {
        byte[] start = new byte[3];
        int read;
        try (InputStream in = unpacked(file)) {
            read = in.readNBytes(start, 0, start.length);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        int two = read < 2 ? 0 : unsigned(start[0], start[1]);
        boolean marked = read == 3 && two == 0xEFBB && start[2] == (byte) 0xBF;
        return read < 3 || two == 0xFEFF || two == 0xFFFE
                ? of(file)
                : new TextFile(file, StandardCharsets.UTF_8, marked ? 3 : 0, -1);
    }

    private static int unsigned(byte high, byte low) {
        return (high & 0xFF) << 8 | (low & 0xFF);
    }

    private static long length(InputStream in, long first, byte[] buffer) throws IOException {
        long total = first;
        for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
            total += read;
        }
        return total;
    }

    /** The bytes of a file, unpacked if gzip packed them, whatever the file is called. */
    static InputStream unpacked(Path file) throws IOException {
        return unpacked(file, bytes -> {});
    }

    /**
     * The same.
     *
     * @param progress is told how many bytes of the file were read, packed as they are
     */
    static InputStream unpacked(Path file, LongConsumer progress) throws IOException {
        if (Files.readAttributes(file, BasicFileAttributes.class).isOther()) {
            // A pipe would be waited for, and can be read once only; a device may never end.
            throw new DataException(file + " is a pipe or a device; wanted a file: save it first");
        }
        Counted counted = new Counted(Files.newInputStream(file), progress);
        PushbackInputStream in = new PushbackInputStream(new BufferedInputStream(counted, BUFFER), 2);
        try {
            byte[] magic = in.readNBytes(2);
            in.unread(magic);
            boolean gzip = magic.length == 2 && unsigned(magic[0], magic[1]) == 0x1F8B;
            return gzip ? new BufferedInputStream(new Unpacked(file, in, counted), BUFFER) : in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** Counts bytes. */
    private static final class Counted extends FilterInputStream {
        private final LongConsumer progress;
        private long count;

        Counted(InputStream in, LongConsumer progress) {
            super(in);
            this.progress = progress;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count += read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            count += Math.max(0, read);
            progress.accept(count);
            return read;
        }
    }

    /** Unpacks, and stops where a small file becomes a huge one of the same byte again and again. */
    private static final class Unpacked extends GZIPInputStream {
        private final Path file;
        private final Counted packed;
        private long count;

        Unpacked(Path file, InputStream in, Counted packed) throws IOException {
            super(in, BUFFER);
            this.file = file;
            this.packed = packed;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            count += Math.max(0, read);
            if (count > HARMLESS && count > MOST_PACKED * packed.count) {
                throw new DataException(String.format(
                        Locale.ROOT,
                        "%s: its first %,d bytes unpack to more than %,d, which no table or text does; is it meant to fill"
                                + " the disk?",
                        file,
                        packed.count,
                        count));
            }
            return read;
        }
    }

    /** The characters after the byte order mark. */
    public Reader open() throws IOException {
        InputStream in = unpacked(file);
        try {
            in.skipNBytes(mark);
            return new InputStreamReader(
                    in,
                    charset.newDecoder()
                            .onMalformedInput(CodingErrorAction.REPLACE)
                            .onUnmappableCharacter(CodingErrorAction.REPLACE));
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    public static DataException unreadable(Path file, IOException e) {
        if (Files.isDirectory(file)) {
            return new DataException(file + " is a folder; wanted a file", e);
        }
        if (!Files.exists(file)) {
            return new DataException(file + " does not exist; wanted a file with data", e);
        }
        String message = e.getMessage();
        return new DataException(
                file + " cannot be read: " + (message == null ? e.getClass().getSimpleName() : oneLine(message)), e);
    }

    public static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    /** Finds out, byte by byte, whether a file is UTF-8. */
    private static final class Scan {
        private final Path file;
        private long line = 1;
        private long pairs;
        private long wrong;
        private long firstWrongLine;
        private int wrongByte;
        private boolean undefined;
        /** Continuation bytes still to come, and the range of the next. */
        private int pending;

        private int lead;
        private int low;
        private int high;

        Scan(Path file) {
            this.file = file;
        }

        void bytes(byte[] buffer, int length) {
            for (int i = 0; i < length; i++) {
                int b = buffer[i];
                if (b > 0 && pending == 0) {
                    if (b == '\n') {
                        line++;
                    }
                } else {
                    rare(b & 0xFF);
                }
            }
        }

        private void rare(int b) {
            if (b == 0) {
                throw new DataException(String.format(
                        Locale.ROOT,
                        "%s: line %d holds a NUL byte; wanted text (UTF-8, or UTF-16 with a byte order mark): is it a"
                                + " binary file, or damaged?",
                        file,
                        line));
            }
            if (pending > 0) {
                if (b >= low && b <= high) {
                    low = 0x80;
                    high = 0xBF;
                    pending--;
                    if (pending == 0) {
                        pairs++;
                    }
                    return;
                }
                pending = 0;
                note(lead);
            }
            if (b < 0x80) {
                if (b == '\n') {
                    line++;
                }
                return;
            }
            lead(b);
        }

        /** The well-formed lead bytes of the Unicode Standard, table 3-7. */
        private void lead(int b) {
            lead = b;
            low = b == 0xE0 ? 0xA0 : b == 0xF0 ? 0x90 : 0x80;
            high = b == 0xED ? 0x9F : b == 0xF4 ? 0x8F : 0xBF;
            if (b >= 0xC2 && b <= 0xDF) {
                pending = 1;
            } else if (b >= 0xE0 && b <= 0xEF) {
                pending = 2;
            } else if (b >= 0xF0 && b <= 0xF4) {
                pending = 3;
            } else {
                note(b);
            }
        }

        private void note(int b) {
            undefined |= b == 0x81 || b == 0x8D || b == 0x8F || b == 0x90 || b == 0x9D;
            if (wrong++ == 0) {
                firstWrongLine = line;
                wrongByte = b;
            }
        }

        Charset charset() {
            if (pending > 0) {
                note(lead);
            }
            if (wrong == 0) {
                return StandardCharsets.UTF_8;
            }
            if (pairs > 0 || undefined) {
                throw new DataException(String.format(
                        Locale.ROOT,
                        "%s: line %d holds the byte 0x%02X, which is not UTF-8%s; save the whole file as UTF-8",
                        file,
                        firstWrongLine,
                        wrongByte,
                        pairs > 0 ? ", while other places are: the encodings are mixed" : ""));
            }
            return Charset.forName("windows-1252");
        }
    }
}
