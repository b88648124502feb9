package dev.auscult.data;

import java.util.Comparator;

import dev.auscult.data.table.Cells;

/** The order of class and category names: numbers by size, before words by their letters. */
public final class Labels {
    /** Numbers by size, before words by their letters. */
    public static final Comparator<String> ORDER =
            Comparator.comparingDouble(Labels::number).thenComparing(Comparator.naturalOrder());

    private Labels() {}

    /** A number as itself; words after all numbers, since NaN is the greatest double. */
    private static double number(String label) {
        char[] c = label.toCharArray();
        return Cells.number(c, 0, c.length);
    }

    /** A number as people write it: without a fraction where it has none. */
    public static String of(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
