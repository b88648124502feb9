package dev.auscult.train.schedule;

import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;

/** Draws a schedule as a small SVG that looks the same every time, in the colour of the text around it. */
final class SchedulePlot {
    private static final int WIDTH = 360;
    private static final int HEIGHT = 170;
    private static final int LEFT = 44;
    private static final int RIGHT = WIDTH - 12;
    private static final int TOP = 14;
    private static final int BOTTOM = HEIGHT - 34;

    private final StringBuilder svg = new StringBuilder();

    private SchedulePlot() {}

    /**
     * Draws learning rates.
     *
     * @param name what is drawn
     * @param rates the learning rate of each step, as a multiple of η₀
     * @param steps number of steps
     * @param unit what the horizontal axis counts
     * @param units how many of them there are
     */
    static SchedulePlot of(String name, IntToDoubleFunction rates, int steps, String unit, int units) {
        double highest = 0;
        for (int step = 0; step < steps; step++) {
            highest = Math.max(highest, rates.applyAsDouble(step));
        }
        SchedulePlot plot = new SchedulePlot();
        plot.frame(name, highest, unit, units);
        double scale = highest;
        plot.line(step -> rates.applyAsDouble(step) / scale, steps, "stroke-width=\"2\"");
        return plot;
    }

    /** Adds a thin dashed line with a scale of its own, from 0 to 1, and its name. */
    SchedulePlot with(String label, IntToDoubleFunction shares, int steps) {
        line(shares, steps, "stroke-width=\"1\" stroke-dasharray=\"3 3\" stroke-opacity=\"0.6\"");
        text(RIGHT, TOP + 14, "end", "- - " + label);
        return this;
    }

    /** The whole picture. */
    String svg() {
        return svg + "</svg>\n";
    }

    private void frame(String name, double highest, String unit, int units) {
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">",
                WIDTH, HEIGHT, WIDTH, HEIGHT);
        add("<title>Learning rate of the schedule %s</title>", name);
        add("<style>svg{color:#1f2328;font:11px sans-serif}"
                + "@media(prefers-color-scheme:dark){svg{color:#d1d7e0}}</style>");
        add(
                "<path d=\"M%d %dV%dH%d\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\"0.5\"/>",
                LEFT, TOP, BOTTOM, RIGHT);
        add("<path d=\"M%d %dH%d\" stroke=\"currentColor\" stroke-opacity=\"0.15\"/>", LEFT, TOP, RIGHT);
        text(
                LEFT - 6,
                TOP + 4,
                "end",
                highest == 1 ? "η₀" : String.format(Locale.ROOT, highest % 1 == 0 ? "%.0fη₀" : "%.1fη₀", highest));
        text(LEFT - 6, BOTTOM + 4, "end", "0");
        for (int quarter = 0; quarter <= 4; quarter++) {
            int x = LEFT + (RIGHT - LEFT) * quarter / 4;
            add("<path d=\"M%d %dv4\" stroke=\"currentColor\" stroke-opacity=\"0.5\"/>", x, BOTTOM);
            text(x, BOTTOM + 16, quarter == 4 ? "end" : "middle", String.valueOf(units * quarter / 4));
        }
        text((LEFT + RIGHT) / 2, HEIGHT - 5, "middle", unit);
    }

    private void line(IntToDoubleFunction shares, int steps, String style) {
        DoubleUnaryOperator across = step -> LEFT + (RIGHT - LEFT) * step / steps;
        DoubleUnaryOperator up = share -> BOTTOM - (BOTTOM - TOP) * share;
        StringBuilder path = new StringBuilder();
        double before = Double.NaN;
        for (int step = 0; step < steps; step++) {
            double share = shares.applyAsDouble(step);
            // A jump is drawn upright: the rate is constant within a step.
            if (step > 0 && Math.abs(share - before) > 0.06) {
                path.append(
                        String.format(Locale.ROOT, "L%.1f %.1f", across.applyAsDouble(step), up.applyAsDouble(before)));
            }
            path.append(String.format(
                    Locale.ROOT,
                    "%s%.1f %.1f",
                    step == 0 ? "M" : "L",
                    across.applyAsDouble(step),
                    up.applyAsDouble(share)));
            before = share;
        }
        path.append(String.format(Locale.ROOT, "L%d %.1f", RIGHT, up.applyAsDouble(before)));
        add("<path d=\"%s\" fill=\"none\" stroke=\"currentColor\" %s/>", path, style);
    }

    private void text(int x, int y, String anchor, String text) {
        add("<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" fill=\"currentColor\">%s</text>", x, y, anchor, text);
    }

    private void add(String format, Object... parts) {
        svg.append(parts.length == 0 ? format : String.format(Locale.ROOT, format, parts))
                .append('\n');
    }
}
