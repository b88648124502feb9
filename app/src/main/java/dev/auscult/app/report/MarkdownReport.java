package dev.auscult.app.report;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

import dev.auscult.diagnose.Diagnosis;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Numbers;
import dev.auscult.diagnose.RulePage;
import dev.auscult.diagnose.cause.Suspect;

/** Markdown tables, for comments on a change. */
final class MarkdownReport implements Report {
    private final ReportContext context;
    private final Pages pages = new Pages();
    private final Tally tally = new Tally();
    private final List<ExaminedRun> runs = new ArrayList<>();

    MarkdownReport(ReportContext context) {
        this.context = context;
    }

    @Override
    public void add(ExaminedRun run) {
        tally.add(run);
        runs.add(run);
    }

    @Override
    public void finish() throws IOException {
        Writer out = context.out();
        out.write("## Auscult\n\n" + tally.line() + "\n\n");
        out.write("| status | run | format | steps | worst finding |\n| --- | --- | --- | ---: | --- |\n");
        for (ExaminedRun run : runs) {
            String worst = run.isRefused()
                    ? cell(run.refusal())
                    : run.fresh().isEmpty() ? "" : title(run.fresh().get(0).finding());
            out.write("| " + emphasis(run) + " | " + cell(run.name()) + " | " + cell(run.format()) + " | "
                    + (run.isRefused() ? "" : run.steps()) + " | " + worst + " |\n");
        }
        for (ExaminedRun run : runs) {
            if (run.isFreshlySick() || (runs.size() == 1 && !run.fresh().isEmpty())) {
                findings(out, run);
            }
        }
        out.flush();
    }

    private void findings(Writer out, ExaminedRun run) throws IOException {
        out.write("\n### " + cell(run.name()) + "\n\n");
        out.write("| finding | what | where | do first |\n| --- | --- | --- | --- |\n");
        for (ExaminedRun.Reported reported : run.fresh()) {
            Finding finding = reported.finding();
            RulePage page = pages.of(finding.rule());
            // A remedy may name columns of the data; the page is ours.
            String advice = finding.remedies().isEmpty()
                    ? Advice.first(finding, page).replace("|", "\\|")
                    : cell(Advice.first(finding, page));
            out.write("| " + title(finding) + " | " + cell(finding.summary()) + " | "
                    + cell(Places.line(finding.where())) + " | " + advice + " |\n");
        }
        causes(out, run);
    }

    private static void causes(Writer out, ExaminedRun run) throws IOException {
        List<Suspect> likely = LikelyCauses.of(run);
        if (likely.isEmpty()) {
            return;
        }
        out.write("\n| likely cause | probability | explains | do first |\n| --- | ---: | --- | --- |\n");
        for (Suspect suspect : likely) {
            out.write("| " + suspect.cause().label() + ": "
                    + cell(suspect.cause().meaning()) + " | "
                    + Numbers.percent(suspect.probability()) + " | " + String.join(", ", suspect.explains()) + " | "
                    + cell(LikelyCauses.firstTreatment(suspect)) + " |\n");
        }
    }

    private static String title(Finding finding) {
        return "**" + finding.severity().label() + "** " + finding.rule().code() + " "
                + finding.rule().name();
    }

    private static String emphasis(ExaminedRun run) {
        String status = TextTable.status(run);
        return run.status() == Diagnosis.Status.SICK && run.isFreshlySick() ? "**" + status + "**" : status;
    }

    /** Text that comes from a log, as text and nothing else. */
    static String cell(String text) {
        StringBuilder cell = new StringBuilder();
        for (char c : Cells.clean(text).toCharArray()) {
            if (c == '<') {
                cell.append("&lt;");
            } else if (c == '&') {
                cell.append("&amp;");
            } else {
                if ("\\`*_[]|~".indexOf(c) >= 0) {
                    cell.append('\\');
                }
                cell.append(c);
            }
        }
        return cell.toString();
    }
}
