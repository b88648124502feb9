package dev.auscult.diagnose;

import java.util.Objects;

/**
 * What a rule is called.
 *
 * @param code family and number, never reused: {@code FIT101}
 * @param name the fault, kebab-case: {@code overfitting}
 * @param family what it is about
 * @param since the version that brought it
 * @param stage how far it can be relied on
 */
public record RuleInfo(String code, String name, Family family, String since, Stage stage) {

    /** How far a rule can be relied on. */
    public enum Stage {
        /** Not yet proven on a real recorded run; shown only on request. */
        PREVIEW,
        /** A real recorded run is behind it, and no false alarm on any healthy run at hand. */
        STABLE
    }

    public RuleInfo {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(stage, "stage");
        if (!code.matches("[A-Z]{3}\\d{3}") || !code.startsWith(family.name())) {
            throw new IllegalArgumentException("a rule code is its family and three digits, found " + code);
        }
    }

    /** A stable rule since 0.1.0. */
    public static RuleInfo stable(String code, String name) {
        return new RuleInfo(code, name, Family.valueOf(code.substring(0, 3)), "0.1.0", Stage.STABLE);
    }

    /** A preview rule since 0.1.0. */
    public static RuleInfo preview(String code, String name) {
        return new RuleInfo(code, name, Family.valueOf(code.substring(0, 3)), "0.1.0", Stage.PREVIEW);
    }
}
