package dev.auscult.run;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that was probably meant. */
public final class Nearest {
    private Nearest() {}

    /** {@code  (did you mean overfitting?)}, or nothing where no known name is near. */
    public static String hint(String found, Collection<String> known) {
        return to(found, known).map(n -> " (did you mean " + n + "?)").orElse("");
    }

    /** The known name with the fewest changes to it, at most a third of its length (two in a short one). */
    public static Optional<String> to(String found, Collection<String> known) {
        String wanted = found.toLowerCase(Locale.ROOT);
        String best = null;
        int fewest = Integer.MAX_VALUE;
        for (String name : known) {
            int changes = changes(wanted, name.toLowerCase(Locale.ROOT));
            if (changes < fewest) {
                fewest = changes;
                best = name;
            }
        }
        if (best == null) {
            return Optional.empty();
        }
        int allowed = Math.max(2, Math.max(wanted.length(), best.length()) / 3);
        return fewest <= allowed && fewest < wanted.length() ? Optional.of(best) : Optional.empty();
    }

    /** The number of characters to insert, remove, replace or swap with their neighbour (optimal string alignment). */
    public static int changes(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int replace = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                cost[i][j] = Math.min(replace, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
