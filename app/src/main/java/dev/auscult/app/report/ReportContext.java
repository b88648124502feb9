package dev.auscult.app.report;

import java.io.Writer;
import java.util.List;
import java.util.function.Predicate;

import dev.auscult.diagnose.RuleInfo;

/**
 * What a report is made with.
 *
 * @param out where it goes
 * @param style what that place can show
 * @param version version of Auscult
 * @param rules the rules in force, by code
 * @param baseline whether findings are compared with a baseline
 * @param failing whether a finding makes the run fail, for reports that tell so; it never holds where a baseline begins
 * @param verbose whether to show details of healthy runs and of what could not be judged
 */
public record ReportContext(
        Writer out,
        Style style,
        String version,
        List<RuleInfo> rules,
        boolean baseline,
        Predicate<ExaminedRun.Reported> failing,
        boolean verbose) {
    public ReportContext {
        rules = List.copyOf(rules);
    }
}
