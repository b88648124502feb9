package dev.auscult.app.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The report for people at a terminal: one run in full, many runs as a table and then those that are sick. */
final class TextReport implements Report {
    private static final int MOST_GAPS = 5;

    private final ReportContext context;
    private final Style style;
    private final List<ExaminedRun> runs = new ArrayList<>();
    private final Tally tally = new Tally();

    TextReport(ReportContext context) {
        this.context = context;
        this.style = context.style();
    }

    @Override
    public void add(ExaminedRun run) {
        tally.add(run);
        runs.add(run);
    }

    @Override
    public void finish() throws IOException {
        TextSheet sheet = new TextSheet(context.out(), style);
        TextRun details = new TextRun(sheet, style, context.baseline());
        boolean many = runs.size() > 1;
        if (many) {
            new TextTable(sheet, style).print(runs);
            sheet.blank();
        }
        for (ExaminedRun run : runs) {
            if (run.isRefused()) {
                continue;
            }
            if (!many || context.verbose() || run.isFreshlySick()) {
                details.print(run);
                boolean more = (!many || context.verbose()) && gaps(sheet, List.of(run), context.verbose());
                details.printProblems(run);
                if (more || !run.problems().isEmpty()) {
                    sheet.blank();
                }
            }
        }
        if (many && !context.verbose()) {
            List<ExaminedRun> read = runs.stream().filter(r -> !r.isRefused()).toList();
            if (gaps(sheet, read, false)) {
                sheet.blank();
            }
        }
        refused(sheet);
        sheet.line(style.paint(tally.sick() > 0 ? Ink.BOLD : Ink.GREEN, tally.line()));
        context.out().flush();
    }

    private boolean gaps(TextSheet sheet, List<ExaminedRun> of, boolean all) throws IOException {
        Gaps gaps = new Gaps();
        of.forEach(gaps::add);
        List<Gaps.Gap> worst = gaps.worstFirst();
        if (worst.isEmpty()) {
            return false;
        }
        sheet.line(style.paint(Ink.BOLD, "Could not tell"));
        int shown = all ? worst.size() : Math.min(MOST_GAPS, worst.size());
        for (Gaps.Gap gap : worst.subList(0, shown)) {
            String inRuns = of.size() > 1 ? " in " + Counts.of(gap.runs().size(), "run") : "";
            String who = gap.rules().size() == 1
                    ? gap.rules().iterator().next()
                    : Counts.of(gap.rules().size(), "rule");
            String codes = all && gap.rules().size() > 1 ? " (" + String.join(", ", gap.rules()) + ")" : "";
            String text = who + inRuns + codes + ": " + gap.reason() + "; " + gap.record();
            sheet.hanging("  " + style.glyph("·", "-") + " ", Cells.clean(text));
        }
        if (shown < worst.size()) {
            sheet.hanging(
                    "  " + style.glyph("·", "-") + " ",
                    Counts.of(worst.size() - shown, "more reason") + ", shown with --verbose");
        }
        return true;
    }

    private void refused(TextSheet sheet) throws IOException {
        List<ExaminedRun> refused = runs.stream().filter(ExaminedRun::isRefused).toList();
        if (refused.isEmpty()) {
            return;
        }
        sheet.line(style.paint(Ink.BOLD, "Refused"));
        for (ExaminedRun run : refused) {
            sheet.hanging("  " + style.glyph("·", "-") + " ", Cells.clean(run.name() + ": " + run.refusal()));
        }
        sheet.blank();
    }
}
