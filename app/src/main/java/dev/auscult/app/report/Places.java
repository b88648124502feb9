package dev.auscult.app.report;

import java.util.ArrayList;
import java.util.List;

import dev.auscult.diagnose.Where;

/** Says where a finding lies. */
final class Places {
    private static final int MOST_LAYERS = 4;
    private static final int MOST_EXAMPLES = 6;

    private Places() {}

    /** {@code train/loss and validation/loss, steps 7 to 40}. */
    static String line(Where where) {
        List<String> parts = new ArrayList<>();
        if (!where.series().isEmpty()) {
            parts.add(list(where.series()));
        }
        if (!where.layers().isEmpty()) {
            parts.add((where.layers().size() == 1 ? "layer " : "layers ") + some(where.layers(), MOST_LAYERS));
        }
        if (!where.columns().isEmpty()) {
            parts.add(columns(where.columns()));
        }
        if (!where.examples().isEmpty()) {
            parts.add("such as " + some(where.examples(), MOST_EXAMPLES));
        }
        if (!where.isInData()) {
            parts.add(steps(where));
        }
        return String.join(", ", parts);
    }

    /** Columns without a name of their own are called {@code column 2} already. */
    private static String columns(List<String> names) {
        boolean named = !names.get(0).startsWith("column ");
        return (named ? names.size() == 1 ? "column " : "columns " : "") + some(names, MOST_LAYERS);
    }

    private static String some(List<String> items, int most) {
        int more = items.size() - most;
        return more > 0 ? String.join(", ", items.subList(0, most)) + " and " + more + " more" : list(items);
    }

    static String steps(Where where) {
        return where.fromStep() == where.toStep()
                ? "step " + Counts.of(where.fromStep())
                : "steps " + Counts.of(where.fromStep()) + " to " + Counts.of(where.toStep());
    }

    private static String list(List<String> items) {
        if (items.size() == 1) {
            return items.get(0);
        }
        return String.join(", ", items.subList(0, items.size() - 1)) + " and " + items.get(items.size() - 1);
    }
}
