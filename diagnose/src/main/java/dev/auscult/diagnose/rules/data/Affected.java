package dev.auscult.diagnose.rules.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import dev.auscult.diagnose.Evidence;
import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Numbers;
import dev.auscult.diagnose.Remedy;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.SeverityCurve;
import dev.auscult.diagnose.Threshold;
import dev.auscult.diagnose.Verdict;
import dev.auscult.diagnose.Where;
import dev.auscult.run.DataProfile;
import dev.auscult.run.Observation;
import dev.auscult.run.Run;
import dev.auscult.run.Split;

/** What rules on single pictures, sounds and texts share: how many are affected, and how bad that is. */
final class Affected {
    /** Fewer are exceptions, to be listed and looked at, whatever their share. */
    static final Threshold FEW = new Threshold(
            "few", 5, "examples", "affected, below which they are exceptions and the finding stays below medium");

    /**
     * By the share that is affected: low from half a percent, medium from 3 %, high from a quarter. A network learns well
     * with 1 % of useless examples; labels drawn at random for 10 % to 20 % cost points of accuracy (Rolnick et al. 2017).
     */
    static final SeverityCurve SHARE = SeverityCurve.logarithmic(0.01, 0.3);

    private static final int HIGHEST_LOW = 39;

    private Affected() {}

    /** Where nobody has said how text becomes tokens, nothing is wrong yet: a remark that the usual way does not suit. */
    static int unlessGiven(Observation observation, int score) {
        return observation.numbers().getOrDefault("given", 1.0) == 0 ? mild(score) : score;
    }

    /** A score that stays below medium. */
    static int mild(int score) {
        return Math.min(score, HIGHEST_LOW);
    }

    /** Whether data of a run are pictures. */
    static boolean hasPictures(Run run) {
        return Looks.isOf(run, "images");
    }

    /** Whether data of a run are sounds. */
    static boolean hasSounds(Run run) {
        return Looks.isOf(run, "sound");
    }

    /** Whether data of a run are texts, or a table with a column of them. */
    static boolean hasTexts(Run run) {
        return Looks.isOf(run, "text")
                || run.data().stream()
                        .flatMap(d -> d.parts().stream())
                        .map(DataProfile.Part::columns)
                        .anyMatch(columns ->
                                columns.stream().anyMatch(c -> c.type().equals("text")));
    }

    /** The score of so many affected. */
    static int score(Examination examination, Rule rule, Observation observation) {
        int score = SHARE.score(observation.get("share"));
        return observation.get("affected") < examination.threshold(rule, FEW) ? mild(score) : score;
    }

    /**
     * One finding for each part in which examples are affected.
     *
     * @param noun what an example is: {@code pictures}
     * @param what what is the matter with those affected: {@code are almost black}
     */
    static Verdict judge(
            Examination examination,
            Rule rule,
            Observation.Kind kind,
            String noun,
            Function<Observation, String> what,
            Function<Observation, List<Remedy>> remedies) {
        return ofEachPart(
                examination,
                kind,
                observation -> observation.get("affected") > 0
                        ? Optional.of(finding(
                                rule,
                                score(examination, rule, observation),
                                observation,
                                noun,
                                what.apply(observation),
                                remedies.apply(observation)))
                        : Optional.empty());
    }

    /**
     * One finding for each part. Where several columns of a part are affected, the worst is found, and the others are named with
     * it: one cause, mostly, and one thing to do.
     *
     * @param finding on one observation; empty where all is well
     */
    static Verdict ofEachPart(
            Examination examination, Observation.Kind kind, Function<Observation, Optional<Finding>> finding) {
        Map<Split, List<Finding>> parts = new LinkedHashMap<>();
        for (Observation observation : Looks.of(examination, kind)) {
            finding.apply(observation)
                    .ifPresent(f -> parts.computeIfAbsent(observation.split(), s -> new ArrayList<>())
                            .add(f));
        }
        return Verdict.of(parts.values().stream().map(Affected::worst).toList());
    }

    private static Finding worst(List<Finding> findings) {
        if (findings.size() == 1) {
            return findings.get(0);
        }
        List<Finding> ranked = new ArrayList<>(findings);
        ranked.sort(Comparator.comparingInt(Finding::score).reversed());
        Finding worst = ranked.get(0);
        List<String> columns = new ArrayList<>(worst.where().columns());
        List<String> others = ranked.stream()
                .skip(1)
                .flatMap(f -> f.where().columns().stream())
                .toList();
        columns.addAll(others);
        return new Finding(
                worst.rule(),
                worst.score(),
                worst.summary() + "; some in " + Looks.names(others) + " too",
                Where.data(columns, worst.where().examples()),
                worst.evidence(),
                worst.remedies());
    }

    static Finding finding(
            Rule rule, int score, Observation observation, String noun, String what, List<Remedy> remedies) {
        double affected = observation.get("affected");
        double rows = observation.get("rows");
        return new Finding(
                rule.info(),
                score,
                some(observation, noun) + " " + what,
                Where.data(observation.columns(), Looks.examples(List.of(observation))),
                Evidence.of(
                        "share of the " + noun + " affected",
                        observation.get("share"),
                        "share",
                        "affected / rows",
                        Evidence.of("affected", affected, noun),
                        Evidence.of("rows", rows, noun),
                        Evidence.of("limit", observation.get("limit"), ""),
                        Evidence.of("median of all", observation.get("median"), "")),
                remedies);
    }

    /** {@code 12 of 1,000 train pictures (1.2 %)}, with the column where there is one. */
    static String some(Observation observation, String noun) {
        String part = observation.split().label();
        return String.format(
                Locale.ROOT,
                "%,.0f of %,.0f %s%s%s (%s)",
                observation.get("affected"),
                observation.get("rows"),
                part.isEmpty() ? "" : part + " ",
                noun,
                observation.columns().isEmpty() ? "" : " in " + Looks.names(observation.columns()),
                Numbers.percent(observation.get("share")));
    }
}
