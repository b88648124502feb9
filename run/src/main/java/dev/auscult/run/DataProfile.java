package dev.auscult.run;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the data of a run look like: part by part, column by column, and the parts beside one another.
 *
 * @param kind what an example is: {@code table}, {@code text}, {@code images}, {@code sound}, {@code array}; empty if
 *     unknown
 * @param task what is to be predicted ({@code classification}, {@code regression}, {@code multi-label}, {@code
 *     language-model}); empty if unknown or nothing
 * @param target names of the columns to predict; empty if unknown or nothing
 * @param parts one entry per split
 * @param observations what was looked for, and what was measured
 */
public record DataProfile(
        String kind, String task, List<String> target, List<Part> parts, List<Observation> observations) {
    public DataProfile {
        kind = Objects.requireNonNullElse(kind, "");
        task = Objects.requireNonNullElse(task, "");
        target = target == null ? List.of() : List.copyOf(target);
        parts = List.copyOf(parts);
        observations = observations == null ? List.of() : List.copyOf(observations);
    }

    /** A profile of which only the sizes of the parts are known. */
    public DataProfile(List<Part> parts) {
        this("", "", List.of(), parts, List.of());
    }

    /** The part of a split. */
    public Optional<Part> part(Split split) {
        return parts.stream().filter(p -> p.split() == split).findFirst();
    }

    /** What was measured of this kind, in the order in which it was measured. */
    public Stream<Observation> observations(Observation.Kind kind) {
        return observations.stream().filter(o -> o.kind() == kind);
    }

    /**
     * The profile of one split.
     *
     * @param split which split
     * @param source the file or folder as the user named it; empty if unknown
     * @param rows number of rows, files or examples
     * @param sampled how many of them, drawn evenly, the columns' quantiles and the observations rest on; {@code rows} if all
     * @param labelCounts rows per label; empty for regression or if unknown
     * @param columns the columns of a table in the order of the file; else empty
     */
    public record Part(
            Split split,
            String source,
            long rows,
            long sampled,
            Map<String, Long> labelCounts,
            List<ColumnProfile> columns) {
        public Part {
            Objects.requireNonNull(split, "split");
            source = Objects.requireNonNullElse(source, "");
            labelCounts = Map.copyOf(labelCounts);
            columns = columns == null ? List.of() : List.copyOf(columns);
        }

        /** A part of which only size and labels are known. */
        public Part(Split split, long rows, Map<String, Long> labelCounts) {
            this(split, "", rows, rows, labelCounts, List.of());
        }

        /** The column of this name. */
        public Optional<ColumnProfile> column(String name) {
            return columns.stream().filter(c -> c.name().equals(name)).findFirst();
        }
    }
}
