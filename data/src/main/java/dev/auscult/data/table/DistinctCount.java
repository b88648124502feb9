package dev.auscult.data.table;

/**
 * Estimates how many different words there are from 16 KiB, by linear counting: n ≈ −m·ln(z/m) with z of m bits never set
 * (Whang, Vander-Zanden and Taylor 1990); within 2 % up to a million words, and too low beyond.
 */
public final class DistinctCount {
    private static final int BITS = 1 << 17;

    private final long[] set = new long[BITS / Long.SIZE];
    private int unset = BITS;

    /** Empty. */
    public DistinctCount() {}

    public void add(CharSequence word) {
        long hash = 0;
        for (int i = 0; i < word.length(); i++) {
            hash = (hash ^ word.charAt(i)) * 0x100000001B3L;
        }
        mark(hash);
    }

    public void add(char[] c, int offset, int length) {
        long hash = 0;
        for (int i = offset; i < offset + length; i++) {
            hash = (hash ^ c[i]) * 0x100000001B3L;
        }
        mark(hash);
    }

    private void mark(long hash) {
        // The finalizer of SplitMix64, so that words that differ little lie far apart.
        long mixed = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        int bit = (int) (mixed ^ (mixed >>> 31)) & (BITS - 1);
        if ((set[bit / Long.SIZE] & (1L << bit)) == 0) {
            set[bit / Long.SIZE] |= 1L << bit;
            unset--;
        }
    }

    public long estimate() {
        return Math.round(-BITS * Math.log(Math.max(1, unset) / (double) BITS));
    }
}
