package dev.auscult.app.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Numbers;
import dev.auscult.diagnose.RulePage;
import dev.auscult.diagnose.Severity;
import dev.auscult.diagnose.Where;
import dev.auscult.run.ReadProblem;

/** One run in full: its status, its curves with the worst finding marked, and its findings. */
final class TextRun {
    /** As wide as {@code CRITICAL} and a blank. */
    private static final int SEVERITY_WIDTH = 9;

    private static final int KEY_WIDTH = 7;
    private static final int MOST_PROBLEMS = 6;

    private final TextSheet sheet;
    private final Style style;
    private final boolean baseline;
    private final Pages pages = new Pages();

    TextRun(TextSheet sheet, Style style, boolean baseline) {
        this.sheet = sheet;
        this.style = style;
        this.baseline = baseline;
    }

    void print(ExaminedRun run) throws IOException {
        List<ExaminedRun.Reported> shown = run.fresh();
        String files = run.files().size() > 1 ? ", " + Counts.of(run.files().size(), "file") : "";
        head(
                run,
                run.format() + files + ", last step " + Counts.of(run.steps()) + ", "
                        + Counts.of(run.points(), "point"));
        sketch(run.sketch(), shown);
        sheet.blank();
        findings(shown);
        new TextCauses(sheet, style).print(run);
    }

    /** Findings in full, the worst group first; remarks, which need no action, at the end. */
    void findings(List<ExaminedRun.Reported> shown) throws IOException {
        Map<Integer, List<ExaminedRun.Reported>> groups = new LinkedHashMap<>();
        for (ExaminedRun.Reported one : shown) {
            groups.computeIfAbsent(one.group(), g -> new ArrayList<>()).add(one);
        }
        for (List<ExaminedRun.Reported> group : groups.values()) {
            if (group.get(0).finding().severity() != Severity.INFO) {
                group(group);
                sheet.blank();
            }
        }
        remarks(groups);
    }

    /** The name of a run, how it is, and what it consists of. */
    void head(ExaminedRun run, String facts) throws IOException {
        List<ExaminedRun.Reported> shown = run.fresh();
        String status = TextTable.status(run);
        String worst = shown.isEmpty() || !run.isFreshlySick()
                ? ""
                : ": " + shown.get(0).finding().severity().label() + ", "
                        + shown.get(0).finding().rule().name();
        int room = style.width() - Cells.width(status + worst) - 2;
        String name = Cells.clean(run.name());
        String mark = style.paint(TextTable.ink(run), status + worst);
        if (Cells.width(name) <= room) {
            sheet.line(style.paint(Ink.BOLD, name) + "  " + mark);
        } else {
            sheet.line(style.paint(Ink.BOLD, Cells.shorten(name, style.width(), style.glyph("…", "..."))));
            sheet.line(mark);
        }
        sheet.line(style.paint(Ink.DIM, Cells.clean(facts)));
    }

    private void sketch(Sketch sketch, List<ExaminedRun.Reported> shown) throws IOException {
        if (sketch.rows().isEmpty()) {
            return;
        }
        Sparkline line = new Sparkline(sketch, style.unicode());
        int labels = sketch.rows().stream()
                .mapToInt(r -> Cells.width(label(r)))
                .max()
                .orElse(0);
        String arrow = style.glyph(" → ", " -> ");
        sheet.blank();
        for (Sketch.Row row : sketch.rows()) {
            sheet.line("  " + style.paint(Ink.DIM, Cells.pad(label(row), labels)) + "  "
                    + style.paint(Ink.BLUE, line.draw(row)) + "  " + Numbers.of(row.first()) + arrow
                    + Numbers.of(row.last()));
        }
        if (!shown.isEmpty()) {
            Finding worst = shown.get(0).finding();
            Where where = worst.where();
            String lead = " ".repeat(labels + 4);
            String mark = line.mark(where.fromStep(), where.toStep());
            String text = worst.rule().code();
            boolean fits = labels + 4 + Cells.width(mark) + 1 + text.length() <= style.width();
            sheet.line(lead + style.paint(Ink.of(worst.severity()), mark + (fits ? " " + text : "")));
        }
    }

    private String label(Sketch.Row row) {
        return Cells.shorten(Cells.clean(row.label()), 18, style.glyph("…", "..."));
    }

    private void group(List<ExaminedRun.Reported> group) throws IOException {
        Finding lead = group.get(0).finding();
        RulePage page = pages.of(lead.rule());
        String severity = lead.severity().label().toUpperCase(Locale.ROOT);
        String title = lead.rule().code() + " " + lead.rule().name();
        String fresh = baseline ? " (new)" : "";
        sheet.line(style.paint(Ink.of(lead.severity()), Cells.pad(severity, SEVERITY_WIDTH))
                + style.paint(Ink.BOLD, title)
                + style.paint(Ink.DIM, fresh));
        String indent = " ".repeat(SEVERITY_WIDTH);
        sheet.hanging(indent, Cells.clean(Sentences.of(lead)));
        field("why", page.why());
        String advice = Advice.first(lead, page);
        if (!advice.isEmpty()) {
            field("do", advice);
        }
        field("where", Places.line(lead.where()));
        for (ExaminedRun.Reported other : group.subList(1, group.size())) {
            Finding also = other.finding();
            String text = also.rule().code() + " " + also.rule().name() + " ("
                    + also.severity().label() + "): " + also.summary();
            field("also", text);
        }
    }

    private void field(String key, String text) throws IOException {
        String plain = " ".repeat(SEVERITY_WIDTH) + Cells.pad(key, KEY_WIDTH);
        sheet.hanging(style.paint(Ink.DIM, plain), plain, Cells.clean(text));
    }

    private void remarks(Map<Integer, List<ExaminedRun.Reported>> groups) throws IOException {
        boolean any = false;
        for (List<ExaminedRun.Reported> group : groups.values()) {
            if (group.get(0).finding().severity() != Severity.INFO) {
                continue;
            }
            for (ExaminedRun.Reported one : group) {
                Finding remark = one.finding();
                String plain = Cells.pad("info", SEVERITY_WIDTH);
                String text = remark.rule().code() + " " + remark.rule().name() + ": " + remark.summary();
                sheet.hanging(style.paint(Ink.DIM, plain), plain, Cells.clean(text));
                any = true;
            }
        }
        if (any) {
            sheet.blank();
        }
    }

    void printProblems(ExaminedRun run) throws IOException {
        if (run.problems().isEmpty()) {
            return;
        }
        sheet.line(style.paint(Ink.BOLD, "Reading"));
        String bullet = "  " + style.glyph("·", "-") + " ";
        int shown = Math.min(MOST_PROBLEMS, run.problems().size());
        for (ReadProblem problem : run.problems().subList(0, shown)) {
            sheet.hanging(bullet, Cells.clean(at(run, problem) + problem.problem()));
        }
        if (shown < run.problems().size()) {
            sheet.hanging(bullet, Counts.of(run.problems().size() - shown, "more problem"));
        }
    }

    /** Where a problem is, seen from the run: its only file goes without saying. */
    private static String at(ExaminedRun run, ReadProblem problem) {
        String file = problem.file();
        boolean onlyFile = file.equals(run.path())
                || (run.files().size() == 1 && run.files().get(0).equals(file));
        if (onlyFile) {
            return problem.line() > 0 ? "line " + problem.line() + ": " : "";
        }
        String shown =
                file.startsWith(run.path() + "/") ? file.substring(run.path().length() + 1) : file;
        return (problem.line() > 0 ? shown + ":" + problem.line() : shown) + ": ";
    }
}
