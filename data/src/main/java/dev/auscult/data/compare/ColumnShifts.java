package dev.auscult.data.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

import dev.auscult.data.profile.Frame;
import dev.auscult.data.profile.FrameColumn;
import dev.auscult.run.ColumnProfile.Role;
import dev.auscult.run.Observation;
import dev.auscult.run.Observation.Kind;
import org.jspecify.annotations.Nullable;

/** Looks at how each column, and the target, is distributed in two parts. */
final class ColumnShifts {
    private static final int MOST_KEPT = 100;

    private final Frame other;

    ColumnShifts(Frame other) {
        this.other = other;
    }

    /**
     * Columns whose distribution a model may rely on. Dates are later in a later part, and what names rows differs in any
     * two parts: neither is a shift.
     */
    static boolean canShift(ColumnPair pair) {
        return pair.role() == Role.INPUT
                && (pair.isNumeric() || pair.isCategorical() || pair.isText())
                && !pair.namesRows();
    }

    /** The inputs: their values, and where cells are missing. */
    List<Observation> inputs(List<ColumnPair> pairs) {
        List<ColumnPair> columns = pairs.stream().filter(ColumnShifts::canShift).toList();
        // Look i is at the values of a column for even i, at its missing cells for odd i.
        List<Integer> looks = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
            looks.add(2 * c);
            if (missing(columns.get(c).first()) + missing(columns.get(c).second()) > 0) {
                looks.add(2 * c + 1);
            }
        }
        IntFunction<@Nullable Observation> look = i -> i % 2 == 0
                ? values(Kind.COLUMN_SHIFT, columns.get(i / 2), looks.size())
                : gaps(columns.get(i / 2), looks.size());
        List<Observation> all = new ArrayList<>();
        looks.parallelStream().map(look::apply).filter(o -> o != null).forEachOrdered(all::add);
        all.sort(Comparator.comparingDouble((Observation o) -> o.get("p-value"))
                .thenComparingDouble(o -> -o.get("effect")));
        return all.size() > MOST_KEPT ? List.copyOf(all.subList(0, MOST_KEPT)) : all;
    }

    /** The targets. */
    List<Observation> targets(List<ColumnPair> pairs) {
        List<ColumnPair> targets =
                pairs.stream().filter(p -> p.role() == Role.TARGET).toList();
        List<Observation> all = new ArrayList<>();
        for (ColumnPair target : targets) {
            Observation seen = values(Kind.LABEL_SHIFT, target, targets.size());
            if (seen != null) {
                all.add(seen);
            }
        }
        return all;
    }

    private @Nullable Observation values(Kind kind, ColumnPair pair, int tests) {
        Shift shift;
        String what;
        long[] rows;
        if (pair.isCategorical()) {
            long[] a = counts(pair.train(), pair.categories());
            long[] b = counts(pair.other(), pair.categories());
            List<String> names = new ArrayList<>();
            for (int c = 0; c < pair.categories(); c++) {
                names.add(pair.word(c));
            }
            shift = Shift.ofCategories(a, b, names, tests);
            what = "categories";
            rows = new long[] {Arrays.stream(a).sum(), Arrays.stream(b).sum()};
        } else {
            double[] a = ColumnPair.sorted(pair.isText() ? lengths(pair.first()) : pair.train());
            double[] b = ColumnPair.sorted(pair.isText() ? lengths(pair.second()) : pair.other());
            shift = Shift.ofNumbers(a, b, tests);
            what = pair.isText() ? "lengths" : "numbers";
            rows = new long[] {a.length, b.length};
        }
        return rows[0] < 2 || rows[1] < 2 ? null : observation(kind, pair, shift, what, rows, tests);
    }

    private Observation gaps(ColumnPair pair, int tests) {
        Shift shift = Shift.ofShares(
                missing(pair.first()),
                pair.first().rows(),
                missing(pair.second()),
                pair.second().rows(),
                tests);
        long[] rows = {pair.first().rows(), pair.second().rows()};
        return observation(Kind.COLUMN_SHIFT, pair, shift, "missing", rows, tests);
    }

    private Observation observation(Kind kind, ColumnPair pair, Shift shift, String what, long[] rows, int tests) {
        Map<String, Double> numbers = new LinkedHashMap<>(shift.numbers());
        numbers.put("train-rows", (double) rows[0]);
        numbers.put("rows", (double) rows[1]);
        numbers.put("effect", shift.effect());
        numbers.put("detectable", shift.detectable());
        numbers.put("p-value", shift.pValue());
        numbers.put("tests", (double) tests);
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put("what", what);
        if (!shift.worst().isEmpty()) {
            notes.put("category", shift.worst());
        }
        return new Observation(kind, other.split(), List.of(pair.name()), numbers, notes, List.of());
    }

    private static double[] lengths(FrameColumn column) {
        double[] lengths = new double[column.rows()];
        for (int row = 0; row < lengths.length; row++) {
            lengths[row] = column.isMissing(row) ? Double.NaN : column.text(row).length();
        }
        return lengths;
    }

    private static long missing(FrameColumn column) {
        long missing = 0;
        for (int row = 0; row < column.rows(); row++) {
            missing += column.isMissing(row) ? 1 : 0;
        }
        return missing;
    }

    static long[] counts(double[] values, int categories) {
        long[] counts = new long[categories];
        for (double value : values) {
            if (!Double.isNaN(value)) {
                counts[(int) value]++;
            }
        }
        return counts;
    }
}
