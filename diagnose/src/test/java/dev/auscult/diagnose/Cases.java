package dev.auscult.diagnose;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.auscult.run.Run;

/** The cases on the pages of the rules. */
final class Cases {
    private static final Pattern CASE =
            Pattern.compile("### (Sick|Healthy|Unable): ([^\\n]+)\\n+```run\\n(.*?)```", Pattern.DOTALL);

    private Cases() {}

    /** One case: the rule whose page it stands on, the verdict it names, and the run. */
    record Case(Rule rule, String kind, String title, String text) {
        Run run() {
            return CaseRun.parse(rule.info().name() + "/" + title, text);
        }

        @Override
        public String toString() {
            return rule.info().name() + ", " + kind + ": " + title;
        }
    }

    static List<Case> of(Rule rule) {
        List<Case> cases = new ArrayList<>();
        Matcher matcher = CASE.matcher(RulePage.of(rule.info()).section("Cases"));
        while (matcher.find()) {
            cases.add(new Case(rule, matcher.group(1), matcher.group(2).strip(), matcher.group(3)));
        }
        return cases;
    }

    /** Every case of every rule. */
    static List<Case> all() {
        return RuleBook.rules().stream().flatMap(rule -> of(rule).stream()).toList();
    }
}
