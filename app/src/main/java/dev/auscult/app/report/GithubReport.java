package dev.auscult.app.report;

import java.io.IOException;
import java.util.stream.Collectors;

import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Severity;
import dev.auscult.diagnose.cause.Suspect;
import dev.auscult.run.ReadProblem;

/** Workflow commands, which GitHub Actions shows as annotations. */
final class GithubReport implements Report {
    private final ReportContext context;
    private final Tally tally = new Tally();

    GithubReport(ReportContext context) {
        this.context = context;
    }

    @Override
    public void add(ExaminedRun run) throws IOException {
        tally.add(run);
        for (ExaminedRun.Reported reported : run.fresh()) {
            Finding finding = reported.finding();
            String title = finding.rule().code() + " " + finding.rule().name();
            String text = finding.summary() + " (" + Places.line(finding.where()) + ")";
            command(level(finding.severity()), run.path(), 0, title, text);
        }
        for (Suspect suspect : LikelyCauses.of(run)) {
            command("notice", run.path(), 0, "likely cause: " + suspect.cause().label(), LikelyCauses.line(suspect));
        }
        if (run.isRefused()) {
            command("warning", run.path(), 0, "not readable", run.refusal());
        }
        for (ReadProblem problem : run.problems()) {
            command("notice", problem.file(), problem.line(), "read with problems", problem.problem());
        }
    }

    private void command(String level, String file, long line, String title, String message) throws IOException {
        context.out()
                .write("::" + level + " file=" + property(file) + (line > 0 ? ",line=" + line : "") + ",title="
                        + property(title) + "::" + data(message) + "\n");
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case CRITICAL, HIGH -> "error";
            case MEDIUM -> "warning";
            case LOW, INFO -> "notice";
        };
    }

    /** Escapes a message and cleans its lines, so that a log can slip in neither a command nor what steers a terminal. */
    static String data(String text) {
        return text.lines().map(line -> Cells.clean(line).replace("%", "%25")).collect(Collectors.joining("%0A"));
    }

    /** Escapes a value between commas. */
    static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }

    @Override
    public void finish() throws IOException {
        context.out().write(tally.line() + "\n");
        context.out().flush();
    }
}
