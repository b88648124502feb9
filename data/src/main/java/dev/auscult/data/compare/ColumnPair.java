package dev.auscult.data.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.auscult.data.profile.Frame;
import dev.auscult.data.profile.FrameColumn;
import dev.auscult.run.ColumnProfile.Role;

/** A column that two parts share, with the categories of both numbered alike. */
final class ColumnPair {
    private static final int FEWEST_ROWS = 20;

    private final FrameColumn first;
    private final FrameColumn second;
    private final double[] train;
    private final double[] other;
    private final List<String> words;

    private ColumnPair(FrameColumn first, FrameColumn second) {
        this.first = first;
        this.second = second;
        this.train = first.values();
        this.other = second.values();
        this.words = new ArrayList<>(first.words());
        if (!first.words().equals(second.words())) {
            renumber();
        }
    }

    private void renumber() {
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < words.size(); i++) {
            numbers.put(words.get(i), i);
        }
        double[] renumbered = new double[second.words().size()];
        for (int i = 0; i < renumbered.length; i++) {
            String word = second.words().get(i);
            Integer known = numbers.get(word);
            if (known == null) {
                known = words.size();
                numbers.put(word, known);
                words.add(word);
            }
            renumbered[i] = known;
        }
        for (int row = 0; row < other.length; row++) {
            if (!Double.isNaN(other[row])) {
                other[row] = renumbered[(int) other[row]];
            }
        }
    }

    /** The columns of the same name and type in both parts, those left out by the settings too. */
    static List<ColumnPair> shared(Frame train, Frame other) {
        List<ColumnPair> pairs = new ArrayList<>();
        for (FrameColumn column : train.columns()) {
            other.column(column.name())
                    .filter(c -> c.type() == column.type())
                    .ifPresent(c -> pairs.add(new ColumnPair(column, c)));
        }
        return pairs;
    }

    String name() {
        return first.name();
    }

    Role role() {
        return first.role();
    }

    FrameColumn first() {
        return first;
    }

    FrameColumn second() {
        return second;
    }

    boolean isText() {
        return first.isText();
    }

    boolean isNumeric() {
        return first.isNumeric();
    }

    boolean isCategorical() {
        return first.isCategorical();
    }

    /** The cells of the training part as numbers [rows]; empty for text. To be read only. */
    double[] train() {
        return train;
    }

    /** The cells of the other part as numbers [rows]; empty for text. To be read only. */
    double[] other() {
        return other;
    }

    /** The word of a category of either part. */
    String word(int category) {
        return words.get(category);
    }

    /** Number of categories of both parts. */
    int categories() {
        return words.size();
    }

    /**
     * The place of each category, the most frequent in both parts together first, equally frequent ones in an order that has
     * nothing to do with the parts: their numbers tell which part a category was met in first [categories].
     */
    double[] places() {
        long[] a = ColumnShifts.counts(train, words.size());
        long[] b = ColumnShifts.counts(other, words.size());
        List<Integer> order = IntStream.range(0, words.size())
                .boxed()
                .sorted(Comparator.comparingLong((Integer c) -> -(a[c] + b[c]))
                        .thenComparingLong(c -> PooledRows.hash(words.get(c)))
                        .thenComparing(words::get))
                .toList();
        double[] places = new double[words.size()];
        for (int place = 0; place < places.length; place++) {
            places[order.get(place)] = place;
        }
        return places;
    }

    /**
     * Whether it only names its rows: whole numbers or words that never recur. Its values differ between any two parts.
     */
    boolean namesRows() {
        return neverRecurs(first) && neverRecurs(second);
    }

    /** Whether all cells of a column are there, are whole numbers or words, and differ from one another. */
    static boolean neverRecurs(FrameColumn column) {
        int rows = column.rows();
        if (rows < FEWEST_ROWS || column.isText()) {
            return false;
        }
        double[] sorted = column.sorted();
        if (sorted.length < rows) {
            return false;
        }
        for (int i = 0; i < rows; i++) {
            if (sorted[i] != Math.rint(sorted[i]) || (i > 0 && sorted[i] == sorted[i - 1])) {
                return false;
            }
        }
        return true;
    }

    /** The finite ones of some numbers, sorted. */
    static double[] sorted(double[] values) {
        double[] finite = new double[values.length];
        int n = 0;
        for (double value : values) {
            if (Double.isFinite(value)) {
                finite[n++] = value;
            }
        }
        double[] sorted = Arrays.copyOf(finite, n);
        Arrays.sort(sorted);
        return sorted;
    }
}
