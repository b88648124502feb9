package dev.auscult.data.labels;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Confident learning as the steps are written down, with a matrix for everything. */
final class SlowTwin {
    final int classes;
    final double[] thresholds;
    final long[][] counts;
    final double[][] share;
    final double noise;
    private final int[] given;
    private final double[][] p;
    private final int[] guess;
    private final int[][] estimates;

    SlowTwin(int[] given, double[][] p) {
        this.given = given;
        this.p = p;
        int n = given.length;
        classes = p[0].length;
        thresholds = new double[classes];
        int[] size = new int[classes];
        for (int k = 0; k < classes; k++) {
            int label = k;
            size[k] = (int) IntStream.of(given).filter(y -> y == label).count();
            double mean = IntStream.range(0, n)
                    .filter(i -> given[i] == label)
                    .mapToDouble(i -> p[i][label])
                    .average()
                    .orElse(2);
            thresholds[k] = Math.max(2e-6, mean);
        }
        guess = new int[n];
        counts = new long[classes][classes];
        for (int i = 0; i < n; i++) {
            double[] row = p[i];
            guess[i] = IntStream.range(0, classes)
                    .filter(k -> row[k] >= thresholds[k] - 1e-6)
                    .boxed()
                    .max(Comparator.comparingDouble((Integer k) -> row[k])
                            .thenComparing(Comparator.<Integer>naturalOrder().reversed()))
                    .orElse(-1);
            if (guess[i] >= 0) {
                counts[given[i]][guess[i]]++;
            }
        }
        share = new double[classes][classes];
        estimates = new int[classes][];
        double trace = 0;
        for (int a = 0; a < classes; a++) {
            counts[a][a] = Math.max(1, counts[a][a]);
            long total = 0;
            for (long c : counts[a]) {
                total += c;
            }
            for (int b = 0; b < classes; b++) {
                share[a][b] = (double) counts[a][b] * size[a] / total / n;
            }
            trace += share[a][a];
            estimates[a] = rounded(a, total, size[a]);
        }
        noise = 1 - trace;
    }

    private int[] rounded(int a, long total, int size) {
        int[] whole = new int[classes];
        int left = size;
        List<Integer> order = new ArrayList<>();
        for (int b = 0; b < classes; b++) {
            whole[b] = (int) (counts[a][b] * size / total);
            left -= whole[b];
            order.add(b);
        }
        order.sort(Comparator.comparingLong((Integer b) -> -(counts[a][b] * size % total))
                .thenComparing(b -> b != a)
                .thenComparing(Comparator.naturalOrder()));
        for (int i = 0; i < left; i++) {
            whole[order.get(i)]++;
        }
        return whole;
    }

    int argmax(int i) {
        int best = 0;
        for (int k = 1; k < classes; k++) {
            best = p[i][k] > p[i][best] ? k : best;
        }
        return best;
    }

    Set<Integer> picked(Method method) {
        Set<Integer> picked = new TreeSet<>();
        switch (method) {
            case ARGMAX ->
                IntStream.range(0, given.length)
                        .filter(i -> argmax(i) != given[i])
                        .forEach(picked::add);
            case JOINT ->
                IntStream.range(0, given.length)
                        .filter(i -> guess[i] >= 0 && guess[i] != given[i])
                        .forEach(picked::add);
            case PBC -> {
                for (int a = 0; a < classes; a++) {
                    int label = a;
                    int wrong = IntStream.of(estimates[a]).sum() - estimates[a][a];
                    IntStream.range(0, given.length)
                            .filter(i -> given[i] == label)
                            .boxed()
                            .sorted(Comparator.comparingDouble(i -> p[i][label]))
                            .limit(wrong)
                            .forEach(picked::add);
                }
            }
            case PBNR -> {
                for (int a = 0; a < classes; a++) {
                    for (int b = 0; b < classes; b++) {
                        int label = a;
                        int other = b;
                        if (a == b || estimates[a][b] == 0) {
                            continue;
                        }
                        IntStream.range(0, given.length)
                                .filter(i -> given[i] == label)
                                .boxed()
                                .sorted(Comparator.comparingDouble(i -> p[i][label] - p[i][other]))
                                .limit(estimates[a][b])
                                .forEach(picked::add);
                    }
                }
            }
            case BOTH -> {
                picked.addAll(picked(Method.PBC));
                picked.retainAll(picked(Method.PBNR));
            }
        }
        if (method != Method.JOINT) {
            picked.removeIf(i -> argmax(i) == given[i]);
        }
        return picked;
    }

    double margin(int i) {
        double others = IntStream.range(0, classes)
                .filter(k -> k != given[i])
                .mapToDouble(k -> p[i][k])
                .max()
                .orElseThrow();
        return p[i][given[i]] - others;
    }

    int suggested(int i, Method method) {
        return method == Method.JOINT ? guess[i] : argmax(i);
    }
}
