package dev.auscult.intake.json;

import java.util.Locale;

/** Numbers that a program wrote as text. */
public final class Numbers {
    private static final int MAX_CHARS = 32;

    private Numbers() {}

    /** Whether a text is a decimal number, or one of the names of NaN and infinity. */
    public static boolean isNumber(String text) {
        int n = text.length();
        if (n == 0 || n > MAX_CHARS) {
            return false;
        }
        boolean digits = false;
        for (int i = 0; i < n; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits = true;
            } else if (c != '+' && c != '-' && c != '.' && c != 'e' && c != 'E') {
                return isName(text);
            }
        }
        return digits && isDecimal(text);
    }

    /** The number; call only where {@link #isNumber}. */
    public static double parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan", "-nan", "+nan" -> Double.NaN;
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    private static boolean isName(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan", "-nan", "+nan", "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity" -> true;
            default -> false;
        };
    }

    private static boolean isDecimal(String text) {
        try {
            Double.parseDouble(text);
            return true;
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }
}
