package dev.auscult.intake.npy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one NumPy array (NPY format 1 to 3) number by number, so that nothing is allocated for the shape it claims.
 *
 * <p>Format: <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">numpy.lib.format</a>.
 */
public final class NpyReader {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST_HEADER = 1 << 16;
    private static final Pattern DESCRIPTION = Pattern.compile("'descr'\\s*:\\s*'([<>|=]?)([a-zA-Z])(\\d{0,4})'");
    private static final Pattern FORTRAN = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([\\d,\\sL]*)\\)");

    private final InputStream in;
    private final char kind;
    private final int width;
    private final ByteBuffer element;
    private final boolean fortran;
    private final List<Long> shape;

    /**
     * Reads the header.
     *
     * @throws NpyException if this is no array, or one of objects
     */
    public NpyReader(InputStream in) throws IOException, NpyException {
        this.in = in;
        String header = header(in);
        Matcher description = DESCRIPTION.matcher(header);
        if (!description.find()) {
            throw new NpyException("an array of records, not of plain numbers");
        }
        kind = description.group(2).charAt(0);
        if (kind == 'O') {
            throw new NpyException("an array of Python objects, which is a pickle and is never opened");
        }
        width = description.group(3).isEmpty() ? 1 : Integer.parseInt(description.group(3));
        if (!isNumeric()) {
            throw new NpyException("an array of type " + kind + width + ", which is no number");
        }
        element = ByteBuffer.allocate(width)
                .order(description.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        Matcher order = FORTRAN.matcher(header);
        fortran = order.find() && order.group(1).equals("True");
        shape = shape(header);
    }

    private boolean isNumeric() {
        return switch (kind) {
            case 'f' -> width == 2 || width == 4 || width == 8;
            case 'i', 'u' -> width == 1 || width == 2 || width == 4 || width == 8;
            case 'b' -> width == 1;
            default -> false;
        };
    }

    private static String header(InputStream in) throws IOException, NpyException {
        byte[] start = in.readNBytes(8);
        for (int i = 0; i < MAGIC.length; i++) {
            if (start.length < 8 || start[i] != MAGIC[i]) {
                throw new NpyException("not a NumPy array");
            }
        }
        int sizeBytes = start[6] == 1 ? 2 : 4;
        byte[] size = in.readNBytes(sizeBytes);
        long length = 0;
        for (int i = size.length - 1; i >= 0; i--) {
            length = (length << 8) | (size[i] & 0xff);
        }
        if (start[6] < 1 || start[6] > 3 || size.length < sizeBytes || length > LONGEST_HEADER) {
            throw new NpyException("a NumPy array of an unknown format version " + start[6]);
        }
        byte[] header = in.readNBytes((int) length);
        if (header.length < length) {
            throw new NpyException("a NumPy array that ends inside its header");
        }
        return new String(header, StandardCharsets.UTF_8);
    }

    private static List<Long> shape(String header) throws NpyException {
        Matcher matcher = SHAPE.matcher(header);
        if (!matcher.find()) {
            throw new NpyException("a NumPy array without a shape");
        }
        List<Long> sizes = new ArrayList<>();
        for (String size : matcher.group(1).replace("L", "").split(",", -1)) {
            String digits = size.strip();
            if (!digits.isEmpty()) {
                if (digits.length() > 18 || !digits.chars().allMatch(Character::isDigit)) {
                    throw new NpyException("a NumPy array with an impossible shape");
                }
                sizes.add(Long.parseLong(digits));
            }
        }
        return List.copyOf(sizes);
    }

    /** Length of each axis, as the file claims. */
    public List<Long> shape() {
        return shape;
    }

    /** Whether the first axis varies fastest. */
    public boolean isFortranOrder() {
        return fortran;
    }

    /**
     * The next number.
     *
     * @throws EOFException if the file ends here
     */
    public double next() throws IOException {
        if (in.readNBytes(element.array(), 0, width) < width) {
            throw new EOFException("the array ends early");
        }
        if (kind == 'f') {
            return switch (width) {
                case 2 -> half(element.getShort(0));
                case 4 -> element.getFloat(0);
                default -> element.getDouble(0);
            };
        }
        boolean unsigned = kind != 'i';
        return switch (width) {
            case 1 -> unsigned ? element.get(0) & 0xff : element.get(0);
            case 2 -> unsigned ? element.getShort(0) & 0xffff : element.getShort(0);
            case 4 -> unsigned ? element.getInt(0) & 0xffff_ffffL : element.getInt(0);
            default -> unsigned && element.getLong(0) < 0 ? element.getLong(0) + 0x1p64 : element.getLong(0);
        };
    }

    /** IEEE 754 binary16. */
    private static double half(short bits) {
        int exponent = (bits >> 10) & 0x1f;
        int fraction = bits & 0x3ff;
        double magnitude;
        if (exponent == 0x1f) {
            magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        } else if (exponent == 0) {
            magnitude = fraction * 0x1p-24;
        } else {
            magnitude = Math.scalb(1024.0 + fraction, exponent - 25);
        }
        return bits < 0 ? -magnitude : magnitude;
    }
}
