package dev.auscult.diagnose.rules.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Need;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.Threshold;
import dev.auscult.run.DataProfile;
import dev.auscult.run.Observation;
import dev.auscult.run.Observation.Example;
import dev.auscult.run.Run;
import dev.auscult.run.Split;

/** What rules on data share: their needs, how certain an observation is, and how its examples are called. */
final class Looks {
    /** What to do to get a profile. */
    static final String CHECKUP = "run `auscult data` on the data";

    /** A profile of the data with columns. */
    static final Need COLUMNS = new Need(
            "the columns of the data are not known",
            CHECKUP,
            e -> e.run().data().stream()
                    .flatMap(d -> d.parts().stream())
                    .anyMatch(p -> !p.columns().isEmpty()));

    private static final int MOST_EXAMPLES = 20;

    /** Letters first, and no sign that means something to YAML between them. */
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_.() /-]*(?<! )");

    private static final Set<String> RESERVED = Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

    private Looks() {}

    /** An observation of this kind, wherever it was made. */
    static Need observed(Observation.Kind kind) {
        return observed(kind, "data were not looked at for " + kind.label().replace('-', ' '));
    }

    /** An observation of this kind; what to say where there is none. */
    static Need observed(Observation.Kind kind, String missing) {
        return new Need(
                missing,
                CHECKUP,
                e -> e.run().data().stream()
                        .anyMatch(d -> d.observations(kind).findAny().isPresent()));
    }

    /** Whether data were looked at for this. */
    static boolean have(Run run, Observation.Kind kind) {
        return run.data().stream().anyMatch(d -> d.observations(kind).findAny().isPresent());
    }

    static DataProfile profile(Examination examination) {
        return examination.run().data().orElseThrow();
    }

    /** The observations of a kind. */
    static List<Observation> of(Examination examination, Observation.Kind kind) {
        return profile(examination).observations(kind).toList();
    }

    /** Whether data of a run were profiled at all and are of one of these kinds. */
    static boolean isOf(Run run, String... kinds) {
        Optional<DataProfile> data = run.data();
        return data.isPresent() && List.of(kinds).contains(data.get().kind());
    }

    /**
     * The chance of error that a rule allows, all its looks at one set of data together. With some fifty rules it keeps the
     * chance that any of them speaks of healthy data well below one in a hundred.
     */
    static final Threshold ALPHA = new Threshold(
            "alpha", 1e-4, "probability", "of an error, over all looks of this kind, below which chance is ruled out");

    /**
     * Whether chance is ruled out: p-value times the number of looks (Bonferroni 1936) is below {@link #ALPHA}. What was
     * counted rather than sampled has no p-value and is certain.
     */
    static boolean isCertain(Examination examination, Rule rule, Observation observation) {
        double p = observation.get("p-value");
        double tests = Math.max(1, observation.numbers().getOrDefault("tests", 1.0));
        return Double.isNaN(p) || p * tests < examination.threshold(rule, ALPHA);
    }

    /** Rows and files that show observations: {@code train row 17}, {@code cats/3.png}. */
    static List<String> examples(List<Observation> observations) {
        List<String> named = new ArrayList<>();
        for (Observation observation : observations) {
            for (Example example : observation.examples()) {
                if (named.size() < MOST_EXAMPLES) {
                    named.add(example(observation.split(), example));
                }
            }
        }
        return named.stream().distinct().toList();
    }

    /** The name of a row or file. */
    static String example(Split split, Example example) {
        String part = split.label().isEmpty() ? "" : split.label() + " ";
        if (example.row() == 0) {
            return example.source().isEmpty() ? example.value() : example.source();
        }
        return part + "row " + example.row();
    }

    /**
     * The beginning of a sentence on columns, {@code column age}, {@code columns age and deck}: reports write the first letter of
     * a sentence large, and a name keeps its case.
     */
    static String columns(List<String> names) {
        boolean called = names.stream().allMatch(n -> n.startsWith("column "));
        return (called ? "" : names.size() == 1 ? "column " : "columns ") + names(names);
    }

    /** Names as a list that a spec adds to its own: {@code +[age, "1, 2"]}. */
    static String added(List<String> names) {
        return "+[" + names.stream().map(Looks::scalar).collect(Collectors.joining(", ")) + "]";
    }

    /** A name as YAML reads it back: between quotes where it would be taken for a number, for null or for the signs of YAML. */
    static String scalar(String name) {
        return PLAIN.matcher(name).matches() && !RESERVED.contains(name.toLowerCase(Locale.ROOT))
                ? name
                : '"'
                        + name.replace("\\", "\\\\")
                                .replace("\"", "\\\"")
                                .replace("\n", "\\n")
                                .replace("\t", "\\t")
                        + '"';
    }

    /** {@code age}, {@code age and deck}, {@code age, deck and 3 more}. */
    static String names(List<String> names) {
        int shown = 3;
        if (names.size() <= shown) {
            return names.size() < 2
                    ? String.join("", names)
                    : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.get(names.size() - 1);
        }
        return String.join(", ", names.subList(0, shown)) + " and " + (names.size() - shown) + " more";
    }
}
