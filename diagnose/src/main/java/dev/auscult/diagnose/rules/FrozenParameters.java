package dev.auscult.diagnose.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
import dev.auscult.diagnose.measure.LayerKind;
import dev.auscult.run.ModelGraph.Layer;
import dev.auscult.run.Probe;
import dev.auscult.run.Probe.Part;
import dev.auscult.run.Run;
import dev.auscult.run.Setting;

/**
 * Compares what is declared trainable with what one step did: no gradient, no update, or an update where none was meant.
 *
 * <p>Gradients that are zero by construction are told apart: biases before a batch normalisation, which subtracts them
 * again; biases of keys in attention, which the softmax cancels; and whatever lies in a branch that ends in a zero start,
 * which gets a gradient itself: a branch that is cut off gets none at all.
 */
public final class FrozenParameters implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("BUG105", "frozen-parameters");
    private static final Threshold SHARE = new Threshold(
            "share", 0, "share", "of the trainable numbers without gradient or update, above which it is told");

    /** By the share of the trainable numbers concerned: a tenth 34, low; a quarter 50, medium; a half 75, high. */
    private static final SeverityCurve CURVE = SeverityCurve.linear(0, 0.5);

    private static final int NOTHING_TRAINED = 92;

    /** A gradient arrives and nothing is done with it: the optimizer does not have the parameter. */
    private static final int IGNORED = 60;

    /** Every update is zero at the first step, as a warm-up from zero wants it. */
    private static final int WARM_UP = 8;

    private static final int MOVES_THOUGH_FROZEN = 45;

    /** Zero by construction, or harmless. */
    private static final int BIASES = 5;

    private static final int BRANCH = 20;

    private static final Pattern BIAS = Pattern.compile("(^|.*[./_])(b|bias(es)?|bias_.*|.*_bias|beta)$");
    private static final Pattern BEHIND_ZERO_START =
            Pattern.compile("(?i)(?<adapter>lora_a|lora_down)|(^|/)\\d*-?(residual|transformer-block)/");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(
                Plans.probe(Probe.Kind.WIRING),
                new Need(
                        "the dry run measured no parameter",
                        Plans.CHECK,
                        e -> e.run()
                                .probe(Probe.Kind.WIRING)
                                .filter(p -> p.parts().stream()
                                        .anyMatch(q -> q.number("update-norm").isPresent()))
                                .isPresent()));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(SHARE);
    }

    @Override
    public Verdict examine(Examination examination) {
        Run run = examination.run();
        List<Part> all = run.probe(Probe.Kind.WIRING).orElseThrow().parts();
        List<Part> trainable =
                all.stream().filter(p -> p.number("trainable").orElse(1) != 0).toList();
        List<Finding> findings = new ArrayList<>();
        List<Part> moving = all.stream()
                .filter(p -> p.number("trainable").orElse(1) == 0 && Plans.number(p, "update-norm") > 0)
                .toList();
        if (!moving.isEmpty()) {
            findings.add(finding(
                    moving,
                    all,
                    MOVES_THOUGH_FROZEN,
                    names(moving)
                            + " changed in a step though declared frozen: the optimizer has it, and its weight decay"
                            + " or momentum acts"));
        }
        if (trainable.isEmpty()) {
            findings.add(finding(all, all, NOTHING_TRAINED, "every parameter is declared frozen: nothing is trained"));
            return Verdict.of(findings);
        }
        List<Part> silent = trainable.stream()
                .filter(p -> p.number("gradient-norm").isEmpty() || Plans.number(p, "gradient-norm") == 0)
                .toList();
        List<Part> ignored = trainable.stream()
                .filter(p -> Plans.number(p, "gradient-norm") > 0 && Plans.number(p, "update-norm") == 0)
                .toList();
        if (silent.size() == trainable.size()) {
            findings.add(finding(
                    silent,
                    trainable,
                    NOTHING_TRAINED,
                    "no gradient reaches any parameter: the loss does not depend on" + " them"));
            return Verdict.of(findings);
        }
        silent(examination, silent, trainable, all).forEach(findings::add);
        if (!ignored.isEmpty() && share(ignored, trainable) > examination.threshold(this, SHARE)) {
            findings.add(ignored(run, ignored, trainable, silent.size()));
        }
        return Verdict.of(findings);
    }

    private List<Finding> silent(Examination examination, List<Part> silent, List<Part> trainable, List<Part> all) {
        List<Part> biases = new ArrayList<>();
        List<Part> branches = new ArrayList<>();
        List<Part> others = new ArrayList<>();
        for (Part part : silent) {
            (BIAS.matcher(part.name()).matches() ? biases : isBehindZeroStart(part, all) ? branches : others).add(part);
        }
        List<Finding> findings = new ArrayList<>();
        if (!others.isEmpty() && share(others, trainable) > examination.threshold(this, SHARE)) {
            findings.add(
                    finding(
                            others,
                            trainable,
                            CURVE.score(share(others, trainable)),
                            "no gradient reaches " + names(others)
                                    + ", though declared trainable: a detached graph, dead units, or a layer that is not used"));
        }
        if (!branches.isEmpty()) {
            findings.add(finding(
                    branches,
                    trainable,
                    BRANCH,
                    "no gradient reaches " + names(branches)
                            + " in the first step; a branch that ends in a zero start is like that, and moves from the"
                            + " second step on"));
        }
        if (!biases.isEmpty() && others.isEmpty()) {
            findings.add(finding(
                    biases,
                    trainable,
                    BIASES,
                    "the gradient of " + names(biases) + " is zero"
                            + (biases.stream().allMatch(b -> isBeforeNorm(examination.run(), b))
                                    ? ": the batch normalisation behind it subtracts the bias again"
                                    : ", as it is where a normalisation or a softmax cancels a bias")));
        }
        return findings;
    }

    /** Whether a later weight of a branch around the parameter is zero and gets a gradient; or may be, where none is known. */
    private static boolean isBehindZeroStart(Part part, List<Part> all) {
        Matcher branch = BEHIND_ZERO_START.matcher(part.name());
        while (branch.find()) {
            String around = part.name().substring(0, branch.group("adapter") == null ? branch.end() : branch.start());
            List<Part> later = all.subList(all.indexOf(part) + 1, all.size()).stream()
                    .filter(p -> p.name().startsWith(around)
                            && !BIAS.matcher(p.name()).matches())
                    .toList();
            if (part.number("weight-norm").isEmpty() || later.stream().anyMatch(FrozenParameters::isZeroStart)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isZeroStart(Part part) {
        return part.number("weight-norm").orElse(1) == 0 && Plans.number(part, "gradient-norm") > 0;
    }

    private static Finding ignored(Run run, List<Part> ignored, List<Part> trainable, int silent) {
        boolean all = ignored.size() + silent == trainable.size();
        boolean warmUp =
                run.settings().isOn(Setting.WARMUP_STEPS) || run.settings().isOn(Setting.WARMUP_EPOCHS);
        int score =
                all ? warmUp ? WARM_UP : NOTHING_TRAINED : Math.max(IGNORED, CURVE.score(share(ignored, trainable)));
        return finding(
                ignored,
                trainable,
                score,
                (all ? "the step changed no parameter" : "the step did not change " + names(ignored))
                        + ", though a gradient arrived: "
                        + (!all
                                ? "the optimizer does not have it"
                                : warmUp
                                        ? "a warm-up that begins at a learning rate of 0"
                                        : "the learning rate is 0, or the optimizer has other parameters"));
    }

    private static boolean isBeforeNorm(Run run, Part bias) {
        String name = bias.name();
        int cut = Math.max(name.lastIndexOf('.'), name.lastIndexOf('/'));
        String layer = cut < 0 ? name : name.substring(0, cut);
        return Blueprint.of(run)
                .filter(b -> b.sequences().stream().anyMatch(s -> isBeforeNorm(s, layer)))
                .isPresent();
    }

    private static boolean isBeforeNorm(List<Layer> sequence, String layer) {
        for (int i = 0; i + 1 < sequence.size(); i++) {
            if (sequence.get(i).name().equals(layer)) {
                return LayerKind.of(sequence.get(i + 1)) == LayerKind.BATCH_NORM;
            }
        }
        return false;
    }

    private static double share(List<Part> some, List<Part> of) {
        return elements(some) / elements(of);
    }

    private static double elements(List<Part> parts) {
        return parts.stream()
                .mapToDouble(p -> Math.max(1, p.number("elements").orElse(1)))
                .sum();
    }

    private static String names(List<Part> parts) {
        return parts.get(0).name()
                + (parts.size() > 1 ? " and " + Numbers.count(parts.size() - 1, "more parameter") : "");
    }

    private static Finding finding(List<Part> concerned, List<Part> of, int score, String summary) {
        return new Finding(
                INFO,
                score,
                summary,
                new Where(
                        List.of(), concerned.stream().map(Part::name).distinct().toList(), 0, 0),
                Evidence.of(
                        "share of the numbers concerned",
                        share(concerned, of),
                        "share",
                        "elements of these parameters / elements of all that are declared so",
                        Evidence.of("parameters concerned", concerned.size(), "parameters"),
                        Evidence.of("parameters", of.size(), "parameters"),
                        Evidence.of(
                                "gradient norm of " + concerned.get(0).name(),
                                Plans.number(concerned.get(0), "gradient-norm"),
                                ""),
                        Evidence.of(
                                "update norm of " + concerned.get(0).name(),
                                Plans.number(concerned.get(0), "update-norm"),
                                "")));
    }
}
