package dev.auscult.data.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

import dev.auscult.data.error.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Room for the columns of a table: a budget of memory, and beyond it one temporary file.
 *
 * <p>The file is written piece by piece and mapped only when it is complete: on a full disk a write is an exception, where
 * writing to a map would end the process.
 */
public final class Space {
    /** Bytes of a full piece; segments of the map hold a whole number of pieces. */
    static final int PIECE = 1 << 17;

    private static final int SEGMENT = 1 << 30;

    private final long budget;
    private long used;
    private long written;
    private @Nullable FileChannel channel;
    private @Nullable Path file;
    private final List<ByteBuffer> segments = new ArrayList<>();

    /** @param budget bytes that may stay in memory */
    public Space(long budget) {
        this.budget = budget;
    }

    /** Whether a full piece may stay in memory; if so, it counts from now on. */
    boolean take() {
        if (used + PIECE > budget) {
            return false;
        }
        used += PIECE;
        return true;
    }

    /** Writes a full piece and gives its number in the file. */
    long write(ByteBuffer piece) {
        try {
            FileChannel to = channel;
            if (to == null) {
                Path made = Files.createTempFile("auscult-columns", ".bin");
                made.toFile().deleteOnExit();
                file = made;
                to = FileChannel.open(made, StandardOpenOption.READ, StandardOpenOption.WRITE);
                channel = to;
            }
            ByteBuffer bytes = piece.duplicate().clear();
            while (bytes.hasRemaining()) {
                to.write(bytes);
            }
            return written++;
        } catch (IOException e) {
            throw new DataException(
                    "the table is larger than data.memory, and the temporary folder cannot take it: "
                            + TextFile.oneLine(String.valueOf(e.getMessage()))
                            + "; free some disk, or raise data.memory",
                    e);
        }
    }

    /** Maps what was written; pieces can be read from now on. */
    public void seal() {
        FileChannel from = channel;
        Path name = file;
        if (from == null || name == null) {
            return;
        }
        try (from) {
            long length = written * PIECE;
            for (long start = 0; start < length; start += SEGMENT) {
                segments.add(from.map(MapMode.READ_ONLY, start, Math.min(SEGMENT, length - start)));
            }
            Files.deleteIfExists(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        channel = null;
        file = null;
    }

    /** Gives the file back if reading stopped half-way. */
    public void discard() {
        try {
            if (channel != null) {
                channel.close();
            }
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A piece of the sealed file. */
    ByteBuffer piece(long number) {
        long start = number * PIECE;
        return segments.get((int) (start / SEGMENT))
                .slice((int) (start % SEGMENT), PIECE)
                .order(ByteOrder.nativeOrder());
    }

    boolean onDisk() {
        return !segments.isEmpty();
    }
}
