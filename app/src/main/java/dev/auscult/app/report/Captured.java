package dev.auscult.app.report;

import java.io.IOException;
import java.util.List;

/** A report that also keeps what it was told, for what is to be done about it. */
public final class Captured implements Report {
    private final Report report;
    private final List<ExaminedRun> runs;

    /**
     * Passes everything on.
     *
     * @param runs where examined runs are kept
     */
    public Captured(Report report, List<ExaminedRun> runs) {
        this.report = report;
        this.runs = runs;
    }

    @Override
    public void add(ExaminedRun run) throws IOException {
        runs.add(run);
        report.add(run);
    }

    @Override
    public void finish() throws IOException {
        report.finish();
    }
}
