package dev.auscult.diagnose.rules;

import java.util.List;
import java.util.OptionalLong;

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
import dev.auscult.diagnose.measure.Blueprint;
import dev.auscult.run.Probe;
import dev.auscult.run.Run;

/**
 * Flags a network that cannot learn one batch by heart: of the loss that could be removed, (start - floor), too much is
 * left, and the accuracy, where there is one, is not at its goal either.
 */
public final class CannotOverfitOneBatch implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("BUG102", "cannot-overfit-one-batch");
    private static final Threshold LEFT = new Threshold(
            "left",
            0.1,
            "share",
            "of the removable loss still there at the end, above which the batch was not learned");
    private static final Threshold ACCURACY =
            new Threshold("accuracy", 0.95, "share", "of the batch, from which it counts as learned whatever the loss");
    private static final Threshold STEPS = new Threshold("steps", 50, "steps", "fewer are no try");

    /** By what is left: a tenth 27, low; three tenths 39; a half 52, medium; all of it 81, high. */
    private static final SeverityCurve CURVE = SeverityCurve.linear(0.08, 0.88);

    private static final int NOT_FINITE = 92;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(Plans.probe(Probe.Kind.ONE_BATCH));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(LEFT, ACCURACY, STEPS);
    }

    @Override
    public Verdict examine(Examination examination) {
        Run run = examination.run();
        Probe probe = run.probe(Probe.Kind.ONE_BATCH).orElseThrow();
        double start = Plans.number(probe, "start-loss");
        double end = Plans.number(probe, "end-loss");
        double floor = probe.number("floor").orElse(0);
        double accuracy = Plans.number(probe, "end-accuracy");
        double steps = Plans.number(probe, "steps");
        double examples = Plans.number(probe, "examples");
        if (Double.isFinite(start) && probe.number("end-loss").isPresent() && !Double.isFinite(end)) {
            return found(probe, NOT_FINITE, "the loss on one batch became " + Numbers.of(end), end);
        }
        if (!Double.isFinite(start - end) || steps < examination.threshold(this, STEPS)) {
            return Verdict.unable(
                    "the training on one batch has no losses, or fewer than "
                            + Numbers.of(examination.threshold(this, STEPS)) + " steps",
                    "run `auscult check` with more steps");
        }
        double removable = start - floor;
        double left = (end - floor) / removable;
        boolean learned = accuracy >= examination.threshold(this, ACCURACY);
        if (learned || !(removable > 0) || left <= examination.threshold(this, LEFT)) {
            return Verdict.CLEAR;
        }
        double parameters = parameters(run);
        double asked = examples * Math.max(1, outputs(run));
        if (parameters < asked) {
            return Verdict.unable(
                    "the network has " + Numbers.of(parameters) + " parameters for " + Numbers.of(asked)
                            + " numbers in the batch, too few to learn it by heart",
                    "check with a batch of fewer examples than parameters");
        }
        return found(
                probe,
                CURVE.score(left),
                "after " + Numbers.of(steps) + " steps on one batch of " + Numbers.of(examples)
                        + " examples the loss is "
                        + Numbers.of(end) + " (from " + Numbers.of(start) + ", " + Numbers.of(floor) + " is possible)"
                        + (Double.isNaN(accuracy) ? "" : " and the accuracy " + Numbers.percent(accuracy))
                        + (left > 0.98 ? ": nothing is learned" : ""),
                left);
    }

    private static Verdict found(Probe probe, int score, String summary, double left) {
        return Verdict.found(new Finding(
                INFO,
                score,
                summary,
                new Where(List.of(), List.of(), 0, 0),
                Evidence.of(
                        "share of the removable loss that is left",
                        left,
                        "share",
                        "(end - floor) / (start - floor)",
                        Evidence.of("start", Plans.number(probe, "start-loss"), ""),
                        Evidence.of("end", Plans.number(probe, "end-loss"), ""),
                        Evidence.of("floor", Plans.number(probe, "floor"), ""),
                        Evidence.of("accuracy at the end", Plans.number(probe, "end-accuracy"), "share"),
                        Evidence.of("steps", Plans.number(probe, "steps"), "steps"))));
    }

    /** Trained parameters; infinite if unknown, for then nothing is concluded from them. */
    private static double parameters(Run run) {
        double counted = run.probe(Probe.Kind.CAPACITY)
                .map(p -> Plans.number(p, "parameters"))
                .orElse(Double.NaN);
        OptionalLong planned =
                Blueprint.of(run).map(Blueprint::trainedParameters).orElse(OptionalLong.empty());
        return counted > 0 ? counted : planned.isPresent() ? (double) planned.getAsLong() : Double.POSITIVE_INFINITY;
    }

    /** Numbers to learn per example: those of a regression; one for a class. */
    private static double outputs(Run run) {
        return run.graph()
                .filter(g -> g.task().equals("regression") || g.task().equals("multi-label"))
                .map(g -> (double) g.outputs())
                .orElse(1.0);
    }
}
