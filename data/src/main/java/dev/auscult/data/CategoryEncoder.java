package dev.auscult.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.auscult.data.error.DataException;
import dev.auscult.data.generate.Feature;
import dev.auscult.data.table.Column;

/**
 * A category among those of the training part: as 0 or 1 for each (one-hot), or as its place in their order, normalised
 * (ordinal).
 *
 * <p>If there are too many, the rarest become one, {@code other}. What is missing is a category of its own if it is missing
 * in the training part. A category that the training part lacks is {@code other} where there is one; else all zero
 * (one-hot), or the code after the last (ordinal).
 */
final class CategoryEncoder implements Encoder {
    /** More categories than this are not told apart. */
    static final int MOST = 100;

    private final String column;
    private final Map<String, Integer> slots;
    private final List<String> labels;
    private final int missing;
    private final int other;
    private final boolean oneHot;
    private final double shift;
    private final double scale;
    private final int different;

    private CategoryEncoder(
            String column,
            Map<String, Integer> slots,
            List<String> labels,
            int missing,
            int other,
            boolean oneHot,
            double shift,
            double scale,
            int different) {
        this.column = column;
        this.slots = slots;
        this.labels = labels;
        this.missing = missing;
        this.other = other;
        this.oneHot = oneHot;
        this.shift = shift;
        this.scale = scale;
        this.different = different;
    }

    /** Takes the categories of the training part. */
    static CategoryEncoder fit(Column column, int[] training, DataSettings settings) {
        long[] counts = counts(column, training);
        long present = 0;
        List<Integer> seen = new ArrayList<>();
        for (int word = 0; word < counts.length; word++) {
            present += counts[word];
            if (counts[word] > 0) {
                seen.add(word);
            }
        }
        Comparator<Integer> byName = Comparator.comparing(w -> column.words().get(w), Labels.ORDER);
        int different = seen.size();
        boolean tooMany = different > MOST;
        if (tooMany) {
            seen.sort(Comparator.<Integer>comparingLong(w -> -counts[w]).thenComparing(byName));
            seen = new ArrayList<>(seen.subList(0, MOST));
        }
        seen.sort(byName);
        Map<String, Integer> slots = new HashMap<>();
        List<String> labels = new ArrayList<>();
        for (int word : seen) {
            slots.put(column.words().get(word), labels.size());
            labels.add(column.words().get(word));
        }
        int other = tooMany ? labels.size() : -1;
        if (tooMany) {
            labels.add("other");
        }
        int missing = present < training.length ? labels.size() : -1;
        if (missing >= 0) {
            labels.add("missing");
        }
        boolean oneHot = switch (settings.encode()) {
            case "one-hot" -> true;
            case "ordinal" -> false;
            default -> throw new DataException("data.encode is '" + settings.encode() + "', wanted one-hot or ordinal");
        };
        double shift = 0;
        double scale = 1;
        if (!oneHot) {
            int[] codes = codes(column, slots, other < 0 ? labels.size() : other);
            Statistics figures =
                    Statistics.of(training, row -> column.missing(row) ? missing : codes[(int) column.get(row)]);
            boolean constant = figures.constant();
            shift = switch (settings.normalize()) {
                case "standard" -> figures.mean();
                case "min-max" -> figures.min();
                default -> 0;
            };
            scale = constant
                    ? 1
                    : switch (settings.normalize()) {
                        case "standard" -> figures.deviation();
                        case "min-max" -> figures.max() - figures.min();
                        default -> 1;
                    };
        }
        return new CategoryEncoder(column.name(), slots, labels, missing, other, oneHot, shift, scale, different);
    }

    /** How often each category comes in some rows. */
    static long[] counts(Column column, int[] rows) {
        long[] counts = new long[column.words().size()];
        for (int row : rows) {
            if (!column.missing(row)) {
                counts[(int) column.get(row)]++;
            }
        }
        return counts;
    }

    private static int[] codes(Column column, Map<String, Integer> slots, int unknown) {
        return column.words().stream()
                .mapToInt(word -> slots.getOrDefault(word, unknown))
                .toArray();
    }

    /** Whether some categories are told apart no more. */
    boolean capped() {
        return other >= 0;
    }

    /** Number of different categories in the training part. */
    int different() {
        return different;
    }

    @Override
    public String column() {
        return column;
    }

    @Override
    public List<String> names() {
        return oneHot ? labels.stream().map(l -> column + "=" + l).toList() : List.of(column);
    }

    @Override
    public Feature.Kind kind() {
        return oneHot ? Feature.Kind.CATEGORY : Feature.Kind.NUMBER;
    }

    @Override
    public int unseen(Column cells, int[] rows) {
        int[] slotOf = codes(cells, slots, other);
        int count = 0;
        for (int row : rows) {
            count += (cells.missing(row) ? missing : slotOf[(int) cells.get(row)]) < 0 ? 1 : 0;
        }
        return count;
    }

    @Override
    public CellWriter bind(Column cells) {
        if (oneHot) {
            int[] slotOf = codes(cells, slots, other);
            int width = labels.size();
            return (row, into, offset) -> {
                for (int i = 0; i < width; i++) {
                    into[offset + i] = 0;
                }
                double x = cells.get(row);
                int slot = Double.isNaN(x) ? missing : slotOf[(int) x];
                if (slot >= 0) {
                    into[offset + slot] = 1;
                }
            };
        }
        int unknown = other < 0 ? labels.size() : other;
        int[] codeOf = codes(cells, slots, unknown);
        int absent = missing < 0 ? labels.size() : missing;
        return (row, into, offset) -> {
            double x = cells.get(row);
            int code = Double.isNaN(x) ? absent : codeOf[(int) x];
            into[offset] = (float) ((code - shift) / scale);
        };
    }
}
