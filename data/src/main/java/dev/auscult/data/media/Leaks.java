package dev.auscult.data.media;

import java.util.List;
import java.util.Map;

import dev.auscult.run.Observation;
import dev.auscult.run.Observation.Example;
import dev.auscult.run.Observation.Kind;
import dev.auscult.run.Split;

/** Says how much of one part another part holds, and how probable that is by chance. */
final class Leaks {
    private static final int LOOKS = 2;

    private Leaks() {}

    /**
     * What was found.
     *
     * @param how {@code exact} or {@code near}
     * @param train items of the training part
     * @param rows items of the other part
     * @param matching how many of those the training part holds too
     * @param repeated items of the training part that have a copy in it
     */
    static Observation observation(
            String how,
            Split split,
            List<String> columns,
            long train,
            long rows,
            long matching,
            long repeated,
            List<Example> examples) {
        // Were two equal items dealt out at random with all others, so often would they lie across.
        double across = rows / (rows + (train - 1) / 2.0);
        Map<String, Double> numbers = Map.of(
                "train-rows",
                (double) train,
                "matching",
                (double) matching,
                "telling",
                (double) matching,
                "telling-share",
                (double) matching / rows,
                "telling-train-share",
                (double) repeated / train,
                "expected-share",
                (double) repeated / train,
                "p-value",
                atLeast(matching, matching + repeated / 2, across),
                "tests",
                (double) LOOKS);
        return Items.observation(
                Kind.LEAKED_ROWS, split, columns, rows, matching, numbers, Map.of("how", how), examples);
    }

    /** The chance of so many hits or more in so many independent trials: the upper tail of the binomial distribution. */
    static double atLeast(long hits, long trials, double chance) {
        if (hits <= 0) {
            return 1;
        }
        double log = trials * Math.log(chance);
        double sum = 0;
        for (long k = trials; k >= hits; k--) {
            sum += Math.exp(log);
            log += Math.log((double) k / (trials - k + 1)) + Math.log1p(-chance) - Math.log(chance);
        }
        return Math.min(1, sum);
    }
}
