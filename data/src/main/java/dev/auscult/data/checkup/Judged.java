package dev.auscult.data.checkup;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.auscult.data.learn.BagOfWords;
import dev.auscult.data.learn.FeatureMatrix;
import dev.auscult.data.profile.Frame;
import dev.auscult.data.profile.FrameColumn;
import dev.auscult.data.profile.Progress;

/**
 * What the best of some small models says of the classes of rows that it did not learn from.
 *
 * <p>Boosted trees, logistic regression and, where there are texts, their words are tried; the one whose probabilities make the
 * labels most probable is taken.
 */
public final class Judged {
    /** Rows times classes times columns that trees learn from; about ten seconds. */
    private static final long MOST_WORK = 10_000_000;

    private static final int MOST_COLUMNS = 1_000;
    /** What scikit-learn takes where nobody says otherwise (C = 1). */
    private static final double PENALTY = 1;
    /** A text has several words; shorter ones are names. */
    private static final int LEAST_WORDS = 3;

    private final float[][] probabilities;
    private final String model;

    private Judged(float[][] probabilities, String model) {
        this.probabilities = probabilities;
        this.model = model;
    }

    /** [rows][classes] */
    public float[][] probabilities() {
        return probabilities.clone();
    }

    /** What the model is, for people: {@code boosted trees}. */
    public String model() {
        return model;
    }

    /** How many rows of a table are best judged: so many that it takes seconds. */
    public static int rows(Frame frame, int classes) {
        int columns = Math.min(MOST_COLUMNS, Math.max(1, frame.inputs().size()));
        return (int) Math.min(frame.rows(), Math.max(2_000, MOST_WORK / ((long) classes * columns)));
    }

    /**
     * Judges rows.
     *
     * @param rows those to judge
     * @param labels the class of each of them, from 0 [rows]
     * @param classes how many there are
     * @return empty where there is no input to learn from
     */
    public static Optional<Judged> of(
            Frame frame, int[] rows, int[] labels, int classes, long seed, Progress progress) {
        List<FrameColumn> inputs = frame.inputs();
        List<FrameColumn> texts = inputs.stream().filter(Judged::isProse).toList();
        List<FrameColumn> table = inputs.stream()
                .filter(c -> !texts.contains(c))
                .limit(MOST_COLUMNS)
                .toList();
        Judged best = null;
        double least = Double.POSITIVE_INFINITY;
        if (!texts.isEmpty()) {
            BagOfWords words = BagOfWords.of(Arrays.stream(rows)
                    .mapToObj(i -> texts.stream().map(c -> c.text(i)).collect(Collectors.joining(" ")))
                    .toList());
            float[][] p = OutOfSample.probabilities(words, labels, classes, seed, progress);
            best = new Judged(p, "words");
            least = loss(p, labels);
        }
        if (!table.isEmpty()) {
            FeatureMatrix matrix = Encoding.of(table).encode(frame).rows(rows);
            float[][] linear = OutOfSample.linear(matrix, labels, classes, PENALTY, seed, progress);
            if (loss(linear, labels) < least) {
                best = new Judged(linear, "logistic regression");
                least = loss(linear, labels);
            }
            float[][] trees = OutOfSample.probabilities(matrix, labels, classes, seed, progress);
            if (loss(trees, labels) < least) {
                best = new Judged(trees, "boosted trees");
            }
        }
        return Optional.ofNullable(best);
    }

    private static boolean isProse(FrameColumn column) {
        if (!column.isText()) {
            return false;
        }
        long blanks = 0;
        int looked = Math.min(column.rows(), 1_000);
        for (int i = 0; i < looked; i++) {
            blanks += column.text(i).chars().filter(Character::isWhitespace).count();
        }
        return blanks >= (LEAST_WORDS - 1.0) * looked;
    }

    private static double loss(float[][] p, int[] labels) {
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            sum -= Math.log(Math.max(1e-15, p[i][labels[i]]));
        }
        return sum;
    }
}
