package dev.auscult.diagnose.cause;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What would tell two causes apart: what was not logged, or else an experiment. */
final class Separation {
    /** Expected information [bits] below which a missing signal is not worth asking for. */
    private static final double LEAST_BITS = 0.05;

    private static final Set<Cause> RATE = Set.of(
            Cause.LEARNING_RATE_TOO_HIGH, Cause.MISSING_WARM_UP, Cause.EXPLODING_RECURRENCE, Cause.BATCH_TOO_SMALL);
    private static final Set<Cause> MORE = Set.of(
            Cause.LEARNING_RATE_TOO_LOW,
            Cause.TOO_FEW_EPOCHS,
            Cause.BATCH_TOO_LARGE,
            Cause.SCHEDULE_FAULT,
            Cause.GRADIENT_CLIPPED_AWAY,
            Cause.OPTIMIZER_SETTING);
    private static final Set<Cause> DATA = Set.of(
            Cause.LABEL_NOISE,
            Cause.LABELS_UNRELATED,
            Cause.DATA_LEAK,
            Cause.DISTRIBUTION_SHIFT,
            Cause.CLASS_IMBALANCE);
    private static final Set<Cause> FIT = Set.of(
            Cause.TOO_LITTLE_DATA,
            Cause.TOO_MUCH_CAPACITY,
            Cause.TOO_LITTLE_CAPACITY,
            Cause.TOO_LITTLE_REGULARIZATION,
            Cause.TOO_MANY_EPOCHS);

    private Separation() {}

    /** The kind of signal that was not logged and from which most is to be expected. */
    static Optional<String> missing(CauseNetwork network, Suspect first, Suspect second, Map<String, Boolean> shown) {
        double share = first.probability() / (first.probability() + second.probability());
        Map<String, Double> best = new TreeMap<>();
        network.gates().forEach((name, gate) -> {
            if (!shown.containsKey(name)) {
                double bits =
                        gate.reliability() * information(share, gate.shown(first.cause()), gate.shown(second.cause()));
                String source = SymptomWords.source(name);
                if (bits >= LEAST_BITS && !source.isEmpty()) {
                    best.merge(source, bits, Math::max);
                }
            }
        });
        return best.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }

    /**
     * The mutual information [bits] of a symptom and which of two causes it is: the Jensen–Shannon divergence of its two
     * probabilities (Lin 1991, IEEE Transactions on Information Theory 37(1), eq. 4.1).
     */
    static double information(double share, double withFirst, double withSecond) {
        double mean = share * withFirst + (1 - share) * withSecond;
        return entropy(mean) - share * entropy(withFirst) - (1 - share) * entropy(withSecond);
    }

    private static double entropy(double p) {
        return p <= 0 || p >= 1 ? 0 : -(p * Math.log(p) + (1 - p) * Math.log(1 - p)) / Math.log(2);
    }

    /** The experiment that separates two causes. */
    static String experiment(Cause first, Cause second) {
        Set<Cause> both = Set.of(first, second);
        if (both.stream().anyMatch(RATE::contains)) {
            return "A short run at a third of the learning rate";
        }
        if (both.stream().anyMatch(MORE::contains)) {
            return "A short run at three times the learning rate";
        }
        if (both.contains(Cause.TRAIN_EVAL_MODE) || both.contains(Cause.EVALUATION_FAULT)) {
            return "Evaluating on training data";
        }
        if (both.contains(Cause.TOO_MUCH_REGULARIZATION) || both.contains(Cause.TOO_STRONG_AUGMENTATION)) {
            return "A short run without weight decay, dropout and augmentation";
        }
        if (both.stream().anyMatch(DATA::contains)) {
            return "A check of the data (`auscult data`)";
        }
        if (both.stream().anyMatch(FIT::contains)) {
            return "A run on a tenth of the data";
        }
        if (both.contains(Cause.NUMERIC_OVERFLOW)) {
            return "A short run in double precision";
        }
        return "Overfitting one batch (`auscult check`)";
    }
}
