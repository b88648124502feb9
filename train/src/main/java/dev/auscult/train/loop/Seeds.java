package dev.auscult.train.loop;

/** Seeds for several purposes out of the one seed of a spec, so that changing one use leaves the others alone. */
final class Seeds {
    private Seeds() {}

    static long weights(long seed) {
        return mix(seed, 1);
    }

    static long dropout(long seed) {
        return mix(seed, 2);
    }

    static long examples(long seed) {
        return mix(seed, 3);
    }

    /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014). */
    private static long mix(long seed, long purpose) {
        long z = seed + purpose * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
