package dev.auscult.train.spec;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import dev.auscult.run.Nearest;

/** Collects what is wrong with a spec. */
final class Problems {
    /** No more than these are listed: what follows is mostly a consequence. */
    private static final int MOST = 20;

    /** The longest piece of a spec that a message repeats, in characters. */
    private static final int LONGEST_QUOTE = 40;

    /** What other programs call things, by what a spec calls them. */
    private static final Map<String, List<String>> SYNONYMS = Map.ofEntries(
            Map.entry("linear", List.of("dense")),
            Map.entry("fc", List.of("dense")),
            Map.entry("conv1d", List.of("conv")),
            Map.entry("conv2d", List.of("conv")),
            Map.entry("avg-pool", List.of("average-pool")),
            Map.entry("swish", List.of("silu")),
            Map.entry("lr", List.of("learning-rate")),
            Map.entry("sparsity", List.of("share")),
            Map.entry("amount", List.of("share")),
            Map.entry("unstructured", List.of("magnitude")),
            Map.entry("wd", List.of("weight-decay")),
            Map.entry("bs", List.of("batch-size")),
            Map.entry("p", List.of("rate", "probability")),
            Map.entry("kaiming", List.of("he")),
            Map.entry("xavier", List.of("glorot")),
            Map.entry("bce", List.of("binary-cross-entropy")),
            Map.entry("l1", List.of("mae")),
            Map.entry("l2", List.of("mse")),
            Map.entry("scheduler", List.of("schedule")),
            Map.entry("number", List.of("numeric")),
            Map.entry("category", List.of("categorical")),
            Map.entry("string", List.of("text")),
            Map.entry("val", List.of("validation")),
            Map.entry("valid", List.of("validation")),
            Map.entry("kernel-size", List.of("kernel")),
            Map.entry("grad-clip", List.of("clip-norm")),
            Map.entry("self-attention", List.of("attention")));

    private final List<String> lines = new ArrayList<>();

    /** Notes a problem at a place. */
    void add(Place place, String message) {
        lines.add(place + ": " + message);
    }

    /** Throws what was noted, if anything was. */
    void throwIfAny() {
        if (lines.isEmpty()) {
            return;
        }
        if (lines.size() > MOST) {
            List<String> first = new ArrayList<>(lines.subList(0, MOST));
            first.add("and " + (lines.size() - MOST) + " problems more");
            throw new SpecException(first);
        }
        throw new SpecException(lines);
    }

    /** A piece of a spec as a message shows it: on one line, and not longer than a glance. */
    static String quote(String text) {
        StringBuilder shown = new StringBuilder("\"");
        text.codePoints().limit(LONGEST_QUOTE).forEach(c -> {
            if (Character.isISOControl(c)) {
                shown.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.append(text.codePointCount(0, text.length()) > LONGEST_QUOTE ? "…\"" : "\"")
                .toString();
    }

    /** What should have been there: the nearest known name, or all of them. */
    static String wanted(String found, Collection<String> known) {
        return nearest(found, known)
                .map(name -> "wanted " + name)
                .orElseGet(() -> known.isEmpty() ? "wanted none" : "wanted one of " + String.join(", ", known));
    }

    private static Optional<String> nearest(String found, Collection<String> known) {
        String kebab = found.replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                .replace('_', '-')
                .replace(' ', '-')
                .toLowerCase(Locale.ROOT);
        for (String name : SYNONYMS.getOrDefault(kebab, List.of())) {
            if (known.contains(name)) {
                return Optional.of(name);
            }
        }
        return Nearest.to(kebab, known);
    }
}
