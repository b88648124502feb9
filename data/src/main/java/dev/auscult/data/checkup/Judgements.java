package dev.auscult.data.checkup;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;

import dev.auscult.data.labels.Probabilities;
import dev.auscult.data.learn.NoiseFloor;

/** What probabilities say of each row: of its label, and how sure they are of which class. */
final class Judgements {
    private static final double LEAST_SKILL = 0.5;

    private final double[] ofGiven;
    private final double[] sure;
    private final int[] top;
    private final int[] given;
    private final int classes;

    private Judgements(int[] given, int classes) {
        int rows = given.length;
        this.given = given;
        this.classes = classes;
        top = new int[rows];
        ofGiven = new double[rows];
        sure = new double[rows];
    }

    static Judgements of(int[] given, Probabilities probabilities) throws IOException {
        Judgements judgements = new Judgements(given, probabilities.classes());
        int classes = probabilities.classes();
        int atOnce = probabilities.rowsAtOnce();
        double[] block = new double[atOnce * classes];
        for (int first = 0; first < given.length; first += atOnce) {
            int count = Math.min(atOnce, given.length - first);
            probabilities.read(first, count, block);
            for (int i = 0; i < count; i++) {
                int top = 0;
                for (int k = 1; k < classes; k++) {
                    top = block[i * classes + k] > block[i * classes + top] ? k : top;
                }
                judgements.ofGiven[first + i] = block[i * classes + given[first + i]];
                judgements.sure[first + i] = block[i * classes + top];
                judgements.top[first + i] = top;
            }
        }
        return judgements;
    }

    /** The probability of the label of a row (self-confidence). */
    double ofGiven(int row) {
        return ofGiven[row];
    }

    /** Share of the rows whose label is not the most probable class. */
    double disagreements() {
        return IntStream.range(0, given.length).filter(i -> top[i] != given[i]).count() / (double) given.length;
    }

    /**
     * Whether the model recognises a class: (recall − p) / (1 − p) is at least a half, p the share of all rows that it takes for
     * that class, which is the recall of a model that guesses. Of a class that it does not recognise, rows that it takes for
     * another say nothing.
     */
    private boolean[] recognised() {
        double[] labelled = new double[classes];
        double[] right = new double[classes];
        double[] taken = new double[classes];
        for (int i = 0; i < given.length; i++) {
            labelled[given[i]]++;
            taken[top[i]]++;
            right[given[i]] += top[i] == given[i] ? 1 : 0;
        }
        boolean[] recognised = new boolean[classes];
        for (int k = 0; k < classes; k++) {
            double chance = taken[k] / given.length;
            recognised[k] = labelled[k] > 0 && right[k] / labelled[k] - chance >= LEAST_SKILL * (1 - chance);
        }
        return recognised;
    }

    /** The rows whose label is a class that the model recognises. */
    int[] ofRecognised() {
        boolean[] recognised = recognised();
        return IntStream.range(0, given.length)
                .filter(i -> recognised[given[i]])
                .toArray();
    }

    /** Where labels differ from what is most probable in rows of recognised classes. */
    NoiseFloor floor() {
        int[] rows = ofRecognised();
        double[] surest = new double[rows.length];
        boolean[] differs = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            surest[i] = sure[rows[i]];
            differs[i] = top[rows[i]] != given[rows[i]];
        }
        return NoiseFloor.of(surest, differs, errorOfGuessing());
    }

    /** The share of rows that a model gets wrong which always says the most frequent class. */
    double errorOfGuessing() {
        int[] counts = new int[classes];
        for (int label : given) {
            counts[label]++;
        }
        return 1 - Arrays.stream(counts).max().orElse(0) / (double) given.length;
    }
}
