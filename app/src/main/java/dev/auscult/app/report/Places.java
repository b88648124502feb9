package dev.auscult.app.report;

import java.util.ArrayList;
import java.util.List;

import dev.auscult.diagnose.Where;

/** Says where a finding lies. */
final class Places {
    private static final int MOST_LAYERS = 4;

    private Places() {}

    /** {@code train/loss and validation/loss, steps 7 to 40}. */
    static String line(Where where) {
        List<String> parts = new ArrayList<>();
        if (!where.series().isEmpty()) {
            parts.add(list(where.series()));
        }
        if (!where.layers().isEmpty()) {
            List<String> layers = where.layers();
            int shown = Math.min(MOST_LAYERS, layers.size());
            String more = layers.size() > shown ? " and " + (layers.size() - shown) + " more" : "";
            String named = more.isEmpty() ? list(layers) : String.join(", ", layers.subList(0, shown)) + more;
            parts.add((layers.size() == 1 ? "layer " : "layers ") + named);
        }
        parts.add(steps(where));
        return String.join(", ", parts);
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
