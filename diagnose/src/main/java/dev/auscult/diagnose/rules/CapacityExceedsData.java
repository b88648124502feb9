package dev.auscult.diagnose.rules;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
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
import dev.auscult.diagnose.measure.Blueprint;
import dev.auscult.diagnose.measure.LayerKind;
import dev.auscult.diagnose.measure.Rise;
import dev.auscult.run.DataProfile;
import dev.auscult.run.Probe;
import dev.auscult.run.Run;
import dev.auscult.run.Setting;
import dev.auscult.run.Settings;
import dev.auscult.run.Split;

/**
 * Compares the number of trained parameters with that of the examples. Networks with many more parameters than examples
 * generalise well (Zhang et al. 2017), so that the ratio alone is a remark; with overfitting in view it is a reason.
 */
public final class CapacityExceedsData implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("ARC108", "capacity-exceeds-data");
    private static final Threshold VISIBLE = new Threshold(
            "overfitting", 10, "ratio", "parameters per example from which they explain an overfitting in view");
    private static final Threshold SILENT = new Threshold(
            "remark", 100, "ratio", "parameters per example from which a plan without regularisation is remarked on");
    private static final Threshold RISE = new Threshold(
            "rise", 0.1, "share", "by which the held-out loss must end above its lowest level to count as overfitting");

    /** With overfitting in view, by parameters per example: ten 25, low; a hundred 50, medium; a thousand 75. */
    private static final SeverityCurve CURVE = SeverityCurve.logarithmic(10, 1000);

    private static final int REMARK = 8;

    /** Settings of penalties that have no name of their own. */
    private static final Pattern PENALTY =
            Pattern.compile("(^|[._/-])(l1|l2|max[_-]norm|mixup|cutout|ema|early[_-]stopping.*)$");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(
                new Need("the number of parameters is not in this log", Plans.CHECK, e -> parameters(e.run()) > 0),
                new Need(
                        "the number of training examples is not in this log", Plans.CHECK, e -> examples(e.run()) > 0));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(VISIBLE, SILENT, RISE);
    }

    @Override
    public Verdict examine(Examination examination) {
        Run run = examination.run();
        double ratio = parameters(run) / examples(run);
        boolean regularised = isRegularised(run);
        Optional<Rise> rise = examination
                .validationLoss()
                .filter(v -> v.size() >= 6)
                .map(Rise::of)
                .filter(Rise::isReal)
                .filter(r -> r.relative() >= examination.threshold(this, RISE))
                .filter(r -> examination
                        .trainLoss()
                        .filter(t -> t.endLevel() < t.startLevel())
                        .isPresent());
        boolean trained =
                examination.validationLoss().filter(v -> v.size() >= 6).isPresent();
        if (rise.isPresent() && ratio >= examination.threshold(this, VISIBLE)) {
            int score = CURVE.score(ratio);
            String what = ", and the held-out loss rose by "
                    + Numbers.percent(rise.get().relative()) + " from its lowest level"
                    + (regularised ? "" : "; nothing regularises");
            return Verdict.found(finding(
                    run,
                    ratio,
                    regularised ? Layers.mild(score) : score,
                    what,
                    rise.get().relative()));
        }
        if (rise.isEmpty() && !trained && !regularised && ratio >= examination.threshold(this, SILENT)) {
            return Verdict.found(
                    finding(run, ratio, REMARK, " and nothing that regularises: watch the held-out loss", Double.NaN));
        }
        return Verdict.CLEAR;
    }

    private static Finding finding(Run run, double ratio, int score, String what, double rise) {
        return new Finding(
                INFO,
                score,
                Numbers.of(ratio) + " trained parameters per training example" + what,
                Plans.where(run, List.of()),
                Evidence.of(
                        "parameters per example",
                        ratio,
                        "ratio",
                        "trained parameters / training examples (tokens of a language model)",
                        Evidence.of("trained parameters", parameters(run), "parameters"),
                        Evidence.of("training examples", examples(run), "examples"),
                        Evidence.of("rise of the held-out loss", rise, "share")));
    }

    private static double parameters(Run run) {
        double measured = run.probe(Probe.Kind.CAPACITY)
                .map(p -> Plans.number(p, "parameters"))
                .orElse(Double.NaN);
        return measured > 0
                ? measured
                : Blueprint.of(run)
                        .map(Blueprint::trainedParameters)
                        .orElse(OptionalLong.empty())
                        .orElse(0);
    }

    private static double examples(Run run) {
        Optional<Probe> capacity = run.probe(Probe.Kind.CAPACITY);
        double measured = capacity.map(p -> Plans.number(p, "examples")).orElse(Double.NaN);
        double rows = run.data().stream()
                .flatMap(d -> d.parts().stream())
                .filter(p -> p.split() == Split.TRAIN)
                .mapToLong(DataProfile.Part::rows)
                .sum();
        double examples = measured > 0 ? measured : rows;
        boolean tokens =
                run.graph().filter(g -> g.task().equals("language-model")).isPresent();
        double each = capacity.map(p -> Plans.number(p, "input-elements")).orElse(Double.NaN);
        return tokens && each > 0 ? examples * each : examples;
    }

    private static boolean isRegularised(Run run) {
        Settings settings = run.settings();
        boolean named = Stream.of(
                        Setting.WEIGHT_DECAY,
                        Setting.DROPOUT,
                        Setting.AUGMENTATION,
                        Setting.LABEL_SMOOTHING,
                        Setting.PRETRAINED,
                        Setting.PATIENCE)
                .anyMatch(settings::isOn);
        boolean penalty = settings.raw().entrySet().stream()
                .filter(e ->
                        PENALTY.matcher(e.getKey().toLowerCase(Locale.ROOT)).find())
                .anyMatch(e -> !e.getValue().matches("|0|0\\.0|null|none|false|\\[]"));
        boolean dropout =
                Blueprint.of(run).filter(b -> b.has(LayerKind.DROPOUT)).isPresent();
        return named || penalty || dropout;
    }
}
