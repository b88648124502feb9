package dev.auscult.run;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the data of a run looks like, part by part.
 *
 * @param parts one entry per split
 */
public record DataProfile(List<Part> parts) {
    public DataProfile {
        parts = List.copyOf(parts);
    }

    /**
     * The profile of one split.
     *
     * @param split which split
     * @param rows number of rows
     * @param labelCounts rows per label; empty for regression or if unknown
     */
    public record Part(Split split, long rows, Map<String, Long> labelCounts) {
        public Part {
            Objects.requireNonNull(split, "split");
            labelCounts = Map.copyOf(labelCounts);
        }
    }
}
