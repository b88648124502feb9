package dev.auscult.diagnose.cause;

import java.util.Objects;

/**
 * One symptom that speaks for or against a cause.
 *
 * @param symptom its name
 * @param text what was seen, in words, without a final stop
 * @param weight log10 of how much more probable it is with the cause than without; negative where it speaks against
 */
public record Clue(String symptom, String text, double weight) {
    public Clue {
        Objects.requireNonNull(symptom, "symptom");
        Objects.requireNonNull(text, "text");
    }
}
