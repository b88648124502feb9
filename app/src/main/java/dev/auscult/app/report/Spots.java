package dev.auscult.app.report;

import java.util.List;

import dev.auscult.diagnose.Finding;

/** Knows the places in files where a finding can be seen. */
@FunctionalInterface
public interface Spots {
    /** A finding is about a run as a whole. */
    Spots NONE = finding -> List.of();

    /**
     * A place in a file.
     *
     * @param file as shown
     * @param line from 1; 0 if unknown
     */
    record Spot(String file, long line) {}

    /** The places, the worst first; empty if they are not known. */
    List<Spot> of(Finding finding);
}
