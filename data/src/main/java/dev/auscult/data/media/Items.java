package dev.auscult.data.media;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;

import dev.auscult.run.Observation;
import dev.auscult.run.Observation.Example;
import dev.auscult.run.Observation.Kind;
import dev.auscult.run.Split;

/** The files or rows of a part that could be read: what each is called, and its label. */
final class Items {
    private static final int MOST_EXAMPLES = 20;

    /** Path in the folder, by item; empty where items are rows. */
    private final List<String> names = new ArrayList<>();
    /** Number of the row in the file, from 1, by item; 0 for a file. */
    private final Longs rowNumbers = new Longs();
    /** By item; −1 where it is not known. */
    private final Longs labels = new Longs();

    private final List<String> labelNames;

    /** No items yet. The names of the labels are in the order of their numbers. */
    Items(List<String> labelNames) {
        this.labelNames = List.copyOf(labelNames);
    }

    void file(String name, int label) {
        names.add(name);
        rowNumbers.add(0);
        labels.add(label);
    }

    void row(long number, int label) {
        rowNumbers.add(number);
        labels.add(label);
    }

    int size() {
        return rowNumbers.size();
    }

    /** Whether any item has a label. */
    boolean labelled() {
        for (int i = 0; i < size(); i++) {
            if (label(i) >= 0) {
                return true;
            }
        }
        return false;
    }

    int label(int item) {
        return (int) labels.get(item);
    }

    /** {@code cats/3.png}, {@code row 17}. */
    String name(int item) {
        return names.isEmpty() ? "row " + rowNumbers.get(item) : names.get(item);
    }

    Example example(int item, String value, double score) {
        return new Example(rowNumbers.get(item), names.isEmpty() ? "" : names.get(item), value, score);
    }

    /** Items per label. */
    Map<String, Long> counts() {
        Map<String, Long> counts = new HashMap<>();
        for (int i = 0; i < size(); i++) {
            if (label(i) >= 0) {
                counts.merge(labelNames.get(label(i)), 1L, Long::sum);
            }
        }
        return counts;
    }

    /** How much a property of the items has to do with their labels. */
    Association association(int[] property) {
        int[] known = new int[size()];
        for (int i = 0; i < known.length; i++) {
            known[i] = label(i);
        }
        return Association.of(property, known, labelNames.size());
    }

    /**
     * The worst of some items.
     *
     * @param which the items
     * @param order the lower, the worse
     * @param score what is shown
     */
    List<Example> worst(
            IntPredicate which, IntToDoubleFunction order, IntToDoubleFunction score, IntFunction<String> value) {
        List<Integer> found = new ArrayList<>();
        Comparator<Integer> byOrder = Comparator.comparingDouble(order::applyAsDouble);
        for (int i = 0; i < size(); i++) {
            if (which.test(i)) {
                found.add(i);
                if (found.size() >= 64 * MOST_EXAMPLES) {
                    found.sort(byOrder.thenComparing(Comparator.naturalOrder()));
                    found.subList(MOST_EXAMPLES, found.size()).clear();
                }
            }
        }
        return found.stream()
                .sorted(byOrder.thenComparing(Comparator.naturalOrder()))
                .limit(MOST_EXAMPLES)
                .map(i -> example(i, value.apply(i), score.applyAsDouble(i)))
                .toList();
    }

    /** An observation with the numbers that all of them have: {@code rows}, {@code affected} and {@code share}. */
    static Observation observation(
            Kind kind, Split split, long rows, long affected, Map<String, Double> numbers, List<Example> examples) {
        return observation(kind, split, List.of(), rows, affected, numbers, Map.of(), examples);
    }

    static Observation observation(
            Kind kind,
            Split split,
            List<String> columns,
            long rows,
            long affected,
            Map<String, Double> numbers,
            Map<String, String> notes,
            List<Example> examples) {
        Map<String, Double> all = new HashMap<>(numbers);
        all.put("rows", (double) rows);
        all.put("affected", (double) affected);
        all.put("share", rows == 0 ? 0 : (double) affected / rows);
        all.values().removeIf(v -> !Double.isFinite(v));
        return new Observation(kind, split, columns, all, notes, examples);
    }
}
