package dev.auscult.data.load;

/** The order of the examples in one epoch. */
public final class Permutation {
    /** Keeps the draws apart from those for examples and batches. */
    private static final long PURPOSE = 0x6F72646572L;

    private Permutation() {}

    /**
     * Fills in the order: a function of seed and epoch alone (Fisher and Yates; Durstenfeld, 1964).
     *
     * @param order receives each of 0..n−1 once [n]
     */
    public static void fill(int[] order, long seed, int epoch) {
        Draws draws = new Draws().begin(seed, epoch, 0, PURPOSE);
        for (int i = 0; i < order.length; i++) {
            int other = draws.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
    }
}
