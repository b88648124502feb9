package dev.auscult.data.media;

import java.util.Arrays;

/** Finds the first item that had a hash: a table with open addressing (linear probing). */
final class FirstByHash {
    private static final int EMPTY = -1;

    private long[] keys = new long[2048];
    private int[] items = new int[2048];
    private int size;

    FirstByHash() {
        Arrays.fill(items, EMPTY);
    }

    /** Remembers the item unless one with the same hash came before. */
    void add(long hash, int item) {
        int at = place(hash);
        if (items[at] != EMPTY) {
            return;
        }
        keys[at] = hash;
        items[at] = item;
        if (++size > items.length / 2) {
            grow();
        }
    }

    /** The first item with a hash; −1 if there is none. */
    int get(long hash) {
        return items[place(hash)];
    }

    private int place(long hash) {
        int mask = items.length - 1;
        int at = (int) Hash.mix(hash) & mask;
        while (items[at] != EMPTY && keys[at] != hash) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldItems = items;
        keys = new long[oldKeys.length * 2];
        items = new int[oldItems.length * 2];
        Arrays.fill(items, EMPTY);
        for (int i = 0; i < oldItems.length; i++) {
            if (oldItems[i] != EMPTY) {
                int at = place(oldKeys[i]);
                keys[at] = oldKeys[i];
                items[at] = oldItems[i];
            }
        }
    }
}
