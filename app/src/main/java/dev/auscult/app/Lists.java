package dev.auscult.app;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Lists on the command line. */
final class Lists {
    private static final Pattern NEXT_PAIR = Pattern.compile(",(?=\\s*[A-Za-z][\\w./-]*\\s*=|\\s*$)");

    private Lists() {}

    /**
     * The pairs between commas; a comma that no {@code name=} follows belongs to the value, since columns of a table may
     * have commas in their names.
     */
    static List<String> ofPairs(String text) {
        return Arrays.stream(NEXT_PAIR.split(text, -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    /** The items between commas, without blanks around them and without empty ones. */
    static List<String> ofCommas(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }
}
