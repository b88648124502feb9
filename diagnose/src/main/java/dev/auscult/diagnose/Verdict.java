package dev.auscult.diagnose;

import java.util.List;
import java.util.Objects;

/** What a rule says of a run; "cannot tell" is never "fine". */
public sealed interface Verdict {
    /** The fault is there, in one or more places. */
    record Found(List<Finding> findings) implements Verdict {
        public Found {
            findings = List.copyOf(findings);
            if (findings.isEmpty()) {
                throw new IllegalArgumentException("a verdict of found needs a finding");
            }
        }
    }

    /** The rule could look, and the fault is not there. */
    record Clear() implements Verdict {}

    /**
     * The rule could not tell.
     *
     * @param reason what was missing or too little, with numbers
     * @param record what to record next time, so that it can
     */
    record Unable(String reason, String record) implements Verdict {
        public Unable {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(record, "record");
        }
    }

    Verdict CLEAR = new Clear();

    static Verdict found(Finding finding) {
        return new Found(List.of(finding));
    }

    /** Found if there is any finding, else clear. */
    static Verdict of(List<Finding> findings) {
        return findings.isEmpty() ? CLEAR : new Found(findings);
    }

    static Verdict unable(String reason, String record) {
        return new Unable(reason, record);
    }
}
