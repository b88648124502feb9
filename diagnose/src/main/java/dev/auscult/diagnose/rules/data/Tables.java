package dev.auscult.diagnose.rules.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.auscult.diagnose.Evidence;
import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Numbers;
import dev.auscult.diagnose.Verdict;
import dev.auscult.diagnose.Where;
import dev.auscult.run.ColumnProfile;
import dev.auscult.run.ColumnProfile.Role;
import dev.auscult.run.DataProfile;
import dev.auscult.run.Observation;
import dev.auscult.run.Run;
import dev.auscult.run.Split;

/** What rules on tables share: which runs have one, its columns, and the worst first. */
final class Tables {
    private static final double LEAST_SHOWN = 0.0005;

    private Tables() {}

    /** Whether the data of a run are a table, or a text with columns. */
    static boolean areIn(Run run) {
        return Looks.isOf(run, "table", "text");
    }

    /** Whether a table has columns of one of these types, as far as its columns are known. */
    static boolean haveColumns(Run run, String... types) {
        List<ColumnProfile> columns = run.data().stream()
                .flatMap(d -> d.parts().stream())
                .flatMap(p -> p.columns().stream())
                .toList();
        return areIn(run)
                && (columns.isEmpty()
                        || columns.stream().anyMatch(c -> List.of(types).contains(c.type())));
    }

    /** Whether a part has such a column. */
    static boolean haveColumn(Run run, Predicate<ColumnProfile> wanted) {
        return run.data().stream()
                .flatMap(d -> d.parts().stream())
                .flatMap(p -> p.columns().stream())
                .anyMatch(wanted);
    }

    /** Whether data of any kind were profiled. */
    static boolean orOthersAreIn(Run run) {
        return Looks.isOf(run, "table", "text", "images", "sound", "array");
    }

    static boolean isClassification(Run run) {
        return run.data().filter(d -> d.task().equals("classification")).isPresent();
    }

    /** The parts with columns, training first. */
    static List<DataProfile.Part> parts(Examination examination) {
        return Looks.profile(examination).parts().stream()
                .filter(p -> !p.columns().isEmpty())
                .toList();
    }

    /** Columns of a part that a network takes or predicts. */
    static List<ColumnProfile> used(DataProfile.Part part) {
        return part.columns().stream().filter(c -> c.role() != Role.DROPPED).toList();
    }

    static List<ColumnProfile> inputs(DataProfile.Part part) {
        return part.columns().stream().filter(c -> c.role() == Role.INPUT).toList();
    }

    /** Whether the column is one to predict. */
    static boolean isTarget(Examination examination, String column) {
        return Looks.profile(examination).target().contains(column);
    }

    /** The columns of observations, each once, in their order. */
    static List<String> columns(List<Observation> observations) {
        return observations.stream()
                .flatMap(o -> o.columns().stream())
                .distinct()
                .toList();
    }

    /**
     * The observations that a rule speaks of, the worst first: one finding, that of the training part, which also tells of
     * the others where the same is worst there; else a finding for each part, which it names.
     */
    static Verdict bySplit(
            List<Observation> observations,
            Predicate<Observation> isWrong,
            ToDoubleFunction<Observation> howBad,
            Function<List<Observation>, Finding> finding) {
        Map<Split, Finding> findings = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            List<Observation> wrong = observations.stream()
                    .filter(o -> o.split() == split && isWrong.test(o))
                    .sorted(Comparator.comparingDouble(howBad).reversed())
                    .collect(Collectors.toList());
            if (!wrong.isEmpty()) {
                findings.put(split, finding.apply(wrong));
            }
        }
        return Verdict.of(together(findings));
    }

    private static List<Finding> together(Map<Split, Finding> bySplit) {
        List<Finding> findings = new ArrayList<>();
        Finding first = bySplit.get(Split.TRAIN);
        for (Map.Entry<Split, Finding> entry : bySplit.entrySet()) {
            Finding other = entry.getValue();
            if (entry.getKey() == Split.TRAIN) {
                continue;
            }
            String part = "the " + entry.getKey().label() + " part";
            if (!entry.getKey().isHeldOut()) {
                findings.add(other);
            } else if (first != null && isAlike(first, other)) {
                first = withOther(first, other, part);
            } else {
                boolean said = other.summary().contains(" " + entry.getKey().label() + " ");
                findings.add(
                        said
                                ? other
                                : with(
                                        other,
                                        other.score(),
                                        "in " + part + ": " + other.summary(),
                                        other.where(),
                                        other.evidence()));
            }
        }
        if (first != null) {
            findings.add(0, first);
        }
        return findings;
    }

    /** Whether two findings of one rule have the same to say, but for the numbers. */
    private static boolean isAlike(Finding first, Finding other) {
        return first.where().columns().stream()
                .limit(1)
                .toList()
                .equals(other.where().columns().stream().limit(1).toList());
    }

    private static Finding withOther(Finding first, Finding other, String part) {
        List<String> columns = Stream.concat(first.where().columns().stream(), other.where().columns().stream())
                .distinct()
                .toList();
        List<String> examples = Stream.concat(first.where().examples().stream(), other.where().examples().stream())
                .toList();
        Evidence evidence = first.evidence();
        Evidence beside = other.evidence();
        List<Evidence> children = new ArrayList<>(evidence.children());
        if (Double.isFinite(beside.value())) {
            children.add(new Evidence(
                    beside.name() + " in " + part, beside.value(), beside.unit(), beside.formula(), beside.children()));
        }
        return with(
                first,
                Math.max(first.score(), other.score()),
                first.summary() + "; likewise in " + part,
                Where.data(columns, examples),
                new Evidence(evidence.name(), evidence.value(), evidence.unit(), evidence.formula(), children));
    }

    private static Finding with(Finding finding, int score, String summary, Where where, Evidence evidence) {
        return new Finding(finding.rule(), score, summary, where, evidence, finding.remedies());
    }

    /** What the settings of the run say of a key of its data, where they say it. */
    static Optional<String> setting(Examination examination, String key) {
        return Optional.ofNullable(examination.run().settings().raw().get("data." + key));
    }

    /** {@code  (0.3 %)}; nothing where that would read as zero. */
    static String share(double share) {
        return share < LEAST_SHOWN ? "" : " (" + Numbers.percent(share) + ")";
    }

    /** {@code 1 row}, {@code 20 rows}. */
    static String rows(double rows) {
        return Numbers.count(Math.round(rows), "row");
    }
}
