package dev.auscult.app.report;

import java.io.IOException;

/** Shows examined runs, one after the other, as they come. */
public interface Report {
    /** Takes a run; what can be shown at once is. */
    void add(ExaminedRun run) throws IOException;

    /** Shows what had to wait for the last run, and ends. */
    void finish() throws IOException;
}
