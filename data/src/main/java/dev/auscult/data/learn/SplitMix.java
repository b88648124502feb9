package dev.auscult.data.learn;

/** Random numbers from a seed, the same everywhere (Steele, Lea, Flood 2014, "SplitMix"). */
final class SplitMix {
    private long state;

    SplitMix(long seed) {
        state = seed;
    }

    long next() {
        state += 0x9e3779b97f4a7c15L;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** A whole number from 0 to {@code bound} - 1. */
    int below(int bound) {
        return (int) Math.multiplyHigh(next() >>> 1, 2L * bound);
    }

    /** The same numbers in an order drawn at random (Fisher and Yates). */
    int[] shuffled(int[] numbers) {
        int[] order = numbers.clone();
        for (int i = order.length - 1; i > 0; i--) {
            int j = below(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }
}
