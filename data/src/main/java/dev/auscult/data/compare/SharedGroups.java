package dev.auscult.data.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import dev.auscult.data.profile.Frame;
import dev.auscult.run.ColumnProfile.Role;
import dev.auscult.run.Observation;
import dev.auscult.run.Observation.Example;
import dev.auscult.run.Observation.Kind;

/**
 * Looks for sources of rows (patients, users, sessions) that both parts hold: the settings' group column, else columns that
 * by name and by values look like one.
 */
final class SharedGroups {
    private static final Pattern BREAK = Pattern.compile("(?<=[a-z])(?=[A-Z])|[^A-Za-z]+");
    private static final Set<String> SOURCES = Set.of(
            "id",
            "ids",
            "uid",
            "uuid",
            "key",
            "patient",
            "subject",
            "person",
            "user",
            "customer",
            "client",
            "account",
            "session",
            "speaker",
            "participant",
            "household",
            "group",
            "device",
            "machine",
            "author",
            "owner",
            "visitor");
    /** A name that ends in it: {@code userid}. */
    private static final String ID = "id";

    /** Fewer values than this are categories. */
    private static final int FEWEST_VALUES = 10;
    /** Rows per value from which values are sources of several rows, and up to which they are no common category. */
    private static final double FEWEST_PER_VALUE = 1.2;

    private static final double MOST_PER_VALUE = 50;
    private static final int MOST_EXAMPLES = 5;

    private final Frame other;

    SharedGroups(Frame other) {
        this.other = other;
    }

    List<Observation> observe(List<ColumnPair> pairs) {
        List<ColumnPair> declared =
                pairs.stream().filter(p -> p.role() == Role.GROUP).toList();
        if (!declared.isEmpty()) {
            return declared.stream().map(p -> observe(p, true)).toList();
        }
        return pairs.stream()
                .filter(p -> p.role() == Role.INPUT || p.role() == Role.DROPPED)
                .filter(p -> soundsLikeSource(p.name()))
                .map(p -> observe(p, false))
                .filter(SharedGroups::looksLikeSource)
                .toList();
    }

    static boolean soundsLikeSource(String name) {
        List<String> words = Arrays.stream(BREAK.split(name, -1))
                .map(w -> w.toLowerCase(Locale.ROOT))
                .toList();
        return words.stream().anyMatch(SOURCES::contains)
                || (words.size() == 1 && words.get(0).endsWith(ID) && SOURCES.contains(stem(words.get(0))));
    }

    private static String stem(String word) {
        return word.substring(0, word.length() - ID.length());
    }

    private static boolean looksLikeSource(Observation seen) {
        double perValue = seen.get("rows-per-group");
        return seen.get("groups") >= FEWEST_VALUES
                && perValue >= FEWEST_PER_VALUE
                && perValue <= MOST_PER_VALUE
                && seen.get("whole-numbers") == 1;
    }

    private Observation observe(ColumnPair pair, boolean declared) {
        PooledRows cells =
                new PooledRows(List.of(pair), pair.first().rows(), pair.second().rows());
        int n = cells.train();
        double[] known = new double[n];
        for (int row = 0; row < n; row++) {
            known[row] = cells.cell(row, 0);
        }
        known = ColumnPair.sorted(known);
        double[] all = cells.sorted(0);
        long whole = Arrays.stream(all).filter(v -> v == Math.rint(v)).count();
        long shared = 0;
        long present = 0;
        double[] values = new double[cells.rows() - n];
        List<Example> examples = new ArrayList<>();
        for (int row = n; row < cells.rows(); row++) {
            double cell = cells.cell(row, 0);
            values[row - n] = Double.NaN;
            if (!Double.isFinite(cell)) {
                continue;
            }
            present++;
            if (Arrays.binarySearch(known, cell) >= 0) {
                shared++;
                values[row - n] = cell;
                if (examples.size() < MOST_EXAMPLES) {
                    examples.add(new Example(other.rowNumber(row - n), "", value(pair, cell, row - n), 1));
                }
            }
        }
        double groups = distinct(all);
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("declared", declared ? 1.0 : 0.0);
        numbers.put("train-rows", (double) n);
        numbers.put("rows", (double) present);
        numbers.put("groups", groups);
        numbers.put("shared-groups", distinct(ColumnPair.sorted(values)));
        numbers.put("shared-rows", (double) shared);
        numbers.put("share", present == 0 ? 0 : (double) shared / present);
        numbers.put("rows-per-group", groups == 0 ? 0 : all.length / groups);
        numbers.put("whole-numbers", whole == all.length ? 1.0 : 0.0);
        return new Observation(Kind.SHARED_GROUPS, other.split(), List.of(pair.name()), numbers, Map.of(), examples);
    }

    private static String value(ColumnPair pair, double cell, int row) {
        if (pair.isText()) {
            return pair.second().text(row);
        }
        return pair.isCategorical() && cell < pair.categories()
                ? pair.word((int) cell)
                : cell == Math.rint(cell) ? Long.toString((long) cell) : Double.toString(cell);
    }

    private static double distinct(double[] sorted) {
        double distinct = sorted.length == 0 ? 0 : 1;
        for (int i = 1; i < sorted.length; i++) {
            distinct += sorted[i] == sorted[i - 1] ? 0 : 1;
        }
        return distinct;
    }
}
