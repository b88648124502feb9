package dev.auscult.app.live;

import java.util.Arrays;
import java.util.Optional;

import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Severity;

/** A finding in one line, as it is told while a network trains: {@code high: FIT101 overfitting: validation loss rose …}. */
public final class FindingLine {
    private static final String COLON = ": ";

    private FindingLine() {}

    /** The line of a finding. */
    public static String of(Finding finding) {
        return finding.severity().label() + COLON + finding.rule().code() + " "
                + finding.rule().name() + COLON + finding.summary();
    }

    /** How severe the finding is that a line tells; empty if it tells something else. */
    static Optional<Severity> severity(String line) {
        return Arrays.stream(Severity.values())
                .filter(s -> line.startsWith(s.label() + COLON))
                .findFirst();
    }
}
