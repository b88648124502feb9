package dev.auscult.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every page has its headings, and every case on it gives the verdict that it names. */
class RulePagesTest {
    @TestFactory
    Stream<DynamicTest> pages() {
        return RuleBook.rules().stream()
                .map(rule -> DynamicTest.dynamicTest(rule.info().name() + " has its page", () -> checkPage(rule)));
    }

    @TestFactory
    Stream<DynamicTest> cases() {
        return Cases.all().stream().map(c -> DynamicTest.dynamicTest(c.toString(), () -> check(c)));
    }

    private static void checkPage(Rule rule) {
        RulePage page = RulePage.of(rule.info());
        assertThat(page.markdown())
                .startsWith("# " + rule.info().code() + " " + rule.info().name() + "\n");
        for (String heading : RulePage.HEADINGS) {
            assertThat(page.section(heading)).as(heading).isNotBlank();
        }
        assertThat(page.advice()).as("numbered advice").isNotEmpty();
        for (Threshold threshold : rule.thresholds()) {
            assertThat(page.section("What it sees"))
                    .as("thresholds named on the page")
                    .contains(threshold.key());
        }
        assertThat(Cases.of(rule).stream().map(Cases.Case::kind).distinct().toList())
                .as("at least one case of each kind")
                .containsExactlyInAnyOrder("Sick", "Healthy", "Unable");
    }

    private static void check(Cases.Case c) {
        Diagnosis diagnosis = new Doctor(List.of(c.rule()), Map.of()).examine(c.run());
        assertThat(said(diagnosis))
                .as("%s; findings %s, unable %s", c.title(), diagnosis.findings(), diagnosis.unable())
                .isEqualTo(c.kind());
    }

    /** The verdict of a doctor who knows one rule, in the words of a page. */
    static String said(Diagnosis diagnosis) {
        if (!diagnosis.unable().isEmpty()) {
            return "Unable";
        }
        return diagnosis.findings().isEmpty() ? "Healthy" : "Sick";
    }
}
