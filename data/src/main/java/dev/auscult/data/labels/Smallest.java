package dev.auscult.data.labels;

import java.util.BitSet;

/**
 * The smallest keys of each of many groups, of each group a number that is known before; equal keys go by their number.
 * All groups share two arrays: each is a heap whose root is the largest key.
 */
final class Smallest {
    private final int[] start;
    private final int[] size;
    private final double[] keys;
    private final int[] ids;

    /** Groups that keep that many keys each. */
    Smallest(int[] room) {
        start = new int[room.length + 1];
        for (int g = 0; g < room.length; g++) {
            start[g + 1] = start[g] + room[g];
        }
        size = new int[room.length];
        keys = new double[start[room.length]];
        ids = new int[keys.length];
    }

    /** Offers a key; {@code id} is larger than those that were offered before. */
    void offer(int group, double key, int id) {
        int from = start[group];
        int room = start[group + 1] - from;
        int used = size[group];
        if (used < room) {
            size[group]++;
            rise(from, used, key, id);
        } else if (room > 0 && key < keys[from]) {
            sink(from, room, key, id);
        }
    }

    private void rise(int from, int place, double key, int id) {
        int at = place;
        while (at > 0) {
            int parent = (at - 1) / 2;
            if (!larger(key, id, keys[from + parent], ids[from + parent])) {
                break;
            }
            keys[from + at] = keys[from + parent];
            ids[from + at] = ids[from + parent];
            at = parent;
        }
        keys[from + at] = key;
        ids[from + at] = id;
    }

    private void sink(int from, int room, double key, int id) {
        int at = 0;
        for (int child = 1; child < room; child = 2 * at + 1) {
            int right = child + 1;
            if (right < room && larger(keys[from + right], ids[from + right], keys[from + child], ids[from + child])) {
                child = right;
            }
            if (!larger(keys[from + child], ids[from + child], key, id)) {
                break;
            }
            keys[from + at] = keys[from + child];
            ids[from + at] = ids[from + child];
            at = child;
        }
        keys[from + at] = key;
        ids[from + at] = id;
    }

    private static boolean larger(double key, int id, double otherKey, int otherId) {
        return key > otherKey || (key == otherKey && id > otherId);
    }

    /** The numbers that were kept, of all groups. */
    BitSet kept() {
        BitSet kept = new BitSet();
        for (int g = 0; g < size.length; g++) {
            for (int i = 0; i < size[g]; i++) {
                kept.set(ids[start[g] + i]);
            }
        }
        return kept;
    }
}
