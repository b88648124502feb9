package dev.auscult.data.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Numbers strings in the order in which they are first seen, without an object for one that is known. */
public final class Dictionary {
    private final List<String> words = new ArrayList<>();
    private int[] hashes = new int[16];
    /** Open addressing: index of the word plus 1, or 0. */
    private int[] slots = new int[32];

    /** Empty. */
    public Dictionary() {}

    /** The number of a word, new or known. */
    public int add(char[] c, int offset, int length) {
        int hash = 0;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + c[i];
        }
        int slot = spread(hash) & (slots.length - 1);
        while (slots[slot] != 0) {
            int word = slots[slot] - 1;
            if (hashes[word] == hash && same(words.get(word), c, offset, length)) {
                return word;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        int word = words.size();
        words.add(new String(c, offset, length));
        if (word == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * word);
        }
        hashes[word] = hash;
        slots[slot] = word + 1;
        if (2 * words.size() > slots.length) {
            grow();
        }
        return word;
    }

    public int add(String word) {
        return add(word.toCharArray(), 0, word.length());
    }

    /** How many words it knows. */
    public int size() {
        return words.size();
    }

    /** The words by number. */
    public List<String> words() {
        return words;
    }

    private void grow() {
        slots = new int[2 * slots.length];
        for (int word = 0; word < words.size(); word++) {
            int slot = spread(hashes[word]) & (slots.length - 1);
            while (slots[slot] != 0) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = word + 1;
        }
    }

    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ (mixed >>> 16);
    }

    private static boolean same(String word, char[] c, int offset, int length) {
        if (word.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (word.charAt(i) != c[offset + i]) {
                return false;
            }
        }
        return true;
    }
}
