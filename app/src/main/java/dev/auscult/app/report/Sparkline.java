package dev.auscult.app.report;

import java.util.Arrays;

/** Draws the rows of a {@link Sketch} on one scale, and marks steps under them. */
final class Sparkline {
    private static final String BLOCKS = "▁▂▃▄▅▆▇█";
    private static final String PLAIN = "_.-~=+*#";
    /** Beyond this ratio of largest to smallest a linear scale shows nothing but the start. */
    private static final double LOGARITHMIC_FROM = 20;

    private final Sketch sketch;
    private final boolean unicode;
    private final boolean logarithmic;
    private final double low;
    private final double high;

    Sparkline(Sketch sketch, boolean unicode) {
        this.sketch = sketch;
        this.unicode = unicode;
        double[] all = sketch.rows().stream()
                .flatMapToDouble(r -> Arrays.stream(r.cells()))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        double smallest = all.length == 0 ? 0 : all[0];
        double largest = all.length == 0 ? 0 : all[all.length - 1];
        this.logarithmic = smallest > 0 && largest / smallest > LOGARITHMIC_FROM;
        this.low = scale(smallest);
        this.high = scale(largest);
    }

    boolean isLogarithmic() {
        return logarithmic;
    }

    private double scale(double value) {
        return logarithmic ? Math.log(value) : value;
    }

    /** One character per column. */
    String draw(Sketch.Row row) {
        String levels = unicode ? BLOCKS : PLAIN;
        StringBuilder line = new StringBuilder();
        for (double cell : row.cells()) {
            if (Double.isNaN(cell)) {
                line.append(' ');
            } else if (Double.isInfinite(cell)) {
                line.append(unicode ? '×' : 'x');
            } else {
                double share = high > low ? (scale(cell) - low) / (high - low) : 0.5;
                int level = (int) Math.round(share * (levels.length() - 1));
                line.append(levels.charAt(Math.max(0, Math.min(levels.length() - 1, level))));
            }
        }
        return line.toString();
    }

    /** The line that marks the columns of the steps {@code from..to}. */
    String mark(long from, long to) {
        int a = sketch.column(Math.min(from, to));
        int b = sketch.column(Math.max(from, to));
        String marked;
        if (a == b) {
            marked = unicode ? "▲" : "^";
        } else {
            String inner = (unicode ? "─" : "-").repeat(b - a - 1);
            marked = unicode ? "└" + inner + "┘" : "^" + inner + "^";
        }
        return " ".repeat(a) + marked;
    }
}
