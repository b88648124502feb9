package dev.auscult.app.html;

import java.io.IOException;
import java.io.Writer;

/** A piece of HTML. There is no piece of raw markup, so whatever text is put in arrives as text. */
public sealed interface Html permits Element, Html.Text {
    /** Writes it as markup. */
    void write(Writer out) throws IOException;

    /** An element of this name, to be filled. */
    static Element of(String name) {
        return new Element(name);
    }

    /** An element with text in it. */
    static Element of(String name, String text) {
        return new Element(name).text(text);
    }

    /**
     * Text.
     *
     * @param text as it is to be read
     */
    record Text(String text) implements Html {
        @Override
        public void write(Writer out) throws IOException {
            escape(text, out);
        }
    }

    /** Text with all that HTML would take for markup escaped; characters that HTML forbids are replaced. */
    static void escape(String text, Writer out) throws IOException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> out.write("&lt;");
                case '>' -> out.write("&gt;");
                case '&' -> out.write("&amp;");
                case '"' -> out.write("&quot;");
                case '\'' -> out.write("&#39;");
                default -> out.write(isForbidden(text, i) ? '\ufffd' : c);
            }
        }
    }

    /** Control characters, halves of a pair, and marks that turn the direction of what follows. */
    private static boolean isForbidden(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 >= text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
        }
        boolean turns = (c >= '\u202a' && c <= '\u202e') || (c >= '\u2066' && c <= '\u2069');
        return turns || (Character.isISOControl(c) && c != '\n' && c != '\t');
    }
}
