package dev.auscult.data.quality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import dev.auscult.data.profile.Frame;
import dev.auscult.data.profile.FrameColumn;
import dev.auscult.run.Observation;

/** Asks whether the order of the rows has to do with what is to be predicted. */
final class OrderLook {
    private static final int BLOCKS = 10;
    /** z of a two-sided error of 1e-4. */
    private static final double CERTAIN = 3.89;

    private OrderLook() {}

    static List<Observation> observe(Frame frame) {
        Optional<FrameColumn> classes = frame.classes();
        if (classes.isPresent()) {
            return List.of(classes(frame, classes.get()));
        }
        List<Observation> found = new ArrayList<>();
        for (FrameColumn target : frame.targets()) {
            if (target.isNumeric() && frame.task().equals("regression")) {
                found.add(numbers(frame, target));
            }
        }
        return found;
    }

    /**
     * Runs of equal classes (Mood 1940): with n_k rows per class and n in all, the number of runs of a random order has mean
     * (n(n+1) − Σn_k²)/n and variance (Σn_k²(Σn_k² + n(n+1)) − 2nΣn_k³ − n³)/(n²(n−1)).
     */
    private static Observation classes(Frame frame, FrameColumn classes) {
        int[] sequence = new int[frame.rows()];
        int rows = 0;
        for (int row = 0; row < frame.rows(); row++) {
            if (!classes.isMissing(row)) {
                sequence[rows++] = (int) classes.get(row);
            }
        }
        double[] sizes = new double[classes.words().size()];
        long runs = rows == 0 ? 0 : 1;
        long[][] blocks = new long[BLOCKS][sizes.length];
        for (int i = 0; i < rows; i++) {
            sizes[sequence[i]]++;
            blocks[(int) ((long) i * BLOCKS / rows)][sequence[i]]++;
            runs += i > 0 && sequence[i] != sequence[i - 1] ? 1 : 0;
        }
        double n = rows;
        double squares = Arrays.stream(sizes).map(s -> s * s).sum();
        double cubes = Arrays.stream(sizes).map(s -> s * s * s).sum();
        long present = Arrays.stream(sizes).filter(s -> s > 0).count();
        double mean = (n * (n + 1) - squares) / n;
        double variance = (squares * (squares + n * (n + 1)) - 2 * n * cubes - n * n * n) / (n * n * (n - 1));
        Contingency table = Contingency.of(blocks);
        double z = (mean - runs) / Math.sqrt(variance);
        Look look = new Look(Observation.Kind.ROW_ORDER, frame, classes.name())
                .number("rows", rows)
                .number("classes", present)
                .number("runs", runs);
        if (present > 1 && variance > 0) {
            look.number("expected-runs", mean)
                    .number("effect", (mean - runs) / (mean - present))
                    .number("p-value", Math.min(1, Tail.normalTwoSided(z)))
                    .number("tests", 1)
                    .number("detectable", Math.min(1, CERTAIN * Math.sqrt(variance) / (mean - present)))
                    .number("blocks-v", table.cramersV());
        }
        return look.made();
    }

    /** The correlation of the ranks of neighbours: without order its standard error is 1/sqrt(n) (Wald and Wolfowitz 1943). */
    private static Observation numbers(Frame frame, FrameColumn target) {
        double[] ranks = Ranks.of(target.values());
        double previous = Double.NaN;
        double mean = Arrays.stream(ranks).filter(Double::isFinite).average().orElse(0);
        double product = 0;
        double square = 0;
        int rows = 0;
        for (double rank : ranks) {
            if (!Double.isNaN(rank)) {
                if (rows > 0) {
                    product += (rank - mean) * (previous - mean);
                }
                square += (rank - mean) * (rank - mean);
                previous = rank;
                rows++;
            }
        }
        Look look = new Look(Observation.Kind.ROW_ORDER, frame, target.name()).number("rows", rows);
        if (rows > 2 && square > 0) {
            double effect = product / square;
            look.number("effect", effect)
                    .number("p-value", Tail.normalTwoSided((effect + 1.0 / rows) * Math.sqrt(rows)))
                    .number("tests", 1)
                    .number("detectable", Math.min(1, CERTAIN / Math.sqrt(rows)));
        }
        return look.made();
    }
}
