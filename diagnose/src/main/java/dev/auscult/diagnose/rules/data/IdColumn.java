package dev.auscult.diagnose.rules.data;

import java.util.List;

import dev.auscult.diagnose.Evidence;
import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Need;
import dev.auscult.diagnose.Remedy;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.RuleInfo;
import dev.auscult.diagnose.Threshold;
import dev.auscult.diagnose.Verdict;
import dev.auscult.diagnose.Where;
import dev.auscult.run.Observation;
import dev.auscult.run.Observation.Kind;
import dev.auscult.run.Run;

/** Flags inputs that number or name their row. */
public final class IdColumn implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT111", "id-column");
    private static final Threshold ROWS =
            new Threshold("rows", 30, "rows", "with fewer of them all values may differ by chance");
    private static final Threshold FILLED = new Threshold(
            "filled",
            0.999,
            "share",
            "of a range of whole numbers that the rows fill, from which they number the rows");
    private static final Threshold KEYS = new Threshold(
            "keys",
            0.9,
            "share",
            "of the words that are one word with a digit, from which unique words are names of rows");

    /** Medium: what is learned of a row's number is learned by heart, and leaks where the rows are in order. */
    private static final int SCORE = 50;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public boolean appliesTo(Run run) {
        return Tables.haveColumns(run, "numeric", "categorical", "text");
    }

    @Override
    public List<Need> needs() {
        return List.of(Looks.observed(Kind.ID_COLUMN));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(ROWS, FILLED, KEYS, Looks.ALPHA);
    }

    @Override
    public Verdict examine(Examination e) {
        List<Observation> all = Looks.of(e, Kind.ID_COLUMN);
        double needed = e.threshold(this, ROWS);
        double most = all.stream().mapToDouble(o -> o.get("rows")).max().orElse(0);
        if (most < needed) {
            return Verdict.unable(
                    Tables.rows(most) + " found, at least " + Math.round(needed) + " needed", "collect more rows");
        }
        return Tables.bySplit(
                all,
                o -> o.get("rows") >= needed && (isNumber(e, o) || isName(e, o)),
                o -> o.get("filled") >= e.threshold(this, FILLED) ? 1 : 0,
                wrong -> finding(e, wrong));
    }

    private boolean isNumber(Examination e, Observation o) {
        return o.get("filled") >= e.threshold(this, FILLED) && Looks.isCertain(e, this, o);
    }

    private boolean isName(Examination e, Observation o) {
        return o.get("unique") == 1
                && o.get("keys") >= e.threshold(this, KEYS)
                && o.get("with-digit") >= e.threshold(this, KEYS);
    }

    private Finding finding(Examination e, List<Observation> wrong) {
        List<String> names = Tables.columns(wrong);
        Observation worst = wrong.get(0);
        return new Finding(
                INFO,
                SCORE,
                Looks.columns(names)
                        + (names.size() > 1
                                ? " number or name their row: "
                                : isNumber(e, worst) ? " numbers the rows without a gap: " : " names the row: ")
                        + Math.round(worst.get("rows")) + " different values in " + Tables.rows(worst.get("rows")),
                Where.data(names, List.of()),
                Evidence.of(
                        "different values",
                        worst.get("rows"),
                        "values",
                        "",
                        Evidence.of("share of the range that is filled", worst.get("filled"), "share"),
                        Evidence.of("p-value", worst.get("p-value"), "")),
                List.of(Remedy.edit(
                        "leave out " + Looks.names(names), Remedy.Safety.LIKELY, "data.drop", Looks.added(names))));
    }
}
