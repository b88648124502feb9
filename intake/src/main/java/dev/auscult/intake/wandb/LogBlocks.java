package dev.auscult.intake.wandb;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Takes the records out of a log of blocks of 32 KiB, as LevelDB writes them: chunks of checksum (u32), length (u16),
 * type (u8) and data, a record in one or several chunks.
 *
 * <p>The checksum is the plain CRC-32 over type and data. After damage reading goes on with the next block.
 */
final class LogBlocks {
    static final int BLOCK = 32 * 1024;

    /** Bytes before the first chunk; they count as part of the first block. */
    static final int FILE_HEADER = 7;

    /** Larger records hold nothing that is read here. */
    private static final int MAX_RECORD = 64 << 20;

    private static final int HEADER = 7;
    private static final int FULL = 1;
    private static final int FIRST = 2;
    private static final int MIDDLE = 3;
    private static final int LAST = 4;

    private final InputStream in;
    private final byte[] block = new byte[BLOCK];
    private final CRC32 crc = new CRC32();
    private int at = BLOCK;
    private int limit = BLOCK;
    private boolean first = true;
    private byte[] record = new byte[4096];
    private int size;
    private boolean open;
    private long damaged;
    private boolean torn;

    LogBlocks(InputStream in) {
        this.in = in;
    }

    /** Goes to the next whole record; false at the end of the file. */
    boolean next() throws IOException {
        while (true) {
            if (limit - at < HEADER && !nextBlock()) {
                torn |= open;
                return false;
            }
            if (limit - at < HEADER) {
                continue;
            }
            int stored = word(at) | (word(at + 2) << 16);
            int length = word(at + 4);
            int type = block[at + 6];
            if (type == 0 && length == 0 && stored == 0) {
                // Room that was set aside and never written.
                at = limit;
                continue;
            }
            if (at + HEADER + length > limit) {
                if (limit < BLOCK && at + HEADER + length <= BLOCK) {
                    torn = true;
                    return false;
                }
                lose();
                continue;
            }
            crc.reset();
            crc.update(block, at + 6, 1 + length);
            if ((int) crc.getValue() != stored || type > LAST) {
                lose();
                continue;
            }
            int from = at + HEADER;
            at = from + length;
            if (take(type, from, length)) {
                return true;
            }
        }
    }

    byte[] record() {
        return record;
    }

    int size() {
        return size;
    }

    /** Number of places where blocks had to be skipped. */
    long damaged() {
        return damaged;
    }

    /** Whether the file ends inside a record. */
    boolean isTorn() {
        return torn;
    }

    private boolean take(int type, int from, int length) {
        if (type == FULL || type == FIRST) {
            if (open) {
                damaged++;
            }
            size = 0;
            open = true;
        } else if (!open) {
            // The rest of a record whose beginning was lost.
            return false;
        }
        if (size + length > MAX_RECORD) {
            open = false;
            return false;
        }
        if (size + length > record.length) {
            record = Arrays.copyOf(record, Math.max(size + length, record.length * 2));
        }
        System.arraycopy(block, from, record, size, length);
        size += length;
        if (type == FIRST || type == MIDDLE) {
            return false;
        }
        open = false;
        return true;
    }

    private void lose() {
        damaged++;
        open = false;
        at = limit;
    }

    private boolean nextBlock() throws IOException {
        if (limit < BLOCK) {
            torn |= at < limit;
            return false;
        }
        at = first ? FILE_HEADER : 0;
        limit = in.readNBytes(block, 0, BLOCK);
        first = false;
        return limit > at;
    }

    private int word(int i) {
        return (block[i] & 0xff) | ((block[i + 1] & 0xff) << 8);
    }
}
