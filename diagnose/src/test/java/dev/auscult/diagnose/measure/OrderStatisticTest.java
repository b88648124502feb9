package dev.auscult.diagnose.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class OrderStatisticTest {
    private final Random random = new Random(5);

    @Test
    void picksWhatSortingWouldPutThere() {
        for (int size : new int[] {1, 2, 3, 40, 41, 42, 599, 602, 5_000}) {
            check(size, i -> random.nextGaussian());
            check(size, i -> random.nextInt(3));
            check(size, i -> i);
            check(size, i -> -i);
            check(size, i -> 7);
            check(size, i -> i % 2 == 0 ? i : size - i);
            check(size, i -> Math.abs(size / 2 - i));
        }
    }

    private void check(int size, IntToDoubleFunction value) {
        double[] values = IntStream.range(0, size).mapToDouble(value).toArray();
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        for (int k : new int[] {0, size / 10, size / 2, size - 1}) {
            double[] selected = values.clone();
            OrderStatistic.select(selected, size, k);
            assertThat(selected[k]).isEqualTo(sorted[k]);
            assertThat(Arrays.stream(selected, 0, k).max().orElse(sorted[0])).isLessThanOrEqualTo(sorted[k]);
            assertThat(OrderStatistic.smallest(selected, k, size)).isEqualTo(sorted[k]);
            Arrays.sort(selected);
            assertThat(selected).containsExactly(sorted);
        }
    }

    @Test
    void leavesWhatStandsBehindTheRange() {
        double[] values = {3, 1, 2, -9};
        OrderStatistic.select(values, 3, 1);
        assertThat(values[1]).isEqualTo(2);
        assertThat(values[3]).isEqualTo(-9);
    }
}
