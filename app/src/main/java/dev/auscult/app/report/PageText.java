package dev.auscult.app.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The Markdown of our pages on a terminal. */
final class PageText {
    private final TextSheet sheet;
    private final Style style;

    PageText(TextSheet sheet, Style style) {
        this.sheet = sheet;
        this.style = style;
    }

    /** Paragraphs and lists, wrapped anew; code as it is, except in cases, where it is a run drawn for a test. */
    void print(String section) throws IOException {
        List<String> paragraph = new ArrayList<>();
        boolean code = false;
        boolean run = false;
        for (String line : section.lines().toList()) {
            if (line.startsWith("```")) {
                flush(paragraph);
                code = !code;
                run = code && line.equals("```run");
            } else if (code) {
                if (!run) {
                    sheet.line(style.paint(Ink.DIM, "      " + line));
                }
            } else if (line.isBlank()) {
                flush(paragraph);
            } else if (line.startsWith("### ")) {
                flush(paragraph);
                sheet.hanging("  " + style.glyph("·", "-") + " ", marked(line.substring(4)));
            } else {
                if (line.matches("(\\d+\\.|[-*]) .*")) {
                    flush(paragraph);
                }
                paragraph.add(line.strip());
            }
        }
        flush(paragraph);
    }

    private void flush(List<String> paragraph) throws IOException {
        if (paragraph.isEmpty()) {
            return;
        }
        String text = String.join(" ", paragraph);
        paragraph.clear();
        int blank = text.indexOf(' ');
        boolean item = text.matches("(\\d+\\.|[-*]) .*");
        String lead = item ? "  " + text.substring(0, blank + 1) : "  ";
        sheet.hanging(lead, marked(item ? text.substring(blank + 1) : text));
    }

    /** Markdown's marks for strong text mean nothing on a terminal; those for code stay, as they set names apart. */
    static String marked(String text) {
        return text.replace("**", "");
    }
}
