package dev.auscult.app.fix;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import dev.auscult.app.html.Element;
import dev.auscult.app.html.Html;
import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.measure.Curve;
import dev.auscult.repair.fix.FixResult;
import dev.auscult.repair.trial.TrialResult;

/** The curves before and after, all seeds over each other, and the proof seed by seed. */
final class FixCharts {
    /** A line of more points than that is a thick line. */
    private static final int MOST_POINTS = 60;

    private FixCharts() {}

    static void add(Element main, FixResult result) {
        boolean changed = !result.changes().isEmpty();
        List<Examination> before = examined(result.first());
        List<Examination> after = changed ? examined(result.last()) : List.of();
        List<Element> panels = new ArrayList<>();
        panel(panels, before, after, Examination::validationScore);
        panel(panels, before, after, Examination::validationLoss);
        panel(panels, before, after, Examination::trainLoss);
        if (panels.isEmpty()) {
            return;
        }
        Element section = FixPage.section(changed ? "Before and after" : "Curves", "curves-title");
        Element legend = Html.of("ul").style("legend");
        legend.add(item("line-before", changed ? "before, a line for each seed" : "a line for each seed"));
        if (changed) {
            legend.add(item("line-after", "after"));
        }
        section.add(legend);
        Element grid = Html.of("div").style("panels").addAll(panels);
        result.overall()
                .ifPresent(c -> grid.add(Html.of("div")
                        .style("card panel")
                        .add(Html.of("h3", c.metric() + ", seed by seed"))
                        .add(new SeedDots(c, result.first()).html())
                        .add(Html.of("p", FixWords.evidence(c)).style("quiet"))));
        section.add(grid);
        result.overall()
                .ifPresent(c -> section.add(Html.of("details")
                        .add(Html.of("summary", "The figures as a table"))
                        .add(new SeedDots(c, result.first()).table())));
        main.add(section);
    }

    private static Element item(String swatch, String text) {
        return Html.of("li").add(Html.of("span").style("swatch " + swatch)).text(text);
    }

    private static List<Examination> examined(List<TrialResult> trials) {
        return trials.stream()
                .map(t -> new Examination(t.diagnosis().run(), Map.of()))
                .toList();
    }

    private static void panel(
            List<Element> panels,
            List<Examination> before,
            List<Examination> after,
            Function<Examination, Optional<Curve>> choice) {
        List<Curve> old = curves(before, choice);
        List<Curve> fresh = curves(after, choice);
        String name = (old.isEmpty() ? fresh : old)
                .stream().map(Curve::label).findFirst().orElse("");
        CurveChart chart = new CurveChart(name, old, fresh);
        if (!chart.isEmpty()) {
            panels.add(chart.html());
        }
    }

    /** The curves of a figure; what is logged at every step is noise between its means. */
    private static List<Curve> curves(List<Examination> runs, Function<Examination, Optional<Curve>> choice) {
        return runs.stream()
                .flatMap(run -> choice.apply(run).stream())
                .map(c -> c.reduced(MOST_POINTS))
                .toList();
    }
}
