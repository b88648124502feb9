package dev.auscult.diagnose.rules.data;

import java.util.ArrayList;
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
import dev.auscult.diagnose.Threshold;
import dev.auscult.diagnose.Verdict;
import dev.auscult.diagnose.Where;
import dev.auscult.run.ColumnProfile;
import dev.auscult.run.DataProfile;
import dev.auscult.run.Run;

/** Flags infinite numbers in the data. */
public final class NonFiniteInputs implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT107", "non-finite-inputs");
    private static final Threshold COUNT =
            new Threshold("count", 0, "cells", "that are infinite, above which they are named");

    /** One such cell in a batch ends the training, unless the reader takes it for missing. */
    private static final int SCORE = 75;

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
        return List.of(COUNT);
    }

    @Override
    public Verdict examine(Examination e) {
        List<Finding> findings = new ArrayList<>();
        for (DataProfile.Part part : Tables.parts(e)) {
            List<ColumnProfile> wrong = Tables.used(part).stream()
                    .filter(c -> infinite(c) > e.threshold(this, COUNT))
                    .sorted(Comparator.comparingLong(NonFiniteInputs::infinite).reversed())
                    .toList();
            if (!wrong.isEmpty()) {
                findings.add(finding(part, wrong));
            }
        }
        return Verdict.of(findings);
    }

    private static long infinite(ColumnProfile column) {
        return column.numbers().map(ColumnProfile.Numbers::infinite).orElse(0L);
    }

    private static Finding finding(DataProfile.Part part, List<ColumnProfile> wrong) {
        List<String> names = wrong.stream().map(ColumnProfile::name).toList();
        long cells = wrong.stream().mapToLong(NonFiniteInputs::infinite).sum();
        return new Finding(
                INFO,
                SCORE,
                Numbers.count(cells, "cell") + " of " + Looks.names(names) + (cells == 1 ? " is" : " are")
                        + " infinite in the " + part.split().label() + " data: one of them makes the loss NaN",
                Where.data(names, List.of()),
                Evidence.of(
                        "infinite cells",
                        (double) cells,
                        "cells",
                        "",
                        Evidence.of("rows", (double) part.rows(), "rows")),
                List.of(
                        Remedy.advice(
                                "empty the infinite cells, and look for a division by zero or a logarithm of zero before them")));
    }
}
