package dev.auscult.app.fix;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.auscult.app.html.Element;
import dev.auscult.app.html.Html;
import dev.auscult.app.report.Counts;
import dev.auscult.diagnose.Numbers;
import dev.auscult.diagnose.measure.Curve;

/** A small chart of one figure over the steps of training: a line for each seed, dashed before and solid after. */
final class CurveChart {
    private static final double WIDTH = 320;
    private static final double HEIGHT = 170;
    /** A line of more points than that looks the same. */
    private static final int MOST_POINTS = 240;
    /** From this ratio of the largest value to the smallest on, equal distances are equal ratios. */
    private static final double LOGARITHMIC_FROM = 30;

    private final String name;
    private final List<Curve> before;
    private final List<Curve> after;
    private double low = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;
    private long lastStep = 1;
    private final boolean logarithmic;

    CurveChart(String name, List<Curve> before, List<Curve> after) {
        this.name = name;
        this.before = before.stream().filter(c -> !c.isEmpty()).toList();
        this.after = after.stream().filter(c -> !c.isEmpty()).toList();
        this.before.forEach(this::measure);
        this.after.forEach(this::measure);
        this.logarithmic = low > 0 && high / low > LOGARITHMIC_FROM;
    }

    private void measure(Curve curve) {
        low = Math.min(low, curve.min());
        high = Math.max(high, curve.max());
        lastStep = Math.max(lastStep, curve.lastStep());
    }

    /** Whether there is nothing to draw. */
    boolean isEmpty() {
        return before.isEmpty() && after.isEmpty();
    }

    /** The chart with its name, scale and axis. */
    Element html() {
        Element svg = Html.of("svg")
                .style("curves")
                .with("viewBox", "0 0 " + (int) WIDTH + " " + (int) HEIGHT)
                .with("preserveAspectRatio", "none")
                .with("role", "img")
                .with("aria-label", description());
        for (double share : new double[] {0.25, 0.5, 0.75}) {
            svg.add(Html.of("path").style("grid-line").with("d", "M0 " + at(share * HEIGHT) + "H" + (int) WIDTH));
        }
        before.forEach(c -> svg.add(line(c, "before")));
        after.forEach(c -> svg.add(line(c, "after")));
        Element scale = Html.of("div").style("scale").with("aria-hidden", "true");
        scale.add(Html.of("span", Numbers.of(high))).add(Html.of("span", Numbers.of(low)));
        Element axis = Html.of("div").style("axis");
        axis.add(Html.of("span", "0")).add(Html.of("span", Counts.of(lastStep, "step")));
        Element title = Html.of("h3", name);
        if (logarithmic) {
            title.add(Html.of("span", "logarithmic").style("quiet"));
        }
        return Html.of("div")
                .style("card panel")
                .add(title)
                .add(Html.of("div").style("plot").add(scale).add(svg).add(axis));
    }

    private String description() {
        return name + " over " + Counts.of(lastStep, "step") + ends(", before: ends at ", before)
                + ends(", after: ends at ", after);
    }

    private static String ends(String lead, List<Curve> curves) {
        return curves.isEmpty()
                ? ""
                : lead
                        + String.join(
                                ", ",
                                curves.stream().map(c -> Numbers.of(c.last())).toList());
    }

    private Element line(Curve curve, String when) {
        StringBuilder path = new StringBuilder();
        for (int i : chosen(curve)) {
            path.append(path.isEmpty() ? 'M' : 'L')
                    .append(at((double) curve.step(i) / lastStep * WIDTH))
                    .append(' ')
                    .append(at(y(curve.value(i))));
        }
        return Html.of("path").style("curve " + when).with("d", path.toString());
    }

    /** Points at equal distances, with the first and the last. */
    private static List<Integer> chosen(Curve curve) {
        List<Integer> chosen = new ArrayList<>();
        int n = Math.min(MOST_POINTS, curve.size());
        for (int k = 0; k < n; k++) {
            chosen.add(n == 1 ? 0 : (int) ((long) k * (curve.size() - 1) / (n - 1)));
        }
        return chosen;
    }

    private double y(double value) {
        double share = logarithmic
                ? Math.log(value / low) / Math.log(high / low)
                : high > low ? (value - low) / (high - low) : 0.5;
        return HEIGHT - 4 - share * (HEIGHT - 8);
    }

    private static String at(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
