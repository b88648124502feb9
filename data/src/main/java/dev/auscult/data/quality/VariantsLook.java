package dev.auscult.data.quality;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.auscult.data.profile.Frame;
import dev.auscult.data.profile.FrameColumn;
import dev.auscult.run.ColumnProfile.Role;
import dev.auscult.run.Observation;

/** Finds spellings of one category that differ in case, blanks, accents or separators only. */
final class VariantsLook {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    /** Between two letters or digits a separator says nothing; beside a sign (A-, A+, C#, -1) it may. */
    private static final Pattern SEPARATORS = Pattern.compile("(?<=[\\p{L}\\p{N}])[\\s_/'’-]+(?=[\\p{L}\\p{N}])");

    private static final Pattern BETWEEN_DIGITS = Pattern.compile("(?<=\\p{N})[\\s_/-]+(?=\\p{N})");
    private static final Pattern FULL_STOPS = Pattern.compile("(?<=\\p{L})[.,;:!]+(?=\\s|$)");
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final int MOST_GROUPS = 3;
    private static final int MOST_EXAMPLES = 10;
    /** Above this share of different words a column is text, and equal spelling is not its point. */
    private static final double MOST_DISTINCT = 0.5;

    private static final int MOST_WORDS = 100_000;

    private VariantsLook() {}

    static List<Observation> observe(Frame frame) {
        List<Observation> found = new ArrayList<>();
        for (FrameColumn column : frame.columns()) {
            if (column.role() != Role.DROPPED && (column.isCategorical() || column.isText())) {
                Map<String, Long> counts = counts(frame, column);
                if (column.isCategorical() || counts.size() <= MOST_DISTINCT * frame.rows()) {
                    found.add(observe(frame, column, counts));
                }
            }
        }
        return found;
    }

    private static Map<String, Long> counts(Frame frame, FrameColumn column) {
        Map<String, Long> counts = new LinkedHashMap<>();
        if (column.isText()) {
            for (int row = 0; row < frame.rows() && counts.size() < MOST_WORDS; row++) {
                if (!column.isMissing(row)) {
                    counts.merge(column.text(row), 1L, Long::sum);
                }
            }
            return counts;
        }
        long[] byWord = new long[column.words().size()];
        for (int row = 0; row < frame.rows(); row++) {
            if (!column.isMissing(row)) {
                byWord[(int) column.get(row)]++;
            }
        }
        for (int i = 0; i < byWord.length; i++) {
            if (byWord[i] > 0) {
                counts.merge(column.words().get(i), byWord[i], Long::sum);
            }
        }
        return counts;
    }

    private static Observation observe(Frame frame, FrameColumn column, Map<String, Long> counts) {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        counts.keySet()
                .forEach(word -> groups.computeIfAbsent(base(word), b -> new ArrayList<>())
                        .add(word));
        long rows = counts.values().stream().mapToLong(Long::longValue).sum();
        long affected = 0;
        int variants = 0;
        Map<String, String> rarer = new HashMap<>();
        List<List<String>> several = new ArrayList<>();
        for (List<String> group : groups.values()) {
            if (group.size() > 1) {
                group.sort((a, b) -> Long.compare(counts.getOrDefault(b, 0L), counts.getOrDefault(a, 0L)));
                several.add(group);
                for (String word : group.subList(1, group.size())) {
                    affected += counts.getOrDefault(word, 0L);
                    variants++;
                    rarer.put(word, group.get(0));
                }
            }
        }
        Look look = new Look(Observation.Kind.STRING_VARIANTS, frame, column.name())
                .number("rows", rows)
                .number("categories", counts.size())
                .number("groups", several.size())
                .number("variants", variants)
                .number("affected", affected)
                .number("share", (double) affected / Math.max(1, rows))
                .note(
                        "variants",
                        several.stream()
                                .limit(MOST_GROUPS)
                                .map(g -> g.stream()
                                        .map(w -> "'" + Look.shortened(w) + "'")
                                        .collect(Collectors.joining(" = ")))
                                .collect(Collectors.joining(", ")));
        int shown = 0;
        for (int row = 0; row < frame.rows() && !rarer.isEmpty() && shown < MOST_EXAMPLES; row++) {
            if (!column.isMissing(row)) {
                String word =
                        column.isText() ? column.text(row) : column.words().get((int) column.get(row));
                if (rarer.containsKey(word)) {
                    look.example(row, word, 1);
                    shown++;
                }
            }
        }
        return look.made();
    }

    /** What variants of a word have in common. One letter alone keeps its case: m and M are two units. */
    static String base(String word) {
        String plain = MARKS.matcher(Normalizer.normalize(word.strip(), Normalizer.Form.NFKD))
                .replaceAll("");
        String kept = BETWEEN_DIGITS.matcher(plain).replaceAll("\u0000");
        kept = FULL_STOPS.matcher(kept).replaceAll("");
        kept = SEPARATORS.matcher(kept).replaceAll("");
        kept = BLANKS.matcher(kept).replaceAll("");
        return kept.codePointCount(0, kept.length()) < 2 ? kept : kept.toLowerCase(Locale.ROOT);
    }
}
