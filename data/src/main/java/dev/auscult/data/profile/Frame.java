package dev.auscult.data.profile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.auscult.run.ColumnProfile;
import dev.auscult.run.Split;

/** Rows of a table in memory, column by column: all of them, or a sample in which every row had the same chance. */
public final class Frame {
    private final String source;
    private final Split split;
    private final String task;
    private final long total;
    private final long[] rowNumbers;
    private final List<FrameColumn> columns;
    private final Map<String, FrameColumn> byName = new HashMap<>();

    /**
     * Rows in memory.
     *
     * @param source the file as the user named it
     * @param split which part it is
     * @param task what is to be predicted, in the words of a training spec; empty for nothing
     * @param total rows of the file
     * @param rowNumbers the number of each row here in its file, from 1, ascending [rows]
     * @param columns the columns in the order of the file
     */
    public Frame(String source, Split split, String task, long total, long[] rowNumbers, List<FrameColumn> columns) {
        this.source = Objects.requireNonNull(source, "source");
        this.split = Objects.requireNonNull(split, "split");
        this.task = Objects.requireNonNull(task, "task");
        this.total = total;
        this.rowNumbers = rowNumbers.clone();
        this.columns = List.copyOf(columns);
        for (FrameColumn column : columns) {
            if (column.rows() != rowNumbers.length) {
                throw new IllegalArgumentException(
                        "column " + column.name() + " has " + column.rows() + " rows, wanted " + rowNumbers.length);
            }
            byName.putIfAbsent(column.name(), column);
        }
    }

    /** The file as the user named it. */
    public String source() {
        return source;
    }

    public Split split() {
        return split;
    }

    /** What is to be predicted: {@code classification}, {@code regression}, {@code multi-label}; empty for nothing. */
    public String task() {
        return task;
    }

    /** Rows of the file. */
    public long total() {
        return total;
    }

    /** Rows in memory. */
    public int rows() {
        return rowNumbers.length;
    }

    /** Whether all rows of the file are in memory. */
    public boolean isWhole() {
        return rows() == total;
    }

    /** The number of a row in its file, from 1. */
    public long rowNumber(int row) {
        return rowNumbers[row];
    }

    public List<FrameColumn> columns() {
        return columns;
    }

    public Optional<FrameColumn> column(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The columns that a network would take. */
    public List<FrameColumn> inputs() {
        return columns.stream()
                .filter(c -> c.role() == ColumnProfile.Role.INPUT)
                .toList();
    }

    /** The columns to predict; of a classification they are categories, also where the classes are numbers. */
    public List<FrameColumn> targets() {
        return columns.stream()
                .filter(c -> c.role() == ColumnProfile.Role.TARGET)
                .toList();
    }

    /** The class of each row, where there is one target of a few words; else empty. */
    public Optional<FrameColumn> classes() {
        List<FrameColumn> targets = targets();
        return task.equals("classification")
                        && targets.size() == 1
                        && targets.get(0).isCategorical()
                ? Optional.of(targets.get(0))
                : Optional.empty();
    }
}
