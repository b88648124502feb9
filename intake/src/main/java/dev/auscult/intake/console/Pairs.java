package dev.auscult.intake.console;

import java.util.Arrays;

/**
 * The numbers of one line with the words before them: {@code Train Loss: 0.5}, {@code lr=1e-3}, {@code [20/500]},
 * {@code Loss 2.3 (2.5)}, {@code 12.3ms}.
 */
final class Pairs {
    private static final int EXACT_DIGITS = 15;
    private static final double[] POWERS = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    private static final String[] NOT_FINITE = {"nan", "infinity", "inf"};
    private static final int MOST = 64;

    // What an ASCII character may do, as bits; no other character may do any of it but end a group of words.
    private static final byte MAY_START = 1;
    private static final byte BOUNDARY = 2;
    private static final byte ENDS_TOKEN = 4;
    private static final byte ENDS_NUMBER = 8;
    private static final byte BEFORE_NUMBER = 16;
    private static final byte CUT = 32;
    private static final byte ENDS_UNIT = 64;
    private static final byte[] ABILITIES = abilities();

    private final Phrases phrases = new Phrases();

    private final String[] names = new String[MOST];
    private final String[] sections = new String[MOST];
    private final String[] units = new String[MOST];
    private final double[] values = new double[MOST];
    private final double[] totals = new double[MOST];
    private final double[] means = new double[MOST];
    private int size;
    private String line = "";
    /** The line, and a NUL behind it. */
    private char[] chars = new char[256];

    private int length;
    private int at;

    int size() {
        return size;
    }

    /** The words right before the number; empty if there are none. */
    String name(int i) {
        return names[i];
    }

    /** The words before the name that a colon or dash cuts off: {@code Validation} in {@code Validation: loss 0.5}. */
    String section(int i) {
        return sections[i];
    }

    /** Letters right after the number: {@code ms}, {@code %}, {@code it/s}. */
    String unit(int i) {
        return units[i];
    }

    double value(int i) {
        return values[i];
    }

    /** M of {@code N/M}; NaN if there is none. */
    double total(int i) {
        return totals[i];
    }

    /** The number in brackets after the value, by custom the running mean; NaN if there is none. */
    double mean(int i) {
        return means[i];
    }

    /** Takes a line apart. */
    void scan(String text) {
        int n = text.length();
        if (n >= chars.length) {
            chars = new char[n + n / 2 + 1];
        }
        text.getChars(0, n, chars, 0);
        chars[n] = 0;
        line = text;
        length = n;
        size = 0;
        at = 0;
        int nameStart = 0;
        while (at < n && size < MOST) {
            int start = at;
            if (!is(chars[start], MAY_START) || !isBoundary(start - 1) || !canStartAt(start)) {
                at++;
                continue;
            }
            int end = endOfNumber(start);
            if (end < 0) {
                at = start + 1;
                continue;
            }
            if (!isEnd(end)) {
                at = endOfToken(end); // a date, a version, a word with digits
                if (isClock(start, end)) {
                    nameStart = at;
                }
                continue;
            }
            if (isPartOfName(start, end)) {
                at = end;
                continue;
            }
            take(start, end, nameStart);
            nameStart = at;
        }
    }

    /** Whether a whole number stands before the value proper: {@code Prec@1 0 92.4 (91.8)}. */
    private boolean isPartOfName(int start, int end) {
        int next = skipSpaces(end);
        if (next == end || !canStartAt(next)) {
            return false;
        }
        for (int i = start; i < end; i++) {
            if (chars[i] == '.') {
                return false;
            }
        }
        int nextEnd = endOfNumber(next);
        return nextEnd > 0 && peek(skipSpaces(nextEnd)) == '(';
    }

    private void take(int start, int end, int nameStart) {
        values[size] = number(start, end);
        totals[size] = Double.NaN;
        means[size] = Double.NaN;
        at = end;
        int unitEnd = end;
        while (isUnit(peek(unitEnd)) && (unitEnd > end || peek(end) != '/')) {
            unitEnd++;
        }
        units[size] = unitEnd == end ? "" : phrases.text(chars, end, unitEnd);
        at = unitEnd;
        if (unitEnd == end && peek(end) == '/') {
            int total = skipSpaces(end + 1);
            int totalEnd = isDigit(peek(total)) ? endOfNumber(total) : -1;
            if (totalEnd > 0) {
                totals[size] = number(total, totalEnd);
                at = totalEnd;
            }
        }
        int open = skipSpaces(at);
        if (peek(open) == '(' && canStartAt(open + 1)) {
            int meanEnd = endOfNumber(open + 1);
            if (meanEnd > 0 && peek(meanEnd) == ')') {
                means[size] = number(open + 1, meanEnd);
                at = meanEnd + 1;
            }
        }
        name(nameStart, start);
        size++;
    }

    /** Cuts the words before a number into name and section. */
    private void name(int from, int to) {
        int end = to;
        while (end > from && is(chars[end - 1], BEFORE_NUMBER)) {
            end--;
        }
        String tail = "";
        if (end > from && chars[end - 1] == ')') {
            int open = line.lastIndexOf('(', end - 1); // "elapsed time per iteration (ms):"
            if (open > from) {
                tail = line.substring(open + 1, end - 1);
                end = open;
                while (end > from && chars[end - 1] == ' ') {
                    end--;
                }
            }
        }
        int start = end;
        while (start > from && !isCut(start - 1, end)) {
            start--;
        }
        names[size] = "";
        sections[size] = "";
        boolean list = start > from && chars[start - 1] == ',' && start < end && chars[start] != ' ';
        if (!list || start - 2 < 0 || " )]}".indexOf(chars[start - 2]) >= 0 || isDigit(chars[start - 2])) {
            names[size] = phrases.words(chars, start, end);
        }
        int before = start - 1;
        while (before > from && !isCut(before - 1, before)) {
            before--;
        }
        sections[size] = start > from ? phrases.words(chars, before, start - 1) : "";
        if (units[size].isEmpty() && (tail.equals("ms") || tail.equals("s"))) {
            units[size] = tail;
        }
    }

    /** Whether the character ends one group of words: a separator, a dash or colon with a space, a quote. */
    private boolean isCut(int i, int end) {
        char c = chars[i];
        if (c == '-' || c == ':') {
            return i + 1 >= end || chars[i + 1] == ' ' || (c == ':' && i > 0 && chars[i - 1] != ' ');
        }
        return is(c, CUT) || c == '█' || c == '━';
    }

    private boolean canStartAt(int i) {
        char c = peek(i);
        return is(c, MAY_START)
                && ((c != '-' && c != '+' && c != '.') || isDigit(peek(i + 1)) || ".iInN".indexOf(peek(i + 1)) >= 0);
    }

    private boolean isBoundary(int i) {
        return i < 0 || is(chars[i], BOUNDARY);
    }

    private boolean isEnd(int end) {
        char c = peek(end);
        if (c == ':') {
            char next = peek(end + 1);
            return next == 0 || next == ' ' || next == '\t' || Character.isLetter(next);
        }
        if (c == '.') {
            return peek(end + 1) == 0 || peek(end + 1) == ' ';
        }
        if (isUnit(c) && c != '/') {
            int i = end;
            while (isUnit(peek(i))) {
                i++;
            }
            return i - end <= 12 && is(peek(i), ENDS_UNIT);
        }
        return is(c, ENDS_NUMBER);
    }

    private boolean isClock(int start, int end) {
        return isDigit(chars[start]) && ":-/.".indexOf(peek(end)) >= 0;
    }

    private static boolean isUnit(char c) {
        return c == '%' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '/';
    }

    private int endOfToken(int from) {
        int i = from;
        while (i < length && !is(chars[i], ENDS_TOKEN)) {
            i++;
        }
        return i;
    }

    /** Where the number that starts here ends; −1 if none does. */
    private int endOfNumber(int start) {
        int i = start;
        if (peek(i) == '-' || peek(i) == '+') {
            i++;
        }
        char first = peek(i);
        if (first == 'n' || first == 'N' || first == 'i' || first == 'I') {
            for (String word : NOT_FINITE) {
                int end = i + word.length();
                if (line.regionMatches(true, i, word, 0, word.length()) && !Character.isLetterOrDigit(peek(end))) {
                    return end;
                }
            }
            return -1;
        }
        int digits = 0;
        while (isDigit(peek(i))) {
            i++;
            digits++;
        }
        if (peek(i) == '.' && (isDigit(peek(i + 1)) || (digits > 0 && !Character.isLetter(peek(i + 1))))) {
            i++;
            while (isDigit(peek(i))) {
                i++;
                digits++;
            }
        }
        if (digits == 0) {
            return -1;
        }
        if (peek(i) == 'e' || peek(i) == 'E') {
            int exponent = peek(i + 1) == '-' || peek(i + 1) == '+' ? i + 2 : i + 1;
            if (isDigit(peek(exponent))) {
                i = exponent;
                while (isDigit(peek(i))) {
                    i++;
                }
            }
        }
        return i;
    }

    private double number(int start, int end) {
        int i = chars[start] == '-' || chars[start] == '+' ? start + 1 : start;
        char c = chars[i];
        if (c == 'n' || c == 'N') {
            return Double.NaN;
        }
        if (c == 'i' || c == 'I') {
            return chars[start] == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return decimal(start, end);
    }

    /**
     * A number without exponent of up to 15 digits is a quotient of two doubles without error, and so rounded as it
     * should be (Clinger, 1990); all others take the long way.
     */
    private double decimal(int start, int end) {
        boolean negative = chars[start] == '-';
        long digits = 0;
        int count = 0;
        int fraction = -1;
        for (int i = negative || chars[start] == '+' ? start + 1 : start; i < end; i++) {
            char c = chars[i];
            if (c == '.') {
                fraction = 0;
            } else if (isDigit(c) && count < EXACT_DIGITS) {
                digits = digits * 10 + (c - '0');
                count++;
                fraction += fraction >= 0 ? 1 : 0;
            } else {
                return Double.parseDouble(line.substring(start, end));
            }
        }
        double value = fraction > 0 ? (double) digits / POWERS[fraction] : (double) digits;
        return negative ? -value : value;
    }

    private char peek(int i) {
        return i < length ? chars[i] : 0;
    }

    private int skipSpaces(int from) {
        int i = from;
        while (peek(i) == ' ') {
            i++;
        }
        return i;
    }

    private static byte[] abilities() {
        byte[] table = new byte[128];
        mark(table, MAY_START, "0123456789-+.nNiI");
        mark(table, BOUNDARY, " \t=:([{,|/'\"~");
        mark(table, ENDS_TOKEN, " \t,)]}|");
        mark(table, ENDS_NUMBER, " \t,)]}|;/'\"(\0");
        mark(table, BEFORE_NUMBER, " \t=:([{'\"~");
        mark(table, CUT, ",|;)]}>#*\t{['\"");
        mark(table, ENDS_UNIT, " \t,)]}|;'\"\0");
        return table;
    }

    private static void mark(byte[] table, byte ability, String characters) {
        for (int i = 0; i < characters.length(); i++) {
            table[characters.charAt(i)] |= ability;
        }
    }

    private static boolean is(char c, byte ability) {
        return c < ABILITIES.length && (ABILITIES[c] & ability) != 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    @Override
    public String toString() {
        return Arrays.toString(Arrays.copyOf(names, size)) + Arrays.toString(Arrays.copyOf(values, size));
    }
}
