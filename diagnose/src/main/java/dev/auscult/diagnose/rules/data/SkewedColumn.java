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

/** Remarks on columns of numbers with one long tail, which a logarithm would shorten. */
public final class SkewedColumn implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT114", "skewed-column");
    private static final Threshold SKEWNESS =
            new Threshold("skewness", 5, "", "above which a tail is long; a lognormal variable of spread 0.9 has it");
    private static final Threshold TAIL = new Threshold(
            "tail",
            5,
            "ratio",
            "of the distance from the median to the 99 % quantile over that to the 1 % quantile (or the other way round), above which the bulk is skewed and not only a few values");
    private static final Threshold DISTINCT =
            new Threshold("distinct", 20, "values", "up to which a column holds counts or codes");
    private static final Threshold ROWS =
            new Threshold("rows", 200, "rows", "with fewer of them the 99 % quantile is not known");

    /** A remark up to 10, low above. */
    private static final SeverityCurve BY_SKEWNESS = SeverityCurve.logarithmic(20, 800);

    private static final int MOST = 35;

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
        return List.of(SKEWNESS, TAIL, DISTINCT, ROWS);
    }

    @Override
    public Verdict examine(Examination e) {
        DataProfile.Part train = Tables.parts(e).get(0);
        if ((double) train.rows() < e.threshold(this, ROWS)) {
            return Verdict.unable(
                    Tables.rows((double) train.rows()) + " found, at least " + Math.round(e.threshold(this, ROWS))
                            + " needed",
                    "collect more rows");
        }
        List<ColumnProfile> wrong = Tables.used(train).stream()
                .filter(c -> c.type().equals("numeric") && c.distinct() > e.threshold(this, DISTINCT))
                .filter(c -> Math.abs(skewness(c)) > e.threshold(this, SKEWNESS) && tail(c) > e.threshold(this, TAIL))
                .sorted(Comparator.comparingDouble((ColumnProfile c) -> -Math.abs(skewness(c))))
                .toList();
        return wrong.isEmpty() ? Verdict.CLEAR : Verdict.found(finding(e, wrong));
    }

    private static double skewness(ColumnProfile column) {
        return column.numbers().map(ColumnProfile.Numbers::skewness).orElse(0.0);
    }

    /** How much longer the long side of the bulk is than the short side. */
    private static double tail(ColumnProfile column) {
        return column.numbers()
                .map(n -> {
                    double above = n.quantile(0.99) - n.quantile(0.5);
                    double below = n.quantile(0.5) - n.quantile(0.01);
                    return n.skewness() > 0 ? above / below : below / above;
                })
                .filter(Double::isFinite)
                .orElse(0.0);
    }

    private static Finding finding(Examination e, List<ColumnProfile> wrong) {
        ColumnProfile worst = wrong.get(0);
        List<String> names = wrong.stream().map(ColumnProfile::name).toList();
        boolean positive = worst.numbers().filter(n -> n.min() >= 0).isPresent();
        double farthest = worst.numbers()
                .map(n -> Math.max(n.max() - n.mean(), n.mean() - n.min()) / n.deviation())
                .orElse(0.0);
        return new Finding(
                INFO,
                Math.min(MOST, BY_SKEWNESS.score(Math.abs(skewness(worst)))),
                Looks.columns(List.of(worst.name())) + " has one long tail: skewness " + Numbers.of(skewness(worst))
                        + ", its farthest value "
                        + Numbers.of(farthest) + " deviations from the mean"
                        + (names.size() > 1 ? "; likewise " + Looks.names(names.subList(1, names.size())) : ""),
                Where.data(names, List.of()),
                Evidence.of(
                        "skewness",
                        skewness(worst),
                        "",
                        "mean of ((x - mean) / deviation)^3",
                        Evidence.of("long side of the bulk over its short side", tail(worst), "ratio")),
                List.of(Remedy.advice((positive
                                ? "take the logarithm (of 1 + x where there are zeros)"
                                : "replace the numbers by their ranks")
                        + (Tables.isTarget(e, worst.name()) ? ", and undo it in the prediction" : ""))));
    }
}
