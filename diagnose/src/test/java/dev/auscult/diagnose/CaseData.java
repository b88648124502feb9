package dev.auscult.diagnose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import dev.auscult.run.ColumnProfile;
import dev.auscult.run.DataProfile;
import dev.auscult.run.Observation;
import dev.auscult.run.Split;

/**
 * Profiles of data written down as text, for the cases of rule pages:
 *
 * <pre>
 * data table classification species
 * data train: 344 adelie=152 chinstrap=68 gentoo=124
 * column train bill_length numeric missing=2 distinct=164 min=32 max=60 mean=44 deviation=5.5 skewness=0.05
 * column train island categorical distinct=3 frequent=Biscoe:168,Dream:124
 * observation missing-values train bill_length rows 344 missing 2 p-value 0.4 tests 6
 * example 4 nan 1
 * </pre>
 *
 * The first line gives kind, task ({@code none} for none) and targets. A part is its rows and its labels; {@code sampled=n}
 * and {@code source=name} may stand among them. A column is of its part's rows unless {@code rows=} says otherwise; its role
 * follows from the targets unless {@code role=} says otherwise; {@code q01 q05 q25 q50 q75 q95 q99} are its quantiles.
 * After the kind and the part of an observation come its columns joined by {@code +}, {@code -} for none, and pairs of a name
 * and its number; a value that is no number is a note, {@code _} in it a blank. An {@code example} belongs to the observation
 * above it: row, value, score; a row of 0 is a file.
 */
final class CaseData {
    private String kind = "";
    private String task = "";
    private List<String> target = List.of();
    private final Map<Split, DataProfile.Part> parts = new LinkedHashMap<>();
    private final List<Observation> observations = new ArrayList<>();

    static boolean isPart(String line) {
        return line.startsWith("data ")
                || line.startsWith("column ")
                || line.startsWith("observation ")
                || line.startsWith("example ");
    }

    boolean isEmpty() {
        return parts.isEmpty() && observations.isEmpty();
    }

    DataProfile build() {
        return new DataProfile(kind, task, target, List.copyOf(parts.values()), observations);
    }

    void add(String line) {
        String[] words = line.strip().split("\\s+", -1);
        switch (words[0]) {
            case "data" -> {
                if (words[1].endsWith(":")) {
                    part(split(words[1].replace(":", "")), words);
                } else {
                    kind = words[1];
                    task = words[2].equals("none") ? "" : words[2];
                    target = List.of(words).subList(3, words.length);
                }
            }
            case "column" -> column(split(words[1]), words);
            case "observation" -> observation(words);
            default -> {
                Observation last = observations.remove(observations.size() - 1);
                List<Observation.Example> examples = new ArrayList<>(last.examples());
                long row = Long.parseLong(words[1]);
                examples.add(new Observation.Example(
                        row, row == 0 ? words[2] : "", words[2].replace('_', ' '), Double.parseDouble(words[3])));
                observations.add(new Observation(
                        last.kind(), last.split(), last.columns(), last.numbers(), last.notes(), examples));
            }
        }
    }

    private static Split split(String word) {
        return Split.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private void part(Split split, String[] words) {
        long rows = Long.parseLong(words[2]);
        Map<String, String> named = named(words, 3);
        long sampled = Long.parseLong(removed(named, "sampled", words[2]));
        String source = removed(named, "source", "");
        Map<String, Long> labels = new LinkedHashMap<>();
        named.forEach((label, count) -> labels.put(label, Long.parseLong(count)));
        parts.put(split, new DataProfile.Part(split, source, rows, sampled, labels, List.of()));
    }

    private void column(Split split, String[] words) {
        DataProfile.Part part = parts.get(split);
        if (part == null) {
            throw new IllegalArgumentException("a column of a part that is not there; begin with data train: ROWS");
        }
        Map<String, String> named = named(words, 4);
        String usual = target.contains(words[2]) ? "target" : "input";
        ColumnProfile.Role role =
                ColumnProfile.Role.valueOf(removed(named, "role", usual).toUpperCase(Locale.ROOT));
        long rows = Long.parseLong(removed(named, "rows", Long.toString(part.rows())));
        long missing = Long.parseLong(removed(named, "missing", "0"));
        double distinct = Double.parseDouble(removed(named, "distinct", Long.toString(rows - missing)));
        double error = Double.parseDouble(removed(named, "distinctError", "0"));
        List<ColumnProfile.Frequent> frequent = Arrays.stream(
                        removed(named, "frequent", "").split(",", -1))
                .filter(f -> !f.isEmpty())
                .map(f -> f.split(":", -1))
                .map(f -> new ColumnProfile.Frequent(f[0].replace('_', ' '), Long.parseLong(f[1])))
                .toList();
        List<ColumnProfile> columns = new ArrayList<>(part.columns());
        columns.add(
                new ColumnProfile(words[2], role, words[3], rows, missing, distinct, error, numbers(named), frequent));
        if (!named.isEmpty()) {
            throw new IllegalArgumentException("unknown of a column: " + named.keySet());
        }
        parts.put(
                split,
                new DataProfile.Part(split, part.source(), part.rows(), part.sampled(), part.labelCounts(), columns));
    }

    private static Optional<ColumnProfile.Numbers> numbers(Map<String, String> named) {
        if (!named.containsKey("mean") && !named.containsKey("min") && !named.containsKey("infinite")) {
            return Optional.empty();
        }
        List<Double> quantiles = new ArrayList<>();
        for (double share : ColumnProfile.Numbers.SHARES) {
            quantiles.add(number(named, String.format(Locale.ROOT, "q%02d", Math.round(100 * share))));
        }
        return Optional.of(new ColumnProfile.Numbers(
                Long.parseLong(removed(named, "infinite", "0")),
                Long.parseLong(removed(named, "zeros", "0")),
                number(named, "min"),
                number(named, "max"),
                number(named, "mean"),
                number(named, "deviation"),
                number(named, "skewness"),
                quantiles,
                List.of(),
                List.of()));
    }

    private static double number(Map<String, String> named, String name) {
        return Double.parseDouble(removed(named, name, "NaN"));
    }

    private static String removed(Map<String, String> named, String name, String otherwise) {
        String value = named.remove(name);
        return value == null ? otherwise : value;
    }

    private static Map<String, String> named(String[] words, int from) {
        Map<String, String> named = new LinkedHashMap<>();
        for (int i = from; i < words.length; i++) {
            int at = words[i].lastIndexOf('=');
            named.put(words[i].substring(0, at), words[i].substring(at + 1));
        }
        return named;
    }

    private void observation(String[] words) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        Map<String, String> notes = new LinkedHashMap<>();
        for (int i = 4; i < words.length; i += 2) {
            try {
                numbers.put(words[i], Double.parseDouble(words[i + 1]));
            } catch (NumberFormatException e) {
                notes.put(words[i], words[i + 1].replace('_', ' '));
            }
        }
        observations.add(new Observation(
                Observation.Kind.valueOf(words[1].toUpperCase(Locale.ROOT).replace('-', '_')),
                split(words[2]),
                words[3].equals("-") ? List.of() : List.of(words[3].split("\\+", -1)),
                numbers,
                notes,
                List.of()));
    }
}
