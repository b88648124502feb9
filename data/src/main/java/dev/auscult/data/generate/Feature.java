package dev.auscult.data.generate;

/**
 * One column of a table among the numbers of a prepared row.
 *
 * @param offset place of its first number
 * @param width how many numbers it takes
 * @param kind what they mean
 */
public record Feature(int offset, int width, Kind kind) {
    /** What the numbers of a column mean. */
    public enum Kind {
        /** A number. */
        NUMBER,
        /** A number, and 1 beside it where it is missing and replaced. */
        NUMBER_OR_MISSING,
        /** A 1 in the place of the category, else 0. */
        CATEGORY
    }

    /** The category of a row: the place of its largest number. */
    public int category(float[] values, int row) {
        int best = 0;
        for (int k = 1; k < width; k++) {
            best = values[row + offset + k] > values[row + offset + best] ? k : best;
        }
        return best;
    }

    /** Whether the number of a row is missing. */
    public boolean isMissing(float[] values, int row) {
        return kind == Kind.NUMBER_OR_MISSING && values[row + offset + 1] > 0.5f;
    }
}
