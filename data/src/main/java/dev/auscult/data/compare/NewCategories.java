package dev.auscult.data.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.auscult.data.profile.Frame;
import dev.auscult.run.ColumnProfile.Role;
import dev.auscult.run.Observation;
import dev.auscult.run.Observation.Example;
import dev.auscult.run.Observation.Kind;

/**
 * Looks for categories and labels that the training part lacks.
 *
 * <p>Rare ones are missing there by chance: were all rows dealt out at random, the s rows of a category would all fall into
 * the other part with probability C(m, s) / C(n + m, s). The number of categories that did so is compared with that.
 */
final class NewCategories {
    /** Above this share of different values, a column names its rows rather than a category. */
    private static final double MOSTLY_DISTINCT = 0.5;

    private static final int MOST_EXAMPLES = 5;

    private final Frame other;

    NewCategories(Frame other) {
        this.other = other;
    }

    List<Observation> observe(List<ColumnPair> pairs) {
        List<ColumnPair> looked = pairs.stream()
                .filter(ColumnPair::isCategorical)
                .filter(p -> p.role() == Role.TARGET || (p.role() == Role.INPUT && !mostlyDistinct(p)))
                .toList();
        List<Observation> all = new ArrayList<>();
        for (ColumnPair pair : looked) {
            all.add(observe(pair, looked.size()));
        }
        return all;
    }

    private static boolean mostlyDistinct(ColumnPair pair) {
        double rows = (double) pair.train().length + pair.other().length;
        return pair.categories() > MOSTLY_DISTINCT * rows;
    }

    private Observation observe(ColumnPair pair, int tests) {
        long[] a = ColumnShifts.counts(pair.train(), pair.categories());
        long[] b = ColumnShifts.counts(pair.other(), pair.categories());
        long n = Arrays.stream(a).sum();
        long m = Arrays.stream(b).sum();
        Map<Long, Double> sizes = new TreeMap<>();
        List<Integer> fresh = new ArrayList<>();
        long rows = 0;
        double least = 1;
        for (int c = 0; c < a.length; c++) {
            long size = a[c] + b[c];
            if (size > 0) {
                sizes.merge(size, 1.0, Double::sum);
            }
            if (a[c] == 0 && b[c] > 0) {
                fresh.add(c);
                rows += b[c];
                // One category alone, among as many as there are.
                least = Math.min(least, allIn(b[c], n, m) * a.length);
            }
        }
        double[] p = sizes.keySet().stream().mapToDouble(s -> allIn(s, n, m)).toArray();
        double[] many = sizes.values().stream().mapToDouble(v -> v).toArray();
        double together = Tails.atLeast(fresh.size(), p, many);
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("train-rows", (double) n);
        numbers.put("rows", (double) m);
        numbers.put("new", (double) fresh.size());
        numbers.put("new-rows", (double) rows);
        numbers.put("share", m == 0 ? 0 : (double) rows / m);
        numbers.put("p-value", Math.min(1, 2 * Math.min(together, least)));
        numbers.put("tests", (double) tests);
        fresh.sort(Comparator.comparingLong((Integer c) -> -b[c]));
        Map<String, String> notes = fresh.isEmpty() ? Map.of() : Map.of("category", pair.word(fresh.get(0)));
        return new Observation(
                Kind.NEW_CATEGORIES, other.split(), List.of(pair.name()), numbers, notes, examples(pair, fresh, b));
    }

    /** The chance that s rows, of n + m dealt out at random, all fall into the part of m. */
    private static double allIn(long s, long n, long m) {
        return Math.exp(Tails.logChoose((double) m, (double) s) - Tails.logChoose((double) (n + m), (double) s));
    }

    private List<Example> examples(ColumnPair pair, List<Integer> fresh, long[] counts) {
        List<Example> examples = new ArrayList<>();
        for (int category : fresh.subList(0, Math.min(MOST_EXAMPLES, fresh.size()))) {
            int row = 0;
            while (row < pair.other().length && pair.other()[row] != category) {
                row++;
            }
            examples.add(new Example(other.rowNumber(row), "", pair.word(category), (double) counts[category]));
        }
        return examples;
    }
}
