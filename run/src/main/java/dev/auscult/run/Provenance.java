package dev.auscult.run;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Where a run came from.
 *
 * @param files the files that it was read from, the main one first
 * @param format the log format ({@code keras-csv}, {@code tensorboard})
 * @param framework the program or library that wrote it; empty if unknown
 * @param versions versions that the log names, by component
 */
public record Provenance(List<String> files, String format, String framework, Map<String, String> versions) {
    public Provenance {
        files = List.copyOf(files);
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(framework, "framework");
        versions = Map.copyOf(versions);
    }
}
