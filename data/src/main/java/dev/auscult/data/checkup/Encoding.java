package dev.auscult.data.checkup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.auscult.data.learn.FeatureMatrix;
import dev.auscult.data.profile.Frame;
import dev.auscult.data.profile.FrameColumn;

/**
 * How the columns of a table become numbers, without a look at the target: numbers and dates as they are, a few categories
 * one column each, many by their rank in frequency, of a text its length in characters.
 */
public final class Encoding {
    /** Up to so many categories get a column each. */
    private static final int FEW = 8;

    private final List<Part> parts;

    private Encoding(List<Part> parts) {
        this.parts = parts;
    }

    /** The encoding that columns of a training part give; other parts are encoded alike, by the names of the columns. */
    public static Encoding of(List<FrameColumn> columns) {
        return new Encoding(columns.stream().map(Encoding::part).toList());
    }

    private static Part part(FrameColumn column) {
        String name = column.name();
        if (column.isText()) {
            return new Part(name, Form.LENGTH, List.of(name + " (length)"), Map.of());
        }
        if (!column.isCategorical()) {
            return new Part(name, Form.NUMBER, List.of(name), Map.of());
        }
        List<String> words = column.words();
        Map<String, Integer> codes = new HashMap<>();
        if (words.size() > FEW) {
            long[] counts = new long[words.size()];
            for (int i = 0; i < column.rows(); i++) {
                if (!column.isMissing(i)) {
                    counts[(int) column.get(i)]++;
                }
            }
            int[] order = IntStream.range(0, counts.length)
                    .boxed()
                    .sorted((a, b) -> counts[a] == counts[b] ? a - b : Long.compare(counts[b], counts[a]))
                    .mapToInt(i -> i)
                    .toArray();
            for (int rank = 0; rank < order.length; rank++) {
                codes.put(words.get(order[rank]), rank);
            }
            return new Part(name, Form.RANK, List.of(name), codes);
        }
        for (String word : words) {
            codes.put(word, codes.size());
        }
        // Of two categories one column says all.
        int kept = words.size() == 2 ? 1 : words.size();
        return new Part(
                name,
                Form.ONE_EACH,
                words.subList(0, kept).stream().map(w -> name + "=" + w).toList(),
                codes);
    }

    /** The numbers of a part; a category that the training part lacks is one more, of no frequency. */
    public FeatureMatrix encode(Frame frame) {
        List<String> names = new ArrayList<>();
        List<double[]> columns = new ArrayList<>();
        for (Part part : parts) {
            FrameColumn column = frame.column(part.column)
                    .orElseThrow(() -> new IllegalArgumentException("no column " + part.column));
            names.addAll(part.names);
            switch (part.form) {
                case NUMBER -> columns.add(column.values());
                case LENGTH -> columns.add(lengths(column));
                case RANK -> columns.add(ranks(column, part.codes));
                case ONE_EACH -> {
                    double[] ranks = ranks(column, part.codes);
                    for (int k = 0; k < part.names.size(); k++) {
                        columns.add(is(ranks, k));
                    }
                }
            }
        }
        return new FeatureMatrix(names, columns.toArray(double[][]::new), frame.rows());
    }

    /** For each column of the numbers the name of the column of the table that it is of. */
    public List<String> origins() {
        return parts.stream().flatMap(p -> p.names.stream().map(n -> p.column)).toList();
    }

    private static double[] lengths(FrameColumn column) {
        double[] lengths = new double[column.rows()];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = column.isMissing(i) ? Double.NaN : column.text(i).length();
        }
        return lengths;
    }

    private static double[] ranks(FrameColumn column, Map<String, Integer> codes) {
        double[] byWord = new double[column.words().size()];
        for (int w = 0; w < byWord.length; w++) {
            byWord[w] = codes.getOrDefault(column.words().get(w), codes.size());
        }
        double[] ranks = new double[column.rows()];
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = column.isMissing(i) ? Double.NaN : byWord[(int) column.get(i)];
        }
        return ranks;
    }

    private static double[] is(double[] ranks, int rank) {
        return Arrays.stream(ranks)
                .map(r -> Double.isNaN(r) ? Double.NaN : r == rank ? 1 : 0)
                .toArray();
    }

    private enum Form {
        NUMBER,
        LENGTH,
        RANK,
        ONE_EACH
    }

    private record Part(String column, Form form, List<String> names, Map<String, Integer> codes) {}
}
