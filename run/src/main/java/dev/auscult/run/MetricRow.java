package dev.auscult.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One row of the table of metric names.
 *
 * @param patterns the phrases of this row, each a list of words; {@code *} = any number of words, {@code @} = a number
 * @param quantity what is measured
 * @param part the part of the quantity, with {@code *}, {@code ~}, {@code @} and {@code =} for what the pattern matched
 * @param direction which way is better
 * @param split what a name without a split word is about
 * @param examples names that this row is for
 */
record MetricRow(
        List<List<String>> patterns,
        Quantity quantity,
        String part,
        Direction direction,
        Split split,
        List<String> examples) {

    /**
     * A phrase that a row matched.
     *
     * @param row the row
     * @param words the pattern's own words in the phrase
     * @param caught the words under {@code *}
     * @param numbers the numbers under {@code @}
     */
    record Match(MetricRow row, List<String> words, List<String> caught, List<String> numbers) {
        /** The part of the quantity that the phrase names; empty for the whole. */
        String part() {
            int noun = row.quantity == Quantity.OTHER || words.size() == 1 ? words.size() : words.size() - 1;
            return tidy(row.part
                    .replace("~", "*")
                    .replace("=", String.join("_", words.subList(0, noun)))
                    .replace("*", String.join("_", caught))
                    .replace("@", String.join("_", numbers)));
        }
    }

    /** Reads {@code pattern ; quantity ; part ; direction ; split ; examples}. */
    static MetricRow parse(String line) {
        String[] cells = line.split(";", -1);
        if (cells.length != 6) {
            throw new IllegalArgumentException("6 cells wanted, got " + cells.length + ": " + line);
        }
        Quantity quantity = Quantity.valueOf(cells[1].trim());
        String part = cells[2].trim();
        return new MetricRow(
                expand(cells[0].trim()),
                quantity,
                part.equals("-") ? "" : part,
                direction(cells[3].trim(), quantity),
                split(cells[4].trim(), quantity),
                Arrays.stream(cells[5].split(",", -1)).map(String::trim).toList());
    }

    /** Whether a pattern is a phrase to look up rather than a form to fit. */
    static boolean isPhrase(List<String> pattern) {
        return !pattern.contains("*") && !pattern.contains("@");
    }

    /** Whether the noun stands before or between the words for the part, so that the phrase is looked up again. */
    boolean isTurned() {
        return part.equals("~");
    }

    /** What this row makes of a phrase with one of its patterns; empty if they do not fit. */
    Optional<Match> match(List<String> pattern, List<String> phrase) {
        List<String> caught = new ArrayList<>();
        List<String> numbers = new ArrayList<>();
        if (!fits(pattern, 0, phrase, 0, caught, numbers)) {
            return Optional.empty();
        }
        List<String> words =
                pattern.stream().filter(w -> !w.equals("*") && !w.equals("@")).toList();
        return Optional.of(new Match(this, words, List.copyOf(caught), List.copyOf(numbers)));
    }

    private static boolean fits(
            List<String> pattern, int p, List<String> phrase, int q, List<String> caught, List<String> numbers) {
        if (p == pattern.size()) {
            return q == phrase.size();
        }
        String wanted = pattern.get(p);
        if (wanted.equals("*")) {
            for (int end = q; end <= phrase.size(); end++) {
                int before = caught.size();
                caught.addAll(phrase.subList(q, end));
                if (fits(pattern, p + 1, phrase, end, caught, numbers)) {
                    return true;
                }
                caught.subList(before, caught.size()).clear();
            }
            return false;
        }
        if (q == phrase.size()) {
            return false;
        }
        String got = phrase.get(q);
        if (wanted.equals("@")) {
            if (!NameTokens.isNumber(got)) {
                return false;
            }
            numbers.add(got);
            if (fits(pattern, p + 1, phrase, q + 1, caught, numbers)) {
                return true;
            }
            numbers.remove(numbers.size() - 1);
            return false;
        }
        return wanted.equals(got) && fits(pattern, p + 1, phrase, q + 1, caught, numbers);
    }

    private static List<List<String>> expand(String pattern) {
        List<List<String>> phrases = List.of(List.of());
        for (String word : pattern.split(" +", -1)) {
            List<List<String>> longer = new ArrayList<>();
            for (List<String> phrase : phrases) {
                for (String alternative : word.split("\\|", -1)) {
                    List<String> next = new ArrayList<>(phrase);
                    next.addAll(List.of(alternative.split("_", -1)));
                    longer.add(List.copyOf(next));
                }
            }
            phrases = longer;
        }
        return List.copyOf(phrases);
    }

    private static Direction direction(String cell, Quantity quantity) {
        return switch (cell) {
            case "up" -> Direction.HIGHER_IS_BETTER;
            case "down" -> Direction.LOWER_IS_BETTER;
            case "?" -> Direction.UNKNOWN;
            case "-" -> quantity.direction();
            default -> throw new IllegalArgumentException("no direction: " + cell);
        };
    }

    private static Split split(String cell, Quantity quantity) {
        return switch (cell) {
            case "train" -> Split.TRAIN;
            case "validation" -> Split.VALIDATION;
            case "none" -> Split.NONE;
            case "-" ->
                switch (quantity) {
                    case LOSS, PERPLEXITY, ACCURACY, PRECISION, RECALL, F1, AUC, ERROR_RATE -> Split.TRAIN;
                    default -> Split.NONE;
                };
            default -> throw new IllegalArgumentException("no split: " + cell);
        };
    }

    private static String tidy(String part) {
        String tidied = part;
        while (tidied.contains("__")) {
            tidied = tidied.replace("__", "_");
        }
        int from = tidied.startsWith("_") ? 1 : 0;
        int to = tidied.endsWith("_") ? tidied.length() - 1 : tidied.length();
        return from < to ? tidied.substring(from, to) : "";
    }
}
