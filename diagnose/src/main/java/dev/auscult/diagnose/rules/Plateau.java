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
import dev.auscult.run.Direction;

/** LOS105: a training loss that stopped falling half-way, far from done. */
public final class Plateau implements Rule {
    private static final RuleInfo INFO = RuleInfo.stable("LOS105", "plateau");
    private static final Threshold GAIN = new Threshold(
            "gain",
            0.05,
            "ratio",
            "fall of the loss over the last half, as a share of its level, below which it is flat");
    private static final Threshold CUT =
            new Threshold("low-rate", 0.1, "share", "of its peak, at or below which the learning rate counts as cut");
    private static final Threshold POOR =
            new Threshold("poor-score", 0.7, "score", "at or below which a flat run without learning rate is a remark");

    /** Share of the run after the cut: a half 41, medium; three quarters 58. */
    private static final SeverityCurve SEVERITY = SeverityCurve.linear(0.25, 1);

    /** Weak evidence: worth knowing. */
    private static final int REMARK = 30;

    /** A loss that lost nine tenths of its start has little left to lose. */
    private static final double LEARNED = 0.9;

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
        return List.of(GAIN, CUT, POOR);
    }

    @Override
    public Verdict examine(Examination examination) {
        Curve loss = examination.trainLoss().orElseThrow();
        int needed = 2 * Cadence.needed(loss);
        if (loss.size() < needed) {
            return Verdict.unable(Cadence.tooFew(loss, needed), "log the training loss more often or train longer");
        }
        double[] blocks = loss.blockMedians(10);
        double late = (blocks[5] - blocks[9]) / Math.abs(blocks[5]);
        double early = (blocks[0] - blocks[4]) / Math.abs(blocks[0]);
        double gain = examination.threshold(this, GAIN);
        Convergence convergence = examination.convergence();
        boolean done = convergence.scoreAtGoal() || convergence.learned() >= LEARNED || loss.min() <= 0;
        if (done || NotJudged.applies(examination) || early < gain || Math.abs(late) >= gain) {
            return Verdict.CLEAR;
        }
        Optional<EarlyCut> cut = examination
                .learningRate()
                .flatMap(lr -> EarlyCut.of(loss, lr, examination.threshold(this, CUT)))
                .filter(c -> c.share() <= 0.5 && c.stoppedProgress(gain));
        if (cut.isPresent()) {
            double flat = 1 - cut.get().share();
            String why = "the learning rate was cut to " + Words.part(cut.get().cut()) + " at step "
                    + cut.get().step();
            return Verdict.found(finding(loss, SEVERITY.score(flat), cut.get().step(), late, flat, why));
        }
        if (convergence.hasLearned()) {
            return Verdict.CLEAR;
        }
        Optional<Curve> score = examination.validationScore().or(examination::trainScore);
        if (score.isEmpty() && examination.learningRate().isEmpty()) {
            return Verdict.unable(
                    Words.name(loss)
                            + " is flat over its last half, but neither a score nor the learning rate says whether it is done",
                    "log the learning rate and a score on held-out data");
        }
        boolean poor = score.filter(s -> s.min() >= 0
                        && s.max() <= examination.threshold(this, POOR)
                        && s.key().direction() == Direction.HIGHER_IS_BETTER)
                .isPresent();
        if (!poor) {
            return Verdict.CLEAR;
        }
        String why = score.map(s -> Words.name(s) + " ends at only " + Numbers.of(s.endLevel()))
                .orElse("");
        return Verdict.found(finding(loss, REMARK, loss.step(loss.size() / 2), late, 0.5, why));
    }

    private static Finding finding(Curve loss, int score, long from, double late, double flat, String why) {
        return new Finding(
                INFO,
                score,
                Words.name(loss) + " is flat for the last " + Numbers.percent(flat) + " of the run (from step " + from
                        + ", at " + Numbers.of(loss.endLevel()) + "): " + why,
                Where.series(loss.label(), from, loss.lastStep()),
                Evidence.of(
                        loss.label() + ", fall over the last half",
                        late,
                        "ratio",
                        "(median of block 6 - median of block 10) / median of block 6, 10 blocks",
                        Evidence.of("flat share of the run", flat, "share")));
    }
}
