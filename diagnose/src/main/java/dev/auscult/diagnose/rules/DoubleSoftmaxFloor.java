package dev.auscult.diagnose.rules;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import dev.auscult.diagnose.Evidence;
import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Need;
import dev.auscult.diagnose.Numbers;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.RuleInfo;
import dev.auscult.diagnose.SeverityCurve;
import dev.auscult.diagnose.Threshold;
import dev.auscult.diagnose.Verdict;
import dev.auscult.diagnose.Where;
import dev.auscult.diagnose.measure.Cadence;
import dev.auscult.diagnose.measure.Convergence;
import dev.auscult.diagnose.measure.Curve;
import dev.auscult.diagnose.measure.Task;
import dev.auscult.run.Quantity;
import dev.auscult.run.Run;
import dev.auscult.run.Setting;

/** LOS110: a classifier whose loss stands on the floor that a second softmax sets. */
public final class DoubleSoftmaxFloor implements Rule {
    private static final RuleInfo INFO = RuleInfo.stable("LOS110", "double-softmax-floor");
    private static final Threshold NEAR =
            new Threshold("tolerance", 0.02, "ratio", "distance of the end level from the expected floor");
    private static final Threshold ACCURACY =
            new Threshold("accuracy", 0.5, "share", "from which the network has learned and should pay less");

    /** On the floor: 70, high; at the edge of the tolerance: 41, medium. */
    private static final SeverityCurve SEVERITY = SeverityCurve.linear(0.034, -0.004);

    /** A first loss farther than this from log C does not tell C: the run did not begin at chance. */
    private static final double AT_CHANCE = 0.05;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public boolean appliesTo(Run run) {
        return !Task.isRegression(run);
    }

    @Override
    public List<Need> needs() {
        return List.of(Need.ANY_LOSS);
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(NEAR, ACCURACY);
    }

    @Override
    public Verdict examine(Examination examination) {
        boolean train = examination.trainLoss().isPresent()
                && accuracy(examination.trainScore()).isPresent();
        Optional<Curve> lossToUse = train ? examination.trainLoss() : examination.validationLoss();
        Optional<Curve> score = accuracy(train ? examination.trainScore() : examination.validationScore());
        if (lossToUse.isEmpty() || score.isEmpty()) {
            return Verdict.unable(
                    "no loss and accuracy on the same data", "log loss and accuracy on the training data every epoch");
        }
        Curve loss = lossToUse.get();
        if (loss.size() < Cadence.FEWEST_EPOCHS || loss.min() <= 0) {
            return Verdict.unable(
                    Cadence.tooFew(loss, Cadence.FEWEST_EPOCHS), "log loss and accuracy for at least five epochs");
        }
        double start = examination.finestTrainLoss().orElse(loss).first();
        OptionalInt known = Task.classes(examination.run());
        long classes = known.isPresent() ? known.getAsInt() : Math.round(Math.exp(Math.min(start, 12)));
        double accuracy = score.get().endLevel();
        boolean fromChance = known.isPresent() || Math.abs(start / Math.log((double) classes) - 1) <= AT_CHANCE;
        if (classes < 2
                || !fromChance
                || examination.run().settings().isOn(Setting.LABEL_SMOOTHING)
                || accuracy < examination.threshold(this, ACCURACY)
                || accuracy > 1) {
            return Verdict.CLEAR;
        }
        // Saturated probabilities through a second softmax: a right answer costs log(e + C - 1) - 1, a wrong one 1
        // more.
        double floor = Math.log(Math.E + classes - 1) - accuracy;
        double distance = Math.abs(loss.endLevel() / floor - 1);
        boolean flat = Convergence.isFlat(loss) || Math.abs(loss.last() / loss.value(loss.size() - 3) - 1) < 0.01;
        if (!flat || distance > examination.threshold(this, NEAR) || loss.min() < 0.98 * (floor + accuracy - 1)) {
            return Verdict.CLEAR;
        }
        String summary = Words.name(loss) + " stands at " + Numbers.of(loss.endLevel()) + " while accuracy is "
                + Numbers.percent(accuracy) + ": with " + classes
                + " classes this is the floor of a softmax applied twice, "
                + Numbers.of(floor);
        return Verdict.found(new Finding(
                INFO,
                SEVERITY.score(distance),
                summary,
                Where.series(List.of(loss.label(), score.get().label()), loss.step(loss.size() / 2), loss.lastStep()),
                Evidence.of(
                        loss.label() + ", distance from the floor",
                        distance,
                        "ratio",
                        "|end level / (log(e + C - 1) - accuracy) - 1|",
                        Evidence.of("floor", floor, "nats"),
                        Evidence.of("classes", (double) classes, ""),
                        Evidence.of("accuracy", accuracy, "share"))));
    }

    private static Optional<Curve> accuracy(Optional<Curve> score) {
        return score.filter(s -> s.key().quantity() == Quantity.ACCURACY);
    }
}
