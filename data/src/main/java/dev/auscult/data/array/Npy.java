package dev.auscult.data.array;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.auscult.data.array.ArrayFile.Kind;

/**
 * NumPy's format for one array ({@code numpy.lib.format}, versions 1 to 3): a magic number, a header that is a Python
 * dictionary, the elements. Objects, which would be Python's pickled code, are refused.
 */
public final class Npy {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST_HEADER = 1 << 16;
    private static final int MOST_AXES = 32;
    private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
    private static final Pattern FORTRAN = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9L,\\s]*)\\)");
    private static final Pattern TYPE = Pattern.compile("([<>|=]?)([?a-zA-Z])(\\d*)");

    private Npy() {}

    /** Reads the header; the elements come next in the stream. */
    public static ArrayFile open(InputStream in) throws IOException {
        byte[] start = in.readNBytes(8);
        if (start.length < 8 || !Arrays.equals(start, 0, 6, MAGIC, 0, 6)) {
            throw new IOException("does not begin as an npy array does");
        }
        int version = start[6];
        int lengthBytes = version == 1 ? 2 : 4;
        byte[] length = in.readNBytes(lengthBytes);
        if (version < 1 || version > 3 || length.length < lengthBytes) {
            throw new IOException("npy version " + version + " or a header that was cut off, wanted version 1, 2 or 3");
        }
        ByteBuffer number = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN);
        long size = version == 1 ? number.getShort() & 0xFFFF : number.getInt() & 0xFFFF_FFFFL;
        if (size > LONGEST_HEADER) {
            throw new IOException("npy header of " + size + " bytes, wanted at most " + LONGEST_HEADER);
        }
        byte[] text = in.readNBytes((int) size);
        if (text.length < size) {
            throw new IOException("npy header was cut off");
        }
        return parse(new String(text, version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1), in);
    }

    private static ArrayFile parse(String header, InputStream in) throws IOException {
        Matcher fortran = FORTRAN.matcher(header);
        Matcher shape = SHAPE.matcher(header);
        if (!fortran.find() || !shape.find()) {
            throw new IOException("npy header without fortran_order and shape: " + shortened(header));
        }
        Matcher descr = DESCR.matcher(header);
        if (!descr.find()) {
            throw new IOException("an array of records, wanted plain numbers; save each field as an array of its own");
        }
        String type = descr.group(1);
        Matcher parts = TYPE.matcher(type);
        if (!parts.matches()) {
            throw refused(type);
        }
        ByteOrder order = parts.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        int width;
        try {
            width = parts.group(3).isEmpty() ? 1 : Integer.parseInt(parts.group(3));
        } catch (NumberFormatException e) {
            throw refused(type);
        }
        char letter = parts.group(2).charAt(0);
        if (letter == 'O') {
            throw new IOException("an array of Python objects (pickle), which may run code and is never read;"
                    + " save numbers instead: np.save(file, array.astype(np.float32))");
        }
        Kind kind = switch (letter) {
            case 'b', '?' -> width == 1 ? Kind.BOOLEAN : null;
            case 'u' -> whole(width) ? Kind.UNSIGNED : null;
            case 'i' -> whole(width) ? Kind.SIGNED : null;
            case 'f' -> width == 2 || width == 4 || width == 8 ? Kind.FLOAT : null;
            case 'S', 'a' -> width <= 1 << 16 ? Kind.BYTES : null;
            case 'U' -> width <= 1 << 14 ? Kind.CHARACTERS : null;
            default -> null;
        };
        if (kind == null) {
            throw refused(type);
        }
        int bytes = kind == Kind.CHARACTERS ? width * 4 : width;
        return new ArrayFile(in, kind, bytes, order, fortran.group(1).equals("True"), extents(shape.group(1)));
    }

    private static boolean whole(int width) {
        return width == 1 || width == 2 || width == 4 || width == 8;
    }

    private static long[] extents(String text) throws IOException {
        String[] parts = Arrays.stream(text.replace("L", "").split(",", -1))
                .map(String::strip)
                .filter(p -> !p.isEmpty())
                .toArray(String[]::new);
        if (parts.length > MOST_AXES) {
            throw new IOException(parts.length + " axes, wanted at most " + MOST_AXES);
        }
        long[] extents = new long[parts.length];
        try {
            for (int i = 0; i < parts.length; i++) {
                extents[i] = Long.parseLong(parts[i]);
            }
        } catch (NumberFormatException e) {
            throw new IOException("shape (" + shortened(text) + ") is no size that an array can have", e);
        }
        return extents;
    }

    private static IOException refused(String type) {
        return new IOException("elements of type '" + shortened(type)
                + "', wanted whole numbers, floats of 16 to 64 bits, booleans or text; convert with astype");
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= 80 ? line : line.substring(0, 80) + "…";
    }
}
