package dev.auscult.data.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import dev.auscult.data.table.ColumnType;
import dev.auscult.run.ColumnProfile;
import dev.auscult.run.ColumnProfile.Role;
import dev.auscult.run.Split;
import org.jspecify.annotations.Nullable;

/** Makes frames for tests from literal columns; its profiles are computed the slow and obvious way. */
public final class FrameMaker {
    private static final int MOST_FREQUENT = 20;

    private final Split split;
    private final List<FrameColumn> columns = new ArrayList<>();
    private String task = "";
    private String source = "made.csv";
    private Role role = Role.INPUT;

    private FrameMaker(Split split) {
        this.split = split;
    }

    public static FrameMaker train() {
        return new FrameMaker(Split.TRAIN);
    }

    public static FrameMaker test() {
        return new FrameMaker(Split.TEST);
    }

    public FrameMaker source(String name) {
        source = name;
        return this;
    }

    /** The role of the columns that follow. */
    public FrameMaker role(Role next) {
        role = next;
        return this;
    }

    /** What the columns that follow are to be predicted for: {@code classification}. */
    public FrameMaker target(String wanted) {
        task = wanted;
        role = Role.TARGET;
        return this;
    }

    /** A column of numbers; NaN is missing. */
    public FrameMaker numeric(String name, double... values) {
        return add(name, ColumnType.NUMERIC, values, List.of(), Map.of(), marked(values));
    }

    /** A column of numbers and of words that are none. */
    public FrameMaker numeric(String name, double[] values, Map<String, Long> strays) {
        return add(name, ColumnType.NUMERIC, values, List.of(), strays, Map.of());
    }

    /** A column of days since 1970-01-01. */
    public FrameMaker date(String name, double... values) {
        return add(name, ColumnType.DATE, values, List.of(), Map.of(), marked(values));
    }

    /** A column of categories; null is missing. */
    public FrameMaker categories(String name, @Nullable String... cells) {
        Set<String> words = new LinkedHashSet<>();
        for (String cell : cells) {
            if (cell != null) {
                words.add(cell);
            }
        }
        List<String> list = List.copyOf(words);
        Map<String, Integer> index = new LinkedHashMap<>();
        list.forEach(w -> index.put(w, index.size()));
        double[] values = new double[cells.length];
        for (int i = 0; i < cells.length; i++) {
            String cell = cells[i];
            values[i] = cell == null ? Double.NaN : index.getOrDefault(cell, -1);
        }
        return add(name, ColumnType.CATEGORICAL, values, list, Map.of(), marked(values));
    }

    /** A column of text; null is missing. */
    public FrameMaker text(String name, @Nullable String... cells) {
        long missing = Arrays.stream(cells).filter(c -> c == null).count();
        long distinct = Arrays.stream(cells).filter(c -> c != null).distinct().count();
        ColumnProfile profile =
                new ColumnProfile(name, role, "text", cells.length, missing, distinct, 0, Optional.empty(), List.of());
        columns.add(FrameColumn.text(profile, cells, missing == 0 ? Map.of() : Map.of("", missing)));
        return this;
    }

    public Frame make() {
        int rows = columns.get(0).rows();
        return new Frame(
                source, split, task, rows, LongStream.rangeClosed(1, rows).toArray(), columns);
    }

    private static Map<String, Long> marked(double[] values) {
        long missing = Arrays.stream(values).filter(Double::isNaN).count();
        return missing == 0 ? Map.of() : Map.of("", missing);
    }

    private FrameMaker add(
            String name,
            ColumnType type,
            double[] values,
            List<String> words,
            Map<String, Long> strays,
            Map<String, Long> markers) {
        double[] present = Arrays.stream(values).filter(v -> !Double.isNaN(v)).toArray();
        Map<Double, Long> counts = Arrays.stream(present)
                .boxed()
                .collect(Collectors.groupingBy(v -> v, LinkedHashMap::new, Collectors.counting()));
        List<ColumnProfile.Frequent> frequent = counts.entrySet().stream()
                .filter(e -> e.getValue() > 1)
                .sorted(Map.Entry.<Double, Long>comparingByValue(Comparator.reverseOrder()))
                .limit(MOST_FREQUENT)
                .map(e -> new ColumnProfile.Frequent(
                        words.isEmpty()
                                ? String.valueOf(e.getKey())
                                : words.get(e.getKey().intValue()),
                        e.getValue()))
                .toList();
        boolean numbers = type == ColumnType.NUMERIC || type == ColumnType.DATE;
        ColumnProfile profile = new ColumnProfile(
                name,
                role,
                type.label(),
                values.length,
                values.length - (long) present.length,
                counts.size(),
                0,
                numbers ? Optional.of(numbers(present)) : Optional.empty(),
                frequent);
        columns.add(new FrameColumn(profile, type, values, words, strays, markers));
        return this;
    }

    private static ColumnProfile.Numbers numbers(double[] present) {
        double[] finite =
                Arrays.stream(present).filter(Double::isFinite).sorted().toArray();
        double mean = Arrays.stream(finite).average().orElse(Double.NaN);
        double second = Arrays.stream(finite).map(v -> (v - mean) * (v - mean)).sum();
        double third = Arrays.stream(finite).map(v -> Math.pow(v - mean, 3)).sum();
        int n = finite.length;
        List<Double> quantiles = ColumnProfile.Numbers.SHARES.stream()
                .map(s -> n == 0 ? Double.NaN : finite[(int) Math.min(n - 1, Math.floor(s * n))])
                .toList();
        int bins = n == 0 ? 0 : 10;
        double low = n == 0 ? 0 : finite[0];
        double width = n == 0 ? 0 : (finite[n - 1] - low) / bins;
        List<Double> edges = bins == 0
                ? List.of()
                : IntStream.rangeClosed(0, bins).mapToObj(b -> low + b * width).toList();
        Long[] counts = new Long[bins];
        Arrays.fill(counts, 0L);
        for (double v : finite) {
            counts[width == 0 ? 0 : (int) Math.min(bins - 1, (v - low) / width)]++;
        }
        return new ColumnProfile.Numbers(
                present.length - (long) n,
                Arrays.stream(finite).filter(v -> v == 0).count(),
                n == 0 ? Double.NaN : finite[0],
                n == 0 ? Double.NaN : finite[n - 1],
                mean,
                Math.sqrt(second / (n - 1)),
                third / n / Math.pow(second / n, 1.5),
                quantiles,
                edges,
                List.of(counts));
    }
}
