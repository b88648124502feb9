package dev.auscult.diagnose.rules.data;

import java.util.Comparator;
import java.util.List;

import dev.auscult.diagnose.Evidence;
import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Need;
import dev.auscult.diagnose.Numbers;
import dev.auscult.diagnose.Remedy;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.RuleInfo;
import dev.auscult.diagnose.SeverityCurve;
import dev.auscult.diagnose.Threshold;
import dev.auscult.diagnose.Verdict;
import dev.auscult.diagnose.Where;
import dev.auscult.run.ColumnProfile;
import dev.auscult.run.DataProfile;
import dev.auscult.run.Run;

/** Flags inputs of very different ranges, and says which scaling fits. */
public final class UnscaledInputs implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT115", "unscaled-inputs");
    private static final Threshold RATIO = new Threshold(
            "ratio", 100, "ratio", "of the largest to the smallest deviation of an input, above which they are named");

    /** Medium at a hundred, where the condition of the problem is ten thousand; high at ten thousand. */
    private static final SeverityCurve BY_RATIO = SeverityCurve.logarithmic(15, 30_000);

    /** Where it is not known whether the training scales: most programs do. */
    private static final int MOST_UNKNOWN = 30;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public boolean appliesTo(Run run) {
        return Tables.haveColumns(run, "numeric");
    }

    @Override
    public List<Need> needs() {
        return List.of(Looks.COLUMNS);
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(RATIO);
    }

    @Override
    public Verdict examine(Examination e) {
        DataProfile.Part train = Tables.parts(e).get(0);
        List<ColumnProfile> numeric = Tables.inputs(train).stream()
                .filter(c -> c.type().equals("numeric") && size(c) > 0 && !isNearlyConstant(c))
                .sorted(Comparator.comparingDouble((ColumnProfile c) -> -size(c)))
                .toList();
        if (numeric.size() < 2) {
            return Verdict.CLEAR;
        }
        String setting = Tables.setting(e, "normalize").orElse("");
        ColumnProfile large = numeric.get(0);
        ColumnProfile small = numeric.get(numeric.size() - 1);
        double ratio = size(large) / size(small);
        boolean scaled = setting.equals("standard") || setting.equals("min-max");
        if (scaled || ratio <= e.threshold(this, RATIO)) {
            return Verdict.CLEAR;
        }
        int score = setting.isEmpty() ? Math.min(MOST_UNKNOWN, BY_RATIO.score(ratio) / 2) : BY_RATIO.score(ratio);
        return Verdict.found(finding(numeric, ratio, score, setting.isEmpty()));
    }

    /** Whether 98 in 100 rows hold one value: what its deviation says is how rare the others are, not its unit. */
    private static boolean isNearlyConstant(ColumnProfile column) {
        return column.numbers()
                .filter(n -> n.quantile(0.01) == n.quantile(0.99))
                .isPresent();
    }

    private static double size(ColumnProfile column) {
        return column.numbers()
                .map(ColumnProfile.Numbers::deviation)
                .filter(Double::isFinite)
                .orElse(0.0);
    }

    private static Finding finding(List<ColumnProfile> numeric, double ratio, int score, boolean unknown) {
        ColumnProfile large = numeric.get(0);
        ColumnProfile small = numeric.get(numeric.size() - 1);
        boolean bounded = numeric.stream().allMatch(UnscaledInputs::isBounded);
        String fit = bounded ? "min-max" : "standard";
        return new Finding(
                INFO,
                score,
                "the deviation of " + large.name() + " (" + Numbers.of(size(large)) + ") is " + Numbers.times(ratio)
                        + " that of " + small.name() + " (" + Numbers.of(size(small)) + ")"
                        + (unknown
                                ? ": scale the inputs before a network sees them"
                                : ", and the inputs are not scaled"),
                Where.data(List.of(large.name(), small.name()), List.of()),
                Evidence.of(
                        "ratio of deviations",
                        ratio,
                        "ratio",
                        "largest / smallest",
                        Evidence.of("deviation of " + large.name(), size(large), ""),
                        Evidence.of("deviation of " + small.name(), size(small), "")),
                List.of(Remedy.edit(
                        bounded
                                ? "scale the inputs to 0..1: none has a long tail"
                                : "scale the inputs to mean 0 and deviation 1",
                        Remedy.Safety.SAFE,
                        "data.normalize",
                        fit)));
    }

    /** Whether smallest and largest value are a fair scale: within three deviations, as for a uniform variable. */
    private static boolean isBounded(ColumnProfile column) {
        return column.numbers()
                .filter(n -> n.max() - n.mean() <= 3 * n.deviation() && n.mean() - n.min() <= 3 * n.deviation())
                .isPresent();
    }
}
