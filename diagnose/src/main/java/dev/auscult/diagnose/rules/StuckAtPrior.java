package dev.auscult.diagnose.rules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
import dev.auscult.diagnose.measure.Curve;
import dev.auscult.diagnose.measure.Robust;
import dev.auscult.diagnose.measure.Task;
import dev.auscult.run.Direction;
import dev.auscult.run.Quantity;
import dev.auscult.run.Split;

/** LOS104: a classification loss that stays at what guessing by the class shares costs. */
public final class StuckAtPrior implements Rule {
    private static final RuleInfo INFO = RuleInfo.stable("LOS104", "stuck-at-prior");
    private static final Threshold NEAR = new Threshold(
            "tolerance",
            0.02,
            "ratio",
            "distance from the cost of guessing within which the loss counts as stuck there");
    private static final Threshold ALONE = new Threshold(
            "tolerance-alone", 0.01, "ratio", "the same for log 2 where nothing else in the log tells of two classes");

    /** Exactly at the prior: 84, high; at the edge of the tolerance: 63, medium. */
    private static final SeverityCurve SEVERITY = SeverityCurve.linear(0.05, 0.01);

    private record Prior(String formula, double value, boolean alone) {}

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(Need.TRAIN_LOSS);
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(NEAR, ALONE);
    }

    @Override
    public Verdict examine(Examination examination) {
        Curve loss = examination.trainLoss().orElseThrow();
        int needed = Cadence.needed(loss);
        if (loss.size() < needed) {
            return Verdict.unable(Cadence.tooFew(loss, needed), "log the training loss every epoch or every few steps");
        }
        if (!loss.key().isWhole() || learned(examination)) {
            return Verdict.CLEAR;
        }
        double[] blocks = loss.blockMedians(10);
        for (Prior prior : priors(examination)) {
            double tolerance = examination.threshold(this, prior.alone ? ALONE : NEAR);
            double farthest = Arrays.stream(blocks)
                    .map(b -> Math.abs(b / prior.value - 1))
                    .max()
                    .orElse(Double.NaN);
            boolean near = Math.abs(Robust.median(blocks) / prior.value - 1) <= tolerance;
            if (near && farthest <= tolerance + noiseOfBlock(loss, prior.value, tolerance)) {
                return Verdict.found(finding(loss, prior, farthest));
            }
        }
        return Verdict.CLEAR;
    }

    /**
     * How far noise alone carries the median of one of ten blocks of m points, 2.5 standard errors of sqrt(pi / 2m) times
     * the noise, as a share of the level: at most once more the tolerance, and none where the loss falls.
     */
    private static double noiseOfBlock(Curve loss, double level, double tolerance) {
        double noise = loss.noise();
        if (Double.isNaN(noise) || loss.trend().falls()) {
            return 0;
        }
        double error = noise * Math.sqrt(Math.PI / 2 / Math.max(1, loss.size() / 10)) / level;
        return Math.min(tolerance, 2.5 * error);
    }

    private static boolean learned(Examination examination) {
        return examination.convergence().scoreAtGoal()
                || examination
                        .validationScore()
                        .or(examination::trainScore)
                        .filter(s -> s.key().direction() == Direction.HIGHER_IS_BETTER)
                        .filter(s -> s.endLevel() - s.first() >= 0.1)
                        .isPresent();
    }

    private static List<Prior> priors(Examination examination) {
        List<Prior> priors = new ArrayList<>();
        Task.classes(examination.run()).ifPresent(c -> priors.add(new Prior("log " + c, Math.log(c), false)));
        examination
                .run()
                .data()
                .ifPresent(data -> data.parts().stream()
                        .filter(p -> p.split() == Split.TRAIN && p.labelCounts().size() >= 2)
                        .forEach(p -> priors.add(new Prior(
                                "entropy of the class shares",
                                Task.entropy(p.labelCounts().values()),
                                false))));
        examination
                .validationScore()
                .or(examination::trainScore)
                .filter(s -> s.key().quantity() == Quantity.ACCURACY)
                .map(s -> Robust.median(s.values()))
                .filter(a -> a > 0.001 && a < 0.6)
                .ifPresent(a -> {
                    int c = (int) Math.round(1 / a);
                    // An accuracy of 1/C and a loss of log C at once are no accident.
                    if (Math.abs(a * c - 1) < 0.1) {
                        priors.add(new Prior("log " + c, Math.log(c), false));
                    }
                });
        priors.add(new Prior("log 2", Math.log(2), true));
        return priors;
    }

    private static Finding finding(Curve loss, Prior prior, double farthest) {
        String summary = Words.name(loss) + " stays within " + Numbers.percent(farthest) + " of "
                + Numbers.of(prior.value) + " ("
                + prior.formula + ") through all " + Numbers.count(loss.size(), "point")
                + ": the model guesses by the class shares";
        return new Finding(
                INFO,
                SEVERITY.score(farthest),
                summary,
                Where.series(loss.label(), loss.firstStep(), loss.lastStep()),
                Evidence.of(
                        loss.label() + ", farthest block from the cost of guessing",
                        farthest,
                        "ratio",
                        "max |median of block / " + prior.formula + " - 1| over 10 blocks",
                        Evidence.of(prior.formula, prior.value, "nats")));
    }
}
