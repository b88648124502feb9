package dev.auscult.train.spec;

import java.math.BigDecimal;

/**
 * Which numbers an option takes.
 *
 * @param least smallest number; −∞ for no bound
 * @param leastIncluded whether {@code least} itself is allowed
 * @param most largest number; ∞ for no bound
 * @param mostIncluded whether {@code most} itself is allowed
 */
public record Bounds(double least, boolean leastIncluded, double most, boolean mostIncluded) {
    /** Every finite number. */
    public static final Bounds ANY = new Bounds(Double.NEGATIVE_INFINITY, false, Double.POSITIVE_INFINITY, false);

    /** Numbers above 0. */
    public static final Bounds POSITIVE = new Bounds(0, false, Double.POSITIVE_INFINITY, false);

    /** 0 and above. */
    public static final Bounds NOT_NEGATIVE = atLeast(0);

    /** Shares: 0 to 1, both included. */
    public static final Bounds SHARE = new Bounds(0, true, 1, true);

    /** 0 to 1, without 1. */
    public static final Bounds BELOW_ONE = new Bounds(0, true, 1, false);

    /** {@code least} and above. */
    public static Bounds atLeast(double least) {
        return new Bounds(least, true, Double.POSITIVE_INFINITY, false);
    }

    /** {@code least} to {@code most}, both included. */
    public static Bounds between(double least, double most) {
        return new Bounds(least, true, most, true);
    }

    /** Whether a number is allowed. */
    public boolean contains(double value) {
        boolean above = leastIncluded ? value >= least : value > least;
        boolean below = mostIncluded ? value <= most : value < most;
        return above && below && !Double.isNaN(value);
    }

    /** The bounds in words, behind "a number": {@code above 0}, {@code of at least 1}; empty where there are none. */
    public String words() {
        boolean bottom = least != Double.NEGATIVE_INFINITY;
        boolean top = most != Double.POSITIVE_INFINITY;
        if (bottom && top) {
            return leastIncluded && mostIncluded
                    ? "from " + text(least) + " to " + text(most)
                    : (leastIncluded ? "from " : "above ")
                            + text(least)
                            + (mostIncluded ? " to " : (leastIncluded ? " to below " : " and below "))
                            + text(most);
        }
        if (bottom) {
            return (leastIncluded ? "of at least " : "above ") + text(least);
        }
        if (top) {
            return (mostIncluded ? "of at most " : "below ") + text(most);
        }
        return "";
    }

    private static String text(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
