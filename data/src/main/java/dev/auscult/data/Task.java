package dev.auscult.data;

import java.util.Locale;

/** What a network is to predict. */
public enum Task {
    /** One class out of several. */
    CLASSIFICATION,
    /** One or more real numbers. */
    REGRESSION,
    /** Any number of labels out of several, each yes or no. */
    MULTI_LABEL,
    /** The next token of a sequence. */
    LANGUAGE_MODEL;

    /** The name in a training spec: {@code multi-label}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
