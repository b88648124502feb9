package dev.auscult.app.report;

import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import dev.auscult.diagnose.Numbers;
import dev.auscult.train.check.LearningRateTest;
import dev.auscult.train.check.NoiseScale;
import dev.auscult.train.check.RateSuggestions;

/** A learning-rate range test in a terminal: the curve, the interval of what is proposed, and what to put into the spec. */
public final class RateChart {
    private static final int ROWS = 10;
    private static final int LEFT = 10;
    private static final int WIDEST = 81;

    private final TextSheet sheet;
    private final Style style;
    private final int columns;

    public RateChart(Writer out, Style style) {
        this.sheet = new TextSheet(out, style);
        this.style = style;
        this.columns = Math.min(WIDEST, style.width() - LEFT - 1);
    }

    /**
     * Prints it.
     *
     * @param present the learning rate of the spec
     */
    public void print(LearningRateTest.Result result, NoiseScale.Result noise, double present) throws IOException {
        double[] rates = result.curve().rates();
        double[] losses = result.curve().smoothed();
        RateSuggestions found = result.suggestions();
        double low = Math.log10(rates[0]);
        double high = Math.log10(rates[rates.length - 1]);
        double[] shown = columns(rates, losses, low, high);
        curve(shown);
        axis(low, high);
        if (Double.isNaN(found.valley())) {
            sheet.blank();
            sheet.line("the curve is too short to read a learning rate from it: the loss blew up at once");
            return;
        }
        interval(found, low, high);
        sheet.blank();
        for (Map.Entry<String, Double> one : named(found).entrySet()) {
            sheet.line(Cells.pad("  " + one.getKey(), 26) + rate(one.getValue()));
        }
        sheet.blank();
        sheet.hanging(
                "",
                "between " + rate(found.lowest()) + " and " + rate(found.highest()) + ", the spec has " + rate(present)
                        + (result.diverged()
                                ? ""
                                : "; the loss did not blow up up to " + rate(rates[rates.length - 1])));
        sheet.hanging(
                "",
                "to try: --set optimizer.learning-rate=" + rate(found.valley()) + " (valley), up to "
                        + rate(found.minimum()) + " (minimum/10) with a warm-up");
        sheet.hanging(
                "",
                noise.examples().isPresent()
                        ? "gradient noise scale " + Numbers.of(noise.examples().getAsDouble())
                                + " examples: a larger batch than that saves few steps; it grows while the network learns"
                        : "the gradient noise scale could not be told: the gradient drowns in its noise");
    }

    private static Map<String, Double> named(RateSuggestions found) {
        Map<String, Double> named = new LinkedHashMap<>();
        named.put("steepest fall", found.steepest());
        named.put("valley", found.valley());
        named.put("minimum / 10", found.minimum());
        named.put("slide", found.slide());
        return named;
    }

    private static String rate(double rate) {
        return String.format(Locale.ROOT, "%.2g", rate);
    }

    /** The mean loss of each column of the chart. */
    private double[] columns(double[] rates, double[] losses, double low, double high) {
        double[] sums = new double[columns];
        int[] counts = new int[columns];
        for (int i = 0; i < rates.length; i++) {
            int column = column(rates[i], low, high);
            if (Double.isFinite(losses[i])) {
                sums[column] += losses[i];
                counts[column]++;
            }
        }
        double last = Double.NaN;
        double[] means = new double[columns];
        for (int i = 0; i < columns; i++) {
            last = counts[i] > 0 ? sums[i] / counts[i] : last;
            means[i] = last;
        }
        return means;
    }

    private int column(double rate, double low, double high) {
        double share = high > low ? (Math.log10(rate) - low) / (high - low) : 0;
        return (int) Math.max(0, Math.min(columns - 1, Math.round(share * (columns - 1))));
    }

    private void curve(double[] shown) throws IOException {
        double least = Arrays.stream(shown).filter(Double::isFinite).min().orElse(0);
        double most = Arrays.stream(shown).filter(Double::isFinite).max().orElse(1);
        String levels = style.glyph(" ▁▂▃▄▅▆▇█", " .-=#");
        int steps = levels.length() - 1;
        for (int row = ROWS - 1; row >= 0; row--) {
            StringBuilder line = new StringBuilder();
            for (double value : shown) {
                double height = most > least ? (value - least) / (most - least) * ROWS : 0.5;
                // The lowest point still shows a sliver.
                double inRow = Math.max(height, 1.0 / steps) - row;
                int level = Double.isNaN(value) ? 0 : (int) Math.max(0, Math.min(steps, Math.round(inRow * steps)));
                line.append(levels.charAt(level));
            }
            String label = row == ROWS - 1 ? Numbers.of(most) : row == 0 ? Numbers.of(least) : "";
            sheet.line(style.paint(Ink.DIM, Cells.pad(label, LEFT)) + style.paint(Ink.BLUE, line.toString()));
        }
    }

    /** The powers of ten under the curve. */
    private void axis(double low, double high) throws IOException {
        char[] ticks = style.glyph("─", "-").repeat(columns).toCharArray();
        StringBuilder labels = new StringBuilder(" ".repeat(columns + LEFT));
        for (int power = (int) Math.ceil(low - 1e-9); power <= high + 1e-9; power++) {
            int at = column(Math.pow(10, power), low, high);
            ticks[at] = style.glyph("┴", "+").charAt(0);
            String label = "1e" + power;
            int from = Math.min(at, columns - label.length());
            labels.replace(from, from + label.length(), label);
        }
        sheet.line(style.paint(Ink.DIM, " ".repeat(LEFT) + new String(ticks)));
        sheet.line(style.paint(Ink.DIM, " ".repeat(LEFT) + labels));
    }

    /** The interval of the proposals, with a mark at each. */
    private void interval(RateSuggestions found, double low, double high) throws IOException {
        char[] marks = " ".repeat(columns).toCharArray();
        Arrays.fill(
                marks,
                column(found.lowest(), low, high),
                column(found.highest(), low, high) + 1,
                style.glyph("━", "=").charAt(0));
        for (double rate : named(found).values()) {
            marks[column(rate, low, high)] = style.glyph("▲", "^").charAt(0);
        }
        sheet.line(" ".repeat(LEFT) + style.paint(Ink.GREEN, new String(marks)));
    }
}
