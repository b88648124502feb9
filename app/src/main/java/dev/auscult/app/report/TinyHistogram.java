package dev.auscult.app.report;

import java.util.List;

import dev.auscult.data.checkup.Distribution;

/** A distribution in a dozen characters. */
final class TinyHistogram {
    /** Characters of the widest. */
    static final int WIDTH = 12;

    private static final String BLOCKS = " ▁▂▃▄▅▆▇█";
    private static final String PLAIN = " _.-~=+*#";

    private TinyHistogram() {}

    /** The training part, neighbouring bins put together where there are too many. */
    static String of(Distribution distribution, boolean unicode) {
        List<Long> counts = distribution.parts().isEmpty()
                ? List.of()
                : distribution.parts().get(0).counts();
        if (counts.isEmpty()) {
            return "";
        }
        int each = (counts.size() + WIDTH - 1) / WIDTH;
        long[] bars = new long[(counts.size() + each - 1) / each];
        long most = 1;
        for (int i = 0; i < counts.size(); i++) {
            bars[i / each] += counts.get(i);
            most = Math.max(most, bars[i / each]);
        }
        String levels = unicode ? BLOCKS : PLAIN;
        StringBuilder line = new StringBuilder();
        for (long bar : bars) {
            // Whatever is there shows, however little it is.
            double share = (double) bar / most;
            int level = bar == 0 ? 0 : (int) Math.max(1, Math.round(share * (levels.length() - 1)));
            line.append(levels.charAt(level));
        }
        return line.toString();
    }
}
