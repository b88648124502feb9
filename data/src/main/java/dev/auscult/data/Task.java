package dev.auscult.data;

import java.util.Arrays;
import java.util.Locale;

/** What a network is to predict. */
public enum Task {
    /** One class out of several. */
    CLASSIFICATION,
    /** One or more real numbers. */
    REGRESSION,
    /** Any number of labels out of several, each yes or no. */
    MULTI_LABEL,
    /** The next token of a sequence. */
    LANGUAGE_MODEL;

    /** More different numbers are never taken for classes. */
    public static final int MOST_NUMBERED_CLASSES = 1000;
    /** Whole numbers of no more different values are taken for classes. */
    private static final int FEW = 20;
    /** Classes have at least this many examples on average. */
    private static final int EXAMPLES_PER_CLASS = 5;

    /**
     * Whether numbers look like the names of classes: whole, few of them or without a gap from 0 or 1, and each often.
     *
     * @param different the different numbers, ascending, at most {@link #MOST_NUMBERED_CLASSES}
     * @param rows how many rows hold one
     */
    public static boolean areClasses(double[] different, long rows) {
        int n = different.length;
        if (n == 0 || !Arrays.stream(different).allMatch(x -> x == Math.rint(x))) {
            return false;
        }
        boolean gapless = different[0] >= 0 && different[0] <= 1 && different[n - 1] - different[0] == n - 1;
        boolean enough = rows >= (long) EXAMPLES_PER_CLASS * n || n <= 2;
        return enough && (n <= FEW || gapless);
    }

    /** The name in a training spec: {@code multi-label}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
