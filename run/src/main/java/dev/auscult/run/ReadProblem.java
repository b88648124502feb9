package dev.auscult.run;

import java.util.Objects;

/**
 * Something in a log that could not be read, or was read in a way the user should know of.
 *
 * @param file the file, as found
 * @param line line number from 1, or 0 where lines mean nothing
 * @param problem one sentence: what was found, what was done about it
 */
public record ReadProblem(String file, long line, String problem) {
    public ReadProblem {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(problem, "problem");
    }
}
