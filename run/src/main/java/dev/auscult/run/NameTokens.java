package dev.auscult.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** Cuts the name of a metric into lower-case words, the same for every way of writing it. */
final class NameTokens {
    /** A rate: what comes before it is counted per second. */
    private static final String PER_SECOND = "persec";

    private static final Set<String> SECONDS = Set.of("s", "sec", "secs", "second", "seconds");

    /** {@code /s}, {@code /sec} … as the end of a word. */
    private static final Pattern SLASH_SECOND =
            Pattern.compile("/(?:s|secs?|seconds?)(?![A-Za-z0-9])", Pattern.CASE_INSENSITIVE);

    /** {@code 0.95}, and {@code .95} where only a threshold can stand: a threshold, written as a percentage below. */
    private static final Pattern THRESHOLD = Pattern.compile("(?<![0-9.])0\\.([0-9]+)|(?<=AP|[:@\\[-])\\.([0-9]+)");

    /** {@code 1-acc}. */
    private static final Pattern ONE_MINUS = Pattern.compile("(?<=^|[/ ])1 ?- ?(?=[Aa]cc)");

    /** {@code (ms)}, {@code [GB]}, {@code (%)}: a unit. */
    private static final Pattern UNIT =
            Pattern.compile("[(\\[] ?(?:ms|s|secs?|seconds|%|[gm]i?b) ?[)\\]]", Pattern.CASE_INSENSITIVE);

    private static final Pattern SEPARATOR = Pattern.compile("[^\\p{L}\\p{N}]+");

    private NameTokens() {}

    /**
     * The words of a name.
     *
     * @param name the name, camel case or with any separators
     * @param vocabulary words that stay whole though they end in a number ({@code f1}) and that are found inside words
     *     without separators ({@code valloss})
     * @param prefixes words that may be stuck to the front of one of the vocabulary
     */
    static List<String> of(String name, Set<String> vocabulary, Set<String> prefixes) {
        String text = SLASH_SECOND.matcher(name).replaceAll(" " + PER_SECOND);
        text = ONE_MINUS.matcher(text).replaceAll("oneminus ");
        text = UNIT.matcher(text).replaceAll(" ");
        text = THRESHOLD.matcher(text).replaceAll(found -> " " + percentage(found.group(1), found.group(2)) + " ");
        text = text.replace("@", " at ").replace("IoU", "Iou").replace("mAP", " map ");

        List<String> tokens = new ArrayList<>();
        for (String chunk : SEPARATOR.split(text, -1)) {
            String whole = chunk.toLowerCase(Locale.ROOT);
            for (String word : vocabulary.contains(whole) ? List.of(whole) : camelCase(chunk)) {
                addWord(word.toLowerCase(Locale.ROOT), vocabulary, prefixes, tokens);
            }
        }
        return tokens;
    }

    private static String percentage(@Nullable String afterZero, @Nullable String afterPoint) {
        String digits = afterZero != null ? afterZero : afterPoint != null ? afterPoint : "";
        String percent = digits.length() == 1 ? digits + "0" : digits;
        return percent.length() == 2 && percent.startsWith("0") ? percent.substring(1) : percent;
    }

    private static void addWord(String word, Set<String> vocabulary, Set<String> prefixes, List<String> to) {
        int last = to.size() - 1;
        if (word.isEmpty()) {
            return;
        }
        if (last >= 0 && SECONDS.contains(word) && to.get(last).equals("per")) {
            to.set(last, PER_SECOND);
            return;
        }
        if (vocabulary.contains(word) || prefixes.contains(word)) {
            to.add(word);
            return;
        }
        int digits = word.length();
        while (digits > 0 && isDigit(word.charAt(digits - 1))) {
            digits--;
        }
        if (digits > 0 && digits < word.length()) {
            String stem = word.substring(0, digits);
            if (vocabulary.contains(stem) || prefixes.contains(stem) || stem.endsWith("loss")) {
                addWord(stem, vocabulary, prefixes, to);
                to.add(word.substring(digits));
                return;
            }
        }
        for (int cut = word.length() - 2; cut >= 2; cut--) {
            String rest = word.substring(cut);
            if (prefixes.contains(word.substring(0, cut)) && vocabulary.contains(rest) && rest.length() > 2) {
                to.add(word.substring(0, cut));
                to.add(rest);
                return;
            }
        }
        if (word.length() > 4 && word.endsWith("loss")) {
            to.add(word.substring(0, word.length() - 4));
            to.add("loss");
            return;
        }
        to.add(word);
    }

    /** {@code trainLoss} is two words and so is {@code MSELoss}, but {@code APs} and {@code mAcc} are one. */
    private static List<String> camelCase(String chunk) {
        List<String> words = new ArrayList<>();
        int start = 0;
        for (int i = 1; i < chunk.length(); i++) {
            if (!Character.isUpperCase(chunk.charAt(i))) {
                continue;
            }
            char before = chunk.charAt(i - 1);
            boolean afterLower = Character.isLowerCase(before) && i - start > 1;
            boolean afterDigit = isDigit(before);
            boolean endsAcronym = Character.isUpperCase(before)
                    && i + 2 < chunk.length()
                    && Character.isLowerCase(chunk.charAt(i + 1))
                    && Character.isLowerCase(chunk.charAt(i + 2));
            if (afterLower || afterDigit || endsAcronym) {
                words.add(chunk.substring(start, i));
                start = i;
            }
        }
        words.add(chunk.substring(start));
        return words;
    }

    static boolean isNumber(String token) {
        for (int i = 0; i < token.length(); i++) {
            if (!isDigit(token.charAt(i))) {
                return false;
            }
        }
        return !token.isEmpty();
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
