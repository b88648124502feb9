package dev.auscult.repair.remedy;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as people write them into a spec. */
final class Numbers {
    private static final MathContext TWO_DIGITS = new MathContext(2);
    private static final double SMALLEST_PLAIN = 1e-4;
    private static final double LARGEST_PLAIN = 1e7;

    private Numbers() {}

    /** With two digits that count: {@code 0.0031}, {@code 2.5e-7}. */
    static String rounded(double value) {
        return text(new BigDecimal(value).round(TWO_DIGITS));
    }

    /** Every digit. */
    static String exact(double value) {
        return text(new BigDecimal(Double.toString(value)));
    }

    private static String text(BigDecimal number) {
        BigDecimal plain = number.stripTrailingZeros();
        double size = Math.abs(plain.doubleValue());
        return size == 0 || (size >= SMALLEST_PLAIN && size < LARGEST_PLAIN)
                ? plain.toPlainString()
                : plain.toString().toLowerCase(Locale.ROOT);
    }
}
