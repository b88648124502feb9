package dev.auscult.intake.console;

/** One way in which programs print their progress. */
interface LineForm {
    /** Takes a line if it is of this form. */
    boolean accept(String line, Output out);
}
