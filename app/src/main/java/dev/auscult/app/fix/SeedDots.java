package dev.auscult.app.fix;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

import dev.auscult.app.html.Element;
import dev.auscult.app.html.Html;
import dev.auscult.app.html.Table;
import dev.auscult.diagnose.Numbers;
import dev.auscult.repair.compare.Comparison;
import dev.auscult.repair.trial.TrialResult;

/** A figure seed by seed: a row each, with a dot before, a dot after, and what lies between. */
final class SeedDots {
    private static final double WIDTH = 320;
    private static final double ROW = 22;

    private final Comparison comparison;
    private final List<TrialResult> trials;

    /**
     * To be drawn.
     *
     * @param trials those whose seeds the figures belong to
     */
    SeedDots(Comparison comparison, List<TrialResult> trials) {
        this.comparison = comparison;
        this.trials = trials;
    }

    /** The rows and the axis below them. */
    Element html() {
        double[] before = comparison.before();
        double[] after = comparison.after();
        double[] finite = DoubleStream.concat(Arrays.stream(before), Arrays.stream(after))
                .filter(Double::isFinite)
                .toArray();
        Element box = Html.of("div").style("seeds");
        if (finite.length == 0) {
            return box.add(Html.of("p", "No figure is finite.").style("quiet"));
        }
        double low = Arrays.stream(finite).min().orElse(0);
        double high = Arrays.stream(finite).max().orElse(1);
        int rows = Math.max(before.length, after.length);
        Element svg = Html.of("svg")
                .style("dots")
                .with("viewBox", "0 0 " + (int) WIDTH + " " + (int) (rows * ROW))
                .with("height", rows * ROW)
                .with("preserveAspectRatio", "none")
                .with("role", "img")
                .with("aria-label", comparison.metric() + " by seed: " + FixWords.change(comparison, " to "));
        for (int i = 0; i < rows; i++) {
            double y = i * ROW + ROW / 2;
            double from = i < before.length ? x(before[i], low, high) : Double.NaN;
            double to = i < after.length ? x(after[i], low, high) : Double.NaN;
            if (Double.isFinite(from) && Double.isFinite(to)) {
                svg.add(Html.of("path").style("link").with("d", "M" + at(from) + " " + at(y) + "H" + at(to)));
            }
            dot(svg, from, y, "before");
            dot(svg, to, y, "after");
        }
        Element axis = Html.of("div").style("axis");
        axis.add(Html.of("span", Numbers.of(low))).add(Html.of("span", Numbers.of(high)));
        return box.add(svg).add(axis);
    }

    /** A line without length: its round end stays round however the picture is stretched. */
    private static void dot(Element svg, double x, double y, String when) {
        if (Double.isFinite(x)) {
            svg.add(Html.of("path").style(when).with("d", "M" + at(x) + " " + at(y) + "h0.01"));
        }
    }

    private static double x(double value, double low, double high) {
        return high > low ? (value - low) / (high - low) * WIDTH : WIDTH / 2;
    }

    private static String at(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /** The same as a table. */
    Html table() {
        Table table = new Table(comparison.metric() + " by seed", List.of("seed", "before", "after"));
        double[] before = comparison.before();
        double[] after = comparison.after();
        for (int i = 0; i < Math.max(before.length, after.length); i++) {
            String seed =
                    i < trials.size() ? String.valueOf(trials.get(i).request().seed()) : String.valueOf(i + 1);
            table.row(List.of(
                    new Html.Text(seed),
                    new Html.Text(i < before.length ? Numbers.of(before[i]) : ""),
                    new Html.Text(i < after.length ? Numbers.of(after[i]) : "")));
        }
        return table.html();
    }
}
