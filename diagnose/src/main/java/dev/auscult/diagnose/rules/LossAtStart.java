package dev.auscult.diagnose.rules;

import java.util.ArrayList;
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
import dev.auscult.run.Probe;
import dev.auscult.run.Probe.Part;
import dev.auscult.run.Run;
import dev.auscult.run.Setting;

/**
 * Tests the loss of the untrained network against what a network pays that knows nothing.
 *
 * <p>Logits that are drawn at random with variance v and know nothing of the label cost log C + (v / 2) (1 - 1/C) on
 * average, for E[log Σ exp z] ≈ log C + (v / 2) (1 - 1/C) and E[z_y] = 0. One network is one draw: as far as its logits are
 * the same for all examples, -Σ p_c z_c scatters by √(v Σ p_c²), and Σ p_c² is exp(-H) for equal classes, with H the entropy
 * of the labels. Predictions that know nothing of the label never cost less than H (Gibbs); those of a random network
 * may, by luck, but with v ≤ 1 not less than about half of it, even if every example had its largest logit at its label
 * (0.54 H for two classes, 0.53 H for ten, 0.56 H for a hundred).
 */
public final class LossAtStart implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("BUG101", "loss-at-start");
    private static final Threshold VARIANCE = new Threshold(
            "logit-variance", 2, "", "that He's initialisation gives the logits; more is too large a start");
    private static final Threshold DEVIATIONS = new Threshold(
            "deviations",
            3,
            "standard deviations",
            "beyond which the loss is not that of a network that knows nothing");
    private static final Threshold LOW = new Threshold(
            "low", 0.5, "share", "of the loss of the best constant prediction, below which luck does not explain it");
    private static final Threshold TIMES = new Threshold(
            "times", 3, "ratio", "of the loss of the best constant, above which a regression starts far off");

    /** By loss / loss of guessing: twice 34, low; four times 50, medium; sixteen times 82, high. */
    private static final SeverityCurve HIGH_CURVE = SeverityCurve.logarithmic(1.5, 10);

    /** By loss / loss of the best constant: a half 36, low; a quarter 62, medium; a twentieth 78, high. */
    private static final SeverityCurve LOW_CURVE = SeverityCurve.linear(0.6, 0.1);

    private static final int NOT_FINITE = 95;
    private static final int MOST = 85;
    private static final double FEWEST_EXAMPLES = 8;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(Plans.probe(Probe.Kind.LOSS_AT_START));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(VARIANCE, DEVIATIONS, LOW, TIMES);
    }

    @Override
    public Verdict examine(Examination examination) {
        Run run = examination.run();
        Probe probe = run.probe(Probe.Kind.LOSS_AT_START).orElseThrow();
        double loss = Plans.number(probe, "loss");
        double error = Plans.number(probe, "standard-error");
        double expected = Plans.number(probe, "expected");
        double uniform = Plans.number(probe, "uniform");
        double examples = Plans.number(probe, "examples");
        if (probe.number("loss").isPresent() && !Double.isFinite(loss)) {
            return Verdict.found(finding(
                    NOT_FINITE,
                    "the loss of the untrained network is " + Numbers.of(loss),
                    Evidence.of("loss before the first update", loss, "")));
        }
        if (!(error >= 0) || !(expected > 0) || examples < FEWEST_EXAMPLES || Double.isNaN(loss)) {
            return Verdict.unable(
                    "the loss at the start has no standard error, no expected value, or fewer than "
                            + Numbers.of(FEWEST_EXAMPLES) + " examples",
                    "run `auscult check` with more examples");
        }
        double deviations = examination.threshold(this, DEVIATIONS);
        double share = loss / expected;
        if (loss + deviations * error < examination.threshold(this, LOW) * expected) {
            boolean meant =
                    run.settings().isOn(Setting.PRETRAINED) || run.settings().isOn(Setting.RESUMED);
            return meant
                    ? Verdict.CLEAR
                    : Verdict.found(finding(
                            Math.min(MOST, LOW_CURVE.score(share)),
                            "the untrained network pays " + Numbers.of(loss) + " ± " + Numbers.of(error)
                                    + ", while the best constant prediction pays " + Numbers.of(expected)
                                    + ": it is trained already, or its input holds the answer",
                            evidence(
                                    Evidence.of(
                                            "loss at the start / loss of the best constant prediction",
                                            share,
                                            "share",
                                            "loss / expected"),
                                    probe)));
        }
        return uniform > 0 ? classes(examination, probe) : numbers(examination, probe);
    }

    /** A classifier that pays more than random logits of a usual size cost. */
    private Verdict classes(Examination examination, Probe probe) {
        Run run = examination.run();
        double loss = Plans.number(probe, "loss");
        double error = Plans.number(probe, "standard-error");
        double uniform = Plans.number(probe, "uniform");
        double measured = logitVariance(run);
        double usual = examination.threshold(this, VARIANCE);
        double variance = Double.isNaN(measured) ? usual : Math.min(measured, usual);
        double excess = variance / 2 * (1 - Math.exp(-uniform));
        double draw = Math.sqrt(variance * Math.exp(-Plans.number(probe, "expected")));
        double z = (loss - uniform - excess) / Math.hypot(error, draw);
        if (!(z > examination.threshold(this, DEVIATIONS))) {
            return Verdict.CLEAR;
        }
        String why = measured > usual
                ? ": its logits are too large (standard deviation " + Numbers.of(Math.sqrt(measured)) + ")"
                : Double.isNaN(measured)
                        ? ": its logits are too large, or the loss is a sum"
                        : ": its logits do not explain that; the loss is a sum, or the labels are not what it takes them"
                                + " for";
        return Verdict.found(finding(
                Math.min(MOST, HIGH_CURVE.score(loss / uniform)),
                "the untrained network pays " + Numbers.of(loss) + " ± " + Numbers.of(error) + ", "
                        + Numbers.times(loss / uniform) + " what guessing costs (" + Numbers.of(uniform) + ")" + why,
                evidence(
                        Evidence.of(
                                "deviation from a network that knows nothing",
                                z,
                                "standard deviations",
                                "(loss - uniform - (v/2)(1 - 1/C)) / sqrt(standard error² + v exp(-H))",
                                Evidence.of("v, variance of the logits allowed for", variance, ""),
                                Evidence.of("(v/2)(1 - 1/C)", excess, "nats"),
                                Evidence.of("sqrt(v exp(-H))", draw, "nats"),
                                Evidence.of("variance of the logits measured", measured, "")),
                        probe)));
    }

    /** A regression whose targets are far from where the network starts: worth knowing. */
    private Verdict numbers(Examination examination, Probe probe) {
        double loss = Plans.number(probe, "loss");
        double error = Plans.number(probe, "standard-error");
        double expected = Plans.number(probe, "expected");
        double deviations = examination.threshold(this, DEVIATIONS);
        // Outputs of variance v alone, three standard deviations from their mean, cost 9 v.
        double draw = deviations * deviations * examination.threshold(this, VARIANCE);
        double limit = Math.max(examination.threshold(this, TIMES) * expected, expected + draw);
        if (loss - deviations * error <= limit) {
            return Verdict.CLEAR;
        }
        return Verdict.found(finding(
                Layers.mild(HIGH_CURVE.score(loss / expected)),
                "the untrained network pays " + Numbers.of(loss) + " ± " + Numbers.of(error) + ", "
                        + Numbers.times(loss / expected) + " what the best constant pays (" + Numbers.of(expected)
                        + "): the targets are far from 0",
                evidence(
                        Evidence.of(
                                "loss at the start / loss of the best constant prediction",
                                loss / expected,
                                "ratio",
                                "loss / expected",
                                Evidence.of("limit", limit, "")),
                        probe)));
    }

    /** Variance of what the network gives, where that was measured and is logits; NaN otherwise. */
    private static double logitVariance(Run run) {
        boolean probabilities =
                run.graph().filter(g -> g.output().equals("probabilities")).isPresent();
        Optional<Probe> scale =
                run.probe(Probe.Kind.DEPTH_SCALE).filter(p -> !p.parts().isEmpty());
        if (probabilities || scale.isEmpty()) {
            return Double.NaN;
        }
        List<Part> parts = scale.get().parts();
        double deviation = Plans.number(parts.get(parts.size() - 1), "activation-std");
        return deviation >= 0 ? deviation * deviation : Double.NaN;
    }

    private static Evidence evidence(Evidence root, Probe probe) {
        List<Evidence> children = new ArrayList<>(root.children());
        for (String name : List.of("loss", "standard-error", "expected", "uniform", "examples")) {
            children.add(Evidence.of(name, Plans.number(probe, name), ""));
        }
        return Evidence.of(root.name(), root.value(), root.unit(), root.formula(), children.toArray(new Evidence[0]));
    }

    private static Finding finding(int score, String summary, Evidence evidence) {
        return new Finding(INFO, score, summary, new Where(List.of(), List.of(), 0, 0), evidence);
    }
}
