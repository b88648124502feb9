package dev.auscult.train.metric;

/**
 * For each class or label: how often it was predicted rightly, predicted, and there.
 *
 * <p>Precision = rightly/predicted, recall = rightly/there, F1 = 2·rightly/(predicted + there); 0 where it would be 0/0, as
 * scikit-learn with {@code zero_division=0}.
 */
final class Retrieval {
    /** What is asked. */
    enum Measure {
        PRECISION,
        RECALL,
        F1
    }

    /** How the classes become one number. */
    enum Average {
        /** Class 1 alone. */
        POSITIVE,
        /** The mean over the classes. */
        MACRO,
        /** All decisions together. */
        MICRO,
        /** The mean over the classes, each weighted by how often it is there. */
        WEIGHTED
    }

    private final long[] right;
    private final long[] predicted;
    private final long[] actual;
    private long decisions;
    /** Guesses that are none of the classes. */
    private long elsewhere;

    Retrieval(int classes) {
        right = new long[classes];
        predicted = new long[classes];
        actual = new long[classes];
    }

    /** Counts examples of one class that were taken for another, for the same, or for none of them. */
    void add(int target, int guess, long count) {
        decisions += count;
        actual[target] += count;
        if (guess >= predicted.length) {
            elsewhere += count;
            return;
        }
        predicted[guess] += count;
        if (target == guess) {
            right[target] += count;
        }
    }

    /** Counts one yes-or-no decision about a label. */
    void decide(int label, boolean there, boolean guessed) {
        decisions++;
        actual[label] += there ? 1 : 0;
        predicted[label] += guessed ? 1 : 0;
        right[label] += there && guessed ? 1 : 0;
    }

    /**
     * One number; NaN if nothing was counted.
     *
     * @param seenOnly leave classes out of the macro average that are neither there nor predicted
     */
    double score(Measure measure, Average average, boolean seenOnly) {
        if (decisions == 0) {
            return Double.NaN;
        }
        return switch (average) {
            case POSITIVE -> of(measure, right[1], predicted[1], actual[1]);
            case MICRO -> of(measure, sum(right), sum(predicted) + elsewhere, sum(actual));
            case MACRO, WEIGHTED -> mean(measure, average == Average.WEIGHTED, seenOnly);
        };
    }

    private double mean(Measure measure, boolean weighted, boolean seenOnly) {
        double sum = 0;
        double weights = 0;
        for (int k = 0; k < right.length; k++) {
            if (seenOnly && predicted[k] + actual[k] == 0) {
                continue;
            }
            double weight = weighted ? actual[k] : 1;
            sum += weight * of(measure, right[k], predicted[k], actual[k]);
            weights += weight;
        }
        return weights == 0 ? Double.NaN : sum / weights;
    }

    private static double of(Measure measure, long right, long predicted, long actual) {
        return switch (measure) {
            case PRECISION -> ratio(right, predicted);
            case RECALL -> ratio(right, actual);
            case F1 -> ratio(2 * right, predicted + actual);
        };
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    private static long sum(long[] counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }
}
