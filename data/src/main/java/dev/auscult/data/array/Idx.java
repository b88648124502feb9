package dev.auscult.data.array;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import dev.auscult.data.array.ArrayFile.Kind;

/**
 * The IDX format of the MNIST database: two zeros, a byte for the type, one for the number of axes, the extents, the
 * elements; all big-endian.
 */
public final class Idx {
    private Idx() {}

    /** Reads the header; the elements come next in the stream. */
    public static ArrayFile open(InputStream in) throws IOException {
        byte[] magic = in.readNBytes(4);
        if (magic.length < 4 || magic[0] != 0 || magic[1] != 0) {
            throw new IOException("does not begin as an IDX file does (two zeros)");
        }
        Kind kind;
        int width;
        switch (magic[2]) {
            case 0x08 -> {
                kind = Kind.UNSIGNED;
                width = 1;
            }
            case 0x09 -> {
                kind = Kind.SIGNED;
                width = 1;
            }
            case 0x0B -> {
                kind = Kind.SIGNED;
                width = 2;
            }
            case 0x0C -> {
                kind = Kind.SIGNED;
                width = 4;
            }
            case 0x0D -> {
                kind = Kind.FLOAT;
                width = 4;
            }
            case 0x0E -> {
                kind = Kind.FLOAT;
                width = 8;
            }
            default ->
                throw new IOException(
                        "IDX type 0x" + Integer.toHexString(magic[2] & 0xFF) + ", wanted 8, 9, b, c, d or e");
        }
        int axes = magic[3];
        if (axes < 1 || axes > 8) {
            throw new IOException("IDX with " + axes + " axes, wanted 1 to 8");
        }
        byte[] extents = in.readNBytes(4 * axes);
        if (extents.length < 4 * axes) {
            throw new IOException("IDX header was cut off");
        }
        ByteBuffer numbers = ByteBuffer.wrap(extents).order(ByteOrder.BIG_ENDIAN);
        long[] shape = new long[axes];
        for (int i = 0; i < axes; i++) {
            shape[i] = numbers.getInt() & 0xFFFF_FFFFL;
        }
        return new ArrayFile(in, kind, width, ByteOrder.BIG_ENDIAN, false, shape);
    }
}
