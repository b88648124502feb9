package dev.auscult.run;

/** The part of the data on which a number was measured. */
public enum Split {
    /** Data that the optimizer sees. */
    TRAIN("train"),
    /** Data held out to watch generalisation while training. */
    VALIDATION("validation"),
    /** Data held out until the end; many programs use it as validation data. */
    TEST("test"),
    /** Not a number about data, or the log does not say. */
    NONE("");

    private final String label;

    Split(String label) {
        this.label = label;
    }

    /** The lower-case name used in series labels; empty for {@link #NONE}. */
    public String label() {
        return label;
    }

    /** Whether the optimizer did not see this data. */
    public boolean isHeldOut() {
        return this == VALIDATION || this == TEST;
    }
}
