package dev.auscult.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Words in lower case, numbered by how often they come in the training part: 0 is padding, 1 a word that is not known.
 *
 * <p>A word is a run of letters, digits and apostrophes inside them; what stands between words is passed over.
 */
final class WordTokenizer implements Tokenizer {
    static final String PADDING = "<padding>";
    static final String UNKNOWN = "<unknown>";
    private static final int LONGEST = 64;

    private final List<String> words;
    private final Map<String, Integer> ids = new HashMap<>();

    private WordTokenizer(List<String> words) {
        this.words = List.copyOf(words);
        for (int id = 2; id < words.size(); id++) {
            ids.put(words.get(id), id);
        }
    }

    /** Counts the words of the training part. */
    static final class Counter {
        private final Map<String, long[]> counts = new HashMap<>();

        void add(String text) {
            split(text, word -> counts.computeIfAbsent(word, w -> new long[1])[0]++);
        }

        /** The most frequent words; of equally frequent ones, the first by letters. */
        WordTokenizer tokenizer(int most) {
            List<Map.Entry<String, long[]>> words = new ArrayList<>(counts.entrySet());
            words.sort(Comparator.<Map.Entry<String, long[]>>comparingLong(e -> -e.getValue()[0])
                    .thenComparing(Map.Entry.comparingByKey()));
            List<String> kept = new ArrayList<>(List.of(PADDING, UNKNOWN));
            words.stream().limit(most).forEach(e -> kept.add(e.getKey()));
            return new WordTokenizer(kept);
        }
    }

    @Override
    public long size() {
        return words.size();
    }

    @Override
    public List<String> words() {
        return words;
    }

    @Override
    public void encode(String text, IntConsumer tokens) {
        split(text, word -> tokens.accept(ids.getOrDefault(word, 1)));
    }

    @Override
    public String description() {
        return String.format(Locale.ROOT, "words, the %,d most frequent of the training part", words.size() - 2);
    }

    static void split(String text, Consumer<String> words) {
        String lower = text.toLowerCase(Locale.ROOT);
        int start = -1;
        for (int i = 0; i <= lower.length(); i++) {
            char c = i < lower.length() ? lower.charAt(i) : ' ';
            boolean inside = Character.isLetterOrDigit(c)
                    || Character.isSurrogate(c)
                    || Character.getType(c) == Character.NON_SPACING_MARK
                    || (c == '\'' && start >= 0 && i + 1 < lower.length() && Character.isLetter(lower.charAt(i + 1)));
            if (inside && start < 0) {
                start = i;
            } else if (!inside && start >= 0) {
                words.accept(lower.substring(start, Math.min(i, start + LONGEST)));
                start = -1;
            }
        }
    }
}
