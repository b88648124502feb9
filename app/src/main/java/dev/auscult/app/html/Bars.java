package dev.auscult.app.html;

import java.util.List;

/** A histogram as a picture: the shares of one part as filled bars, those of others as outlines over them. */
public final class Bars {
    private static final double WIDTH = 240;
    private static final double HEIGHT = 64;

    private Bars() {}

    /**
     * Draws it.
     *
     * @param description what it shows, for those who cannot see it
     * @param series shares per bin, one list for each part; the first is filled
     * @param titles what each bin is, with its numbers, shown where a pointer rests
     */
    public static Element of(String description, List<List<Double>> series, List<String> titles) {
        Element svg = Html.of("svg")
                .style("bars")
                .with("viewBox", "0 0 " + (int) WIDTH + " " + (int) HEIGHT)
                .with("preserveAspectRatio", "none")
                .with("role", "img")
                .with("aria-label", description);
        double most = series.stream()
                .flatMap(List::stream)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        if (most <= 0) {
            return svg;
        }
        List<Double> first = series.get(0);
        double step = WIDTH / first.size();
        for (int i = 0; i < first.size(); i++) {
            double tall = height(first.get(i), most);
            svg.add(Html.of("rect")
                    .style("bar")
                    .with("x", i * step + 0.5)
                    .with("y", HEIGHT - tall)
                    .with("width", Math.max(0.5, step - 1))
                    .with("height", tall));
        }
        for (int s = 1; s < series.size(); s++) {
            svg.add(outline(series.get(s), most, s));
        }
        for (int i = 0; i < titles.size(); i++) {
            // Over the whole height, so that also a short bar can be pointed at.
            svg.add(Html.of("rect")
                    .style("hit")
                    .with("x", i * step)
                    .with("y", 0)
                    .with("width", step)
                    .with("height", HEIGHT)
                    .add(Html.of("title", titles.get(i))));
        }
        return svg;
    }

    /** What is there shows, however little it is. */
    private static double height(double share, double most) {
        return share <= 0 ? 0 : Math.max(1.5, share / most * (HEIGHT - 2));
    }

    private static Element outline(List<Double> shares, double most, int part) {
        double step = WIDTH / shares.size();
        StringBuilder path = new StringBuilder("M0 " + number(HEIGHT));
        for (int i = 0; i < shares.size(); i++) {
            double y = HEIGHT - height(shares.get(i), most);
            path.append(" L").append(number(i * step)).append(' ').append(number(y));
            path.append(" L").append(number((i + 1) * step)).append(' ').append(number(y));
        }
        path.append(" L").append(number(WIDTH)).append(' ').append(number(HEIGHT));
        return Html.of("path").style("other other-" + part).with("d", path.toString());
    }

    private static String number(double value) {
        return String.valueOf(Math.round(value * 10) / 10.0);
    }
}
