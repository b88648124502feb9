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

/** Flags categories with too few rows each. */
public final class HighCardinality implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT113", "high-cardinality");
    private static final Threshold CATEGORIES =
            new Threshold("categories", 50, "categories", "up to which their number alone is no matter");
    private static final Threshold ROWS_EACH =
            new Threshold("rows-each", 10, "rows", "per category, below which most categories cannot be learned");
    private static final Threshold WIDE =
            new Threshold("wide", 1000, "categories", "above which one column of the network each is a burden");

    /** Medium where a category has two or three rows. */
    private static final SeverityCurve BY_ROWS = SeverityCurve.logarithmic(8, 0.7);

    private static final int LOW = 20;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public boolean appliesTo(Run run) {
        return Tables.haveColumns(run, "categorical");
    }

    @Override
    public List<Need> needs() {
        return List.of(Looks.COLUMNS);
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(CATEGORIES, ROWS_EACH, WIDE);
    }

    @Override
    public Verdict examine(Examination e) {
        DataProfile.Part train = Tables.parts(e).get(0);
        if ((double) train.rows() < e.threshold(this, CATEGORIES)) {
            return Verdict.unable(
                    Tables.rows((double) train.rows()) + " found, at least " + Math.round(e.threshold(this, CATEGORIES))
                            + " needed",
                    "collect more rows");
        }
        List<ColumnProfile> wrong = Tables.inputs(train).stream()
                .filter(c -> c.type().equals("categorical"))
                .filter(c -> c.distinct() > e.threshold(this, CATEGORIES))
                .filter(c -> rowsEach(c) < e.threshold(this, ROWS_EACH) || c.distinct() > e.threshold(this, WIDE))
                .sorted(Comparator.comparingDouble(HighCardinality::rowsEach))
                .toList();
        return wrong.isEmpty() ? Verdict.CLEAR : Verdict.found(finding(wrong));
    }

    private static double rowsEach(ColumnProfile column) {
        return column.present() / Math.max(1, column.distinct());
    }

    private static Finding finding(List<ColumnProfile> wrong) {
        ColumnProfile worst = wrong.get(0);
        List<String> names = wrong.stream().map(ColumnProfile::name).toList();
        return new Finding(
                INFO,
                Math.max(LOW, BY_ROWS.score(rowsEach(worst))),
                Looks.columns(List.of(worst.name())) + " has " + (worst.distinctError() > 0 ? "about " : "")
                        + Numbers.of(worst.distinct())
                        + " categories, " + Numbers.of(rowsEach(worst)) + " rows each on average"
                        + (names.size() > 1 ? "; likewise " + Looks.names(names.subList(1, names.size())) : ""),
                Where.data(names, List.of()),
                Evidence.of(
                        "rows per category",
                        rowsEach(worst),
                        "rows",
                        "rows with a value / categories",
                        Evidence.of("categories", worst.distinct(), "")),
                List.of(
                        Remedy.edit(
                                "leave out " + Looks.names(names) + ", or join rare categories into one",
                                Remedy.Safety.TRY,
                                "data.drop",
                                Looks.added(names)),
                        Remedy.advice(
                                "hash the categories into a few dozen columns, or replace each by the mean of the target,"
                                        + " computed inside the folds of a cross-validation")));
    }
}
