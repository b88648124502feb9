package dev.auscult.intake.console;

import org.jspecify.annotations.Nullable;

/** Pieces of lines as strings, each made once: a log repeats the same few words line after line. */
final class Phrases {
    private static final int LONGEST_NAME = 60;
    private static final int MOST_WORDS = 5;
    private static final int SLOTS = 1 << 10;

    private final @Nullable Phrase[] slots = new @Nullable Phrase[SLOTS];
    private final StringBuilder built = new StringBuilder();

    /** A piece as it stands in the line, and its words. */
    private record Phrase(String text, String words) {}

    /** A piece of a line. */
    String text(char[] line, int from, int to) {
        return find(line, from, to).text();
    }

    /** A piece of a line with single spaces; empty if it has no letter or is too long for a name. */
    String words(char[] line, int from, int to) {
        return from >= to ? "" : find(line, from, to).words();
    }

    private Phrase find(char[] line, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + line[i];
        }
        int slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
        Phrase known = slots[slot];
        if (known == null || !isSame(known.text(), line, from, to)) {
            String text = new String(line, from, to - from);
            known = new Phrase(text, wordsOf(text));
            // One that shares the slot takes its place: what a log repeats comes back soon enough.
            slots[slot] = text.length() <= 2 * LONGEST_NAME ? known : null;
        }
        return known;
    }

    private static boolean isSame(String text, char[] line, int from, int to) {
        if (text.length() != to - from) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != line[from + i]) {
                return false;
            }
        }
        return true;
    }

    private String wordsOf(String text) {
        built.setLength(0);
        boolean letter = false;
        boolean space = false;
        int count = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ' ' || c == '\t' || c == '=' || c == '"' || c == '\'' || c == '[') {
                space = built.length() > 0;
                continue;
            }
            if (space) {
                built.append(' ');
                count++;
                space = false;
            }
            built.append(c);
            letter |= Character.isLetter(c);
        }
        return letter && built.length() <= LONGEST_NAME && count <= MOST_WORDS ? built.toString() : "";
    }
}
