package dev.auscult.diagnose;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as people read them in a summary: three significant digits, the same in every country. */
public final class Numbers {
    private static final MathContext THREE = new MathContext(3, RoundingMode.HALF_EVEN);
    private static final double PLAIN_FROM = 1e-3;
    private static final double PLAIN_BELOW = 1e6;

    private Numbers() {}

    /** Three significant digits without trailing zeros: {@code 0.412}, {@code 12300}, {@code 1.2e-05}, {@code NaN}. */
    public static String of(double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "NaN" : value > 0 ? "infinity" : "-infinity";
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(value).round(THREE).stripTrailingZeros();
        double size = Math.abs(rounded.doubleValue());
        if (size >= PLAIN_FROM && size < PLAIN_BELOW) {
            return rounded.toPlainString();
        }
        int exponent = rounded.precision() - rounded.scale() - 1;
        String mantissa =
                rounded.scaleByPowerOfTen(-exponent).stripTrailingZeros().toPlainString();
        return mantissa + String.format(Locale.ROOT, "e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
    }

    /** A share as percent: 0.413 gives {@code 41 %}; below 10 % with one decimal, above 100 % with three digits. */
    public static String percent(double share) {
        if (!Double.isFinite(share)) {
            return of(share) + " %";
        }
        double percent = 100 * share;
        if (Math.abs(percent) >= 1000) {
            return of(percent) + " %";
        }
        int decimals = Math.abs(percent) >= 9.95 || percent == 0 ? 0 : 1;
        String text = BigDecimal.valueOf(percent)
                .setScale(decimals, RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString();
        return text + " %";
    }

    /** A factor: 3.14159 gives {@code 3.14 times}. */
    public static String times(double factor) {
        return of(factor) + " times";
    }

    /** A count with its noun: {@code 1 point}, {@code 3 points}. */
    public static String count(long n, String noun) {
        return n + " " + noun + (n == 1 ? "" : "s");
    }
}
