package dev.auscult.diagnose.rules.data;

import java.util.List;
import java.util.stream.Collectors;

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

/** Flags numbers that may stand for a missing value. */
public final class SpecialValues implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT106", "special-values");
    private static final Threshold LEAST = new Threshold(
            "least", 2, "rows", "with such a value, from which it is named; one of 1e15 and more is named alone");

    /** Medium from a twentieth of the rows on: as missing cells, but unseen. */
    private static final SeverityCurve BY_SHARE = SeverityCurve.linear(0.0, 0.15);

    /** Medium where the scale of the column is theirs: the others keep less than half of its deviation. */
    private static final SeverityCurve BY_STRETCH = SeverityCurve.logarithmic(1.4, 6);

    private static final int LOW = 20;
    private static final double IMMENSE = 1e15;

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
        return List.of(Looks.observed(Kind.SPECIAL_VALUES));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(LEAST, Looks.ALPHA);
    }

    @Override
    public Verdict examine(Examination e) {
        return Tables.bySplit(
                Looks.of(e, Kind.SPECIAL_VALUES),
                o -> o.get("special") > 0
                        && ((o.get("special") >= e.threshold(this, LEAST) && Looks.isCertain(e, this, o))
                                || Math.abs(o.get("value")) >= IMMENSE),
                o -> score(o),
                SpecialValues::finding);
    }

    private static int score(Observation o) {
        return Math.max(LOW, Math.max(BY_SHARE.score(o.get("share")), BY_STRETCH.score(o.get("stretch"))));
    }

    private static Finding finding(List<Observation> wrong) {
        Observation worst = wrong.get(0);
        List<String> names = Tables.columns(wrong);
        String others = wrong.stream()
                .skip(1)
                .limit(3)
                .map(o -> o.columns().get(0) + " " + o.note("values"))
                .collect(Collectors.joining(", "));
        return new Finding(
                INFO,
                score(worst),
                Looks.columns(names.subList(0, 1)) + " is " + worst.note("values") + " in "
                        + Tables.rows(worst.get("special"))
                        + Tables.share(worst.get("share")) + ", apart from all others, of which the nearest is "
                        + Numbers.of(worst.get("nearest")) + ": it may stand for a missing value"
                        + (others.isEmpty() ? "" : "; likewise " + others),
                Where.data(names, Looks.examples(wrong)),
                Evidence.of(
                        "share of rows with a special value",
                        worst.get("share"),
                        "share",
                        "special / rows",
                        Evidence.of("p-value", worst.get("p-value"), ""),
                        Evidence.of("deviation with it over deviation without it", worst.get("stretch"), "ratio")),
                List.of(Remedy.advice(
                        "empty the cells of " + Looks.names(names) + " that mean 'not known', so that they are"
                                + " filled in; keep them where the number was really measured")));
    }
}
