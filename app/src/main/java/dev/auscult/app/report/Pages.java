package dev.auscult.app.report;

import java.util.HashMap;
import java.util.Map;

import dev.auscult.diagnose.RuleInfo;
import dev.auscult.diagnose.RulePage;

/** The pages of the rules that a report needs, each read once. */
final class Pages {
    private final Map<String, RulePage> byCode = new HashMap<>();

    RulePage of(RuleInfo rule) {
        return byCode.computeIfAbsent(rule.code(), code -> RulePage.of(rule));
    }
}
