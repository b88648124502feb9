package dev.auscult.app.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The style sheet of the reports. */
public final class Sheet {
    private Sheet() {}

    /** What all reports have, as CSS. */
    public static String text() {
        return read("report.css");
    }

    /** The same with what the page of a repair has besides. */
    public static String withRepairs() {
        return text() + read("fix.css");
    }

    private static String read(String name) {
        try (InputStream in = Sheet.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the build left out " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
