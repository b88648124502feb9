package dev.auscult.data.quality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import dev.auscult.data.profile.Frame;
import dev.auscult.data.profile.FrameColumn;
import dev.auscult.run.ColumnProfile.Role;
import dev.auscult.run.Observation;

/**
 * Counts rows that are the same, and rows of the same inputs with different labels, beside what is natural in a table of few
 * values.
 *
 * <p>What is natural: if two columns j and l were independent where all others agree, then among pairs of rows that agree in
 * all others, agree in both : differ in j alone : differ in l alone : differ in both = ab : (1−a)b : a(1−b) : (1−a)(1−b), so
 * that ab is N_j N_l / N_jl. The largest such estimate over pairs of the columns with the most values is taken. Copied rows
 * add to the pairs that agree in everything, and to nothing else.
 */
final class DuplicatesLook {
    private static final int DISTINCTIVE = 5;
    private static final int MOST_EXAMPLES = 10;
    /** How many rows like it independent columns would make, at most, of a row of rare cells. */
    private static final double RARE = 1e-4;

    /** At all rows, and at those of rare cells. */
    private static final int LOOKS = 2;

    private DuplicatesLook() {}

    static List<Observation> observe(Frame frame) {
        List<FrameColumn> all = frame.columns().stream()
                .filter(c -> c.role() != Role.DROPPED && !namesItsRow(c))
                .toList();
        List<FrameColumn> inputs =
                all.stream().filter(c -> c.role() == Role.INPUT).toList();
        List<Observation> found = new ArrayList<>();
        if (frame.rows() > 1 && !all.isEmpty()) {
            found.add(duplicates(frame, all));
        }
        Optional<FrameColumn> classes = frame.classes();
        if (classes.isPresent() && !inputs.isEmpty() && frame.rows() > 1) {
            found.add(conflicts(frame, inputs, classes.get()));
        }
        return found;
    }

    /** A column of whole numbers or words that are all different hides copies of a row. */
    private static boolean namesItsRow(FrameColumn column) {
        if (column.isText()) {
            return false;
        }
        double[] sorted = column.sorted();
        for (int i = 0; i < sorted.length; i++) {
            if (sorted[i] != Math.rint(sorted[i]) || (i > 0 && sorted[i] == sorted[i - 1])) {
                return false;
            }
        }
        return sorted.length == column.rows();
    }

    private static Observation duplicates(Frame frame, List<FrameColumn> columns) {
        long[] hashes = RowHash.of(columns, frame.rows());
        Map<Long, Integer> first = new HashMap<>(2 * hashes.length);
        Look look = new Look(Observation.Kind.DUPLICATES, frame).number("rows", frame.rows());
        long copies = 0;
        int largest = 1;
        Map<Long, Integer> sizes = new HashMap<>();
        for (int row = 0; row < hashes.length; row++) {
            Integer earlier = first.putIfAbsent(hashes[row], row);
            if (earlier != null) {
                if (copies < MOST_EXAMPLES) {
                    look.example(row, "the same as row " + frame.rowNumber(earlier), 1);
                }
                copies++;
                largest = Math.max(largest, 1 + sizes.merge(hashes[row], 1, Integer::sum));
            }
        }
        if (copies > 0) {
            rare(look, hashes, columns);
        }
        Natural natural = Natural.of(hashes, columns, sizes.size());
        return look.number("duplicates", copies)
                .number("share", (double) copies / frame.rows())
                .number("groups", sizes.size())
                .number("largest", largest)
                .number("natural-share", (double) copies / frame.rows() * natural.part())
                .number("p-value", natural.pValue)
                .number("tests", LOOKS)
                .number("sampled", (double) frame.rows() / Math.max(1, frame.total()))
                .made();
    }

    /**
     * The same among the rows of rare cells. Rows that are equal by nature are made of frequent cells; copies are made of any row,
     * so that half of them are of the rarer half of the rows, where nature has few.
     */
    private static void rare(Look look, long[] hashes, List<FrameColumn> columns) {
        double[] commonness = RowHash.commonness(columns, hashes.length);
        double[] sorted = commonness.clone();
        Arrays.sort(sorted);
        // Where independent columns alone would make equal rows, that a row is rare says nothing.
        double middle = Math.min(sorted[sorted.length / 2], Math.log(RARE / hashes.length));
        int[] rows = IntStream.range(0, hashes.length)
                .filter(row -> commonness[row] < middle)
                .toArray();
        long[] some = Arrays.stream(rows).mapToLong(row -> hashes[row]).toArray();
        long[] ordered = some.clone();
        Arrays.sort(ordered);
        long copies = 0;
        int groups = 0;
        for (int i = 1; i < ordered.length; i++) {
            if (ordered[i] == ordered[i - 1]) {
                copies++;
                groups += i == 1 || ordered[i - 2] != ordered[i] ? 1 : 0;
            }
        }
        Natural natural = Natural.of(some, columns, rows, groups);
        look.number("rare-rows", rows.length)
                .number("rare-duplicates", copies)
                .number("rare-natural", copies * natural.part())
                .number("rare-p-value", natural.pValue);
    }

    private static Observation conflicts(Frame frame, List<FrameColumn> inputs, FrameColumn classes) {
        long[] hashes = RowHash.of(inputs, frame.rows());
        Map<Long, int[]> groups = new HashMap<>();
        int labelled = 0;
        Map<Long, Integer> sizes = new HashMap<>();
        for (int row = 0; row < hashes.length; row++) {
            if (!classes.isMissing(row)) {
                sizes.merge(hashes[row], 1, Integer::sum);
                labelled++;
            }
        }
        for (int row = 0; row < hashes.length; row++) {
            if (!classes.isMissing(row) && sizes.getOrDefault(hashes[row], 1) > 1) {
                groups.computeIfAbsent(hashes[row], h -> new int[classes.words().size()])[(int) classes.get(row)]++;
            }
        }
        long conflicting = 0;
        long cost = 0;
        int mixed = 0;
        for (int[] group : groups.values()) {
            int size = Arrays.stream(group).sum();
            int most = Arrays.stream(group).max().orElse(0);
            if (most < size) {
                mixed++;
                conflicting += size;
                cost += size - (long) most;
            }
        }
        Look look = new Look(Observation.Kind.CONFLICTING_LABELS, frame, classes.name())
                .number("rows", labelled)
                .number("conflicting", conflicting)
                .number("groups", mixed)
                .number("cost", (double) cost / Math.max(1, labelled));
        int shown = 0;
        for (int row = 0; row < hashes.length && shown < MOST_EXAMPLES; row++) {
            int[] group = groups.get(hashes[row]);
            if (group != null && Arrays.stream(group).filter(c -> c > 0).count() > 1 && !classes.isMissing(row)) {
                look.example(row, classes.words().get((int) classes.get(row)), 1);
                shown++;
            }
        }
        Natural natural = Natural.of(hashes, inputs, groups.size());
        return look.number("natural-part", natural.part())
                .number("p-value", natural.pValue)
                .number("tests", 1)
                .made();
    }

    /**
     * How many of the equal pairs are natural.
     *
     * @param pairs pairs of rows that are equal
     * @param expected how many would be, by nature
     * @param pValue of so many groups of equal rows
     */
    private record Natural(double pairs, double expected, double pValue) {
        double part() {
            return pairs == 0 ? 0 : Math.min(1, expected / pairs);
        }

        static Natural of(long[] hashes, List<FrameColumn> columns, int groups) {
            return of(hashes, columns, IntStream.range(0, hashes.length).toArray(), groups);
        }

        /** Of some rows, whose hashes are given. */
        static Natural of(long[] hashes, List<FrameColumn> columns, int[] rows, int groups) {
            double pairs = RowHash.pairs(hashes);
            if (pairs == 0) {
                return new Natural(0, 0, 1);
            }
            List<FrameColumn> distinctive = columns.stream()
                    .sorted(Comparator.comparingDouble(
                            (FrameColumn c) -> -c.profile().distinct()))
                    .limit(DISTINCTIVE)
                    .toList();
            int k = distinctive.size();
            long[][] cells = new long[k][];
            double[] alone = new double[k];
            for (int j = 0; j < k; j++) {
                cells[j] = RowHash.cells(distinctive.get(j), rows);
                alone[j] = RowHash.pairs(RowHash.without(hashes, cells[j])) - pairs;
            }
            double expected = 0;
            for (int j = 0; j < k; j++) {
                for (int l = j + 1; l < k; l++) {
                    double both = RowHash.pairs(RowHash.without(RowHash.without(hashes, cells[j]), cells[l]))
                            - pairs
                            - alone[j]
                            - alone[l];
                    expected = Math.max(expected, (alone[j] + 0.5) * (alone[l] + 0.5) / (both + 1));
                }
            }
            if (k == 1) {
                // One column of few values is all that a row is: all its repeats are natural.
                expected = columns.get(0).isNumeric() ? 0.25 : pairs;
            }
            // Pairs within a group come together; groups come one by one.
            double perGroup = pairs / Math.max(1, groups);
            return new Natural(pairs, expected, Tail.poisson(groups, expected / perGroup));
        }
    }
}
