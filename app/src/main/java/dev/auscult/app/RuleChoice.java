package dev.auscult.app;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.auscult.diagnose.Family;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.RuleInfo;
import dev.auscult.run.Nearest;

/** Picks the rules to apply. */
final class RuleChoice {
    private final List<Rule> book;

    RuleChoice(List<Rule> book) {
        this.book = book;
    }

    /**
     * The rules to apply, in the order of the book.
     *
     * @param only codes, names or families; all if empty
     * @param except codes, names or families to leave out
     * @param preview whether to apply preview rules that {@code only} does not name one by one
     */
    List<Rule> choose(List<String> only, List<String> except, boolean preview) {
        Set<Rule> chosen = new LinkedHashSet<>();
        for (Rule rule : book) {
            boolean proven = preview || rule.info().stage() == RuleInfo.Stage.STABLE;
            boolean inFamily = only.isEmpty()
                    || only.stream()
                            .anyMatch(
                                    o -> o.equalsIgnoreCase(rule.info().family().name()));
            boolean named = only.stream().anyMatch(o -> isNamed(rule, o));
            boolean left = except.stream()
                    .anyMatch(e -> isNamed(rule, e)
                            || e.equalsIgnoreCase(rule.info().family().name()));
            if (!left && (named || (inFamily && proven))) {
                chosen.add(rule);
            }
        }
        if (chosen.isEmpty() && !(only.isEmpty() && except.isEmpty())) {
            throw new UsageException("--only and --except leave no rule to apply; auscult rule lists what there is"
                    + (preview ? "" : ", --preview adds the rules in preview"));
        }
        return List.copyOf(chosen);
    }

    private static boolean isNamed(Rule rule, String name) {
        return name.equalsIgnoreCase(rule.info().code())
                || name.equalsIgnoreCase(rule.info().name());
    }

    /** Refuses the first name that no rule and no family has. */
    void check(List<String> names, String option) {
        names.forEach(name -> check(name, option));
    }

    private void check(String name, String option) {
        boolean known = Arrays.stream(Family.values()).anyMatch(f -> f.name().equalsIgnoreCase(name))
                || book.stream().anyMatch(r -> isNamed(r, name));
        if (!known) {
            throw new UsageException("unknown rule " + name + " for " + option + "; wanted a code, a name or a family"
                    + Nearest.hint(name, names(book)) + "; auscult rule lists what there is");
        }
    }

    /** Every name a rule goes by. */
    static List<String> names(List<Rule> book) {
        List<String> names = new ArrayList<>();
        for (Rule rule : book) {
            names.add(rule.info().name());
            names.add(rule.info().code());
        }
        for (Family family : Family.values()) {
            names.add(family.name());
        }
        return names;
    }
}
