package dev.auscult.data.learn;

import java.util.Arrays;

/** What is to be predicted of each row: a class, or a number. */
public final class Outcome {
    private final int[] labels;
    private final int classes;
    private final double[] numbers;

    private Outcome(int[] labels, int classes, double[] numbers) {
        this.labels = labels;
        this.classes = classes;
        this.numbers = numbers;
    }

    /** The class of each row, from 0. */
    public static Outcome ofClasses(int[] labels, int classes) {
        return new Outcome(labels, classes, new double[0]);
    }

    /** The number of each row; in units of the standard deviation from here on. */
    public static Outcome ofNumbers(double[] numbers) {
        double mean = Arrays.stream(numbers).average().orElse(0);
        double variance = Arrays.stream(numbers)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElse(0);
        double deviation = variance > 0 ? Math.sqrt(variance) : 1;
        return new Outcome(
                new int[0],
                0,
                Arrays.stream(numbers).map(v -> (v - mean) / deviation).toArray());
    }

    boolean isClasses() {
        return classes > 0;
    }

    int classes() {
        return classes;
    }

    int[] labels() {
        return labels;
    }

    double[] numbers() {
        return numbers;
    }

    int rows() {
        return isClasses() ? labels.length : numbers.length;
    }

    /** Some of the rows, in this order. */
    public Outcome rows(int[] wanted) {
        return isClasses()
                ? new Outcome(Arrays.stream(wanted).map(i -> labels[i]).toArray(), classes, numbers)
                : new Outcome(
                        labels,
                        0,
                        Arrays.stream(wanted).mapToDouble(i -> numbers[i]).toArray());
    }

    Folds folds(int count, long seed) {
        return isClasses() ? Folds.stratified(labels, count, seed) : Folds.of(numbers.length, count, seed);
    }

    /** The loss of a row: minus the log probability of its class, or the squared error. */
    double loss(double[] scores, int row) {
        return isClasses()
                ? -Softmax.logProbability(scores, classes, 1, labels[row])
                : (scores[0] - numbers[row]) * (scores[0] - numbers[row]);
    }

    /** The mean loss of who knows the frequencies of the classes, or the mean, but no inputs. */
    double lossOfGuessing() {
        if (!isClasses()) {
            return 1;
        }
        double[] counts = new double[classes];
        for (int label : labels) {
            counts[label]++;
        }
        double loss = 0;
        for (double count : counts) {
            loss -= count == 0 ? 0 : count / labels.length * Math.log(count / labels.length);
        }
        return loss;
    }
}
