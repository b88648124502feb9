package dev.auscult.diagnose;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Something that can be done about a finding, in words and as edits of a training spec.
 *
 * @param text what to do, one imperative sentence without a final stop
 * @param safety what it can do to a run that was well
 * @param edits changes of the spec, to be made together; empty where only a person can do it
 */
public record Remedy(String text, Safety safety, List<Edit> edits) {
    public Remedy {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(safety, "safety");
        edits = List.copyOf(edits);
    }

    /** What a remedy can do to a run that was well. */
    public enum Safety {
        /** It cannot hurt. */
        SAFE,
        /** It most likely helps, and may cost a little. */
        LIKELY,
        /** It has to be tried. */
        TRY;

        /** The name in reports: {@code safe}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A change of one key of a training spec.
     *
     * @param key dotted path: {@code data.normalize}
     * @param value the new value as YAML on one line: {@code standard}, {@code [PassengerId, Name]}; where the key holds a list
     *     or a map and the value begins with {@code +}, what follows is added to it
     */
    public record Edit(String key, String value) {
        public Edit {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(value, "value");
        }
    }

    /** Advice without an edit. */
    public static Remedy advice(String text) {
        return new Remedy(text, Safety.SAFE, List.of());
    }

    /** A change of one key. */
    public static Remedy edit(String text, Safety safety, String key, String value) {
        return new Remedy(text, safety, List.of(new Edit(key, value)));
    }
}
