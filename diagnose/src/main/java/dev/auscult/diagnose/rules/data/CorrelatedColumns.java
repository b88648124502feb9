package dev.auscult.diagnose.rules.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import dev.auscult.diagnose.Evidence;
import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Need;
import dev.auscult.diagnose.Numbers;
import dev.auscult.diagnose.Remedy;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.RuleInfo;
import dev.auscult.diagnose.Threshold;
import dev.auscult.diagnose.Verdict;
import dev.auscult.diagnose.Where;
import dev.auscult.run.Observation;
import dev.auscult.run.Observation.Kind;
import dev.auscult.run.Run;

/** Flags columns that say the same. */
public final class CorrelatedColumns implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT116", "correlated-columns");
    private static final Threshold EFFECT =
            new Threshold("effect", 0.98, "correlation or Cramér's V", "from which two columns say the same");
    private static final Threshold ROWS = new Threshold("rows", 30, "rows", "with fewer of them nothing can be said");

    /** Low: training slows down, the result hardly changes. */
    private static final int INPUTS = 25;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public boolean appliesTo(Run run) {
        return Tables.areIn(run);
    }

    @Override
    public List<Need> needs() {
        return List.of(Looks.observed(Kind.CORRELATED_COLUMNS));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(EFFECT, ROWS, Looks.ALPHA);
    }

    @Override
    public Verdict examine(Examination e) {
        List<Observation> all = Looks.of(e, Kind.CORRELATED_COLUMNS);
        double most = all.stream().mapToDouble(o -> o.get("rows")).max().orElse(0);
        if (most < e.threshold(this, ROWS)) {
            return Verdict.unable(
                    Tables.rows(most) + " found, at least " + Math.round(e.threshold(this, ROWS)) + " needed",
                    "collect more rows");
        }
        return Tables.bySplit(
                all,
                // A column that says the same as the target is what target-leak speaks of.
                o -> o.columns().size() == 2
                        && o.columns().stream().noneMatch(c -> Tables.isTarget(e, c))
                        && o.get("effect") >= e.threshold(this, EFFECT)
                        && o.get("rows") >= e.threshold(this, ROWS)
                        && Looks.isCertain(e, this, o),
                o -> o.get("effect"),
                wrong -> finding(wrong, all));
    }

    private static Finding finding(List<Observation> wrong, List<Observation> all) {
        Observation worst = wrong.get(0);
        // One of each group that says the same is enough: a column is dropped where an earlier one stays.
        List<String> dropped = new ArrayList<>();
        for (Observation o : wrong) {
            if (o.columns().stream().noneMatch(dropped::contains)) {
                dropped.add(o.columns().get(1));
            }
        }
        double skipped = all.stream()
                .filter(o -> o.split() == worst.split() && o.columns().isEmpty())
                .mapToDouble(o -> o.get("columns") - o.get("columns-used"))
                .max()
                .orElse(0);
        String pairs = wrong.stream()
                .skip(1)
                .limit(3)
                .map(o -> String.join(" and ", o.columns()))
                .collect(Collectors.joining(", "));
        return new Finding(
                INFO,
                INPUTS,
                Looks.columns(worst.columns()) + " say the same (" + measure(worst) + ")"
                        + (pairs.isEmpty() ? "" : "; likewise " + pairs)
                        + (wrong.size() > 4 ? " and " + Numbers.count(wrong.size() - 4L, "more pair") : "")
                        + (skipped > 0 ? "; " + Math.round(skipped) + " columns were not compared" : ""),
                Where.data(Tables.columns(wrong), List.of()),
                Evidence.of(
                        "pairs that say the same",
                        wrong.size(),
                        "pairs",
                        "",
                        Evidence.of(String.join(" and ", worst.columns()), worst.get("effect"), ""),
                        Evidence.of("rows", worst.get("rows"), "rows")),
                List.of(Remedy.edit(
                        "leave out " + Looks.names(dropped), Remedy.Safety.SAFE, "data.drop", Looks.added(dropped))));
    }

    private static String measure(Observation o) {
        return Double.isNaN(o.get("r"))
                ? "category for category"
                : "correlation " + String.format(Locale.ROOT, "%.4f", o.get("r"));
    }
}
