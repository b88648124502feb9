package dev.auscult.data.profile;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import dev.auscult.data.Labels;
import dev.auscult.data.table.ColumnType;
import dev.auscult.run.ColumnProfile;
import dev.auscult.run.ColumnProfile.Frequent;
import dev.auscult.run.ColumnProfile.Numbers;
import org.jspecify.annotations.Nullable;

/** Makes the profile of a column of what was counted over all rows and of the rows in memory. */
final class ColumnMaker {
    private static final int MOST_FREQUENT = 20;
    private static final int MOST_BINS = 30;
    private static final double SECONDS_PER_DAY = 86_400;
    /** Standard errors between a count in the sample and what is certain of it: one error in 30,000. */
    private static final double CERTAIN = 4;

    private final String name;
    private final ColumnProfile.Role role;
    private final ColumnTally tally;
    private final FrameFill fill;
    private final long rows;
    private final boolean whole;
    private final List<Double> edges;

    /**
     * @param rows of the file
     * @param whole whether all of them are in memory
     * @param edges of the histogram of the training part, which is to be laid beside this one; empty for none
     */
    ColumnMaker(
            String name,
            ColumnProfile.Role role,
            ColumnTally tally,
            FrameFill fill,
            long rows,
            boolean whole,
            List<Double> edges) {
        this.name = name;
        this.role = role;
        this.tally = tally;
        this.fill = fill;
        this.rows = rows;
        this.whole = whole;
        this.edges = edges;
    }

    FrameColumn make() {
        ColumnType type = fill.type();
        double[] sorted = fill.present();
        Arrays.sort(sorted);
        Map<String, Long> counts = whole || !exactCounts() ? counted(sorted, 2) : held();
        double distinct = whole ? counted(sorted) : distinct();
        boolean numbers = type == ColumnType.NUMERIC || type == ColumnType.DATE;
        ColumnProfile profile = new ColumnProfile(
                name,
                role,
                type.label(),
                rows,
                tally.empty + tally.marked,
                distinct,
                whole ? 0 : error(),
                numbers ? Optional.of(numbers(sorted)) : Optional.empty(),
                frequent(counts));
        return type == ColumnType.TEXT
                ? FrameColumn.text(profile, fill.texts(), fill.markers())
                : new FrameColumn(profile, type, fill.values(), fill.words(), fill.strays(), fill.markers());
    }

    private boolean exactCounts() {
        return switch (fill.type()) {
            case NUMERIC -> tally.differentNumbers.isWhole();
            case DATE -> tally.differentWords.isWhole();
            default -> tally.differentNumbers.isWhole() && tally.differentWords.isWhole();
        };
    }

    private double distinct() {
        return switch (fill.type()) {
            case NUMERIC -> tally.differentNumbers.distinct();
            case DATE -> tally.differentWords.distinct();
            default -> tally.differentNumbers.distinct() + tally.differentWords.distinct();
        };
    }

    private double error() {
        return switch (fill.type()) {
            case NUMERIC -> tally.differentNumbers.error();
            case DATE -> tally.differentWords.error();
            default -> together(tally.differentNumbers, tally.differentWords);
        };
    }

    /** Standard error of the sum of two estimates that know nothing of each other, as a share of it. */
    private static double together(HashSample a, HashSample b) {
        double sum = a.distinct() + b.distinct();
        return sum == 0 ? 0 : Math.hypot(a.distinct() * a.error(), b.distinct() * b.error()) / sum;
    }

    /** How often each value occurs among all rows. */
    private Map<String, Long> held() {
        Map<String, Long> counts = new LinkedHashMap<>();
        if (fill.type() != ColumnType.DATE) {
            HashSample numbers = tally.differentNumbers;
            for (int slot : numbers.slots()) {
                counts.merge(fill.shown(numbers.numberAt(slot)), numbers.countAt(slot), Long::sum);
            }
        }
        if (fill.type() != ColumnType.NUMERIC) {
            HashSample words = tally.differentWords;
            for (int slot : words.slots()) {
                counts.merge(words.wordAt(slot), words.countAt(slot), Long::sum);
            }
        }
        return counts;
    }

    /** How many different values the rows in memory have. */
    private double counted(double[] sorted) {
        if (fill.type() == ColumnType.TEXT) {
            return Arrays.stream(fill.texts())
                    .filter(text -> text != null)
                    .distinct()
                    .count();
        }
        int different = sorted.length == 0 ? 0 : 1;
        for (int i = 1; i < sorted.length; i++) {
            different += sorted[i] == sorted[i - 1] ? 0 : 1;
        }
        return different;
    }

    /** How often each value occurs among the rows in memory, of those that occur at least so often. */
    private Map<String, Long> counted(double[] sorted, int least) {
        Map<String, Long> counts = new HashMap<>();
        if (fill.type() == ColumnType.TEXT) {
            for (String text : fill.texts()) {
                if (text != null) {
                    counts.merge(text, 1L, Long::sum);
                }
            }
            return counts;
        }
        int start = 0;
        for (int i = 1; i <= sorted.length; i++) {
            if (i == sorted.length || sorted[i] != sorted[start]) {
                if (i - start >= least) {
                    counts.merge(shown(sorted[start]), (long) i - start, Long::sum);
                }
                start = i;
            }
        }
        return counts;
    }

    private String shown(double value) {
        return switch (fill.type()) {
            case DATE -> date(value);
            case NUMERIC -> Labels.of(value + 0.0);
            default -> fill.words().get((int) value);
        };
    }

    private static String date(double days) {
        if (days == Math.rint(days)) {
            return LocalDate.ofEpochDay((long) days).toString();
        }
        long seconds = Math.round(days * SECONDS_PER_DAY);
        return LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC)
                .toString()
                .replace('T', ' ');
    }

    /** The most frequent values, of a sample only those that are certainly among them. */
    private List<Frequent> frequent(Map<String, Long> counts) {
        List<Map.Entry<String, Long>> most = counts.entrySet().stream()
                .filter(e -> e.getValue() > 1)
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_FREQUENT + 1)
                .toList();
        boolean exact = whole || exactCounts();
        double scale = exact ? 1 : (double) rows / fill.rows();
        double next = most.size() > MOST_FREQUENT ? most.get(MOST_FREQUENT).getValue() : 1;
        double bar = exact ? 0 : next + CERTAIN * Math.sqrt(next);
        List<Frequent> frequent = new ArrayList<>();
        for (Map.Entry<String, Long> entry : most.subList(0, Math.min(MOST_FREQUENT, most.size()))) {
            double count = entry.getValue();
            if (exact || count - CERTAIN * Math.sqrt(count) > bar) {
                frequent.add(new Frequent(cut(entry.getKey()), Math.round(count * scale)));
            }
        }
        return frequent;
    }

    private static String cut(String word) {
        return word.length() > ColumnTally.LONGEST_SHOWN ? word.substring(0, ColumnTally.LONGEST_SHOWN) + "…" : word;
    }

    private Numbers numbers(double[] sorted) {
        int low = 0;
        int high = sorted.length;
        while (low < high && sorted[low] == Double.NEGATIVE_INFINITY) {
            low++;
        }
        while (high > low && sorted[high - 1] == Double.POSITIVE_INFINITY) {
            high--;
        }
        double[] finite = Arrays.copyOfRange(sorted, low, high);
        Moments moments = fill.type() == ColumnType.DATE ? tally.days() : tally.moments();
        List<Double> quantiles =
                Numbers.SHARES.stream().map(share -> quantile(finite, share)).toList();
        List<Double> borders = edges.isEmpty() ? edges(finite, moments.min(), moments.max()) : edges;
        return new Numbers(
                fill.type() == ColumnType.DATE ? 0 : tally.infinite,
                fill.type() == ColumnType.DATE ? 0 : tally.zeros,
                moments.min(),
                moments.max(),
                moments.mean(),
                moments.deviation(),
                moments.skewness(),
                quantiles,
                borders,
                bins(finite, borders));
    }

    /** The quantile between two neighbours in proportion (type 7 of Hyndman and Fan 1996, as NumPy); NaN of nothing. */
    static double quantile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double place = share * (sorted.length - 1);
        int below = (int) place;
        double low = sorted[below];
        double high = sorted[Math.min(below + 1, sorted.length - 1)];
        double part = place - below;
        return low == high ? low : low * (1 - part) + high * part;
    }

    /** Whole numbers that are few get a bin each; else there are as many bins as Sturges (1926) would take, doubled. */
    private static List<Double> edges(double[] finite, double min, double max) {
        if (finite.length == 0 || !Double.isFinite(max - min)) {
            return List.of();
        }
        boolean whole = max - min < MOST_BINS && Arrays.stream(finite).allMatch(x -> x == Math.rint(x));
        if (whole) {
            return IntStream.rangeClosed(0, (int) (max - min) + 1)
                    .mapToObj(bin -> min - 0.5 + bin)
                    .toList();
        }
        if (min == max) {
            return List.of(min, max);
        }
        int bins = (int) Math.min(MOST_BINS, 2 * Math.ceil(1 + Math.log(finite.length) / Math.log(2)));
        return IntStream.rangeClosed(0, bins)
                .mapToObj(bin -> bin == bins ? max : min + (max - min) * bin / bins)
                .toList();
    }

    /** Rows per bin; what lies outside of all is in the outermost. */
    private static List<Long> bins(double[] finite, List<Double> edges) {
        int bins = edges.size() - 1;
        if (bins < 1) {
            return List.of();
        }
        long[] counts = new long[bins];
        double[] borders = edges.stream().mapToDouble(Double::doubleValue).toArray();
        for (double x : finite) {
            int place = Arrays.binarySearch(borders, x);
            int bin = place >= 0 ? place : -place - 2;
            counts[Math.max(0, Math.min(bins - 1, bin))]++;
        }
        return Arrays.stream(counts).boxed().toList();
    }

    /** Rows per class over all rows; null where they are too many different ones. */
    @Nullable
    Map<String, Long> classes() {
        if (whole) {
            double[] sorted = fill.present();
            Arrays.sort(sorted);
            return counted(sorted, 1);
        }
        return exactCounts() ? held() : null;
    }
}
