package dev.auscult.data.labels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

class SmallestTest {
    @Test
    void keepsWhatSortingWouldPutFirst() {
        Random random = new Random(1);
        for (int round = 0; round < 50; round++) {
            int[] room = {random.nextInt(8), 0, random.nextInt(40)};
            Smallest smallest = new Smallest(room);
            List<List<double[]>> offered = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            for (int id = 0; id < 100; id++) {
                int group = random.nextInt(3);
                // Few different keys, so that many are equal.
                double key = random.nextInt(12) - 6;
                smallest.offer(group, key, id);
                offered.get(group).add(new double[] {key, id});
            }
            BitSet wanted = new BitSet();
            for (int g = 0; g < 3; g++) {
                offered.get(g).stream()
                        .sorted(Comparator.comparingDouble((double[] o) -> o[0]).thenComparingDouble(o -> o[1]))
                        .limit(room[g])
                        .forEach(o -> wanted.set((int) o[1]));
            }
            assertThat(smallest.kept()).isEqualTo(wanted);
        }
    }
}
