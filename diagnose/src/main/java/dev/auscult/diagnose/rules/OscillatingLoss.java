package dev.auscult.diagnose.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

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
import dev.auscult.diagnose.measure.Granularity;
import dev.auscult.diagnose.measure.Oscillation;
import dev.auscult.diagnose.measure.Robust;
import dev.auscult.diagnose.measure.Task;
import dev.auscult.run.Quantity;

/** LOS107: a loss that jumps up and down from epoch to epoch and does not settle. */
public final class OscillatingLoss implements Rule {
    private static final RuleInfo INFO = RuleInfo.stable("LOS107", "oscillation");
    private static final Threshold MOVE =
            new Threshold("move", 0.3, "ratio", "change from one epoch to the next from which a move is big");
    private static final Threshold SHARE =
            new Threshold("share", 0.25, "share", "of the moves, in all and in the later half, that must be big");

    /** Typical big move: 15 % 25; 30 %, the least that counts, 42, medium; 60 % 75, high. */
    private static final SeverityCurve SEVERITY = SeverityCurve.linear(0.15, 0.6);

    /** The loss of few validation examples moves by itself. */
    private static final int TINY_SET = 35;

    /** Sets larger than this have a loss that counting noise does not move by a third. */
    private static final int FEW_EXAMPLES = 1000;

    /** The median of the big moves, which are the tail, is within this many standard deviations of what counting makes. */
    private static final double SIGMAS = 2.5;

    /** Jumps on the way down: the run still learns, so that nobody can say yet that it does not settle: low. */
    private static final int STILL_FALLING = 35;

    /** Mean of the last third over that of the middle third, at or below which a loss still falls. */
    private static final double STILL_FALLS = 0.85;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(Need.ANY_LOSS);
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(MOVE, SHARE);
    }

    @Override
    public Verdict examine(Examination examination) {
        if (NotJudged.applies(examination)) {
            return NotJudged.unable(examination);
        }
        List<Curve> curves = Stream.of(
                        examination.validationLoss(),
                        examination.finestTrainLoss().flatMap(Cadence::epochMeans))
                .flatMap(Optional::stream)
                .toList();
        List<Finding> findings = new ArrayList<>();
        int judged = 0;
        for (Curve curve : curves) {
            Optional<Oscillation> oscillation = Oscillation.of(curve, examination.threshold(this, MOVE));
            judged += oscillation.isPresent() ? 1 : 0;
            oscillation
                    .filter(o -> o.isUndamped(examination.threshold(this, SHARE)))
                    .filter(o -> !examination.convergence().scoreAtGoal())
                    .ifPresent(o -> findings.add(finding(examination, curve, o)));
        }
        if (findings.isEmpty()) {
            examination
                    .validationScore()
                    .filter(score -> score.key().quantity() == Quantity.MAP)
                    .flatMap(score -> Oscillation.ofScore(score, examination.threshold(this, MOVE))
                            .filter(o -> o.isUndamped(examination.threshold(this, SHARE)))
                            .map(o -> finding(examination, score, o)))
                    .ifPresent(findings::add);
        }
        if (judged == 0) {
            return Verdict.unable(
                    "no positive loss with " + Oscillation.FEWEST_POINTS + " epochs",
                    "evaluate on held-out data every epoch, for at least " + Oscillation.FEWEST_POINTS + " epochs");
        }
        return Verdict.of(findings);
    }

    private static Finding finding(Examination examination, Curve curve, Oscillation oscillation) {
        int score = SEVERITY.score(oscillation.typical());
        boolean falls = stillFalls(examination, curve);
        String summary = Words.name(curve) + " moves by " + Numbers.percent(oscillation.typical()) + " (median) in "
                + oscillation.big()
                + " of " + oscillation.moves() + " steps from epoch to epoch "
                + (falls ? "on its way down, " : "and does not settle, ") + curve.place(0)
                + " to "
                + curve.place(curve.size() - 1);
        int rows = curve.key().split().isHeldOut() ? fewExamples(examination, oscillation) : 0;
        if (rows > 0) {
            score = Math.min(score, TINY_SET);
            summary += "; the score moves in steps of 1/" + rows + ", so the validation set may be too small to tell";
        } else if (falls) {
            score = Math.min(score, STILL_FALLING);
        }
        return new Finding(
                INFO,
                score,
                summary,
                Where.series(curve.label(), curve.firstStep(), curve.lastStep()),
                Evidence.of(
                        curve.label() + ", typical big move",
                        oscillation.typical(),
                        "ratio",
                        "median of exp|log(v[i+1] / v[i])| - 1 over the big moves",
                        Evidence.of("share of big moves", oscillation.share(), "share"),
                        Evidence.of("share of big moves in the later half", oscillation.lateShare(), "share")));
    }

    /**
     * The size n of a held-out set so small that its loss moves as much by chance; 0 if it is larger. The loss is mostly
     * that of the k = n (1 - accuracy) wrong answers, whose count scatters by sqrt(k), so two evaluations differ by
     * sqrt(2 / k) of it.
     */
    private static int fewExamples(Examination examination, Oscillation oscillation) {
        Optional<Curve> score = examination.validationScore();
        OptionalInt rows = score.map(Task::rows).orElse(OptionalInt.empty());
        if (rows.isPresent() || score.isEmpty()) {
            return rows.orElse(0);
        }
        Curve shares = score.get();
        if (shares.key().quantity() != Quantity.ACCURACY || shares.min() < 0 || shares.max() > 1) {
            return 0;
        }
        int examples = Granularity.examples(shares.values(), FEW_EXAMPLES);
        double wrong = Math.max(1, examples * (1 - Robust.median(shares.values())));
        return Math.log1p(oscillation.typical()) <= SIGMAS * Math.sqrt(2 / wrong) ? examples : 0;
    }

    /** Whether a held-out loss still comes down late in the run, as the training loss does. */
    private static boolean stillFalls(Examination examination, Curve curve) {
        double[] thirds = curve.blockMeans(3);
        return curve.key().split().isHeldOut()
                && thirds[2] <= STILL_FALLS * thirds[1]
                && examination.trainLoss().filter(l -> l.trend().falls()).isPresent();
    }
}
