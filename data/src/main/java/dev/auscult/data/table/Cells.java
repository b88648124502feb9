package dev.auscult.data.table;

/** What the characters of a cell say: nothing, a number, yes or no, a date. */
public final class Cells {
    private static final String[] MISSING = {
        "na", "n/a", "nan", "-nan", "null", "none", "?", "#n/a", "#na", "<na>", "nil", "\\n"
    };
    private static final double[] TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };
    /** Up to this, whole numbers are exact in a double. */
    private static final long EXACT = 1L << 53;
    /** Up to this another digit has room in a long. */
    private static final long ROOM = (Long.MAX_VALUE - 9) / 10;

    private Cells() {}

    /** Whether trimmed characters stand for a missing value: nothing, {@code NA}, {@code NaN}, {@code null}, {@code ?}, …. */
    public static boolean missing(char[] c, int offset, int length) {
        if (length == 0) {
            return true;
        }
        if (length > 4 || !beginsMissing(c[offset])) {
            return false;
        }
        for (String word : MISSING) {
            if (same(c, offset, length, word)) {
                return true;
            }
        }
        return false;
    }

    private static boolean beginsMissing(char first) {
        return switch (first) {
            case 'n', 'N', '-', '?', '#', '<', '\\' -> true;
            default -> false;
        };
    }

    /** 1 for {@code true} or {@code yes}, 0 for {@code false} or {@code no}, else −1; in any case of letters. */
    public static int yesOrNo(char[] c, int offset, int length) {
        return switch (length) {
            case 2 -> same(c, offset, length, "no") ? 0 : -1;
            case 3 -> same(c, offset, length, "yes") ? 1 : -1;
            case 4 -> same(c, offset, length, "true") ? 1 : -1;
            case 5 -> same(c, offset, length, "false") ? 0 : -1;
            default -> -1;
        };
    }

    private static boolean same(char[] c, int offset, int length, String lower) {
        if (length != lower.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char x = c[offset + i];
            if (x >= 'A' && x <= 'Z') {
                x = (char) (x + ('a' - 'A'));
            }
            if (x != lower.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The number that trimmed characters spell, NaN if they spell none. {@code inf} and {@code infinity} are numbers.
     *
     * <p>Up to 2⁵³ as digits and 10²² as scale one multiplication or division is correctly rounded (Clinger 1990);
     * of up to 18 digits one division in twice the precision nearly always tells how to round; everything else goes to the
     * library.
     */
    public static double number(char[] c, int offset, int length) {
        int end = offset + length;
        int i = offset;
        boolean negative = false;
        if (i < end && (c[i] == '-' || c[i] == '+')) {
            negative = c[i] == '-';
            i++;
        }
        int firstDigit = i;
        long digits = 0;
        int count = 0;
        int scale = 0;
        boolean exact = true;
        boolean point = false;
        for (; i < end; i++) {
            char x = c[i];
            if (x >= '0' && x <= '9') {
                count++;
                if (digits <= ROOM) {
                    digits = digits * 10 + (x - '0');
                    if (point) {
                        scale--;
                    }
                } else {
                    exact = false;
                }
            } else if (x == '.' && !point) {
                point = true;
            } else {
                break;
            }
        }
        if (count == 0) {
            return infinity(c, firstDigit, end, negative);
        }
        int exponent = 0;
        if (i < end && (c[i] == 'e' || c[i] == 'E')) {
            i++;
            boolean down = false;
            if (i < end && (c[i] == '-' || c[i] == '+')) {
                down = c[i] == '-';
                i++;
            }
            int start = i;
            for (; i < end && c[i] >= '0' && c[i] <= '9'; i++) {
                exponent = Math.min(100_000, exponent * 10 + (c[i] - '0'));
            }
            if (i == start) {
                return Double.NaN;
            }
            exponent = down ? -exponent : exponent;
        }
        if (i != end) {
            return Double.NaN;
        }
        int power = scale + exponent;
        if (exact && power >= -22 && power <= 22) {
            double value = digits <= EXACT
                    ? power < 0 ? digits / TEN[-power] : digits * TEN[power]
                    : power < 0 ? quotient(digits, TEN[-power]) : Double.NaN;
            if (!Double.isNaN(value)) {
                return negative ? -value : value;
            }
        }
        return Double.parseDouble(new String(c, offset, length));
    }

    /**
     * The correctly rounded quotient of a whole number and a power of ten; NaN where it is too near to the middle between two
     * doubles to be sure. High and low half of the number are divided one after the other, the remainder of the first being
     * exact (Dekker 1971); what is lost is below 2⁻⁵¹ of the second.
     */
    private static double quotient(long digits, double power) {
        double high = (double) digits;
        double low = (double) (digits - (long) high);
        double first = high / power;
        double second = (Math.fma(-first, power, high) + low) / power;
        double doubt = Math.abs(second) * 0x1p-48;
        double value = first + (second - doubt);
        return value == first + (second + doubt) ? value : Double.NaN;
    }

    private static double infinity(char[] c, int start, int end, boolean negative) {
        int length = end - start;
        if (same(c, start, length, "inf") || same(c, start, length, "infinity")) {
            return negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return Double.NaN;
    }
}
