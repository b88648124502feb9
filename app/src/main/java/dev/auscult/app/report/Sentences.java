package dev.auscult.app.report;

import java.util.Locale;

import dev.auscult.diagnose.Finding;

/** Makes sentences of summaries. */
public final class Sentences {
    private Sentences() {}

    /** The summary of a finding with a capital letter, unless it begins with the name of a column. */
    static String of(Finding finding) {
        String text = finding.summary();
        boolean name = finding.where().columns().stream().anyMatch(text::startsWith);
        return name ? text : of(text);
    }

    /** A text with a capital letter. */
    public static String of(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
