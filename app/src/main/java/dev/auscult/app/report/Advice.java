package dev.auscult.app.report;

import java.util.List;

import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Remedy;
import dev.auscult.diagnose.RulePage;

/** What to do about a finding, in one line. */
final class Advice {
    private Advice() {}

    /** The best remedy of the finding, else the first advice of the page of its rule; empty if there is neither. */
    static String first(Finding finding, RulePage page) {
        if (!finding.remedies().isEmpty()) {
            return of(finding.remedies().get(0));
        }
        return page.advice().isEmpty() ? "" : page.advice().get(0);
    }

    /** {@code drop the column (data.drop: +[id])}. */
    static String of(Remedy remedy) {
        List<String> edits =
                remedy.edits().stream().map(e -> e.key() + ": " + e.value()).toList();
        return edits.isEmpty() ? remedy.text() : remedy.text() + " (" + String.join(", ", edits) + ")";
    }
}
