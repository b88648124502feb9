package dev.auscult.app.faults;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/** What is drawn at random. */
final class Chance {
    private Chance() {}

    /** Numbers that follow from names and a seed alone. */
    static Random of(String names, long seed) {
        Random random = new Random(names.hashCode() * 1_000_003L + seed);
        random.nextLong();
        return random;
    }

    /** The numbers 0..count-1 in random order. */
    static int[] order(int count, Random random) {
        int[] order = IntStream.range(0, count).toArray();
        for (int i = count - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
        return order;
    }

    /** A share of these, at least one, ascending. */
    static int[] some(int[] of, double share, Random random) {
        int[] order = order(of.length, random);
        int count = (int) Math.max(1, Math.round(share * of.length));
        return Arrays.stream(order).limit(count).map(i -> of[i]).sorted().toArray();
    }

    /** A share of the numbers 0..count-1, at least one, ascending. */
    static int[] some(int count, double share, Random random) {
        return some(IntStream.range(0, count).toArray(), share, random);
    }
}
