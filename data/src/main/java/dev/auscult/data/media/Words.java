package dev.auscult.data.media;

import java.util.Arrays;

/** The words of one text as hashes; used again for the next text. A word is a run of letters and digits, case aside. */
final class Words {
    private long[] hashes = new long[256];
    private int count;

    /** Takes the words of a text in place of those before. */
    void take(String text) {
        count = 0;
        long hash = Hash.START;
        boolean inside = false;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ' ';
            boolean part = Character.isLetterOrDigit(c)
                    || Character.isSurrogate(c)
                    || Character.getType(c) == Character.NON_SPACING_MARK;
            if (part) {
                hash = (hash ^ Character.toLowerCase(c)) * 0x100000001B3L;
                inside = true;
            } else if (inside) {
                add(Hash.mix(hash));
                hash = Hash.START;
                inside = false;
            }
        }
    }

    private void add(long hash) {
        if (count == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * count);
        }
        hashes[count++] = hash;
    }

    int count() {
        return count;
    }

    long hash(int word) {
        return hashes[word];
    }

    /** The hash of one word. */
    static long hash(String word) {
        Words one = new Words();
        one.take(word);
        return one.hash(0);
    }

    /** A hash of all words in their order. */
    long all() {
        long hash = Hash.START;
        for (int w = 0; w < count; w++) {
            hash = Hash.mix((hash ^ hashes[w]) * 0x100000001B3L);
        }
        return hash;
    }

    /** The different shingles, so many words in a row as one hash, sorted; at most so many of the first. */
    long[] shingles(int length, int most) {
        int n = Math.min(most, count - length + 1);
        if (n <= 0) {
            return new long[0];
        }
        long[] found = new long[n];
        for (int s = 0; s < n; s++) {
            long hash = Hash.START;
            for (int w = s; w < s + length; w++) {
                hash = Hash.mix((hash ^ hashes[w]) * 0x100000001B3L);
            }
            found[s] = hash;
        }
        Arrays.sort(found);
        int different = 1;
        for (int s = 1; s < n; s++) {
            if (found[s] != found[s - 1]) {
                found[different++] = found[s];
            }
        }
        return Arrays.copyOf(found, different);
    }
}
