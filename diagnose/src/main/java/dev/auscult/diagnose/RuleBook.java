package dev.auscult.diagnose;

import java.util.List;
import java.util.Locale;
import java.util.Optional;


/** Every rule, one line each, by code. */
public final class RuleBook {
    private static final List<Rule> RULES = List.of();

    private RuleBook() {}

    /** All rules, by code. */
    public static List<Rule> rules() {
        return RULES;
    }

    /** The rule with this code or name, in any case. */
    public static Optional<Rule> find(String codeOrName) {
        String wanted = codeOrName.toLowerCase(Locale.ROOT);
        return RULES.stream()
                .filter(r -> r.info().code().toLowerCase(Locale.ROOT).equals(wanted)
                        || r.info().name().equals(wanted))
                .findFirst();
    }
}
