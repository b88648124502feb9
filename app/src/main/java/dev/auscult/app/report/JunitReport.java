package dev.auscult.app.report;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import dev.auscult.diagnose.Diagnosis;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.RuleInfo;
import dev.auscult.run.ReadProblem;
import org.jspecify.annotations.Nullable;

/** JUnit XML, which build servers show: a test suite per run, a test case per rule. */
final class JunitReport implements Report {
    private final ReportContext context;
    private boolean begun;

    JunitReport(ReportContext context) {
        this.context = context;
    }

    @Override
    public void add(ExaminedRun run) throws IOException {
        begin();
        if (run.isRefused()) {
            suite(run, 1, 0, 1, 0);
            line("    <testcase classname=" + quoted(run.name()) + " name=\"readable\" time=\"0\">");
            line("      <error message=" + quoted(run.refusal()) + "/>");
            line("    </testcase>");
            line("  </testsuite>");
            return;
        }
        Map<String, List<ExaminedRun.Reported>> found = run.findings().stream()
                .collect(Collectors.groupingBy(f -> f.finding().rule().code()));
        Map<String, Diagnosis.CannotTell> unable = new HashMap<>();
        run.unable().forEach(one -> unable.put(one.rule().code(), one));
        long failures = found.values().stream().filter(this::fails).count();
        suite(run, context.rules().size(), failures, 0, unable.size());
        for (RuleInfo rule : context.rules()) {
            testcase(run, rule, found.getOrDefault(rule.code(), List.of()), unable.get(rule.code()));
        }
        String causes = LikelyCauses.of(run).stream().map(LikelyCauses::line).collect(Collectors.joining("\n"));
        if (!causes.isEmpty()) {
            line("    <system-out>" + text("likely causes:\n" + causes) + "</system-out>");
        }
        if (!run.problems().isEmpty()) {
            line("    <system-err>" + text(problems(run.problems())) + "</system-err>");
        }
        line("  </testsuite>");
    }

    private void testcase(
            ExaminedRun run, RuleInfo rule, List<ExaminedRun.Reported> found, Diagnosis.@Nullable CannotTell unable)
            throws IOException {
        String open = "    <testcase classname=" + quoted(run.name()) + " name="
                + quoted(rule.code() + " " + rule.name()) + " time=\"0\"";
        if (unable != null) {
            String why = unable.verdict().reason() + "; " + unable.verdict().record();
            line(open + "><skipped message=" + quoted(why) + "/></testcase>");
        } else if (found.isEmpty()) {
            line(open + "/>");
        } else if (fails(found)) {
            Finding worst = found.stream()
                    .filter(context.failing())
                    .findFirst()
                    .orElseThrow()
                    .finding();
            line(open + ">");
            line("      <failure type=" + quoted(worst.severity().label()) + " message=" + quoted(worst.summary()) + ">"
                    + text(details(found)) + "</failure>");
            line("    </testcase>");
        } else {
            line(open + "><system-out>" + text(details(found)) + "</system-out></testcase>");
        }
    }

    private boolean fails(List<ExaminedRun.Reported> found) {
        return found.stream().anyMatch(context.failing());
    }

    private static String details(List<ExaminedRun.Reported> found) {
        return found.stream()
                .map(one -> one.finding().severity().label().toUpperCase(Locale.ROOT) + " "
                        + one.finding().summary() + " ("
                        + Places.line(one.finding().where()) + ")"
                        + (one.accepted() ? ", accepted by the baseline" : ""))
                .collect(Collectors.joining("\n"));
    }

    private static String problems(List<ReadProblem> problems) {
        return problems.stream()
                .map(p -> p.file() + (p.line() > 0 ? ":" + p.line() : "") + ": " + p.problem())
                .collect(Collectors.joining("\n"));
    }

    private void suite(ExaminedRun run, long tests, long failures, long errors, long skipped) throws IOException {
        line("  <testsuite name=" + quoted(run.name()) + " tests=\"" + tests + "\" failures=\"" + failures
                + "\" errors=\"" + errors + "\" skipped=\"" + skipped + "\" time=\"0\">");
    }

    private void begin() throws IOException {
        if (!begun) {
            begun = true;
            line("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
            line("<testsuites name=\"auscult\">");
        }
    }

    private void line(String text) throws IOException {
        context.out().write(text);
        context.out().write('\n');
    }

    private static String quoted(String text) {
        return "\"" + text(text).replace("\"", "&quot;").replace("\n", "&#10;").replace("\t", "&#9;") + "\"";
    }

    /** Character data: markup escaped, characters that XML 1.0 forbids replaced. */
    static String text(String text) {
        StringBuilder xml = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> xml.append("&amp;");
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                default -> xml.appendCodePoint(isXml(c) ? c : 0xfffd);
            }
        });
        return xml.toString();
    }

    private static boolean isXml(int c) {
        return c == '\t' || c == '\n' || (c >= 0x20 && c <= 0xd7ff) || (c >= 0xe000 && c <= 0xfffd) || c >= 0x10000;
    }

    @Override
    public void finish() throws IOException {
        begin();
        line("</testsuites>");
        context.out().flush();
    }
}
