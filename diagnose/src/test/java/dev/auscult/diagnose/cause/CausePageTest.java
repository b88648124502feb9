package dev.auscult.diagnose.cause;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.RuleBook;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CausePageTest {
    private static final Pattern CODE = Pattern.compile("\\b[A-Z]{3}\\d{3}\\b");
    private static final Pattern NEIGHBOUR = Pattern.compile("\\*\\*([a-z-]+)\\*\\*");

    @ParameterizedTest
    @EnumSource(Cause.class)
    void aCauseHasAPageWithEveryHeadingAndNoEmptySection(Cause cause) {
        CausePage page = CausePage.of(cause);
        assertThat(page.markdown()).startsWith("# " + cause.label() + "\n\n## ").endsWith("\n");
        assertThat(page.markdown()
                        .lines()
                        .filter(l -> l.startsWith("## "))
                        .map(l -> l.substring(3))
                        .toList())
                .isEqualTo(CausePage.HEADINGS);
        assertThat(CausePage.HEADINGS)
                .allSatisfy(h -> assertThat(page.section(h)).as(h).hasSizeGreaterThan(40));
    }

    @ParameterizedTest
    @EnumSource(Cause.class)
    void theRulesThatAPageNamesExist(Cause cause) {
        Map<String, Rule> known = new HashMap<>();
        RuleBook.rules().forEach(r -> known.put(r.info().code(), r));
        List<String> named = CODE.matcher(CausePage.of(cause).markdown())
                .results()
                .map(MatchResult::group)
                .toList();
        assertThat(named).isNotEmpty();
        assertThat(known.keySet()).containsAll(named);
    }

    @ParameterizedTest
    @EnumSource(Cause.class)
    void theNeighboursThatAPageNamesAreOtherCauses(Cause cause) {
        List<String> named = new ArrayList<>(NEIGHBOUR
                .matcher(CausePage.of(cause).section("What tells it apart"))
                .results()
                .map(r -> r.group(1))
                .toList());
        assertThat(named).isNotEmpty().doesNotContain(cause.label()).doesNotHaveDuplicates();
        assertThat(named).allSatisfy(n -> assertThat(Cause.named(n)).isPresent());
    }

    @ParameterizedTest
    @EnumSource(Cause.class)
    void whatSpeaksForAndAgainstIsAList(Cause cause) {
        for (String heading : List.of("What speaks for it", "What speaks against it", "Sources")) {
            assertThat(CausePage.of(cause).section(heading).lines())
                    .allMatch(l -> l.startsWith("- ") || l.startsWith("  "));
        }
    }
}
