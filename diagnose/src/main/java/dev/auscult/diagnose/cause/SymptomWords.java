package dev.auscult.diagnose.cause;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.RuleBook;

/**
 * Symptoms in words, from the resource {@code symptoms.txt}: {@code name | source | text}.
 *
 * <p>The text of a number holds {@code {}} for "more than 2.5" or "at most 2.5"; that of a fact has two forms, shown and not
 * shown, divided by {@code /}. The source is what has to be logged for it; empty where it comes from curves.
 */
final class SymptomWords {
    private static final Map<String, String[]> WORDS = read();

    private SymptomWords() {}

    private static Map<String, String[]> read() {
        Map<String, String[]> words = new HashMap<>();
        try (InputStream in =
                Objects.requireNonNull(SymptomWords.class.getResourceAsStream("model/symptoms.txt"), "symptoms.txt")) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> {
                        String[] cells = line.split("\\|", -1);
                        words.put(cells[0].strip(), new String[] {cells[1].strip(), cells[2].strip()});
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (Rule rule : RuleBook.rules()) {
            String code = rule.info().code();
            String name = rule.info().name().replace('-', ' ') + " (" + code + ")";
            String source = switch (rule.info().family()) {
                case GRD -> "Statistics of gradients per layer";
                case ACT -> "Statistics of activations per layer";
                case WGT -> "Statistics of weights and updates per layer";
                case ARC -> "The network and its settings";
                case DAT -> "A check of the data (`auscult data`)";
                case BUG -> "A check before training (`auscult check`)";
                default -> "";
            };
            words.putIfAbsent(
                    code, new String[] {source, name + " was found/" + name + " was looked for and not found"});
            words.putIfAbsent(
                    code + "!",
                    new String[] {source, name + " was found, and clearly/no clear case of " + name + " was found"});
        }
        return words;
    }

    /** The symptom without its threshold, or rule without its severity. */
    static String base(String symptom) {
        int above = symptom.indexOf('>');
        return above >= 0 ? symptom.substring(0, above) : symptom.replace("!", "");
    }

    /** What has to be logged for a symptom; empty if it comes from curves or is unknown. */
    static String source(String symptom) {
        String[] words = words(symptom);
        return words.length == 0 ? "" : words[0];
    }

    /** What was seen, in words, without a final stop. */
    static String text(String symptom, boolean shown) {
        String[] words = words(symptom);
        if (words.length == 0) {
            return symptom + (shown ? "" : ": no");
        }
        int above = symptom.indexOf('>');
        if (above >= 0) {
            return words[1].replace("{}", (shown ? "more than " : "at most ") + number(symptom.substring(above + 1)));
        }
        int slash = words[1].lastIndexOf('/');
        return shown ? words[1].substring(0, slash) : words[1].substring(slash + 1);
    }

    private static String number(String threshold) {
        double value = Double.parseDouble(threshold);
        return Math.abs(value) >= 1e-3 || value == 0
                ? threshold
                : threshold.replace(".0E", "e").replace("E", "e");
    }

    private static String[] words(String symptom) {
        String[] words = WORDS.get(symptom);
        if (words == null) {
            words = WORDS.get(base(symptom));
        }
        return words == null ? new String[0] : words;
    }
}
