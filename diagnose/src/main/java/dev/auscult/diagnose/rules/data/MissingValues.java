package dev.auscult.diagnose.rules.data;

import java.util.ArrayList;
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

/** Flags columns with missing cells, above all where they have to do with the label. */
public final class MissingValues implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT101", "missing-values");
    private static final Threshold SHARE =
            new Threshold("share", 0.01, "share", "of the cells of a column, above which missing ones are named");
    private static final Threshold EFFECT = new Threshold(
            "effect", 0.1, "Cramér's V", "of missing and class, above which the cells are not missing at random");
    private static final Threshold SPELLINGS =
            new Threshold("spellings", 2, "spellings", "of a missing value in one column, from which they are named");

    /** Low at a twentieth (below it, what is filled in hardly matters: Schafer 1999), medium at half, high at three quarters. */
    private static final SeverityCurve BY_SHARE = SeverityCurve.linear(0.2, 0.8);

    private static final double HALF = 0.5;
    private static final int NOT_AT_RANDOM = 42;
    private static final int WITHOUT_LABEL = 55;
    private static final int MOST_NAMED = 3;

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
        return List.of(Looks.observed(Kind.MISSING_VALUES));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(SHARE, EFFECT, SPELLINGS, Looks.ALPHA);
    }

    @Override
    public Verdict examine(Examination e) {
        return Tables.bySplit(
                Looks.of(e, Kind.MISSING_VALUES),
                o -> o.get("missing") > 0
                        && (o.get("share") > e.threshold(this, SHARE)
                                || isTarget(e, o)
                                || isInformative(e, o)
                                || o.get("spellings") >= e.threshold(this, SPELLINGS)),
                o -> score(e, o),
                wrong -> finding(e, wrong));
    }

    private static boolean isTarget(Examination e, Observation o) {
        return Tables.isTarget(e, o.columns().get(0));
    }

    private boolean isInformative(Examination e, Observation o) {
        return o.get("cramers-v") >= e.threshold(this, EFFECT) && Looks.isCertain(e, this, o);
    }

    private int score(Examination e, Observation o) {
        int score = o.get("share") > e.threshold(this, SHARE) ? BY_SHARE.score(o.get("share")) : 0;
        if (isTarget(e, o)) {
            return Math.max(score, WITHOUT_LABEL);
        }
        return isInformative(e, o) ? Math.max(score, NOT_AT_RANDOM) : score;
    }

    private Finding finding(Examination e, List<Observation> wrong) {
        Observation worst = wrong.get(0);
        List<String> names = Tables.columns(wrong);
        String column = worst.columns().get(0);
        StringBuilder summary = new StringBuilder(
                worst.get("share") >= 1
                        ? "column " + column + " is empty"
                        : Numbers.percent(worst.get("share")) + " of the cells of " + column + " are missing ("
                                + Math.round(worst.get("missing")) + " of " + Tables.rows(worst.get("rows")) + ")");
        if (names.size() > 1) {
            summary.append(", and ")
                    .append(wrong.stream()
                            .skip(1)
                            .limit(MOST_NAMED)
                            .map(o -> Numbers.percent(o.get("share")) + " of "
                                    + o.columns().get(0))
                            .collect(Collectors.joining(", ")))
                    .append(
                            names.size() > 1 + MOST_NAMED
                                    ? " and of " + (names.size() - 1 - MOST_NAMED) + " more columns"
                                    : "");
        }
        wrong.stream()
                .filter(o -> isInformative(e, o))
                .findFirst()
                .ifPresent(o -> summary.append("; of ")
                        .append(o.columns().get(0))
                        .append(" ")
                        .append(Numbers.percent(o.get("highest-share")))
                        .append(" are missing in class ")
                        .append(o.note("highest-class"))
                        .append(", ")
                        .append(Numbers.percent(o.get("lowest-share")))
                        .append(" in class ")
                        .append(o.note("lowest-class")));
        wrong.stream()
                .filter(o -> o.get("spellings") >= e.threshold(this, SPELLINGS))
                .findFirst()
                .ifPresent(o -> summary.append("; missing is written in ")
                        .append(Math.round(o.get("spellings")))
                        .append(" ways in ")
                        .append(o.columns().get(0))
                        .append(": ")
                        .append(o.note("spellings")));
        Evidence[] shares = wrong.stream()
                .map(o -> Evidence.of(
                        "missing in " + o.columns().get(0),
                        o.get("share"),
                        "share",
                        "missing / rows",
                        Evidence.of("Cramér's V of missing and class", o.get("cramers-v"), ""),
                        Evidence.of("p-value", o.get("p-value"), "")))
                .toArray(Evidence[]::new);
        return new Finding(
                INFO,
                score(e, worst),
                summary.toString(),
                Where.data(names, Looks.examples(wrong)),
                Evidence.of("largest share of missing cells", worst.get("share"), "share", "", shares),
                remedies(e, wrong));
    }

    private static List<Remedy> remedies(Examination e, List<Observation> wrong) {
        List<Remedy> remedies = new ArrayList<>();
        List<String> hollow = Tables.columns(wrong.stream()
                .filter(o -> o.get("share") > HALF && !isTarget(e, o))
                .toList());
        if (!hollow.isEmpty()) {
            remedies.add(Remedy.edit(
                    "leave out " + Looks.names(hollow)
                            + ", more than half of which is missing, or keep only whether a value is there",
                    Remedy.Safety.TRY,
                    "data.drop",
                    Looks.added(hollow)));
        }
        if (wrong.stream().anyMatch(o -> isTarget(e, o))) {
            remedies.add(
                    Remedy.edit("leave out the rows without a label", Remedy.Safety.SAFE, "data.missing", "drop-rows"));
        } else {
            remedies.add(Remedy.edit(
                    "fill in the median, and a category of its own, and tell the network by a column which cells were empty",
                    Remedy.Safety.SAFE,
                    "data.missing",
                    "impute"));
        }
        return remedies;
    }
}
