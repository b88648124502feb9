package dev.auscult.diagnose;

import java.util.Locale;

/** How bad a finding is, from the worst down. */
public enum Severity {
    /** The run is lost or its result is meaningless. */
    CRITICAL(90),
    /** The run's result is clearly worse than it could be. */
    HIGH(70),
    /** Worth acting on before the next run. */
    MEDIUM(40),
    /** Worth knowing. */
    LOW(15),
    /** A remark. */
    INFO(0);

    private final int lowestScore;

    Severity(int lowestScore) {
        this.lowestScore = lowestScore;
    }

    /** The severity of a score 0..100. */
    public static Severity ofScore(int score) {
        for (Severity severity : values()) {
            if (score >= severity.lowestScore) {
                return severity;
            }
        }
        return INFO;
    }

    /** The lowest score that has this severity. */
    public int lowestScore() {
        return lowestScore;
    }

    public boolean isAtLeast(Severity other) {
        return compareTo(other) <= 0;
    }

    /** Lower-case name for reports. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
