package dev.auscult.repair.remedy;

import java.util.List;
import java.util.OptionalDouble;

import dev.auscult.diagnose.Remedy.Safety;
import dev.auscult.diagnose.cause.Cause;
import dev.auscult.train.spec.SpecEdit.Change;

/** The learning rate itself. */
final class LearningRates {
    /** A suggestion this near to the rate in use is no reason to change it; readings of one test differ by more. */
    private static final double SAME = 1.4;

    /** Readings of a range test that lie further from the usual rate come from a loss that did not move. */
    private static final double CREDIBLE = 200;

    private static final String TORCH_RANGE = """
            # a rate a decade below the one at which the loss blows up
            for i, (x, y) in zip(range(100), loader):
                lr = 1e-7 * (10 / 1e-7) ** (i / 100)
                for group in optimizer.param_groups:
                    group["lr"] = lr
                loss = criterion(model(x), y)
                optimizer.zero_grad(); loss.backward(); optimizer.step()
                print(lr, loss.item())""";

    private static final String KERAS_RANGE = """
            class RangeTest(keras.callbacks.Callback):
                def on_train_batch_begin(self, batch, logs=None):
                    self.model.optimizer.learning_rate.assign(1e-7 * 1e8 ** (batch / 100))
                def on_train_batch_end(self, batch, logs=None):
                    print(float(self.model.optimizer.learning_rate), logs["loss"])""";

    private static final String TORCH_RATE = "optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)";
    private static final String KERAS_RATE =
            "model.compile(optimizer=keras.optimizers.Adam(learning_rate=1e-3), loss=loss)";

    static final Treatment LOWER_FOUND = new Treatment(
            "lower-rate-by-range-test",
            Cause.LEARNING_RATE_TOO_HIGH,
            Safety.LIKELY,
            "Lower the learning rate towards the one that a range test finds",
            TORCH_RANGE,
            KERAS_RANGE,
            "The loss falls from the first steps on and no longer jumps",
            "Smith 2017, Cyclical Learning Rates for Training Neural Networks, section 3.3",
            patient -> found(patient, true));

    static final Treatment RAISE_FOUND = new Treatment(
            "higher-rate-by-range-test",
            Cause.LEARNING_RATE_TOO_LOW,
            Safety.LIKELY,
            "Raise the learning rate towards the one that a range test finds",
            TORCH_RANGE,
            KERAS_RANGE,
            "The loss falls as far in a fraction of the steps",
            "Smith 2017, Cyclical Learning Rates for Training Neural Networks, section 3.3",
            patient -> found(patient, false));

    static final Treatment LOWER_USUAL = new Treatment(
            "usual-rate-from-above",
            Cause.LEARNING_RATE_TOO_HIGH,
            Safety.LIKELY,
            "Lower the learning rate to what is usual for the optimizer",
            TORCH_RATE,
            KERAS_RATE,
            "Steps are of the size that the optimizer was published with",
            "Kingma and Ba 2015, Adam, section 2; AutoTrainer (Zhang et al. 2021) repairs 30 oscillating runs so",
            patient -> usual(patient, true));

    static final Treatment RAISE_USUAL = new Treatment(
            "usual-rate-from-below",
            Cause.LEARNING_RATE_TOO_LOW,
            Safety.LIKELY,
            "Raise the learning rate to what is usual for the optimizer",
            TORCH_RATE,
            KERAS_RATE,
            "Steps are of the size that the optimizer was published with",
            "Kingma and Ba 2015, Adam, section 2; AutoTrainer (Zhang et al. 2021) repairs 167 slow runs by optimizer and rate",
            patient -> usual(patient, false));

    static final Treatment THIRD = new Treatment(
            "a-third-of-the-rate",
            Cause.LEARNING_RATE_TOO_HIGH,
            Safety.LIKELY,
            "Try a third of the learning rate",
            "for group in optimizer.param_groups:\n    group[\"lr\"] /= 3",
            "model.optimizer.learning_rate.assign(model.optimizer.learning_rate / 3)",
            "Where a third trains better, the rate was above the edge of stability",
            "Google, Deep Learning Tuning Playbook, learning rate as the first hyper-parameter to tune",
            patient -> times(patient, 1.0 / 3, "a third: the last rate overshot"));

    static final Treatment TENTH = new Treatment(
            "a-tenth-of-the-rate",
            Cause.LEARNING_RATE_TOO_HIGH,
            Safety.TRY,
            "Try a tenth of the learning rate",
            "for group in optimizer.param_groups:\n    group[\"lr\"] /= 10",
            "model.optimizer.learning_rate.assign(model.optimizer.learning_rate / 10)",
            "Divergence stops; training may become slow",
            "Zhang et al. 2021, AutoTrainer, ladder of learning rates",
            patient -> times(patient, 0.1, "a tenth: the last rate overshot"));

    static final Treatment TRIPLE = new Treatment(
            "three-times-the-rate",
            Cause.LEARNING_RATE_TOO_LOW,
            Safety.TRY,
            "Try three times the learning rate",
            "for group in optimizer.param_groups:\n    group[\"lr\"] *= 3",
            "model.optimizer.learning_rate.assign(model.optimizer.learning_rate * 3)",
            "The loss falls faster; where it becomes rough, the rate before was right",
            "Zhang et al. 2021, AutoTrainer, ladder of learning rates",
            patient -> times(patient, 3, "three times: the last rate crept"));

    private LearningRates() {}

    /**
     * The suggestion of the range test, drawn half way towards the usual rate; that alone where there is no credible one.
     *
     * <p>Readings of one test lie up to three decades apart; the geometric mean with what is usual halves the error of either.
     */
    static List<Change> found(Patient patient, boolean down) {
        OptionalDouble suggested = suggestion(patient);
        if (suggested.isEmpty()) {
            return usual(patient, down);
        }
        double now = patient.spec().optimizer().learningRate();
        double rate = Math.sqrt(suggested.getAsDouble() * Usual.learningRate(patient.spec()));
        boolean applies = down ? now > rate * SAME : now * SAME < rate;
        return applies
                ? Changes.one(
                        "optimizer.learning-rate",
                        Numbers.rounded(rate),
                        "between a range test's " + Numbers.rounded(suggested.getAsDouble()) + " and the usual; "
                                + Numbers.exact(now) + (down ? " overshot" : " crept"))
                : List.of();
    }

    private static OptionalDouble suggestion(Patient patient) {
        OptionalDouble best = patient.bestRate().get();
        double usual = Usual.learningRate(patient.spec());
        boolean credible =
                best.isPresent() && best.getAsDouble() > usual / CREDIBLE && best.getAsDouble() < usual * CREDIBLE;
        return credible ? best : OptionalDouble.empty();
    }

    static List<Change> usual(Patient patient, boolean down) {
        double now = patient.spec().optimizer().learningRate();
        double usual = Usual.learningRate(patient.spec());
        boolean applies = down ? now > usual * SAME : now * SAME < usual;
        return applies
                ? Changes.one(
                        "optimizer.learning-rate",
                        Numbers.rounded(usual),
                        "usual for " + patient.spec().optimizer().type() + "; was " + Numbers.exact(now))
                : List.of();
    }

    private static List<Change> times(Patient patient, double factor, String why) {
        double now = patient.spec().optimizer().learningRate();
        return Changes.one("optimizer.learning-rate", Numbers.rounded(now * factor), why);
    }
}
