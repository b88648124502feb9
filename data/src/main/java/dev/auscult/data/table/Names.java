package dev.auscult.data.table;

import java.util.List;
import java.util.Locale;

import dev.auscult.data.error.DataException;
import dev.auscult.run.Nearest;

/** Finds columns by name, index or {@code last}, and the name that was perhaps meant. */
public final class Names {
    /** What a column to predict is often called, the most telling first. */
    public static final List<String> USUAL_TARGETS = List.of("target", "label", "labels", "y", "class", "output");

    private Names() {}

    /** Index of the column that is called so, or has this index (negative: from the end), or is the last; −1 if none. */
    public static int find(List<String> names, String wanted) {
        int exact = names.indexOf(wanted);
        if (exact >= 0) {
            return exact;
        }
        if (wanted.equals("last")) {
            return names.size() - 1;
        }
        if (wanted.matches("-?\\d{1,9}")) {
            int index = Integer.parseInt(wanted);
            int place = index < 0 ? names.size() + index : index;
            return place >= 0 && place < names.size() ? place : -1;
        }
        return -1;
    }

    /** Like {@link #find}, but a column that is not there is an error that names the nearest. */
    public static int require(List<String> names, String wanted, String role, Object file) {
        int found = find(names, wanted);
        if (found >= 0) {
            return found;
        }
        throw new DataException(String.format(
                Locale.ROOT,
                "%s: %s: no column '%s' among %,d (%s)%s",
                file,
                role,
                wanted,
                names.size(),
                some(names),
                Nearest.to(wanted, names)
                        .map(nearest -> "; did you mean '" + nearest + "'?")
                        .orElse("")));
    }

    static String some(List<String> names) {
        int shown = 8;
        return String.join(", ", names.subList(0, Math.min(shown, names.size()))) + (names.size() > shown ? ", …" : "");
    }
}
