package dev.auscult.bench.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A small table as text.
 *
 * @param header names of the columns
 * @param rows cells, row after row
 */
record Rows(List<String> header, List<String[]> rows) {
    static Rows read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        List<String[]> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            rows.add(line.split("\t", -1));
        }
        return new Rows(List.of(lines.get(0).split("\t", -1)), rows);
    }

    /** Written with tabs: no cell of the base programs holds one. */
    void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder(String.join("\t", header)).append('\n');
        rows.forEach(row -> text.append(String.join("\t", row)).append('\n'));
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    int column(String name) {
        return header.indexOf(name);
    }

    Rows with(List<String[]> other) {
        return new Rows(header, other);
    }

    Rows copy() {
        return with(new ArrayList<>(rows.stream().map(String[]::clone).toList()));
    }

    Rows shuffled(Random random) {
        List<String[]> other = new ArrayList<>(rows);
        Collections.shuffle(other, random);
        return with(other);
    }

    /** Rows by the value of a column, in the order of their first appearance. */
    Map<String, List<String[]>> by(int column) {
        Map<String, List<String[]>> groups = new LinkedHashMap<>();
        rows.forEach(
                r -> groups.computeIfAbsent(r[column], k -> new ArrayList<>()).add(r));
        return groups;
    }
}
