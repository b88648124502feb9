package dev.auscult.data;

import java.util.List;
import java.util.function.IntConsumer;

/** Turns text into token ids. */
interface Tokenizer {
    /** Number of different tokens: every id is below it. */
    long size();

    /** The words by token id, where there are words of our own; else empty. */
    default List<String> words() {
        return List.of();
    }

    /** The token that fills up short texts. */
    default int padding() {
        return 0;
    }

    /** Hands the tokens of a text to the consumer, one by one. */
    void encode(String text, IntConsumer tokens);

    /** Like {@link #encode}, for a part of a running text: no token marks its beginning or end. */
    default void encodePart(String text, IntConsumer tokens) {
        encode(text, tokens);
    }

    /** For people: {@code words, 10,000 most frequent of the training part}. */
    String description();
}
