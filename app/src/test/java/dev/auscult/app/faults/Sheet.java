package dev.auscult.app.faults;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** A table of cells as they stand in a file; a change makes a new one. */
final class Sheet {
    private final List<String> header;
    private final String[][] rows;

    private Sheet(List<String> header, String[][] rows) {
        this.header = List.copyOf(header);
        this.rows = rows;
    }

    /** Reads comma-separated text with quotes. */
    static Sheet parse(String text, List<String> names) {
        List<String[]> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                cell.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ',' || c == '\n')) {
                row.add(cell.toString());
                cell.setLength(0);
                if (c == '\n') {
                    rows.add(row.toArray(String[]::new));
                    row.clear();
                }
            } else if (c != '\r') {
                cell.append(c);
            }
        }
        List<String> header = names.isEmpty() ? List.of(rows.remove(0)) : names;
        return new Sheet(header, rows.toArray(String[][]::new));
    }

    int size() {
        return rows.length;
    }

    List<String> header() {
        return header;
    }

    int column(String name) {
        int at = header.indexOf(name);
        if (at < 0) {
            throw new IllegalArgumentException("found no column " + name + " among " + header);
        }
        return at;
    }

    String cell(int row, String name) {
        return rows[row][column(name)];
    }

    /** The cell as a number; NaN if it is none. */
    double number(int row, String name) {
        String cell = cell(row, name);
        return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
    }

    /** Rows whose cell is not empty. */
    int[] filled(String name) {
        return IntStream.range(0, size()).filter(r -> !cell(r, name).isEmpty()).toArray();
    }

    /** Rows whose cell is this word. */
    int[] where(String name, String word) {
        return IntStream.range(0, size())
                .filter(r -> cell(r, name).equals(word))
                .toArray();
    }

    /** The different words of a column in the order of the alphabet. */
    List<String> words(String name) {
        return IntStream.range(0, size())
                .mapToObj(r -> cell(r, name))
                .distinct()
                .sorted()
                .toList();
    }

    /** The same with some cells changed. */
    Sheet change(String name, int[] which, UnaryOperator<String> how) {
        int column = column(name);
        String[][] changed = rows.clone();
        for (int row : which) {
            changed[row] = rows[row].clone();
            changed[row][column] = how.apply(rows[row][column]);
        }
        return new Sheet(header, changed);
    }

    /** The same with a column of new cells, in place of the one of that name or after the last one. */
    Sheet with(String name, IntFunction<String> cells) {
        int at = header.indexOf(name);
        List<String> names = new ArrayList<>(header);
        if (at < 0) {
            names.add(name);
        }
        String[][] changed = new String[size()][];
        for (int r = 0; r < size(); r++) {
            changed[r] = Arrays.copyOf(rows[r], names.size());
            changed[r][at < 0 ? names.size() - 1 : at] = cells.apply(r);
        }
        return new Sheet(names, changed);
    }

    /** These rows in this order; a row may come twice. */
    Sheet pick(int... which) {
        return new Sheet(header, Arrays.stream(which).mapToObj(r -> rows[r]).toArray(String[][]::new));
    }

    /** These rows and then those of another sheet of the same columns. */
    Sheet and(Sheet other) {
        String[][] all = Arrays.copyOf(rows, size() + other.size());
        System.arraycopy(other.rows, 0, all, size(), other.size());
        return new Sheet(header, all);
    }

    void write(Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            line(out, header);
            for (String[] row : rows) {
                line(out, Arrays.asList(row));
            }
        }
    }

    private static void line(BufferedWriter out, List<String> cells) throws IOException {
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            boolean quotes = cell.indexOf(',') >= 0 || cell.indexOf('"') >= 0 || cell.indexOf('\n') >= 0;
            out.write(i == 0 ? "" : ",");
            out.write(quotes ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
        }
        out.write('\n');
    }
}
