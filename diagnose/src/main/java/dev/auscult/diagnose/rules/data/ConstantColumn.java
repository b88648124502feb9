package dev.auscult.diagnose.rules.data;

import java.util.Comparator;
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
import dev.auscult.run.ColumnProfile;
import dev.auscult.run.ColumnProfile.Role;
import dev.auscult.run.DataProfile;
import dev.auscult.run.Run;

/** Flags columns that hold the same value in every row. */
public final class ConstantColumn implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT102", "constant-column");
    private static final Threshold ROWS =
            new Threshold("rows", 30, "rows", "with fewer of them a column may be constant by chance");

    /** A constant input costs a little time, and a division by zero where it is scaled without care. */
    private static final int USELESS = 30;

    private static final int NOTHING_TO_LEARN = 95;

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
        return List.of(Looks.COLUMNS);
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(ROWS);
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
        List<String> constant = Tables.used(train).stream()
                .filter(c -> c.role() == Role.INPUT || c.role() == Role.TARGET)
                .filter(c -> c.distinct() == 1 && c.missing() == 0 && c.distinctError() == 0)
                .sorted(Comparator.comparing((ColumnProfile c) -> c.role() != Role.TARGET))
                .map(ColumnProfile::name)
                .toList();
        if (constant.isEmpty()) {
            return Verdict.CLEAR;
        }
        boolean target = Tables.isTarget(e, constant.get(0));
        String summary = (target
                        ? "there is nothing to learn: " + constant.get(0) + ", which is to be predicted, is the same"
                        : Looks.columns(constant) + (constant.size() == 1 ? " holds" : " hold") + " the same value")
                + " in all " + Tables.rows((double) train.rows());
        List<String> inputs =
                constant.stream().filter(c -> !Tables.isTarget(e, c)).toList();
        return Verdict.found(new Finding(
                INFO,
                target ? NOTHING_TO_LEARN : USELESS,
                summary,
                Where.data(constant, List.of()),
                Evidence.of(
                        "constant columns",
                        constant.size(),
                        "columns",
                        "distinct = 1",
                        Evidence.of("rows", (double) train.rows(), "rows")),
                inputs.isEmpty()
                        ? List.of()
                        : List.of(Remedy.edit(
                                "leave out " + Looks.names(inputs),
                                Remedy.Safety.SAFE,
                                "data.drop",
                                Looks.added(inputs)))));
    }
}
