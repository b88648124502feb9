package dev.auscult.app.fix;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Optional;

import dev.auscult.app.html.Element;
import dev.auscult.app.html.Html;
import dev.auscult.app.html.Page;
import dev.auscult.app.html.Sheet;
import dev.auscult.app.live.Figures;
import dev.auscult.app.report.Counts;
import dev.auscult.app.report.LikelyCauses;
import dev.auscult.diagnose.Numbers;
import dev.auscult.diagnose.cause.Cause;
import dev.auscult.repair.compare.Comparison;
import dev.auscult.repair.fix.FixResult;
import dev.auscult.repair.remedy.Treatment;

/** The page of a repair: before and after, what was changed, every step with its evidence, what is left, the cost. */
public final class FixPage {
    private final FixResult result;
    private final FixFiles files;
    private final String version;

    public FixPage(FixResult result, FixFiles files, String version) {
        this.result = result;
        this.files = files;
        this.version = version;
    }

    /** Writes it. */
    public void write(Writer out) throws IOException {
        Element main = Html.of("main");
        head(main);
        figures(main);
        FixCharts.add(main, result);
        changes(main);
        new FixSteps(result).add(main);
        left(main);
        FixTrials.add(main, result, files);
        main.add(Html.of("footer", "Auscult " + version));
        Page.write(
                out,
                "Auscult: " + files.spec(),
                Sheet.withRepairs(),
                Html.of("body").add(main));
    }

    private void head(Element main) {
        String ink = switch (result.ending()) {
            case HEALTHY, MENDED -> "good";
            case PARTLY_MENDED, SPENT -> "medium";
            case NOT_MENDED -> "high";
        };
        String word = switch (result.ending()) {
            case HEALTHY -> "healthy";
            case MENDED -> "mended";
            case PARTLY_MENDED -> "partly mended";
            case NOT_MENDED -> "not mended";
            case SPENT -> "budget spent";
        };
        Element header = Html.of("header")
                .add(Html.of("div")
                        .style("head")
                        .add(Html.of("h1", files.spec()))
                        .add(Html.of("span", word).style("badge " + ink)))
                .add(Html.of("p", FixWords.headline(result) + ".").style("verdict"));
        if (result.ending() != FixResult.Ending.HEALTHY && !result.first().isEmpty()) {
            FixWords.atFirst(result).map(LikelyCauses::of).orElse(List.of()).stream()
                    .filter(s -> s.cause() != Cause.NO_FAULT)
                    .findFirst()
                    .ifPresent(s -> header.add(Html.of("p", "The likeliest cause at first: ")
                            .add(Html.of("strong", s.cause().label()))
                            .text(", " + Numbers.percent(s.probability()) + ". "
                                    + s.cause().meaning() + ".")));
        }
        main.add(header);
    }

    private void figures(Element main) {
        Element row = Html.of("div").style("figures");
        Optional<Comparison> overall = result.overall();
        if (overall.isPresent()) {
            Comparison c = overall.get();
            row.add(figure(
                    c.metric() + " before", FixWords.spread(c.before()).replace(" ± ", "\u00a0±\u00a0"), "before-ink"));
            row.add(figure(
                    c.metric() + " after", FixWords.spread(c.after()).replace(" ± ", "\u00a0±\u00a0"), "after-ink"));
            row.add(figure("effect, " + Counts.of(c.before().length, "seed"), FixWords.effect(c), ""));
            row.add(figure("p, paired sign-flip", Numbers.of(c.p()), ""));
        }
        row.add(figure("cost, in trainings", Numbers.of(result.cost()), ""));
        row.add(figure("time", Figures.time(result.seconds()), ""));
        main.add(row);
    }

    private static Element figure(String name, String value, String ink) {
        return Html.of("div")
                .style("card figure")
                .add(Html.of("p", name).style("quiet"))
                .add(Html.of("p", value).style(("number " + ink).strip()));
    }

    static Element section(String title, String id) {
        return Html.of("section")
                .with("aria-labelledby", id)
                .add(Html.of("h2", title).with("id", id));
    }

    private void changes(Element main) {
        List<LineDiff.Line> diff = LineDiff.of(result.original(), result.fixed());
        if (diff.isEmpty()) {
            return;
        }
        Element list = Html.of("ul").style("diff").with("aria-label", "lines of the spec, before and after");
        for (LineDiff.Line line : diff) {
            String kind = switch (line.kind()) {
                case ADDED -> "added";
                case REMOVED -> "removed";
                case SAME -> "same";
                case SKIPPED -> "skipped";
            };
            list.add(Html.of("li")
                    .style(kind)
                    .add(Html.of("span", String.valueOf(line.kind().mark())).style("mark"))
                    .text(line.text()));
        }
        Element section = section("What was changed", "changes").add(list);
        if (!files.fixed().isEmpty()) {
            section.add(Html.of("p", "Written to ").style("quiet").add(Html.of("code", files.fixed())));
        }
        main.add(section);
    }

    private void left(Element main) {
        if (result.left().isEmpty() && result.advice().isEmpty()) {
            return;
        }
        Element section = section("What is left", "left");
        if (!result.left().isEmpty()) {
            Element causes = Html.of("ul").style("facts");
            for (Cause cause : result.left()) {
                causes.add(Html.of("li", cause.label() + ": " + cause.meaning()));
            }
            section.add(causes);
        }
        for (Treatment treatment : result.advice()) {
            Element card = Html.of("article").style("card finding");
            card.add(Html.of("p", treatment.text()).style("what"));
            card.add(Html.of(
                            "p",
                            "Against " + treatment.cause().label() + ". " + treatment.effect() + ". "
                                    + treatment.source())
                    .style("quiet"));
            snippet(card, "PyTorch", treatment.pytorch());
            snippet(card, "Keras", treatment.keras());
            section.add(card);
        }
        main.add(section);
    }

    private static void snippet(Element card, String framework, String code) {
        if (!code.isEmpty()) {
            card.add(Html.of("details").add(Html.of("summary", framework)).add(Html.of("pre", code.stripTrailing())));
        }
    }
}
