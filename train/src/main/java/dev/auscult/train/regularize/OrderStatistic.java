package dev.auscult.train.regularize;

/** Finds how large the k-th smallest of many numbers is, without sorting them and without a copy of them. */
final class OrderStatistic {
    private OrderStatistic() {}

    /**
     * The k-th smallest of some numbers of at least 0, by bisection of its bits: 31 passes.
     *
     * @param rank k, from 1; not more than there are numbers
     */
    static int smallest(int[][] numbers, long rank) {
        int low = 0;
        int high = Integer.MAX_VALUE;
        while (low < high) {
            int middle = low + (high - low) / 2;
            if (upTo(numbers, middle) >= rank) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static long upTo(int[][] numbers, int limit) {
        long count = 0;
        for (int[] some : numbers) {
            for (int number : some) {
                count += number <= limit ? 1 : 0;
            }
        }
        return count;
    }
}
