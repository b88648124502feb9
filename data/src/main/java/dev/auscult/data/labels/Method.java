package dev.auscult.data.labels;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How suspects are picked (Northcutt, Jiang, Chuang 2021, "Confident learning", section 3.2). */
public enum Method {
    /** Prune by noise rate: from each pair of classes as many as the joint says, those with the largest margin. */
    PBNR,
    /** Prune by class: from each class as many as the joint says, those with the least probability of their label. */
    PBC,
    /** Those that both {@link #PBNR} and {@link #PBC} pick. */
    BOTH,
    /** Those that the confident joint counts off its diagonal. */
    JOINT,
    /** Those whose label is not the most probable class. */
    ARGMAX;

    /** The lower-case name on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static List<String> labels() {
        return Arrays.stream(values()).map(Method::label).toList();
    }

    /** The method of this name. */
    public static Optional<Method> of(String label) {
        return Arrays.stream(values()).filter(m -> m.label().equals(label)).findFirst();
    }

    boolean byRate() {
        return this == PBNR || this == BOTH;
    }

    boolean byClass() {
        return this == PBC || this == BOTH;
    }
}
