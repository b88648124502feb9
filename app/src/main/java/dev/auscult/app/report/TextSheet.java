package dev.auscult.app.report;

import java.io.IOException;
import java.io.Writer;

/** Lines on their way to a terminal. */
public final class TextSheet {
    private final Writer out;
    private final Style style;

    public TextSheet(Writer out, Style style) {
        this.out = out;
        this.style = style;
    }

    /** A line as it is. */
    public void line(String text) throws IOException {
        out.write(text.stripTrailing());
        out.write('\n');
    }

    /** An empty line. */
    public void blank() throws IOException {
        out.write('\n');
    }

    /** A text behind a lead, wrapped, its further lines set in as far as the lead is wide. */
    public void hanging(String lead, String text) throws IOException {
        hanging(lead, lead, text);
    }

    /** The same with a lead that has colours: {@code plainLead} is the lead without them. */
    public void hanging(String lead, String plainLead, String text) throws IOException {
        int indent = Cells.width(plainLead);
        String before = lead;
        for (String line : Cells.wrap(text, style.width() - indent)) {
            line(before + line);
            before = " ".repeat(indent);
        }
    }
}
