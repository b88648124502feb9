package dev.auscult.train.regularize;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import dev.auscult.run.Direction;
import dev.auscult.train.spec.SpecException;
import dev.auscult.train.spec.TrainingSettings;

/**
 * Says when to stop early. t counts evaluations from 1.
 *
 * <ul>
 *   <li>{@code patience}: for that many evaluations the monitored value did not gain more than min-delta on its best; the
 *       first is the baseline, NaN is no gain (Keras acts likewise: when waiting reaches patience).
 *   <li>{@code gl}, generalisation loss: GL(t) = 100·(E(t)/min E − 1) &gt; α.
 *   <li>{@code pq}, loss over progress: GL(t)/P_k(t) &gt; α at the end of a strip of k, with P_k(t) = 1000·(Σ E_train over
 *       the strip/(k·min E_train over the strip) − 1).
 *   <li>{@code up}: E was higher than a strip before at the ends of s strips in a row.
 * </ul>
 *
 * <p>With the last three training also stops when it has stalled, P_k(t) &lt; 0.1 at the end of a strip.
 *
 * <p>Source: Prechelt, Early Stopping — But When? (1998), section 2.
 */
public final class EarlyStopping {
    private static final double STALLED = 0.1;

    private final TrainingSettings.EarlyStopping settings;
    private final boolean lowerIsBetter;
    private final int strip;
    private final double[] training;

    private int evaluations;
    private double best = Double.NaN;
    private int bestEpoch;
    private int waited;
    private double stripBefore = Double.NaN;
    private int risen;

    /**
     * A criterion.
     *
     * @param direction which way the monitored value is better; unknown counts as lower
     */
    public EarlyStopping(TrainingSettings.EarlyStopping settings, Direction direction) {
        this.settings = settings;
        this.lowerIsBetter = direction != Direction.HIGHER_IS_BETTER;
        this.strip = Math.max(1, settings.strip());
        this.training = new double[strip];
        boolean known = switch (settings.criterion()) {
            case "patience" -> true;
            case "gl", "pq", "up" -> {
                if (!lowerIsBetter) {
                    throw new SpecException("training.early-stopping: " + settings.criterion()
                            + " watches an error, found " + settings.monitor()
                            + ", which is better when higher; wanted a loss, or criterion patience");
                }
                yield true;
            }
            default -> false;
        };
        if (!known) {
            throw new SpecException("training.early-stopping.criterion is " + settings.criterion()
                    + ", wanted one of patience, gl, pq, up");
        }
    }

    /**
     * Hears how an evaluation went.
     *
     * @param epoch epochs finished
     * @param value the monitored value
     * @param trainingLoss mean loss on the training examples since the evaluation before
     * @return why to stop, in one sentence; empty to go on
     */
    public Optional<String> observe(int epoch, double value, double trainingLoss) {
        evaluations++;
        training[(evaluations - 1) % strip] = trainingLoss;
        boolean gained = gains(value);
        if (gained) {
            best = value;
            bestEpoch = epoch;
            waited = 0;
        } else {
            waited++;
        }
        return switch (settings.criterion()) {
            case "patience" -> patience();
            case "gl" -> generalisationLoss(value).or(this::stalled);
            case "pq" -> quotient(value).or(this::stalled);
            default -> risen(value).or(this::stalled);
        };
    }

    private boolean gains(double value) {
        if (Double.isNaN(value)) {
            return false;
        }
        if (Double.isNaN(best)) {
            return true;
        }
        double gain = lowerIsBetter ? best - value : value - best;
        return gain > (settings.criterion().equals("patience") ? settings.minDelta() : 0);
    }

    private Optional<String> patience() {
        return waited < Math.max(1, settings.patience())
                ? Optional.empty()
                : reason("%s has not gained for %d evaluations, its best is %.4g at epoch %d", waited);
    }

    private Optional<String> generalisationLoss(double value) {
        double loss = lossAbove(value);
        return loss > settings.threshold()
                ? reason("%s is %.3g %% above its best, %.4g at epoch %d", loss)
                : Optional.empty();
    }

    private Optional<String> quotient(double value) {
        if (!isEndOfStrip()) {
            return Optional.empty();
        }
        double loss = lossAbove(value);
        double quotient = loss == 0 ? 0 : loss / progress();
        return quotient > settings.threshold()
                ? reason("%s lost %.3g times what training gained since its best, %.4g at epoch %d", quotient)
                : Optional.empty();
    }

    private Optional<String> risen(double value) {
        if (!isEndOfStrip()) {
            return Optional.empty();
        }
        risen = value > stripBefore || Double.isNaN(value) ? risen + 1 : 0;
        stripBefore = value;
        return risen >= Math.max(1, settings.patience())
                ? reason("%s rose over %d strips in a row, its best is %.4g at epoch %d", risen)
                : Optional.empty();
    }

    private Optional<String> stalled() {
        // Not true for NaN, where there is no training loss.
        return isEndOfStrip() && strip > 1 && progress() < STALLED
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "the training loss moved by less than %.1f per mille over %d evaluations",
                        STALLED,
                        strip))
                : Optional.empty();
    }

    private Optional<String> reason(String format, Object amount) {
        return Optional.of(String.format(Locale.ROOT, format, settings.monitor(), amount, best, bestEpoch));
    }

    private boolean isEndOfStrip() {
        return evaluations % strip == 0;
    }

    /** GL in percent. */
    private double lossAbove(double value) {
        if (value == best) {
            return 0;
        }
        if (Double.isNaN(value) || best == 0) {
            return Double.POSITIVE_INFINITY;
        }
        // A quotient of errors means nothing below 0, and NaN never stops.
        return best > 0 ? 100 * (value / best - 1) : Double.NaN;
    }

    /** P_k in per mille. */
    private double progress() {
        double sum = 0;
        double least = Double.POSITIVE_INFINITY;
        for (double loss : training) {
            sum += loss;
            least = Math.min(least, loss);
        }
        return 1000 * (sum / (strip * least) - 1);
    }

    /** Whether the last evaluation was the best. */
    public boolean isBest() {
        return evaluations > 0 && waited == 0;
    }

    /** The best value; NaN if there is none. */
    public double best() {
        return best;
    }

    /** Epochs that were finished at the best value. */
    public int bestEpoch() {
        return bestEpoch;
    }

    /** Everything it remembers. */
    public Map<String, Double> state() {
        Map<String, Double> state = new HashMap<>(Map.of(
                "evaluations", (double) evaluations,
                "best", best,
                "best-epoch", (double) bestEpoch,
                "waited", (double) waited,
                "strip-before", stripBefore,
                "risen", (double) risen));
        for (int i = 0; i < strip; i++) {
            state.put("training-" + i, training[i]);
        }
        return state;
    }

    /** Goes on from a state that {@link #state} gave. */
    public void restore(Map<String, Double> state) {
        evaluations = (int) Saved.number(state, "evaluations");
        best = Saved.number(state, "best");
        bestEpoch = (int) Saved.number(state, "best-epoch");
        waited = (int) Saved.number(state, "waited");
        stripBefore = Saved.number(state, "strip-before");
        risen = (int) Saved.number(state, "risen");
        for (int i = 0; i < strip; i++) {
            training[i] = Saved.number(state, "training-" + i);
        }
    }
}
