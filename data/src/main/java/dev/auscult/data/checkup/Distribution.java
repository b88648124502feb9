package dev.auscult.data.checkup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import dev.auscult.data.profile.Frame;
import dev.auscult.data.profile.FrameColumn;
import dev.auscult.run.Split;

/**
 * How a column is distributed: the parts of the data in the same bins, to be drawn over one another.
 *
 * @param column name of the column
 * @param measure what is counted where it is not the value itself: {@code words} of a text; else empty
 * @param edges borders of the bins [bins + 1]; empty for categories
 * @param words the categories, the most frequent of the training part first; empty for numbers
 * @param others categories that are not among {@code words}, counted in one bin behind them; 0 if there is none
 * @param cut whether the outer bins also hold what lies beyond them
 * @param parts the counts, the training part first
 */
public record Distribution(
        String column,
        String measure,
        List<Double> edges,
        List<String> words,
        int others,
        boolean cut,
        List<Counts> parts) {
    private static final int BINS = 24;
    private static final int MOST_WORDS = 12;
    /** Where all lies further from the middle 98 % than those are wide, the outer bins take it. */
    private static final double TAIL = 0.01;

    public Distribution {
        Objects.requireNonNull(column, "column");
        edges = List.copyOf(edges);
        words = List.copyOf(words);
        parts = List.copyOf(parts);
    }

    /**
     * The rows of one part per bin.
     *
     * @param split which part
     * @param counts rows per bin, of those in memory
     */
    public record Counts(Split split, List<Long> counts) {
        public Counts {
            Objects.requireNonNull(split, "split");
            counts = List.copyOf(counts);
        }

        /** Rows in all bins. */
        public long total() {
            return counts.stream().mapToLong(Long::longValue).sum();
        }

        /** Share of the rows in a bin, 0..1. */
        public double share(int bin) {
            long total = total();
            return total == 0 ? 0 : (double) counts.get(bin) / total;
        }
    }

    /** The columns of the first frame, each with the columns of the same name of the others. */
    static List<Distribution> of(List<Frame> frames) {
        if (frames.isEmpty()) {
            return List.of();
        }
        List<Distribution> all = new ArrayList<>();
        for (FrameColumn column : frames.get(0).columns()) {
            List<Part> parts = frames.stream()
                    .flatMap(f -> f
                            .column(column.name())
                            .filter(c -> c.isText() == column.isText() && c.isCategorical() == column.isCategorical())
                            .map(c -> new Part(f.split(), c))
                            .stream())
                    .toList();
            all.add(column.isCategorical() ? categories(column, parts) : numbers(column, parts));
        }
        return all;
    }

    private record Part(Split split, FrameColumn column) {}

    private static Distribution categories(FrameColumn train, List<Part> parts) {
        List<Map<String, Long>> counts =
                parts.stream().map(p -> counts(p.column())).toList();
        Map<String, Long> first = counts.get(0);
        List<String> all = counts.stream()
                .flatMap(c -> c.keySet().stream())
                .distinct()
                .sorted(Comparator.comparingLong((String w) -> -first.getOrDefault(w, 0L))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        List<String> shown = all.subList(0, Math.min(MOST_WORDS, all.size()));
        int others = all.size() - shown.size();
        List<Counts> result = new ArrayList<>();
        for (int p = 0; p < parts.size(); p++) {
            Map<String, Long> of = counts.get(p);
            long named = shown.stream().mapToLong(w -> of.getOrDefault(w, 0L)).sum();
            long total = of.values().stream().mapToLong(Long::longValue).sum();
            Stream<Long> rest = others > 0 ? Stream.of(total - named) : Stream.empty();
            result.add(new Counts(
                    parts.get(p).split(),
                    Stream.concat(shown.stream().map(w -> of.getOrDefault(w, 0L)), rest)
                            .toList()));
        }
        return new Distribution(train.name(), "", List.of(), shown, others, false, result);
    }

    private static Map<String, Long> counts(FrameColumn column) {
        long[] byWord = new long[column.words().size()];
        for (int row = 0; row < column.rows(); row++) {
            if (!column.isMissing(row)) {
                byWord[(int) column.get(row)]++;
            }
        }
        Map<String, Long> counts = new HashMap<>();
        for (int w = 0; w < byWord.length; w++) {
            if (byWord[w] > 0) {
                counts.put(column.words().get(w), byWord[w]);
            }
        }
        return counts;
    }

    private static Distribution numbers(FrameColumn train, List<Part> parts) {
        List<double[]> values = parts.stream().map(p -> values(p.column())).toList();
        double[] all = values.stream().flatMapToDouble(Arrays::stream).sorted().toArray();
        String measure = train.isText() ? "words" : "";
        if (all.length == 0) {
            return new Distribution(
                    train.name(),
                    measure,
                    List.of(),
                    List.of(),
                    0,
                    false,
                    parts.stream().map(p -> new Counts(p.split(), List.of())).toList());
        }
        double low = all[(int) (TAIL * (all.length - 1))];
        double high = all[all.length - 1 - (int) (TAIL * (all.length - 1))];
        double first = all[0];
        double last = all[all.length - 1];
        double reach = high - low;
        double from = reach > 0 && low - first > reach ? low : first;
        double to = reach > 0 && last - high > reach ? high : last;
        boolean whole = Arrays.stream(all).allMatch(v -> v == Math.rint(v));
        int bins = to == from ? 1 : whole ? (int) Math.min(BINS, to - from + 1) : BINS;
        // Whole numbers lie in the middle of their bins, so that none falls on a border.
        boolean unit = whole && to > from && to - from + 1 <= BINS;
        double start = unit ? from - 0.5 : from;
        double width = unit ? 1 : to == from ? 1 : (to - from) / bins;
        List<Double> edges = new ArrayList<>();
        for (int b = 0; b <= bins; b++) {
            edges.add(start + b * width);
        }
        List<Counts> counts = new ArrayList<>();
        for (int p = 0; p < parts.size(); p++) {
            long[] byBin = new long[bins];
            for (double v : values.get(p)) {
                byBin[(int) Math.max(0, Math.min(bins - 1, Math.floor((v - start) / width)))]++;
            }
            counts.add(new Counts(
                    parts.get(p).split(), Arrays.stream(byBin).boxed().toList()));
        }
        return new Distribution(train.name(), measure, edges, List.of(), 0, from > first || to < last, counts);
    }

    private static double[] values(FrameColumn column) {
        double[] values = new double[column.rows()];
        for (int row = 0; row < values.length; row++) {
            values[row] =
                    column.isText() ? column.isMissing(row) ? Double.NaN : words(column.text(row)) : column.get(row);
        }
        return Arrays.stream(values).filter(Double::isFinite).toArray();
    }

    private static int words(String text) {
        int words = 0;
        boolean inside = false;
        for (int i = 0; i < text.length(); i++) {
            boolean blank = Character.isWhitespace(text.charAt(i));
            if (!blank && !inside) {
                words++;
            }
            inside = !blank;
        }
        return words;
    }
}
