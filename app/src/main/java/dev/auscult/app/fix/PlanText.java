package dev.auscult.app.fix;

import java.io.IOException;
import java.io.Writer;

import dev.auscult.app.live.Figures;
import dev.auscult.app.report.Cells;
import dev.auscult.app.report.Counts;
import dev.auscult.app.report.Ink;
import dev.auscult.app.report.LikelyCauses;
import dev.auscult.app.report.Style;
import dev.auscult.app.report.TextSheet;
import dev.auscult.diagnose.Numbers;
import dev.auscult.repair.fix.FixPlan;
import dev.auscult.repair.remedy.Treatment;

/** What a repair would try, in which order, at what cost. */
public final class PlanText {
    private final TextSheet sheet;
    private final Style style;

    public PlanText(Writer out, Style style) {
        this.sheet = new TextSheet(out, style);
        this.style = style;
    }

    /**
     * Prints it.
     *
     * @param spec the spec, as messages call it
     * @param seeds of a proof
     */
    public void print(FixPlan plan, String spec, int seeds) throws IOException {
        if (!plan.sick()) {
            sheet.line(style.paint(Ink.GREEN, Cells.clean(spec) + "  healthy: there is nothing to try"));
            return;
        }
        sheet.line(style.paint(
                Ink.BOLD,
                Cells.clean(spec) + "  sick: "
                        + LikelyCauses.summary(plan.first().differential())));
        String findings = FixWords.findings(plan.first());
        if (!findings.isEmpty()) {
            sheet.hanging("", "found: " + findings);
        }
        sheet.blank();
        int number = 0;
        for (FixPlan.Try one : plan.tries()) {
            number++;
            Treatment treatment = one.treatment();
            String lead = "  " + Cells.pad(number + ".", 4);
            sheet.hanging(lead, treatment.text());
            field(treatment.name() + " against " + treatment.cause().label() + " (" + Numbers.percent(one.probability())
                    + ", " + treatment.safety().label() + ")");
            field(FixWords.edits(one.changes()));
        }
        if (plan.tries().isEmpty()) {
            sheet.line("No edit of the spec can be tried for this.");
        }
        for (Treatment treatment : plan.advice()) {
            sheet.hanging(
                    "  " + style.glyph("·", "-") + "   ",
                    "For you: " + treatment.text() + " (" + treatment.cause().label() + "; code: auscult cause "
                            + treatment.cause().label() + ")");
        }
        if (!plan.tries().isEmpty()) {
            sheet.blank();
            double share =
                    (double) plan.first().planned() / Math.max(1, plan.first().steps());
            double training = plan.first().seconds() * share;
            sheet.hanging(
                    "",
                    "A training takes " + Counts.of(plan.first().planned(), "step") + ", about "
                            + Figures.time(Math.max(1, training)) + ". A treatment that does not help costs one or two;"
                            + " one that helps is proven over " + Counts.of(seeds, "seed") + ", with and without it: "
                            + 2 * seeds + " trainings, about " + Figures.time(Math.max(1, 2 * seeds * training))
                            + ". Nothing was changed.");
        }
    }

    private void field(String text) throws IOException {
        sheet.hanging(style.paint(Ink.DIM, "      "), "      ", Cells.clean(text));
    }
}
