package dev.auscult.intake.tensorboard;

import java.io.Closeable;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Takes the records out of an event file: length (u64), its checksum (u32), payload, checksum of the payload (u32).
 *
 * <p>Streams through one array: a mapped file that somebody cuts would kill the process. A checksum is CRC-32C, masked as
 * {@code ((crc >>> 15) | (crc << 17)) + 0xa282ead8} (TensorFlow: {@code core/lib/hash/crc32c.h}).
 */
final class RecordReader implements Closeable {
    /** What {@link #next} met. */
    enum Outcome {
        /** A record whose payload lies in {@link #bytes} from {@link #start} to {@link #end}. */
        RECORD,
        /** The file ends after a whole record. */
        END,
        /** The file ends inside a record. */
        TORN,
        /** The length of a record cannot be trusted, so nothing after it can be found. */
        LOST
    }

    /** No writer can make a larger one: protocol buffers end at 2 GiB, and TensorFlow refuses half of that. */
    static final long MAX_LENGTH = 1L << 30;

    /** Larger records (images, graphs) hold nothing that is read here. */
    static final int MAX_KEPT = 64 << 20;

    /** Small enough that what the system copies here is still in the processor's cache when it is read. */
    private static final int BUFFER = 1 << 17;

    private static final int HEADER = 12;
    private static final int FOOTER = 4;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final FileChannel channel;
    private final boolean verify;
    private final CRC32C crc = new CRC32C();
    /** Masked checksums of small lengths; 0 for those not yet needed. */
    private final int[] lengthChecksums = new int[4096];

    private byte[] buffer;
    private long base;
    private int at;
    private int limit;
    private int start;
    private int end;
    private long records;
    private long damaged;
    private long oversized;

    /**
     * Opens a file.
     *
     * @param from offset of the first record to read
     * @param verify whether to check payloads
     */
    RecordReader(Path file, long from, boolean verify) throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        this.channel.position(from);
        this.verify = verify;
        this.base = from;
        this.buffer = new byte[(int) Math.max(1 << 12, Math.min(BUFFER, channel.size() - from))];
    }

    Outcome next() throws IOException {
        while (true) {
            if (limit - at < HEADER && !fill(HEADER)) {
                return at == limit ? Outcome.END : Outcome.TORN;
            }
            long length = (long) LONG.get(buffer, at);
            if ((int) INT.get(buffer, at + Long.BYTES) != lengthChecksum(length) || length < 0 || length > MAX_LENGTH) {
                return Outcome.LOST;
            }
            long size = HEADER + length + FOOTER;
            if (limit - at < size) {
                if (size > MAX_KEPT) {
                    if (!skip(size)) {
                        return Outcome.TORN;
                    }
                    continue;
                }
                if (!fill((int) size)) {
                    return Outcome.TORN;
                }
            }
            start = at + HEADER;
            end = start + (int) length;
            at = end + FOOTER;
            records++;
            if (verify && (int) INT.get(buffer, end) != checksum(start, (int) length)) {
                damaged++;
                continue;
            }
            return Outcome.RECORD;
        }
    }

    byte[] bytes() {
        return buffer;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** Offset in the file of the record that comes next, or that could not be read. */
    long position() {
        return base + at;
    }

    /** Number of records met, damaged ones included. */
    long records() {
        return records;
    }

    /** Number of records left out because of the checksum of their payload. */
    long damaged() {
        return damaged;
    }

    /** Number of records left out because of their size. */
    long oversized() {
        return oversized;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private int lengthChecksum(long length) {
        if (length < 0 || length >= lengthChecksums.length) {
            return checksum(at, Long.BYTES);
        }
        int known = lengthChecksums[(int) length];
        if (known == 0) {
            known = checksum(at, Long.BYTES);
            lengthChecksums[(int) length] = known;
        }
        return known;
    }

    private int checksum(int from, int length) {
        crc.reset();
        crc.update(buffer, from, length);
        return mask((int) crc.getValue());
    }

    static int mask(int checksum) {
        return Integer.rotateRight(checksum, 15) + 0xa282ead8;
    }

    /** Makes at least {@code count} bytes lie in the buffer; false if the file has no more. */
    private boolean fill(int count) throws IOException {
        if (count > buffer.length && channel.size() - position() < count) {
            return false;
        }
        byte[] target =
                count > buffer.length ? new byte[Math.max(count, Math.min(buffer.length * 2, MAX_KEPT))] : buffer;
        System.arraycopy(buffer, at, target, 0, limit - at);
        base += at;
        limit -= at;
        at = 0;
        buffer = target;
        ByteBuffer room = ByteBuffer.wrap(buffer);
        while (limit < count) {
            room.limit(buffer.length).position(limit);
            int got = channel.read(room);
            if (got < 0) {
                return false;
            }
            limit += got;
        }
        return true;
    }

    private boolean skip(long size) throws IOException {
        long target = position() + size;
        if (channel.size() < target) {
            return false;
        }
        channel.position(target);
        base = target;
        at = 0;
        limit = 0;
        records++;
        oversized++;
        return true;
    }
}
