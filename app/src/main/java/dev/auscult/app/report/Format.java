package dev.auscult.app.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The forms of a report. */
public enum Format {
    TEXT,
    JSON,
    SARIF,
    JUNIT,
    GITHUB,
    MARKDOWN;

    /** A report of this form. */
    public Report open(ReportContext context) {
        return switch (this) {
            case TEXT -> new TextReport(context);
            case JSON -> new JsonReport(context);
            case SARIF -> new SarifReport(context);
            case JUNIT -> new JunitReport(context);
            case GITHUB -> new GithubReport(context);
            case MARKDOWN -> new MarkdownReport(context);
        };
    }

    /** The lower-case name on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static List<String> labels() {
        return Arrays.stream(values()).map(Format::label).toList();
    }

    /** The form of this name. */
    public static Optional<Format> of(String label) {
        return Arrays.stream(values()).filter(f -> f.label().equals(label)).findFirst();
    }
}
