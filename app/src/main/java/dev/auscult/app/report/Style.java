package dev.auscult.app.report;

/**
 * What the place that shows a report can do.
 *
 * @param colour whether it understands ANSI colours
 * @param unicode whether it can show block and box characters
 * @param width columns
 */
public record Style(boolean colour, boolean unicode, int width) {
    private static final int NARROWEST = 40;

    /** No colour, block characters, 80 columns. */
    public static final Style PLAIN = new Style(false, true, 80);

    public Style {
        width = Math.max(NARROWEST, width);
    }

    /** The text in an ink, or as it is where there are no colours. */
    public String paint(Ink ink, String text) {
        return colour && !text.isEmpty() ? ink.on() + text + "\u001b[0m" : text;
    }

    /** One of two texts, depending on what can be shown. */
    public String glyph(String fine, String plain) {
        return unicode ? fine : plain;
    }
}
