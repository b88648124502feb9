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

/** Flags cells of another type than most of their column. */
public final class MixedTypes implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT104", "mixed-types");
    private static final Threshold SHARE = new Threshold(
            "share", 0, "share", "of the cells of a column of numbers or dates, above which strays are named");
    private static final Threshold WORDS = new Threshold(
            "words",
            0.1,
            "share",
            "of numbers among words, or words among numbers, up to which they are strays and not a kind of their own");

    /** Low from the first stray on, medium from a twentieth of the cells on. */
    private static final SeverityCurve BY_SHARE = SeverityCurve.linear(0, 0.12);

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
        return List.of(Looks.observed(Kind.MIXED_TYPES));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(SHARE, WORDS);
    }

    @Override
    public Verdict examine(Examination e) {
        return Tables.bySplit(
                Looks.of(e, Kind.MIXED_TYPES), o -> isWrong(e, o), o -> o.get("share"), MixedTypes::finding);
    }

    private boolean isWrong(Examination e, Observation o) {
        if (!(o.get("strays") > 0)) {
            return false;
        }
        boolean words = o.note("type").equals("categorical") || o.note("type").equals("text");
        if (words || o.note("type").equals("numbers")) {
            // Numbers among sentences are sentences too; among categories a few are strays, many are names of their
            // own.
            return !o.note("type").equals("text") && o.get("share") <= e.threshold(this, WORDS);
        }
        return o.get("share") > e.threshold(this, SHARE);
    }

    private static Finding finding(List<Observation> wrong) {
        Observation worst = wrong.get(0);
        List<String> names = Tables.columns(wrong);
        String type = worst.note("type");
        boolean words = type.equals("categorical");
        String shown = worst.note("strays").isEmpty()
                ? worst.examples().stream()
                        .map(x -> "'" + x.value() + "'")
                        .distinct()
                        .limit(3)
                        .collect(Collectors.joining(", "))
                : worst.note("strays");
        List<String> numeric = wrong.stream()
                .filter(o -> o.note("type").equals("numbers"))
                .map(o -> o.columns().get(0))
                .toList();
        List<Remedy> remedies = new ArrayList<>();
        if (!numeric.isEmpty()) {
            remedies.add(Remedy.edit(
                    "read " + Looks.names(numeric) + " as numbers; the words become missing",
                    Remedy.Safety.LIKELY,
                    "data.types",
                    "+{"
                            + numeric.stream()
                                    .map(c -> Looks.scalar(c) + ": numeric")
                                    .collect(Collectors.joining(", ")) + "}"));
        }
        remedies.add(Remedy.advice("correct the strays where the data come from, or empty their cells"));
        return new Finding(
                INFO,
                BY_SHARE.score(worst.get("share")),
                Looks.columns(names.subList(0, 1)) + " holds " + Math.round(worst.get("strays"))
                        + (words
                                ? " numbers among words"
                                : " cells that are no " + (type.equals("date") ? "date" : "number") + " among "
                                        + (type.equals("date") ? "dates" : "numbers"))
                        + " (" + Numbers.percent(worst.get("share")) + (shown.isEmpty() ? "" : ": " + shown) + ")"
                        + (names.size() > 1 ? ", and so do " + Looks.names(names.subList(1, names.size())) : ""),
                Where.data(names, Looks.examples(wrong)),
                Evidence.of(
                        "share of strays",
                        worst.get("share"),
                        "share",
                        "strays / cells with a value",
                        Evidence.of("strays", worst.get("strays"), "cells")),
                remedies);
    }
}
