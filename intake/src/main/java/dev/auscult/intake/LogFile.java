package dev.auscult.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A file that may be a log: where it is, how large, and how it begins. Not thread-safe. */
public final class LogFile {
    /** How many bytes of a file readers may look at to recognise it. */
    public static final int HEAD_BYTES = 16 * 1024;

    private final Path path;
    private final long size;
    private final byte[] head;
    private final String text;
    private final boolean binary;
    private final Map<Class<?>, Optional<?>> made = new HashMap<>();

    private LogFile(Path path, long size, byte[] head) {
        this.path = path;
        this.size = size;
        this.head = head;
        this.text = new String(head, StandardCharsets.UTF_8);
        this.binary = text.indexOf(0) >= 0;
    }

    /** Looks at a file. */
    public static LogFile of(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return new LogFile(path, Files.size(path), in.readNBytes(HEAD_BYTES));
        }
    }

    public Path path() {
        return path;
    }

    /** Name without folders. */
    public String name() {
        Path last = path.getFileName();
        return last == null ? "" : last.toString();
    }

    /** Size in bytes when it was looked at; the file may have grown since. */
    public long size() {
        return size;
    }

    /** The first bytes, at most {@link #HEAD_BYTES}; not to be changed. */
    public byte[] head() {
        return head;
    }

    /** The first bytes as UTF-8 text, with the replacement character where they are none. */
    public String text() {
        return text;
    }

    /** The lines of {@link #text}; the last one may be cut. */
    public List<String> lines() {
        return text.lines().toList();
    }

    /** Whether the head holds a NUL byte, which no text log does (UTF-16 apart, which {@code TextLines} knows). */
    public boolean isBinary() {
        return binary;
    }

    /** What several readers make of the head in the same way, made for the first of them only. */
    public <T> Optional<T> once(Class<T> kind, Supplier<Optional<T>> maker) {
        Optional<?> known = made.get(kind);
        if (known == null) {
            known = maker.get();
            made.put(kind, known);
        }
        return known.map(kind::cast);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
