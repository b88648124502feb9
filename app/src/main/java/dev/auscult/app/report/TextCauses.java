package dev.auscult.app.report;

import java.io.IOException;
import java.util.List;

import dev.auscult.diagnose.Numbers;
import dev.auscult.diagnose.cause.Suspect;
import dev.auscult.repair.experiment.ExperimentResult;

/** The likely causes of a sick run, and what would tell the first two apart. */
final class TextCauses {
    /** As wide as that of findings, so that all stands in one column. */
    private static final int LEAD = 9;

    private static final int KEY = 10;

    private final TextSheet sheet;
    private final Style style;

    TextCauses(TextSheet sheet, Style style) {
        this.sheet = sheet;
        this.style = style;
    }

    void print(ExaminedRun run) throws IOException {
        experiments(run.experiments());
        List<Suspect> likely = LikelyCauses.of(run);
        if (likely.isEmpty()) {
            return;
        }
        sheet.line(style.paint(Ink.BOLD, "Likely causes"));
        for (Suspect suspect : likely) {
            String share = Numbers.percent(suspect.probability());
            String plain = " ".repeat(Math.max(0, LEAD - 2 - Cells.width(share))) + share + "  ";
            sheet.line(plain + style.paint(Ink.BOLD, suspect.cause().label()));
            sheet.hanging(" ".repeat(LEAD), suspect.cause().meaning());
            field("explains", String.join(", ", suspect.explains()));
            field(
                    "for",
                    suspect.supports().isEmpty()
                            ? ""
                            : suspect.supports().get(0).text());
            field(
                    "against",
                    suspect.against().isEmpty() ? "" : suspect.against().get(0).text());
            field("do", LikelyCauses.firstTreatment(suspect));
        }
        String apart = run.differential().map(d -> d.tellsApart()).orElse("");
        if (likely.size() > 1 && !apart.isEmpty()) {
            sheet.hanging("  " + style.glyph("·", "-") + " ", Cells.clean("To tell the first two apart: " + apart));
        }
        sheet.blank();
    }

    private void experiments(List<ExperimentResult> experiments) throws IOException {
        if (experiments.isEmpty()) {
            return;
        }
        sheet.line(style.paint(Ink.BOLD, "Experiments"));
        for (ExperimentResult one : experiments) {
            sheet.line(
                    " ".repeat(LEAD) + style.paint(Ink.BOLD, one.name()) + style.paint(Ink.DIM, ": " + one.outcome()));
            field("why", one.reason());
            field("seen", one.observation() + " (" + Counts.of(one.steps(), "step") + ")");
            field("before", LikelyCauses.summary(one.before()));
            field("after", LikelyCauses.summary(one.after()));
        }
        sheet.blank();
    }

    private void field(String key, String text) throws IOException {
        if (!text.isEmpty()) {
            String plain = " ".repeat(LEAD) + Cells.pad(key, KEY);
            sheet.hanging(style.paint(Ink.DIM, plain), plain, Cells.clean(text));
        }
    }
}
