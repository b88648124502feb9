package dev.auscult.app.live;

import java.util.Locale;

/** Numbers as people read them while they wait. */
public final class Figures {
    private Figures() {}

    /** Four significant digits: {@code 0.4213}, {@code 12.35}, {@code 1.3e-05}. */
    public static String number(double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "NaN" : value > 0 ? "inf" : "-inf";
        }
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-3 || size >= 1e5)) {
            return String.format(Locale.ROOT, "%.2e", value);
        }
        int decimals = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : 4;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /** The same for a number that people chose, without zeros at the end: {@code 0.001}. */
    public static String chosen(double value) {
        String text = number(value);
        return text.contains(".") && !text.contains("e") ? text.replaceAll("\\.?0+$", "") : text;
    }

    /** A length of time: {@code 8 s}, {@code 3 min 20 s}, {@code 2 h 05 min}. */
    public static String time(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        if (whole < 3600) {
            return String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60);
        }
        return String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60);
    }

    /** A rate: {@code 850}, {@code 12.3 k}. */
    public static String rate(double perSecond) {
        if (perSecond >= 1e6) {
            return String.format(Locale.ROOT, "%.1f M", perSecond / 1e6);
        }
        if (perSecond >= 1e3) {
            return String.format(Locale.ROOT, "%.1f k", perSecond / 1e3);
        }
        return String.format(Locale.ROOT, perSecond >= 10 ? "%.0f" : "%.1f", perSecond);
    }
}
