package dev.auscult.data.labels;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleConsumer;

/**
 * Finds labels that may be wrong from probabilities which a model gave to examples that it was not trained on (Northcutt,
 * Jiang, Chuang 2021, "Confident learning: estimating uncertainty in dataset labels"). The probabilities are read in two
 * passes, three where suspects are picked by pairs of classes; beyond one block of rows the memory is that of the examples
 * and classes, not of their product.
 */
public final class ConfidentLearning {
    /** Probabilities this near to a threshold reach it. */
    private static final double TOLERANCE = 1e-6;

    private static final double LEAST_THRESHOLD = 2e-6;
    /** No probability reaches it. */
    private static final double NEVER = 2;
    /** From this mean probability of the given labels on, the model is likely to have seen them. */
    private static final double IN_SAMPLE = 0.998;

    private static final Comparator<Suspect> WORST_FIRST =
            Comparator.comparingDouble(Suspect::margin).thenComparingInt(Suspect::index);

    private final double[] thresholds;
    private final int[] classCounts;
    private final ConfidentJoint joint;
    private final List<Suspect> suspects;
    private final int disagreements;
    private final double meanOfGiven;

    private ConfidentLearning(
            double[] thresholds,
            int[] classCounts,
            ConfidentJoint joint,
            List<Suspect> suspects,
            int disagreements,
            double meanOfGiven) {
        this.thresholds = thresholds;
        this.classCounts = classCounts;
        this.joint = joint;
        this.suspects = List.copyOf(suspects);
        this.disagreements = disagreements;
        this.meanOfGiven = meanOfGiven;
    }

    /** Finds suspects; what is wrong with labels or probabilities is told by an exception of one line. */
    public static ConfidentLearning of(int[] given, Probabilities probabilities, Method method) throws IOException {
        return of(given, probabilities, method, share -> {});
    }

    /**
     * The same, and tells how far it is.
     *
     * @param progress takes the share that is done, 0..1, every now and then
     */
    public static ConfidentLearning of(int[] given, Probabilities probabilities, Method method, DoubleConsumer progress)
            throws IOException {
        int[] counts = classCounts(given, probabilities);
        int classes = counts.length;
        int examples = given.length;
        double passes = method.byRate() ? 3 : 2;

        double[] sums = new double[classes];
        RowCheck check = new RowCheck(classes);
        scan(probabilities, progress, 0, passes, (example, rows, at) -> {
            check.check(example, rows, at);
            sums[given[example]] += rows[at + given[example]];
        });
        double[] thresholds = thresholds(sums, counts);
        double sum = 0;
        for (double one : sums) {
            sum += one;
        }

        Guesses guesses = new Guesses(given, thresholds);
        scan(probabilities, progress, 1, passes, guesses);
        ConfidentJoint joint = ConfidentJoint.of(given, guesses.guess, counts);

        BitSet picked = new BitSet();
        if (method.byClass()) {
            picked = byClass(given, guesses.ofGiven, joint, counts);
        }
        if (method.byRate()) {
            ByRate byRate = new ByRate(given, joint);
            scan(probabilities, progress, 2, passes, byRate);
            BitSet pairs = byRate.smallest.kept();
            if (method == Method.BOTH) {
                picked.and(pairs);
            } else {
                picked = pairs;
            }
        }
        List<Suspect> suspects = new ArrayList<>();
        int disagreements = 0;
        for (int i = 0; i < examples; i++) {
            boolean differs = guesses.argmax[i] != given[i];
            disagreements += differs ? 1 : 0;
            int suggested = method == Method.JOINT ? guesses.guess[i] : guesses.argmax[i];
            boolean suspect = switch (method) {
                case ARGMAX -> differs;
                case JOINT -> suggested >= 0 && suggested != given[i];
                // Who is picked for a share of the class but still has its label as the most probable class is let go.
                default -> differs && picked.get(i);
            };
            if (suspect) {
                suspects.add(new Suspect(i, given[i], suggested, guesses.margin[i]));
            }
        }
        suspects.sort(WORST_FIRST);
        return new ConfidentLearning(thresholds, counts, joint, suspects, disagreements, sum / examples);
    }

    private static int[] classCounts(int[] given, Probabilities probabilities) throws IOException {
        int classes = probabilities.classes();
        if (given.length != probabilities.examples()) {
            throw new IOException("found " + given.length + " labels and probabilities of " + probabilities.examples()
                    + " examples, wanted as many of both");
        }
        if (given.length == 0) {
            throw new IOException("found no examples, wanted at least one");
        }
        if (classes < 2) {
            throw new IOException("found probabilities of " + classes
                    + " class, wanted one column for each of two or more" + " classes: np.column_stack([1 - p, p])");
        }
        int[] counts = new int[classes];
        for (int i = 0; i < given.length; i++) {
            if (given[i] < 0 || given[i] >= classes) {
                throw new IOException("label " + given[i] + " of example " + i + ", wanted 0 to " + (classes - 1)
                        + ", a column of the probabilities for each class");
            }
            counts[given[i]]++;
        }
        return counts;
    }

    /** Mean probability of a class over the examples that have it as their label. */
    private static double[] thresholds(double[] sums, int[] counts) {
        double[] thresholds = new double[sums.length];
        for (int k = 0; k < thresholds.length; k++) {
            thresholds[k] = counts[k] == 0 ? NEVER : Math.max(LEAST_THRESHOLD, sums[k] / counts[k]);
        }
        return thresholds;
    }

    /** In each class as many examples as the joint counts off the diagonal, those least probably of it. */
    private static BitSet byClass(int[] given, double[] ofGiven, ConfidentJoint joint, int[] counts) {
        int[] estimates = joint.estimates();
        int[] wrong = counts.clone();
        for (int a = 0; a < wrong.length; a++) {
            for (int cell = joint.firstCell(a); cell < joint.firstCell(a + 1); cell++) {
                wrong[a] -= joint.column(cell) == a ? estimates[cell] : 0;
            }
        }
        Smallest smallest = new Smallest(wrong);
        for (int i = 0; i < given.length; i++) {
            smallest.offer(given[i], ofGiven[i], i);
        }
        return smallest.kept();
    }

    /** Takes the rows one after the other. */
    private interface RowVisitor {
        /**
         * A row.
         *
         * @param rows holds the probabilities of the example's classes from place {@code at} on
         */
        void row(int example, double[] rows, int at) throws IOException;
    }

    private static void scan(
            Probabilities probabilities, DoubleConsumer progress, int pass, double passes, RowVisitor visitor)
            throws IOException {
        int classes = probabilities.classes();
        int examples = probabilities.examples();
        int atOnce = Math.min(probabilities.rowsAtOnce(), examples);
        double[] rows = new double[Math.multiplyExact(atOnce, classes)];
        for (int first = 0; first < examples; ) {
            int count = Math.min(atOnce, examples - first);
            probabilities.read(first, count, rows);
            for (int i = 0; i < count; i++) {
                visitor.row(first + i, rows, i * classes);
            }
            first += count;
            progress.accept((pass + (double) first / examples) / passes);
        }
    }

    /** What a row says of its example: the class it is confidently of, the most probable one, the margin. */
    private static final class Guesses implements RowVisitor {
        private final int[] given;
        private final double[] bars;
        private final int[] guess;
        private final int[] argmax;
        private final double[] ofGiven;
        private final double[] margin;

        Guesses(int[] given, double[] thresholds) {
            this.given = given;
            this.bars = thresholds.clone();
            for (int k = 0; k < bars.length; k++) {
                bars[k] -= TOLERANCE;
            }
            this.guess = new int[given.length];
            this.argmax = new int[given.length];
            this.ofGiven = new double[given.length];
            this.margin = new double[given.length];
        }

        @Override
        public void row(int example, double[] rows, int at) {
            int best = -1;
            int confident = -1;
            double most = Double.NEGATIVE_INFINITY;
            double next = Double.NEGATIVE_INFINITY;
            double mostConfident = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < bars.length; k++) {
                double p = rows[at + k];
                if (p > most) {
                    next = most;
                    most = p;
                    best = k;
                } else if (p > next) {
                    next = p;
                }
                if (p >= bars[k] && p > mostConfident) {
                    mostConfident = p;
                    confident = k;
                }
            }
            double own = rows[at + given[example]];
            guess[example] = confident;
            argmax[example] = best;
            ofGiven[example] = own;
            margin[example] = own - (best == given[example] ? next : most);
        }
    }

    /** From each pair of classes as many examples as the joint counts, those that the other class beats by most. */
    private static final class ByRate implements RowVisitor {
        private final int[] given;
        private final ConfidentJoint joint;
        private final Smallest smallest;

        ByRate(int[] given, ConfidentJoint joint) {
            this.given = given;
            this.joint = joint;
            int[] room = joint.estimates();
            for (int a = 0; a < joint.classes(); a++) {
                for (int cell = joint.firstCell(a); cell < joint.firstCell(a + 1); cell++) {
                    if (joint.column(cell) == a) {
                        room[cell] = 0;
                    }
                }
            }
            this.smallest = new Smallest(room);
        }

        @Override
        public void row(int example, double[] rows, int at) {
            int a = given[example];
            double own = rows[at + a];
            int end = joint.firstCell(a + 1);
            for (int cell = joint.firstCell(a); cell < end; cell++) {
                smallest.offer(cell, own - rows[at + joint.column(cell)], example);
            }
        }
    }

    public int examples() {
        int sum = 0;
        for (int count : classCounts) {
            sum += count;
        }
        return sum;
    }

    public int classes() {
        return classCounts.length;
    }

    /** Examples with each label. */
    public int[] classCounts() {
        return classCounts.clone();
    }

    /** From which probability on an example is confidently of a class; more than 1 where no example has that label. */
    public double[] thresholds() {
        return thresholds.clone();
    }

    public ConfidentJoint joint() {
        return joint;
    }

    /**
     * Estimated share of labels that are wrong. The estimate is biased: against known noise it was up to half too high and
     * up to 37 % too low.
     */
    public double noise() {
        return joint.noise();
    }

    /** Labels to look at, those with the lowest margin first. */
    public List<Suspect> suspects() {
        return suspects;
    }

    /** How many labels are not the most probable class. */
    public int disagreements() {
        return disagreements;
    }

    /** Mean probability of the given labels, 0..1. */
    public double meanOfGiven() {
        return meanOfGiven;
    }

    /** Whether the labels are so probable that the model is likely to have been trained on them. */
    public boolean looksInSample() {
        return meanOfGiven >= IN_SAMPLE;
    }
}
