package dev.auscult.app.html;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** A whole page in one file: its only style sheet is inside, and its policy forbids whatever is not. */
public final class Page {
    private Page() {}

    /**
     * Writes a page.
     *
     * @param sheet the style sheet, ours
     * @param body what is in it
     */
    public static void write(Writer out, String title, String sheet, Html body) throws IOException {
        if (sheet.contains("</")) {
            throw new IllegalArgumentException("a style sheet has no markup in it");
        }
        out.write("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        out.write("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-"
                + hash(sheet) + "'; img-src data:; media-src data:; base-uri 'none'; form-action 'none'\">\n");
        out.write("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        out.write("<meta name=\"color-scheme\" content=\"light dark\">\n");
        out.write("<meta name=\"referrer\" content=\"no-referrer\">\n<title>");
        Html.escape(title, out);
        out.write("</title>\n<style>");
        out.write(sheet);
        out.write("</style>\n</head>\n");
        body.write(out);
        out.write("\n</html>\n");
    }

    private static String hash(String sheet) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(sheet.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
