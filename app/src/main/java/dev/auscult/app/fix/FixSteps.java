package dev.auscult.app.fix;

import java.util.List;
import java.util.Locale;

import dev.auscult.app.html.Element;
import dev.auscult.app.html.Html;
import dev.auscult.app.html.Table;
import dev.auscult.app.report.Counts;
import dev.auscult.app.report.Sentences;
import dev.auscult.repair.fix.FixResult;
import dev.auscult.repair.fix.FixStep;
import dev.auscult.repair.fix.FixStep.Decision;
import dev.auscult.repair.remedy.Treatment;
import dev.auscult.train.spec.SpecEdit.Change;

/** Every treatment that was tried, with what it was tried for, what it did, and what became of it. */
final class FixSteps {
    private final FixResult result;

    FixSteps(FixResult result) {
        this.result = result;
    }

    void add(Element main) {
        if (result.steps().isEmpty()) {
            if (!result.first().isEmpty()) {
                main.add(FixPage.section("What it looks like", "diagnosis")
                        .add(Html.of("div")
                                .style("card")
                                .add(CauseBars.of(result.first().get(0).differential()))));
            }
            return;
        }
        Element list = Html.of("ol").style("steps");
        int number = 0;
        for (FixStep step : result.steps()) {
            number++;
            list.add(Html.of("li").add(card(step, number)));
        }
        main.add(FixPage.section("Step by step", "steps").add(list));
    }

    private static Element card(FixStep step, int number) {
        boolean taken = step.decision() == Decision.ACCEPTED;
        Treatment treatment = step.treatment();
        Element card = Html.of("article")
                .style("card step is-" + step.decision().name().toLowerCase(Locale.ROOT));
        card.add(Html.of("div")
                .style("title")
                .add(Html.of("h3", number + ". " + treatment.name()))
                .add(Html.of("span", taken ? "taken" : "taken back").style("badge " + (taken ? "good" : "medium")))
                .add(Html.of("span", "against " + treatment.cause().label()).style("quiet")));
        card.add(Html.of("p", Sentences.of(step.reason())).style("what"));
        Element two = Html.of("div").style("two");
        two.add(Html.of("div").add(Html.of("h4", "What it looked like")).add(CauseBars.of(step.differential())));
        Element right = Html.of("div");
        step.comparison()
                .ifPresentOrElse(
                        c -> right.add(Html.of("h4", c.metric() + " by seed"))
                                .add(new SeedDots(c, step.before()).html())
                                .add(Html.of("p", FixWords.change(c, " → ") + "; " + FixWords.evidence(c))
                                        .style("quiet")),
                        () -> right.add(Html.of("h4", "Comparison"))
                                .add(Html.of(
                                                "p",
                                                "Not made: "
                                                        + Counts.of(step.after().size(), "trial")
                                                        + " already showed it.")
                                        .style("quiet")));
        findings(right, "gone", step.gone());
        findings(right, "still there", step.left());
        card.add(two.add(right));
        card.add(edits(step));
        card.add(Html.of("details")
                .add(Html.of("summary", "About this treatment"))
                .add(Html.of("p", Sentences.of(treatment.text()) + "."))
                .add(Html.of("p", "Expected: " + treatment.effect() + ". Source: " + treatment.source())
                        .style("quiet")));
        step.comparison()
                .ifPresent(c -> card.add(Html.of("details")
                        .add(Html.of("summary", "The figures as a table"))
                        .add(new SeedDots(c, step.before()).table())));
        return card;
    }

    private static void findings(Element box, String word, List<String> codes) {
        if (!codes.isEmpty()) {
            box.add(Html.of("p", "Findings " + word + ": " + String.join(", ", codes)));
        }
    }

    private static Html edits(FixStep step) {
        Table table = new Table("Changes of the spec", List.of("key", "value", "why"));
        for (Change change : step.changes()) {
            table.row(List.of(
                    Html.of("code", change.key()),
                    change.value().strip().equals("-") ? new Html.Text("taken away") : Html.of("code", change.value()),
                    new Html.Text(change.why())));
        }
        return step.changes().isEmpty()
                ? Html.of("p", "Nothing of the spec was changed.").style("quiet")
                : table.html();
    }
}
