package dev.auscult.data.table;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

import dev.auscult.data.error.DataException;

/**
 * A large text table, read by several threads: one cuts the file into blocks of whole rows, which the others take apart. Where
 * the blocks lie depends on the file alone.
 */
public final class DelimitedBlocks {
    /** Bytes of a block, usually. */
    public static final int BLOCK = 1 << 22;
    /** Bytes of one record: a quote that is never closed must not fill the memory. */
    private static final int LONGEST_RECORD = 1 << 24;

    private static final Block LAST = new Block(-1, new byte[0], 0);

    private final TextFile file;
    private final DelimitedLayout layout;
    private final int blockSize;
    private final boolean sure;

    private DelimitedBlocks(TextFile file, DelimitedLayout layout, int blockSize, boolean sure) {
        this.file = file;
        this.layout = layout;
        this.blockSize = blockSize;
        this.sure = sure;
    }

    /** Whole rows; the last one, which holds none, has a negative number. */
    private static final class Block {
        final long number;
        final byte[] bytes;
        final int length;

        Block(long number, byte[] bytes, int length) {
            this.number = number;
            this.bytes = bytes;
            this.length = length;
        }
    }

    /** The file turned out to be in another encoding than its beginning. */
    private static final class OtherEncoding extends RuntimeException {
        private static final long serialVersionUID = 1;

        OtherEncoding() {
            super(null, null, false, false);
        }
    }

    /**
     * The same table.
     *
     * @param blockSize bytes of a block, more or less
     */
    public static DelimitedBlocks of(DelimitedRows rows, int blockSize) {
        return new DelimitedBlocks(rows.textFile(), rows.layout(), blockSize, rows.isCertain());
    }

    /** Whether a table is laid out so that it can be read in blocks: not with runs of blanks between the cells. */
    public static boolean canRead(DelimitedRows rows) {
        return rows.layout().separator() != ' '
                && rows.layout().promisedRows() < 0
                && rows.textFile().charset().name().matches("UTF-8|windows-1252");
    }

    /**
     * Reads the table.
     *
     * @param threads that take blocks apart
     * @param sinks makes one sink for each of them
     * @param progress is told how many bytes of the file were read
     * @return whether the file was in the encoding that its beginning has; if not, what the sinks were told is void
     */
    public boolean read(int threads, Supplier<? extends BlockSink> sinks, LongConsumer progress) {
        BlockingQueue<Block> full = new ArrayBlockingQueue<>(threads + 2);
        BlockingQueue<byte[]> free = new ArrayBlockingQueue<>(2 * threads + 4);
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "auscult-scan");
            thread.setDaemon(true);
            return thread;
        });
        List<CompletableFuture<Void>> workers = new ArrayList<>();
        try {
            for (int i = 0; i < threads; i++) {
                BlockSink sink = sinks.get();
                workers.add(CompletableFuture.runAsync(() -> work(sink, full, free), pool));
            }
            CompletableFuture<Void> all = CompletableFuture.allOf(workers.toArray(CompletableFuture[]::new));
            cut(full, free, progress, all);
            for (int i = 0; i < threads; i++) {
                put(full, LAST, all);
            }
            all.join();
            return true;
        } catch (CompletionException e) {
            if (e.getCause() instanceof OtherEncoding) {
                return false;
            }
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw e;
        } catch (OtherEncoding e) {
            return false;
        } finally {
            pool.shutdownNow();
        }
    }

    /** Puts a block into the queue, unless the workers have failed. */
    private static void put(BlockingQueue<Block> full, Block block, CompletableFuture<Void> workers) {
        try {
            while (!full.offer(block, 100, TimeUnit.MILLISECONDS)) {
                if (workers.isCompletedExceptionally()) {
                    workers.join();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DataException("reading was interrupted", e);
        }
    }

    private void cut(
            BlockingQueue<Block> full, BlockingQueue<byte[]> free, LongConsumer progress, CompletableFuture<Void> all) {
        Cutter cutter = new Cutter((byte) layout.separator());
        long number = 0;
        long read = 0;
        try (InputStream in = TextFile.unpacked(file.file(), progress)) {
            in.skipNBytes(file.mark());
            byte[] bytes = new byte[blockSize];
            int length = 0;
            boolean more = true;
            while (more) {
                int now = in.readNBytes(bytes, length, bytes.length - length);
                more = length + now == bytes.length;
                cutter.look(bytes, length, length + now);
                length += now;
                read += now;
                if (cutter.nul) {
                    throw new OtherEncoding();
                }
                int end = more ? cutter.end : length;
                if (end == 0) {
                    if (!more) {
                        break;
                    }
                    if (length >= LONGEST_RECORD) {
                        throw new DataException(String.format(
                                Locale.ROOT,
                                "%s: after %,d bytes begins a record of more than 16 million; is a quote never closed, or is"
                                        + " this no table?",
                                file.file(),
                                read - length));
                    }
                    bytes = Arrays.copyOf(bytes, Math.min(LONGEST_RECORD, 2 * bytes.length));
                    continue;
                }
                if (!more && cutter.open()) {
                    throw new DataException(String.format(
                            Locale.ROOT,
                            "%s: after %,d bytes a quote is opened that is never closed; close it",
                            file.file(),
                            read - length + cutter.opened));
                }
                byte[] spare = free.poll();
                byte[] next = spare == null || spare.length != blockSize ? new byte[blockSize] : spare;
                if (next.length <= length - end) {
                    next = new byte[2 * (length - end)];
                }
                System.arraycopy(bytes, end, next, 0, length - end);
                put(full, new Block(number++, bytes, end), all);
                bytes = next;
                length -= end;
                cutter.shift(end);
            }
        } catch (IOException e) {
            throw TextFile.unreadable(file.file(), e);
        }
    }

    /** Finds the last end of a record among bytes. */
    private static final class Cutter {
        private final byte separator;
        /** Where the last record ends; 0 if none does. */
        int end;

        boolean nul;
        private boolean quoted;
        /** Where the last quote was opened. */
        int opened;

        private byte before = '\n';
        /** The byte after a quote tells whether it closes. */
        private boolean pending;

        Cutter(byte separator) {
            this.separator = separator;
        }

        boolean open() {
            return quoted && !pending;
        }

        void shift(int by) {
            end = 0;
            opened -= by;
        }

        void look(byte[] b, int from, int to) {
            if (from == to) {
                return;
            }
            int found = Swar.find(b, from, to);
            nul |= (found & Swar.NUL) != 0;
            if ((found & Swar.QUOTE) == 0 && !quoted) {
                last(b, from, to);
            } else {
                quotes(b, from, to);
            }
            before = b[to - 1];
        }

        private void quotes(byte[] b, int from, int to) {
            int i = from;
            int plain = from;
            while (i < to) {
                if (pending) {
                    pending = false;
                    if (b[i] == '"') {
                        i++;
                        continue;
                    }
                    quoted = false;
                    plain = i;
                }
                int next = Swar.quote(b, i, to);
                if (quoted) {
                    pending = next < to;
                    i = next + 1;
                } else {
                    last(b, plain, next);
                    if (next < to) {
                        byte left = next == 0 ? before : b[next - 1];
                        if (left == separator || left == '\n' || left == '\r') {
                            quoted = true;
                            opened = next;
                        }
                    }
                    i = next + 1;
                    plain = next;
                }
            }
        }

        private void last(byte[] b, int from, int to) {
            for (int i = to - 1; i >= from; i--) {
                // After the last byte there may come the second half of an end of line.
                if (b[i] == '\n' || (b[i] == '\r' && i + 1 < to)) {
                    end = i + 1;
                    return;
                }
            }
        }
    }

    private void work(BlockSink sink, BlockingQueue<Block> full, BlockingQueue<byte[]> free) {
        CharsetDecoder decoder = file.charset()
                .newDecoder()
                .onMalformedInput(sure ? CodingErrorAction.REPLACE : CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        char[] chars = new char[blockSize];
        try {
            for (Block block = full.take(); block.number >= 0; block = full.take()) {
                if (chars.length < block.length) {
                    chars = new char[block.bytes.length];
                }
                CharBuffer to = CharBuffer.wrap(chars);
                decoder.reset();
                CoderResult result = decoder.decode(ByteBuffer.wrap(block.bytes, 0, block.length), to, true);
                if (result.isError()) {
                    throw new OtherEncoding();
                }
                sink.begin(block.number);
                long lines = new Parser(layout, sink).parse(chars, to.position(), block.number == 0);
                sink.end(block.number, lines);
                free.offer(block.bytes);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes the characters of a block apart. */
    private static final class Parser {
        private final char separator;
        private final int columns;
        private final int skipped;
        private final BlockSink sink;

        Parser(DelimitedLayout layout, BlockSink sink) {
            this.separator = layout.separator();
            this.columns = layout.names().size();
            this.skipped = layout.skipped();
            this.sink = sink;
        }

        long parse(char[] c, int length, boolean first) {
            int skip = first ? skipped : 0;
            int i = 0;
            long line = 1;
            while (i < length) {
                char at = c[i];
                if (at == '\n' || at == '\r') {
                    i++;
                    if (at == '\r' && i < length && c[i] == '\n') {
                        i++;
                    }
                    line++;
                    continue;
                }
                long began = line;
                int cells = 0;
                boolean ends = false;
                while (!ends) {
                    int start = i;
                    int end;
                    if (i < length && c[i] == '"') {
                        i++;
                        start = i;
                        end = i;
                        while (i < length) {
                            char x = c[i++];
                            if (x == '"') {
                                if (i < length && c[i] == '"') {
                                    i++;
                                } else {
                                    break;
                                }
                            } else if (x == '\n' || (x == '\r' && (i == length || c[i] != '\n'))) {
                                line++;
                            }
                            c[end++] = x;
                        }
                        while (i < length && c[i] != separator && c[i] != '\n' && c[i] != '\r') {
                            c[end++] = c[i++];
                        }
                    } else {
                        while (i < length) {
                            char x = c[i];
                            if (x == separator || x == '\n' || x == '\r') {
                                break;
                            }
                            i++;
                        }
                        end = i;
                    }
                    ends = i >= length || c[i] != separator;
                    i++;
                    if (skip == 0 && cells < columns) {
                        while (start < end && c[start] <= ' ') {
                            start++;
                        }
                        while (end > start && c[end - 1] <= ' ') {
                            end--;
                        }
                        sink.text(cells, c, start, end - start);
                    }
                    cells++;
                }
                if (i < length && c[i - 1] == '\r' && c[i] == '\n') {
                    i++;
                }
                line++;
                if (skip > 0) {
                    skip--;
                    continue;
                }
                if (cells != columns) {
                    sink.ragged(began, cells);
                    for (int column = cells; column < columns; column++) {
                        sink.missing(column);
                    }
                }
                sink.end(began);
            }
            return line - 1;
        }
    }
}
