package dev.auscult.data.media;

import java.util.List;
import java.util.Map;

import dev.auscult.run.Observation;
import dev.auscult.run.Observation.Kind;
import dev.auscult.run.Split;

/**
 * Whether the order of rows has to do with their labels: runs of equal labels (Mood 1940). With n_k rows per label and n in
 * all, the number of runs of a random order has mean (n(n+1) − Σn_k²)/n and variance
 * (Σn_k²(Σn_k² + n(n+1)) − 2nΣn_k³ − n³)/(n²(n−1)).
 */
final class RowOrder {
    private static final int BLOCKS = 10;
    /** Standard deviations beyond which a two-sided error has a chance of 1e-4. */
    private static final double CERTAIN = 3.89;

    private RowOrder() {}

    static Observation of(Split split, Items items, int labels) {
        int rows = items.size();
        double[] sizes = new double[labels];
        int[] blocks = new int[rows];
        long runs = rows == 0 ? 0 : 1;
        for (int i = 0; i < rows; i++) {
            sizes[items.label(i)]++;
            blocks[i] = (int) ((long) i * BLOCKS / rows);
            runs += i > 0 && items.label(i) != items.label(i - 1) ? 1 : 0;
        }
        double n = rows;
        double squares = 0;
        double cubes = 0;
        int present = 0;
        for (double size : sizes) {
            squares += size * size;
            cubes += size * size * size;
            present += size > 0 ? 1 : 0;
        }
        double mean = (n * (n + 1) - squares) / n;
        double variance = (squares * (squares + n * (n + 1)) - 2 * n * cubes - n * n * n) / (n * n * (n - 1));
        double z = (mean - runs) / Math.sqrt(variance);
        boolean told = present > 1 && variance > 0;
        return Items.observation(
                Kind.ROW_ORDER,
                split,
                rows,
                0,
                told
                        ? Map.of(
                                "classes",
                                (double) present,
                                "runs",
                                (double) runs,
                                "expected-runs",
                                mean,
                                "effect",
                                (mean - runs) / (mean - present),
                                "p-value",
                                Association.upperTail(z * z, 1),
                                "tests",
                                1.0,
                                "detectable",
                                Math.min(1, CERTAIN * Math.sqrt(variance) / (mean - present)),
                                "blocks-v",
                                items.association(blocks).cramersV())
                        : Map.of("classes", (double) present, "runs", (double) runs),
                List.of());
    }
}
