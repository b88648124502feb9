package dev.auscult.run;

/** Which way a metric moves when training goes well. */
public enum Direction {
    LOWER_IS_BETTER,
    HIGHER_IS_BETTER,
    UNKNOWN
}
