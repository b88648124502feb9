package dev.auscult.app.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The faults of tables. */
final class TableFaults {
    private TableFaults() {}

    static List<Fault<Tables>> of(RealTables data) {
        List<Fault<Tables>> faults = new ArrayList<>(ofOne(data));
        faults.addAll(ofTwo(data));
        return faults;
    }

    private static List<Fault<Tables>> ofOne(RealTables data) {
        List<Subject<Tables>> all = List.of(data.penguins, data.titanic, data.diamonds);
        List<Subject<Tables>> classes = List.of(data.penguins, data.titanic, data.cuts);
        List<Subject<Tables>> large = List.of(data.titanic, data.diamonds);
        return List.of(
                Fault.of(
                        "cells missing at random",
                        Set.of("missing-values"),
                        List.of(2.0, 10.0, 40.0),
                        "% of a column",
                        all,
                        CellDamage::missing),
                Fault.of(
                        "cells missing by label",
                        Set.of("missing-values"),
                        List.of(2.0, 10.0, 25.0),
                        "% of a column, 9 in 10 of one label",
                        classes,
                        CellDamage::missingByLabel),
                Fault.of(
                        "constant column",
                        Set.of("constant-column"),
                        List.of(1.0, 2.0, 4.0),
                        "columns",
                        all,
                        ColumnDamage::constant),
                Fault.of(
                        "nearly constant column",
                        Set.of("near-constant", "constant-column"),
                        List.of(98.0, 99.5, 99.8),
                        "% of one value",
                        large,
                        ColumnDamage::nearConstant),
                Fault.of(
                        "words among numbers",
                        Set.of("mixed-types"),
                        List.of(1.0, 5.0, 20.0),
                        "% of a column",
                        all,
                        CellDamage::words),
                Fault.of(
                        "spellings of a category",
                        Set.of("string-mismatch"),
                        List.of(1.0, 5.0, 20.0),
                        "% of a column",
                        all,
                        CellDamage::variants),
                Fault.of(
                        "−999 for missing",
                        Set.of("special-values"),
                        List.of(0.5, 2.0, 10.0),
                        "% of a column",
                        all,
                        (s, size, random) -> CellDamage.sentinel(s, size, random, "-999")),
                Fault.of(
                        "1e30 for missing",
                        Set.of("special-values"),
                        List.of(0.5, 2.0, 10.0),
                        "% of a column",
                        all,
                        (s, size, random) -> CellDamage.sentinel(s, size, random, "1e30")),
                Fault.of(
                        "infinite numbers",
                        Set.of("non-finite-inputs"),
                        List.of(0.2, 1.0, 5.0),
                        "% of a column",
                        all,
                        CellDamage::infinite),
                Fault.of(
                        "point slipped by two places",
                        Set.of("outliers"),
                        List.of(0.2, 1.0, 3.0),
                        "% of a column",
                        List.of(data.penguins, data.diamonds),
                        CellDamage::slipped),
                Fault.of(
                        "rows repeated",
                        Set.of("duplicates"),
                        List.of(2.0, 10.0, 40.0),
                        "% of the rows",
                        List.of(data.penguins, data.diamonds),
                        RowDamage::repeated),
                Fault.of(
                        "rows repeated with another label",
                        Set.of("conflicting-labels"),
                        List.of(1.0, 5.0, 20.0),
                        "% of the rows",
                        List.of(data.penguins, data.cuts),
                        RowDamage::contradicted),
                Fault.of(
                        "column that names the row",
                        Set.of("id-column"),
                        List.of(1.0, 2.0, 3.0),
                        "(nine digits, running number, UUID)",
                        all,
                        ColumnDamage::id),
                Fault.of(
                        "column of dates",
                        Set.of("date-column"),
                        List.of(1.0, 2.0, 3.0),
                        "(2021-07-03, with time, 03.07.2021)",
                        all,
                        ColumnDamage::date),
                Fault.of(
                        "category of many words",
                        Set.of("high-cardinality"),
                        List.of(10.0, 25.0, 50.0),
                        "words in 100 rows",
                        all,
                        ColumnDamage::manyWords),
                Fault.of(
                        "column made log-normal",
                        Set.of("skewed-column"),
                        List.of(1.0, 2.0, 3.0),
                        "sigma",
                        all,
                        ColumnDamage::skewed),
                Fault.of(
                        "column in a tiny unit",
                        Set.of("unscaled-inputs"),
                        List.of(3.0, 6.0, 9.0),
                        "powers of ten",
                        all,
                        ColumnDamage::scaled),
                Fault.of(
                        "column copied in another unit",
                        Set.of("correlated-columns"),
                        List.of(20.0, 2.0, 0.0),
                        "% noise",
                        all,
                        ColumnDamage::copied),
                Fault.of(
                        "few rows",
                        Set.of("too-little-data"),
                        List.of(100.0, 40.0, 15.0),
                        "rows",
                        classes,
                        RowDamage::few),
                Fault.of(
                        "one class thinned out",
                        Set.of("imbalanced-classes", "too-little-data"),
                        List.of(20.0, 5.0, 1.0),
                        "% of the rarest class",
                        classes,
                        RowDamage::rare),
                Fault.of(
                        "sorted by the label",
                        Set.of("unshuffled-data"),
                        List.of(30.0, 60.0, 100.0),
                        "% of the rows",
                        List.of(data.penguins, data.titanic, data.cuts, data.diamonds),
                        RowDamage::sorted),
                Fault.of(
                        "column that gives the label away",
                        Set.of("target-leak"),
                        List.of(0.2, 0.02, 0.005),
                        "noise",
                        List.of(data.penguins, data.titanic, data.cuts, data.diamonds),
                        ColumnDamage::leak),
                Fault.of(
                                "labels exchanged",
                                Set.of("label-errors"),
                                List.of(5.0, 10.0, 20.0),
                                "% of the rows",
                                List.of(data.penguins, data.news),
                                RowDamage::flipped)
                        .thorough());
    }

    private static List<Fault<Tables>> ofTwo(RealTables data) {
        List<Subject<Tables>> all = List.of(data.penguins, data.titanic, data.diamonds);
        List<Subject<Tables>> large = List.of(data.titanic, data.diamonds);
        return List.of(
                Fault.of(
                                "training rows in the test",
                                Set.of("leaked-rows"),
                                List.of(1.0, 5.0, 20.0),
                                "% of the test rows",
                                List.of(data.penguins, data.diamonds),
                                SplitDamage::leakedRows)
                        .prepared(SplitDamage.SPLIT),
                Fault.of(
                                "patients in both parts",
                                Set.of("group-leak"),
                                List.of(5.0, 25.0, 100.0),
                                "% of the test's patients",
                                all,
                                SplitDamage::sharedGroups)
                        .prepared(SplitDamage.GROUPED),
                Fault.of(
                                "test rows earlier than training rows",
                                Set.of("time-leak"),
                                List.of(2.0, 20.0, 100.0),
                                "% of the test rows",
                                all,
                                SplitDamage::earlyRows)
                        .prepared(SplitDamage.DATED),
                Fault.of(
                                "column shifted",
                                Set.of("distribution-shift"),
                                List.of(0.3, 0.5, 1.0),
                                "standard deviations",
                                large,
                                SplitDamage::shifted)
                        .prepared(SplitDamage.SPLIT),
                Fault.of(
                                "one class left out of the test",
                                Set.of("label-shift"),
                                List.of(30.0, 60.0, 90.0),
                                "% of its rows",
                                List.of(data.titanic, data.cuts),
                                SplitDamage::shiftedLabels)
                        .prepared(SplitDamage.SPLIT),
                Fault.of(
                                "category that training lacks",
                                Set.of("new-category"),
                                List.of(2.0, 10.0, 30.0),
                                "% of the test rows",
                                all,
                                SplitDamage::newWord)
                        .prepared(SplitDamage.SPLIT),
                Fault.of(
                                "standardised apart",
                                Set.of("train-test-normalised-apart"),
                                List.of(1.0, 2.0, 9.0),
                                "columns",
                                all,
                                SplitDamage::scaledApart)
                        .prepared(SplitDamage.STANDARDISED));
    }
}
