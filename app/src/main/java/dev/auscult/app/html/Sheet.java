package dev.auscult.app.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The style sheet of the reports. */
public final class Sheet {
    private Sheet() {}

    /** The sheet as CSS. */
    public static String text() {
        try (InputStream in = Sheet.class.getResourceAsStream("report.css")) {
            if (in == null) {
                throw new IllegalStateException("the build left out report.css");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
