package dev.auscult.app.fix;

/**
 * Names of files as a person can type them; empty where there is none.
 *
 * @param spec the spec that was to be mended
 * @param fixed where the mended spec is
 * @param report where the page is
 * @param recordings folder of all trials
 */
public record FixFiles(String spec, String fixed, String report, String recordings) {}
