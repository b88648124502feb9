package dev.auscult.app;

import java.util.Locale;
import java.util.Map;

import dev.auscult.app.live.Figures;
import dev.auscult.app.report.Cells;
import dev.auscult.app.report.Counts;
import dev.auscult.app.report.Ink;
import dev.auscult.app.report.Style;
import dev.auscult.train.loop.Outcome;

/**
 * How a training ended, in a few lines.
 *
 * @param outcome how it ended
 * @param recording the recording, as it is shown
 * @param seconds how long it took this time
 */
record Summary(Outcome outcome, String recording, double seconds) {
    private static final int LABELS = 12;

    /** The lines, with a line end after each. */
    String text(Style style) {
        StringBuilder text = new StringBuilder();
        text.append(style.paint(ink(), title()))
                .append(Cells.clean(": " + outcome.reason()))
                .append(style.paint(
                        Ink.DIM,
                        String.format(
                                Locale.ROOT, " (%s, %s)", Counts.of(outcome.step(), "step"), Figures.time(seconds))))
                .append('\n');
        // The weights that are kept are those of the last epoch, unless the best ones were asked back.
        if (!outcome.best().equals(outcome.last())) {
            results(text, style, "best", outcome.best());
            results(text, style, "last", outcome.last());
        } else {
            results(text, style, "results", outcome.last());
        }
        results(text, style, "test", outcome.test());
        line(text, style, "recording", recording);
        return text.toString();
    }

    private String title() {
        return switch (outcome.ending()) {
            case COMPLETED -> "Done";
            case EARLY_STOP -> "Stopped early";
            case STOPPED -> "Stopped by policy";
            case INTERRUPTED -> "Interrupted";
            case UNWRITABLE -> "Stopped";
        };
    }

    private Ink ink() {
        return switch (outcome.ending()) {
            case COMPLETED, EARLY_STOP -> Ink.GREEN;
            case INTERRUPTED -> Ink.YELLOW;
            case STOPPED, UNWRITABLE -> Ink.RED;
        };
    }

    /** The results of one evaluation, broken between numbers where the line is full. */
    private static void results(StringBuilder text, Style style, String label, Map<String, Double> results) {
        StringBuilder line = new StringBuilder();
        String head = label;
        for (Map.Entry<String, Double> result : results.entrySet()) {
            String one = Cells.clean(result.getKey()) + " " + Figures.number(result.getValue());
            if (line.length() > 0 && LABELS + line.length() + 3 + one.length() > style.width()) {
                line(text, style, head, line.toString());
                line.setLength(0);
                head = "";
            }
            line.append(line.length() == 0 ? "" : style.glyph(" · ", " - ")).append(one);
        }
        if (line.length() > 0) {
            line(text, style, head, line.toString());
        }
    }

    private static void line(StringBuilder text, Style style, String label, String content) {
        text.append(style.paint(Ink.DIM, Cells.pad(label, LABELS)))
                .append(content)
                .append('\n');
    }
}
