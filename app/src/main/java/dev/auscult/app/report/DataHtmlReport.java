package dev.auscult.app.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import dev.auscult.app.html.Bars;
import dev.auscult.app.html.Element;
import dev.auscult.app.html.Html;
import dev.auscult.app.html.Page;
import dev.auscult.app.html.Sheet;
import dev.auscult.app.html.Table;
import dev.auscult.data.checkup.Distribution;
import dev.auscult.diagnose.Diagnosis;
import dev.auscult.diagnose.Evidence;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Numbers;
import dev.auscult.diagnose.Remedy;
import dev.auscult.diagnose.RulePage;
import dev.auscult.diagnose.Severity;
import dev.auscult.run.ColumnProfile;
import dev.auscult.run.DataProfile;
import dev.auscult.run.Split;

/** The report of a check-up as one file for a browser. */
public final class DataHtmlReport implements Report {
    private static final int MOST_COLUMNS = 400;
    private static final int MOST_CLASSES = 60;

    private final ReportContext context;
    private final CheckedData data;
    private final Pages pages = new Pages();
    private final List<ExaminedRun> runs = new ArrayList<>();

    public DataHtmlReport(ReportContext context, CheckedData data) {
        this.context = context;
        this.data = data;
    }

    @Override
    public void add(ExaminedRun run) {
        runs.add(run);
    }

    @Override
    public void finish() throws IOException {
        ExaminedRun run = runs.get(0);
        Element main = Html.of("main");
        head(main, run);
        if (run.isRefused()) {
            main.add(Html.of("p", run.refusal()));
        } else {
            findings(main, run);
            classes(main);
            suspects(main);
            columns(main);
            gaps(main, run);
        }
        main.add(Html.of(
                "footer",
                "Auscult " + context.version() + ", "
                        + Counts.of(context.rules().size(), "rule")
                        + " on data. What is shown of the data stands in this file; it loads nothing."));
        Page.write(
                context.out(),
                "Auscult: " + run.name(),
                Sheet.text(),
                Html.of("body").add(main));
        context.out().flush();
    }

    private void head(Element main, ExaminedRun run) {
        String status = TextTable.status(run);
        List<ExaminedRun.Reported> fresh = run.fresh();
        String kind = fresh.isEmpty() || !run.isFreshlySick()
                ? status.equals("healthy") ? "good" : "info"
                : fresh.get(0).finding().severity().label();
        Element head = Html.of("header");
        head.add(Html.of("div")
                .style("head")
                .add(Html.of("h1", run.name()))
                .add(Html.of("span", status).style("badge " + kind)));
        DataProfile profile = data.profile();
        profile.part(Split.TRAIN).ifPresent(p -> head.add(Html.of("p", DataFacts.part(profile, p) + types(p))));
        for (DataProfile.Part part : profile.parts()) {
            if (part.split() != Split.TRAIN) {
                head.add(Html.of(
                                "p",
                                part.split().label() + ": " + part.source() + ", "
                                        + Counts.of(part.rows(), DataFacts.unit(profile)))
                        .style("quiet"));
            }
        }
        head.add(Html.of("p", verdict(fresh)));
        if (!data.story().isEmpty()) {
            Element story = Html.of("ul").style("facts");
            data.story().forEach(s -> story.add(Html.of("li", s)));
            head.add(Html.of("details")
                    .add(Html.of("summary", "How it was read"))
                    .add(story));
        }
        main.add(head);
    }

    private static String types(DataProfile.Part part) {
        return part.columns().isEmpty() ? "" : " (" + DataFacts.types(part) + ")";
    }

    private static String verdict(List<ExaminedRun.Reported> fresh) {
        if (fresh.isEmpty()) {
            return "Nothing found.";
        }
        List<String> counts = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            long n = fresh.stream()
                    .filter(f -> f.finding().severity() == severity)
                    .count();
            if (n > 0) {
                counts.add(n + " " + severity.label());
            }
        }
        return Counts.of(fresh.size(), "finding") + ": " + String.join(", ", counts) + ".";
    }

    private void findings(Element main, ExaminedRun run) {
        if (run.fresh().isEmpty()) {
            return;
        }
        Element section = section("Findings", "findings");
        run.fresh().forEach(f -> section.add(finding(f.finding())));
        main.add(section);
    }

    private static Element section(String title, String id) {
        return Html.of("section")
                .with("aria-labelledby", id)
                .add(Html.of("h2", title).with("id", id));
    }

    private Element finding(Finding finding) {
        RulePage page = pages.of(finding.rule());
        String severity = finding.severity().label();
        Element card = Html.of("article").style("card finding is-" + severity);
        card.add(Html.of("div")
                .style("title")
                .add(Html.of("span", severity).style("badge " + severity))
                .add(Html.of("h3", finding.rule().name()))
                .add(Html.of("span", finding.rule().code()).style("quiet")));
        card.add(Html.of("p", Sentences.of(finding)).style("what"));
        card.add(marked("p", page.why()).style("quiet"));
        String where = Places.line(finding.where());
        if (finding.where().isInData() && !where.isEmpty()) {
            card.add(Html.of("p").add(Html.of("strong", "Where ")).text(where));
        }
        remedies(card, finding, page);
        card.add(Html.of("details")
                .add(Html.of("summary", "Evidence"))
                .add(Html.of("ul").style("evidence").add(evidence(finding.evidence()))));
        return card;
    }

    private static void remedies(Element card, Finding finding, RulePage page) {
        Element list = Html.of("ol").style("remedies");
        if (finding.remedies().isEmpty()) {
            page.advice().forEach(a -> list.add(marked("li", a)));
        }
        for (Remedy remedy : finding.remedies()) {
            Element item = marked("li", Sentences.of(remedy.text()));
            if (!remedy.edits().isEmpty()) {
                item.text(" ").add(Html.of("span", remedy.safety().label()).style("quiet"));
                item.add(Html.of("pre", EditText.yaml(remedy.edits())).with("aria-label", "edit of the training spec"));
            }
            list.add(item);
        }
        card.add(list);
    }

    private static Element evidence(Evidence evidence) {
        String value = Double.isNaN(evidence.value()) ? "" : " " + Numbers.of(evidence.value());
        String unit = evidence.unit().isEmpty() ? "" : " " + evidence.unit();
        Element item = Html.of("li").text(evidence.name()).add(Html.of("strong", value + unit));
        if (!evidence.formula().isEmpty()) {
            item.text(" ").add(Html.of("span", "= " + evidence.formula()).style("quiet"));
        }
        if (!evidence.children().isEmpty()) {
            item.add(Html.of("ul")
                    .addAll(evidence.children().stream()
                            .map(DataHtmlReport::evidence)
                            .toList()));
        }
        return item;
    }

    /** Text in which what stands between backticks is code. */
    private static Element marked(String element, String text) {
        Element marked = Html.of(element);
        String[] parts = text.split("`", -1);
        for (int i = 0; i < parts.length; i++) {
            boolean code = i % 2 == 1 && i + 1 < parts.length;
            if (code) {
                marked.add(Html.of("code", parts[i]));
            } else {
                marked.text(i % 2 == 1 ? "`" + parts[i] : parts[i]);
            }
        }
        return marked;
    }

    private void classes(Element main) {
        List<String> labels = DataFacts.labels(data.profile());
        if (labels.isEmpty()) {
            return;
        }
        List<DataProfile.Part> parts = data.profile().parts().stream()
                .filter(p -> !p.labelCounts().isEmpty())
                .toList();
        Element section = section("Classes", "classes");
        List<String> heads = new ArrayList<>(List.of("class"));
        for (DataProfile.Part part : parts) {
            heads.add(part.split().label());
            heads.add("share");
        }
        Table table = new Table(
                Counts.of(labels.size()) + " classes"
                        + (data.profile().target().isEmpty()
                                ? ""
                                : " of " + String.join(", ", data.profile().target())),
                heads);
        double most = parts.stream()
                .flatMap(p -> p.labelCounts().values().stream().map(c -> share(c, p)))
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1);
        for (String label : labels.subList(0, Math.min(MOST_CLASSES, labels.size()))) {
            List<Html> cells = new ArrayList<>(List.of(new Html.Text(label)));
            for (DataProfile.Part part : parts) {
                long count = part.labelCounts().getOrDefault(label, 0L);
                double share = share(count, part);
                cells.add(new Html.Text(Counts.of(count)));
                cells.add(bar(part.split().label() + " " + label, share, most, part.split() == Split.TRAIN));
            }
            table.row(cells);
        }
        main.add(section.add(table.html()));
    }

    private static double share(long count, DataProfile.Part part) {
        long total =
                part.labelCounts().values().stream().mapToLong(Long::longValue).sum();
        return total == 0 ? 0 : (double) count / total;
    }

    private static Html bar(String what, double share, double most, boolean train) {
        return Html.of("svg")
                .style("classes")
                .with("role", "img")
                .with("aria-label", what + ": " + Numbers.percent(share))
                .add(Html.of("rect")
                        .style(train ? "bar" : "other")
                        .with("x", 1)
                        .with("y", 4)
                        .with("height", 12)
                        .with("width", Math.max(share > 0 ? 0.5 : 0, 70 * share / most) + "%"))
                .add(Html.of("text", Numbers.percent(share))
                        .with("x", 72 + "%")
                        .with("y", 15)
                        .with("font-size", 13)
                        .with("fill", "currentColor"));
    }

    private void suspects(Element main) {
        if (data.suspects().isEmpty()) {
            return;
        }
        boolean many = runs.get(0).findings().stream()
                .anyMatch(f -> f.finding().rule().name().equals(CheckedData.LABEL_ERRORS));
        Element section = section("Labels worth a look", "suspects");
        if (!many) {
            section.add(Html.of("p", CheckedData.NO_EXCESS));
        }
        section.add(Html.of(
                        "p",
                        "A model that was trained on other examples finds these labels improbable. Look before you change any;"
                                + " nothing was changed, and the test set is never to be cleaned."
                                + (data.suspects().size() < data.suspectsInAll()
                                        ? " Shown are "
                                                + Counts.of(data.suspects().size()) + " of "
                                                + Counts.of(data.suspectsInAll()) + "."
                                        : ""))
                .style("quiet"));
        Table table = new Table(
                "Suspects, the most doubtful first",
                List.of("where", "what", "given", "suggested", "probability of the given", "margin"));
        for (CheckedData.Suspect suspect : data.suspects()) {
            table.row(List.of(
                    new Html.Text(suspect.place()),
                    shown(suspect),
                    new Html.Text(suspect.label().given()),
                    new Html.Text(suspect.label().suggested()),
                    new Html.Text(Numbers.percent(suspect.label().selfConfidence())),
                    new Html.Text(Numbers.of(suspect.label().margin()))));
        }
        main.add(section.add(table.html()));
    }

    private static Html shown(CheckedData.Suspect suspect) {
        Element cell = Html.of("div");
        suspect.glimpse().ifPresent(g -> {
            String address = "data:" + g.type() + ";base64," + g.base64();
            String description =
                    suspect.place() + ", labelled " + suspect.label().given();
            cell.add(
                    g.type().startsWith("image/")
                            ? Html.of("img")
                                    .style("glimpse")
                                    .with("alt", description)
                                    .with("loading", "lazy")
                                    .with("src", address)
                            : Html.of("audio")
                                    .with("controls", "")
                                    .with("preload", "none")
                                    .with("aria-label", description)
                                    .with("src", address));
        });
        if (!suspect.words().isEmpty()) {
            cell.add(Html.of("span", suspect.words()).style("words"));
        }
        return cell;
    }

    private void columns(Element main) {
        List<ColumnProfile> columns =
                data.profile().part(Split.TRAIN).map(DataProfile.Part::columns).orElse(List.of());
        if (columns.isEmpty()) {
            return;
        }
        Element section = section("Columns", "columns");
        List<String> others = data.distributions().stream()
                .flatMap(d -> d.parts().stream().skip(1))
                .map(c -> c.split().label())
                .distinct()
                .toList();
        if (!others.isEmpty()) {
            Element legend = Html.of("ul").style("legend");
            legend.add(Html.of("li").add(Html.of("span").style("swatch")).text(Split.TRAIN.label()));
            for (int i = 0; i < others.size(); i++) {
                legend.add(Html.of("li")
                        .add(Html.of("span").style(i == 0 ? "swatch outline" : "swatch outline-2"))
                        .text(others.get(i)));
            }
            section.add(legend);
        }
        Element grid = Html.of("div").style("grid");
        int shown = Math.min(MOST_COLUMNS, columns.size());
        columns.subList(0, shown).forEach(c -> grid.add(column(c)));
        section.add(grid);
        if (shown < columns.size()) {
            section.add(Html.of("p", "And " + Counts.of(columns.size() - (long) shown) + " more, in --format json.")
                    .style("quiet"));
        }
        main.add(section);
    }

    private Element column(ColumnProfile column) {
        Element card = Html.of("article").style("card column");
        card.add(Html.of("div")
                .style("title")
                .add(Html.of("h3", column.name()))
                .add(Html.of("span", DataFacts.type(column)).style("quiet")));
        data.distribution(column.name()).ifPresent(d -> histogram(card, column, d));
        Element facts = Html.of("dl");
        fact(
                facts,
                "missing",
                column.missing() == 0
                        ? "none"
                        : Numbers.percent(column.missingShare()) + " (" + Counts.of(column.missing()) + ")");
        fact(facts, "distinct", DataFacts.distinct(column));
        boolean date = column.type().equals("date");
        column.numbers().ifPresent(n -> {
            fact(facts, "median", DataFacts.value(n.quantile(0.5), date));
            if (!date) {
                fact(facts, "mean ± sd", Numbers.of(n.mean()) + " ± " + Numbers.of(n.deviation()));
            }
            fact(facts, "range", DataFacts.value(n.min(), date) + " to " + DataFacts.value(n.max(), date));
            if (n.zeros() > 0 && !date) {
                fact(facts, "zeros", Counts.of(n.zeros()));
            }
        });
        if (column.numbers().isEmpty() && !column.frequent().isEmpty()) {
            fact(facts, "most frequent", DataFacts.values(column));
        }
        return card.add(facts);
    }

    private static void fact(Element facts, String name, String value) {
        // A number and its unit stay on one line.
        facts.add(Html.of("dt", name)).add(Html.of("dd", value.replace(" %", "\u00a0%")));
    }

    private static void histogram(Element card, ColumnProfile column, Distribution distribution) {
        int bins = distribution.parts().isEmpty()
                ? 0
                : distribution.parts().get(0).counts().size();
        if (bins == 0) {
            return;
        }
        boolean date = column.type().equals("date");
        List<List<Double>> series = new ArrayList<>();
        for (Distribution.Counts counts : distribution.parts()) {
            List<Double> shares = new ArrayList<>();
            for (int b = 0; b < bins; b++) {
                shares.add(counts.share(b));
            }
            series.add(shares);
        }
        List<String> titles = new ArrayList<>();
        for (int b = 0; b < bins; b++) {
            titles.add(title(distribution, b, date));
        }
        String parts = String.join(
                " and ",
                distribution.parts().stream().map(p -> p.split().label()).toList());
        card.add(Bars.of("Histogram of " + column.name() + ", " + parts, series, titles));
        if (distribution.words().isEmpty()) {
            String unit = distribution.measure().isEmpty() ? "" : " " + distribution.measure();
            boolean below =
                    column.numbers().map(n -> n.min() < first(distribution)).orElse(false);
            boolean above =
                    column.numbers().map(n -> n.max() > last(distribution)).orElse(false);
            card.add(Html.of("div")
                    .style("axis")
                    .add(Html.of("span", (below ? "≤ " : "") + DataFacts.value(first(distribution), date) + unit))
                    .add(Html.of("span", (above ? "≥ " : "") + DataFacts.value(last(distribution), date) + unit)));
        } else {
            String last = distribution.others() > 0
                    ? Counts.of(distribution.others()) + " others"
                    : distribution.words().size() > 1
                            ? distribution.words().get(distribution.words().size() - 1)
                            : "";
            card.add(Html.of("div")
                    .style("axis")
                    .add(Html.of("span", distribution.words().get(0)))
                    .add(Html.of("span", last)));
        }
    }

    /** Whole numbers in bins of their own lie in the middle of them. */
    private static double margin(Distribution distribution) {
        List<Double> edges = distribution.edges();
        boolean own = edges.get(1) - edges.get(0) == 1 && Math.abs(edges.get(0) - Math.rint(edges.get(0))) == 0.5;
        return own ? 0.5 : 0;
    }

    private static double first(Distribution distribution) {
        return distribution.edges().get(0) + margin(distribution);
    }

    private static double last(Distribution distribution) {
        return distribution.edges().get(distribution.edges().size() - 1) - margin(distribution);
    }

    private static String title(Distribution distribution, int bin, boolean date) {
        String what;
        if (distribution.words().isEmpty()) {
            double from = distribution.edges().get(bin) + margin(distribution);
            double to = distribution.edges().get(bin + 1) - margin(distribution);
            what = DataFacts.value(from, date) + (to > from ? " to " + DataFacts.value(to, date) : "");
        } else {
            what = bin < distribution.words().size() ? distribution.words().get(bin) : "others";
        }
        StringBuilder title = new StringBuilder(what);
        for (Distribution.Counts counts : distribution.parts()) {
            title.append('\n')
                    .append(counts.split().label())
                    .append(' ')
                    .append(Counts.of(counts.counts().get(bin)))
                    .append(" (")
                    .append(Numbers.percent(counts.share(bin)))
                    .append(')');
        }
        return title.toString();
    }

    private static void gaps(Element main, ExaminedRun run) {
        if (run.unable().isEmpty()) {
            return;
        }
        Element list = Html.of("ul").style("facts");
        for (Diagnosis.CannotTell one : run.unable()) {
            list.add(Html.of(
                    "li",
                    one.rule().name() + ": " + one.verdict().reason() + "; "
                            + one.verdict().record()));
        }
        main.add(Html.of("section")
                .add(Html.of("details")
                        .add(Html.of("summary", Counts.of(run.unable().size(), "rule") + " could not tell"))
                        .add(list)));
    }
}
