package dev.auscult.app;

/** The published schema, for tests in other packages. */
public final class FixSchema {
    private FixSchema() {}

    /** As it is shipped. */
    public static String text() {
        return Resources.text("schema/fix-1.schema.json");
    }
}
