package dev.auscult.intake.table;

import java.util.Locale;

/** Turns the characters of one cell into a number, without an object per cell where the number is a plain one. */
final class CellParser {
    static final byte EMPTY = 0;
    static final byte NUMBER = 1;
    static final byte TEXT = 2;

    private static final int LONGEST = 400;
    /** A mantissa below 2^53 times or over a power of ten up to 10^22 is exact with one rounding (Clinger 1990). */
    private static final double[] TENS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private static final long EXACT = 1L << 53;

    private double value;

    /** The number of the last cell that was one. */
    double value() {
        return value;
    }

    byte parse(String cell) {
        return parse(cell.toCharArray(), 0, cell.length());
    }

    /** What the characters are; {@link #value} then holds the number. */
    byte parse(char[] chars, int offset, int length) {
        int from = offset;
        int to = offset + length;
        while (from < to && isBlank(chars[from])) {
            from++;
        }
        while (to > from && isBlank(chars[to - 1])) {
            to--;
        }
        if (from == to) {
            return EMPTY;
        }
        if (to - from > LONGEST) {
            return TEXT;
        }
        return plain(chars, from, to) ? NUMBER : odd(new String(chars, from, to - from));
    }

    private static boolean isBlank(char c) {
        return c <= ' ' || c == '\u00a0' || c == '\ufeff';
    }

    /** Whether the characters are {@code [+-] digits [. digits] [e [+-] digits] [%]}. */
    private boolean plain(char[] chars, int from, int to) {
        int end = chars[to - 1] == '%' ? to - 1 : to;
        int at = from;
        boolean negative = at < end && chars[at] == '-';
        if (at < end && (chars[at] == '-' || chars[at] == '+')) {
            at++;
        }
        long mantissa = 0;
        int scale = 0;
        int digits = 0;
        boolean point = false;
        boolean exact = true;
        for (; at < end; at++) {
            char c = chars[at];
            if (c >= '0' && c <= '9') {
                digits++;
                exact &= mantissa < EXACT / 10;
                if (exact) {
                    mantissa = mantissa * 10 + (c - '0');
                    scale -= point ? 1 : 0;
                }
            } else if (c == '.' && !point) {
                point = true;
            } else {
                break;
            }
        }
        if (digits == 0) {
            return false;
        }
        int exponent = 0;
        if (at < end && (chars[at] == 'e' || chars[at] == 'E')) {
            at++;
            boolean down = at < end && chars[at] == '-';
            if (at < end && (chars[at] == '-' || chars[at] == '+')) {
                at++;
            }
            int first = at;
            for (; at < end && chars[at] >= '0' && chars[at] <= '9'; at++) {
                exponent = Math.min(100_000, exponent * 10 + (chars[at] - '0'));
            }
            if (at == first) {
                return false;
            }
            exponent = down ? -exponent : exponent;
        }
        if (at < end) {
            return false;
        }
        int power = exponent + scale;
        if (exact && Math.abs(power) < TENS.length) {
            double magnitude = power < 0 ? mantissa / TENS[-power] : mantissa * TENS[power];
            value = negative ? -magnitude : magnitude;
        } else {
            value = Double.parseDouble(new String(chars, from, end - from));
        }
        return true;
    }

    /** Everything that programs write for a number and that is not one. */
    private byte odd(String cell) {
        switch (cell.toLowerCase(Locale.ROOT)) {
            case "nan", "-nan", "+nan", "nan%", "-nan(ind)", "1.#qnan", "-1.#ind" -> {
                return number(Double.NaN);
            }
            case "inf", "+inf", "infinity", "+infinity", "1.#inf", "∞" -> {
                return number(Double.POSITIVE_INFINITY);
            }
            case "-inf", "-infinity", "-1.#inf", "-∞" -> {
                return number(Double.NEGATIVE_INFINITY);
            }
            case "na", "n/a", "#n/a", "none", "null", "nil", "-", "--" -> {
                return EMPTY;
            }
            default -> {
                return wrapped(cell);
            }
        }
    }

    private byte wrapped(String cell) {
        if (cell.startsWith("tensor(")) {
            int end = cell.indexOf(',');
            end = end < 0 ? cell.indexOf(')') : end;
            return end < 0 ? TEXT : inner(cell.substring("tensor(".length(), end));
        }
        if (cell.startsWith("[") && cell.endsWith("]") && cell.indexOf(',') < 0) {
            return inner(cell.substring(1, cell.length() - 1));
        }
        if (cell.indexOf(':') > 0) {
            return duration(cell);
        }
        return cell.indexOf(',') >= 0 ? withComma(cell) : TEXT;
    }

    private byte inner(String cell) {
        char[] chars = cell.strip().toCharArray();
        if (chars.length > 0 && plain(chars, 0, chars.length)) {
            return NUMBER;
        }
        return switch (cell.strip().toLowerCase(Locale.ROOT)) {
            case "nan" -> number(Double.NaN);
            case "inf" -> number(Double.POSITIVE_INFINITY);
            case "-inf" -> number(Double.NEGATIVE_INFINITY);
            default -> TEXT;
        };
    }

    /** {@code 04:39} and {@code 1:02:03} in seconds. */
    private byte duration(String cell) {
        double seconds = 0;
        int from = 0;
        int parts = 0;
        while (from <= cell.length()) {
            int colon = cell.indexOf(':', from);
            int end = colon < 0 ? cell.length() : colon;
            if (end == from || end - from > 9 || ++parts > 3 || !isClock(cell, from, end, colon < 0)) {
                return TEXT;
            }
            seconds = seconds * 60 + Double.parseDouble(cell.substring(from, end));
            from = end + 1;
        }
        return number(seconds);
    }

    private static boolean isClock(String cell, int from, int end, boolean last) {
        for (int i = from; i < end; i++) {
            char c = cell.charAt(i);
            boolean fraction = last && c == '.' && i > from && i + 1 < end && cell.indexOf('.', from) == i;
            if ((c < '0' || c > '9') && !fraction) {
                return false;
            }
        }
        return true;
    }

    /** A decimal comma ({@code 0,53}, {@code 1.234,5}) or groups of thousands ({@code 1,234.5}). */
    private byte withComma(String cell) {
        int last = cell.lastIndexOf(',');
        int point = cell.lastIndexOf('.');
        if (point > last) {
            return isGrouped(cell.substring(0, point), ',') ? inner(cell.replace(",", "")) : TEXT;
        }
        if (cell.indexOf(',') != last) {
            return isGrouped(cell, ',') ? inner(cell.replace(",", "")) : TEXT;
        }
        String whole = cell.substring(0, last);
        if (point >= 0 && !isGrouped(whole, '.')) {
            return TEXT;
        }
        return inner(whole.replace(".", "") + "." + cell.substring(last + 1));
    }

    /** Whether the digits stand in groups of three after the first. */
    private static boolean isGrouped(String digits, char separator) {
        int from = digits.startsWith("-") || digits.startsWith("+") ? 1 : 0;
        boolean first = true;
        while (true) {
            int next = digits.indexOf(separator, from);
            int size = (next < 0 ? digits.length() : next) - from;
            if (first ? size < 1 || size > 3 : size != 3) {
                return false;
            }
            if (next < 0) {
                return true;
            }
            first = false;
            from = next + 1;
        }
    }

    private byte number(double number) {
        value = number;
        return NUMBER;
    }
}
