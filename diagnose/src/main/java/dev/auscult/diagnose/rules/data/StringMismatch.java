package dev.auscult.diagnose.rules.data;

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
import dev.auscult.run.Observation;
import dev.auscult.run.Observation.Kind;
import dev.auscult.run.Run;

/** Flags categories that are written in several ways. */
public final class StringMismatch implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT105", "string-mismatch");
    private static final Threshold AFFECTED =
            new Threshold("affected", 0, "rows", "with a rarer spelling of a category, above which it is named");

    /** Low from a hundredth of the rows on, medium from a twentieth on. */
    private static final SeverityCurve BY_SHARE = SeverityCurve.linear(0.015, 0.12);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public boolean appliesTo(Run run) {
        return Tables.haveColumns(run, "categorical", "text", "boolean");
    }

    @Override
    public List<Need> needs() {
        return List.of(Looks.observed(Kind.STRING_VARIANTS));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(AFFECTED);
    }

    @Override
    public Verdict examine(Examination e) {
        return Tables.bySplit(
                Looks.of(e, Kind.STRING_VARIANTS),
                o -> o.get("affected") > e.threshold(this, AFFECTED),
                o -> o.get("share"),
                StringMismatch::finding);
    }

    private static Finding finding(List<Observation> wrong) {
        Observation worst = wrong.get(0);
        List<String> names = Tables.columns(wrong);
        return new Finding(
                INFO,
                BY_SHARE.score(worst.get("share")),
                Numbers.count(Math.round(worst.get("groups")), names.get(0) + " categor")
                                .replaceAll("categors$", "categories")
                                .replaceAll("categor$", "category")
                        + (worst.get("groups") == 1 ? " is" : " are") + " written in several ways, "
                        + Tables.rows(worst.get("affected")) + " (" + Numbers.percent(worst.get("share"))
                        + ") in a rarer one: "
                        + worst.note("variants")
                        + (names.size() > 1 ? "; likewise in " + Looks.names(names.subList(1, names.size())) : ""),
                Where.data(names, Looks.examples(wrong)),
                Evidence.of(
                        "share of rows with a rarer spelling",
                        worst.get("share"),
                        "share",
                        "affected / rows",
                        Evidence.of("rarer spellings", worst.get("variants"), "words")),
                List.of(Remedy.advice(
                        "write each category of " + Looks.names(names) + " in one way; `auscult data --fix` does it")));
    }
}
