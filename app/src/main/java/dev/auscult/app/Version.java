package dev.auscult.app;

/** The version of this build. */
final class Version {
    private Version() {}

    static String text() {
        return Resources.text("version.txt").strip();
    }
}
