package dev.auscult.app.fix;

import java.util.List;

import dev.auscult.app.html.Element;
import dev.auscult.app.html.Html;
import dev.auscult.diagnose.Numbers;
import dev.auscult.diagnose.cause.Cause;
import dev.auscult.diagnose.cause.Differential;
import dev.auscult.diagnose.cause.Suspect;

/** Causes with their probabilities as bars, and what speaks for and against the first. */
final class CauseBars {
    private static final double LEAST = 0.03;
    private static final int MOST = 5;
    private static final int MOST_CLUES = 3;

    private CauseBars() {}

    static Element of(Differential differential) {
        Element box = Html.of("div");
        Element bars = Html.of("dl").style("causes");
        List<Suspect> shown = differential.suspects().stream()
                .filter(s -> s.probability() >= LEAST)
                .limit(MOST)
                .toList();
        for (Suspect suspect : shown) {
            double share = Math.max(0, Math.min(1, suspect.probability()));
            bars.add(Html.of("dt", suspect.cause().label())
                    .with("title", suspect.cause().meaning()));
            bars.add(Html.of("dd", Numbers.percent(share)));
            bars.add(Html.of("dd").style("share").with("aria-hidden", "true").add(bar(share, suspect.cause())));
        }
        if (shown.isEmpty()) {
            return box.add(Html.of("p", "No cause stands out.").style("quiet"));
        }
        box.add(bars);
        Element clues = Html.of("ul").style("clues");
        Suspect first = shown.get(0);
        first.supports().stream()
                .limit(MOST_CLUES)
                .forEach(c -> clues.add(Html.of("li", "for " + first.cause().label() + ": " + c.text())));
        first.against().stream()
                .limit(MOST_CLUES)
                .forEach(c -> clues.add(Html.of("li", "against it: " + c.text()).style("against")));
        return first.supports().isEmpty() && first.against().isEmpty() ? box : box.add(clues);
    }

    private static Element bar(double share, Cause cause) {
        return Html.of("svg")
                .with("viewBox", "0 0 100 8")
                .with("preserveAspectRatio", "none")
                .add(Html.of("rect").style("track").with("width", 100).with("height", 8))
                .add(Html.of("rect")
                        .style(cause == Cause.NO_FAULT ? "part well" : "part")
                        .with("width", 100 * share)
                        .with("height", 8));
    }
}
