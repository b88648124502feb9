package dev.auscult.app.report;

import java.util.Locale;

/** Counts for people. */
public final class Counts {
    private Counts() {}

    /** Digits in groups of three: {@code 12,345}. */
    public static String of(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** {@code 1 run}, {@code 2,000 runs}. */
    public static String of(long count, String noun) {
        return of(count) + " " + noun + (count == 1 ? "" : "s");
    }
}
