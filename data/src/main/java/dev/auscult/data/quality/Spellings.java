package dev.auscult.data.quality;

import java.util.HashMap;
import java.util.Map;

import dev.auscult.data.profile.FrameColumn;

/** Which spelling of a category the others become. */
public final class Spellings {
    private Spellings() {}

    /** The most frequent spelling by each rarer one; of equally frequent ones the first in the file. */
    public static Map<String, String> usual(FrameColumn column) {
        long[] counts = new long[column.words().size()];
        for (int row = 0; row < column.rows(); row++) {
            if (!column.isMissing(row)) {
                counts[(int) column.get(row)]++;
            }
        }
        Map<String, Integer> best = new HashMap<>();
        for (int w = 0; w < counts.length; w++) {
            String base = VariantsLook.base(column.words().get(w));
            Integer old = best.get(base);
            if (old == null || counts[w] > counts[old]) {
                best.put(base, w);
            }
        }
        Map<String, String> usual = new HashMap<>();
        for (String word : column.words()) {
            String chosen = column.words().get(best.getOrDefault(VariantsLook.base(word), 0));
            if (!chosen.equals(word)) {
                usual.put(word, chosen);
            }
        }
        return usual;
    }
}
