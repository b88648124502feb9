package dev.auscult.app.fix;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

import dev.auscult.app.live.Figures;
import dev.auscult.app.report.Cells;
import dev.auscult.app.report.Counts;
import dev.auscult.app.report.Ink;
import dev.auscult.app.report.LikelyCauses;
import dev.auscult.app.report.Style;
import dev.auscult.app.report.TextSheet;
import dev.auscult.diagnose.Numbers;
import dev.auscult.diagnose.cause.Cause;
import dev.auscult.diagnose.cause.Suspect;
import dev.auscult.repair.compare.Comparison;
import dev.auscult.repair.fix.FixResult;
import dev.auscult.repair.fix.FixStep;
import dev.auscult.repair.fix.FixStep.Decision;
import dev.auscult.repair.remedy.Treatment;

/** The answer of a repair for people at a terminal. */
public final class FixText {
    private static final int KEY = 10;

    private final TextSheet sheet;
    private final Style style;
    private final String arrow;

    public FixText(Writer out, Style style) {
        this.sheet = new TextSheet(out, style);
        this.style = style;
        this.arrow = style.glyph(" → ", " -> ");
    }

    /** Prints it. */
    public void print(FixResult result, FixFiles files) throws IOException {
        boolean well = switch (result.ending()) {
            case HEALTHY, MENDED -> true;
            default -> false;
        };
        sheet.line(style.paint(
                well ? Ink.GREEN : Ink.YELLOW, Cells.clean(files.spec()) + "  " + FixWords.headline(result)));
        if (result.overall().isPresent()) {
            Comparison overall = result.overall().get();
            sheet.hanging(
                    "",
                    Cells.clean(overall.metric()) + " " + FixWords.change(overall, arrow) + " over "
                            + Counts.of(overall.after().length, "seed"));
        }
        wrong(result);
        changes(result);
        proof(result);
        takenBack(result);
        left(result);
        cost(result, files);
        next(result, files);
    }

    private void title(String text) throws IOException {
        sheet.blank();
        sheet.line(style.paint(Ink.BOLD, text));
    }

    private void field(String key, String text) throws IOException {
        if (!text.isEmpty()) {
            String plain = "  " + Cells.pad(key, KEY);
            sheet.hanging(style.paint(Ink.DIM, plain), plain, Cells.clean(text));
        }
    }

    private void wrong(FixResult result) throws IOException {
        if (result.ending() == FixResult.Ending.HEALTHY || result.first().isEmpty()) {
            return;
        }
        title("What was wrong");
        for (Suspect suspect : FixWords.atFirst(result).map(LikelyCauses::of).orElse(List.of())) {
            field(
                    Numbers.percent(suspect.probability()),
                    suspect.cause().label() + ": " + suspect.cause().meaning());
            if (!suspect.supports().isEmpty()) {
                field("  for", suspect.supports().get(0).text());
            }
            if (!suspect.against().isEmpty()) {
                field("  against", suspect.against().get(0).text());
            }
        }
        field("findings", FixWords.findings(result.first().get(0)));
    }

    private void changes(FixResult result) throws IOException {
        List<LineDiff.Line> diff = LineDiff.of(result.original(), result.fixed());
        if (diff.isEmpty()) {
            return;
        }
        title("What was changed");
        for (LineDiff.Line line : diff) {
            String text = line.kind() == LineDiff.Kind.SKIPPED
                    ? style.glyph("…", "...")
                    : line.kind().mark() + " " + Cells.clean(line.text());
            Ink ink = switch (line.kind()) {
                case ADDED -> Ink.GREEN;
                case REMOVED -> Ink.RED;
                case SAME, SKIPPED -> Ink.DIM;
            };
            sheet.line("  " + style.paint(ink, text));
        }
    }

    private void proof(FixResult result) throws IOException {
        List<FixStep> taken = result.steps().stream()
                .filter(s -> s.decision() == Decision.ACCEPTED)
                .toList();
        if (taken.isEmpty()) {
            return;
        }
        title("Proof");
        for (FixStep step : taken) {
            if (step.comparison().isPresent()) {
                comparison(step, step.comparison().get());
            }
        }
        if (taken.size() > 1 && result.overall().isPresent()) {
            Comparison overall = result.overall().get();
            sheet.hanging(
                    "  = ",
                    Cells.clean(overall.metric()) + " " + FixWords.change(overall, arrow) + "; "
                            + FixWords.evidence(overall));
        }
    }

    private void comparison(FixStep step, Comparison comparison) throws IOException {
        sheet.hanging(
                "  " + style.glyph("·", "-") + " ",
                step.treatment().name() + ": " + Cells.clean(comparison.metric()) + " "
                        + FixWords.change(comparison, arrow) + "; " + FixWords.evidence(comparison)
                        + (step.gone().isEmpty() ? "" : "; gone: " + String.join(", ", step.gone())));
    }

    private void takenBack(FixResult result) throws IOException {
        List<FixStep> back = result.steps().stream()
                .filter(s -> s.decision() == Decision.REJECTED)
                .toList();
        if (back.isEmpty()) {
            return;
        }
        title("Tried and taken back");
        for (FixStep step : back) {
            sheet.hanging(
                    "  " + style.glyph("·", "-") + " ",
                    Cells.clean(step.treatment().name() + " ("
                            + step.treatment().cause().label() + ", " + FixWords.edits(step.changes()) + "): "
                            + step.reason()));
        }
    }

    private void left(FixResult result) throws IOException {
        List<Cause> causes = result.left();
        if (causes.isEmpty() && result.advice().isEmpty()) {
            return;
        }
        title("What is left");
        for (Cause cause : causes) {
            sheet.hanging("  " + style.glyph("·", "-") + " ", cause.label() + ": " + cause.meaning());
        }
        for (Treatment treatment : result.advice()) {
            field(
                    "do",
                    treatment.text() + " (" + treatment.cause().label() + "; code: auscult cause "
                            + treatment.cause().label() + ")");
        }
    }

    private void cost(FixResult result, FixFiles files) throws IOException {
        title("Cost");
        sheet.hanging(
                "  ",
                FixWords.cost(result) + ", " + Figures.time(result.seconds()) + "; recordings in "
                        + Cells.clean(files.recordings()));
    }

    private void next(FixResult result, FixFiles files) throws IOException {
        List<String> lines = new ArrayList<>();
        if (!files.fixed().isEmpty()) {
            lines.add("auscult train " + files.fixed());
        }
        if (result.ending() == FixResult.Ending.SPENT) {
            lines.add("auscult fix " + files.spec() + " with a larger --budget or --time; it goes on from here");
        }
        if (!files.report().isEmpty()) {
            lines.add("open " + files.report());
        }
        if (lines.isEmpty()) {
            return;
        }
        title("Next");
        for (String line : lines) {
            sheet.line("  " + Cells.clean(line));
        }
    }
}
