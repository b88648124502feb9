package dev.auscult.intake.protobuf;

import java.util.zip.CRC32C;

/**
 * Frames messages as the records of an event file: length (u64), its checksum (u32), payload, checksum of the payload
 * (u32), all little-endian.
 *
 * <p>A checksum is CRC-32C, masked as {@code ((crc >>> 15) | (crc << 17)) + 0xa282ead8} (TensorFlow: {@code
 * core/lib/hash/crc32c.h}).
 */
public final class RecordBytes {
    private final ProtoBytes framed = new ProtoBytes();
    private final CRC32C crc = new CRC32C();

    /** Appends a record. */
    public void add(ProtoBytes payload) {
        int from = framed.size();
        framed.fixed64(payload.size());
        framed.fixed32(masked(framed.array(), from, Long.BYTES));
        framed.append(payload.array(), payload.size());
        framed.fixed32(masked(payload.array(), 0, payload.size()));
    }

    /** Number of bytes so far. */
    public int size() {
        return framed.size();
    }

    /** The records so far, in the first {@link #size} bytes; valid until the next record. */
    public byte[] array() {
        return framed.array();
    }

    /** The records so far; starts again with none. */
    public byte[] take() {
        byte[] taken = framed.toBytes();
        framed.clear();
        return taken;
    }

    private int masked(byte[] bytes, int from, int length) {
        crc.reset();
        crc.update(bytes, from, length);
        int c = (int) crc.getValue();
        return ((c >>> 15) | (c << 17)) + 0xa282ead8;
    }
}
