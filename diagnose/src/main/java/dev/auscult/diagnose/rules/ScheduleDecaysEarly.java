package dev.auscult.diagnose.rules;

import java.util.List;
import java.util.Optional;

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
import dev.auscult.diagnose.measure.EarlyCut;

/** LRN103: a learning rate that was cut while the loss still fell, after which nothing happened. */
public final class ScheduleDecaysEarly implements Rule {
    private static final RuleInfo INFO = RuleInfo.stable("LRN103", "schedule-decays-early");
    private static final Threshold BEFORE =
            new Threshold("before", 0.6, "share", "of the run before which the cut must come to be early");
    private static final Threshold CUT =
            new Threshold("low-rate", 0.1, "share", "of its peak, at or below which the learning rate counts as cut");
    private static final Threshold FALL = new Threshold(
            "fall",
            0.05,
            "ratio",
            "fall of the loss before the cut from which it was still learning, and below which it is not");

    /** Share of the run spent at the low rate: 40 % 41, medium; 80 % 75, high. */
    private static final SeverityCurve SEVERITY = SeverityCurve.linear(0.2, 0.8);

    /** A loss that lost nine tenths of its start has little left to lose. */
    private static final double LEARNED = 0.9;

    /** A loss that ends higher than it was at the cut by this share of its level has not just stood still. */
    private static final double ROSE = 0.02;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(Need.LEARNING_RATE_CURVE, Need.ANY_LOSS);
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(BEFORE, CUT, FALL);
    }

    @Override
    public Verdict examine(Examination examination) {
        Curve loss = examination.trainLoss().or(examination::validationLoss).orElseThrow();
        Curve rate = examination.learningRate().orElseThrow();
        if (rate.size() < Cadence.FEWEST_EPOCHS || loss.size() < 2 * Cadence.needed(loss)) {
            return Verdict.unable(
                    Cadence.tooFew(loss, 2 * Cadence.needed(loss)) + "; the learning rate has " + rate.size() + ", "
                            + Cadence.FEWEST_EPOCHS + " needed",
                    "log the loss and the learning rate more often or train longer");
        }
        Convergence convergence = examination.convergence();
        Optional<EarlyCut> found = EarlyCut.of(loss, rate, examination.threshold(this, CUT))
                .filter(c -> c.share() < examination.threshold(this, BEFORE))
                .filter(c -> c.stoppedProgress(examination.threshold(this, FALL)));
        if (found.isEmpty() || convergence.scoreAtGoal() || convergence.learned() >= LEARNED || loss.min() <= 0) {
            return Verdict.CLEAR;
        }
        EarlyCut cut = found.get();
        // A loss that rises has another illness than a rate that is too low; so has a rate below zero.
        if (cut.gainAfter() < -ROSE || rate.min() < 0) {
            return Verdict.CLEAR;
        }
        String summary = "the learning rate was cut to " + Words.part(cut.cut()) + " at step " + cut.step() + " ("
                + Numbers.percent(cut.share()) + " of the run) while " + Words.name(loss) + " still fell by "
                + Numbers.percent(cut.fallBefore()) + "; after it the loss " + Words.fell(cut.gainAfter());
        return Verdict.found(new Finding(
                INFO,
                SEVERITY.score(1 - cut.share()),
                summary,
                Where.series(List.of(rate.label(), loss.label()), cut.step(), loss.lastStep()),
                Evidence.of(
                        "share of the run after the cut",
                        1 - cut.share(),
                        "share",
                        "(last step - step of the cut) / steps",
                        Evidence.of("fall before the cut", cut.fallBefore(), "ratio"),
                        Evidence.of("fall after the cut", cut.gainAfter(), "ratio"))));
    }
}
