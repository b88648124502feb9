package dev.auscult.app;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;

import dev.auscult.data.compare.Comparison;
import dev.auscult.data.compare.TargetLeak;
import dev.auscult.data.profile.Frame;
import dev.auscult.data.profile.FrameColumn;
import dev.auscult.data.profile.Progress;
import dev.auscult.data.quality.Quality;
import dev.auscult.data.table.ColumnType;
import dev.auscult.diagnose.Diagnosis;
import dev.auscult.diagnose.Doctor;
import dev.auscult.diagnose.Family;
import dev.auscult.diagnose.RuleBook;
import dev.auscult.diagnose.Severity;
import dev.auscult.run.ColumnProfile;
import dev.auscult.run.DataProfile;
import dev.auscult.run.Observation;
import dev.auscult.run.Run;
import dev.auscult.run.Split;

/**
 * How often each rule on data fires, above a remark, on two samples of one distribution, and how often a shift is found.
 * Arguments: repeats, repeats from 100,000 rows on, repeats with a shift. What fires is said on the error stream.
 */
final class TwoSamples {
    private static final int MOST_IN_MEMORY = 200_000;
    private static final int MANY = 100_000;
    private static final List<Integer> SIZES = List.of(30, 100, 300, 1000, 10_000, 100_000, 1_000_000);
    private static final double[] SHARES = {0.5, 0.25, 0.12, 0.06, 0.04, 0.02, 0.01};
    private static final List<String> WORDS = List.of("red", "green", "blue", "white", "black", "grey", "pink");

    /** What is true of the tables made: 30 rows are few, and a tenth of the cells of one column is empty. */
    private static final Set<String> TRUE_HERE = Set.of("too-little-data", "missing-values");

    private final Doctor doctor = new Doctor(
            RuleBook.rules().stream()
                    .filter(r -> r.info().family() == Family.DAT)
                    .toList(),
            Map.of());

    private TwoSamples() {}

    public static void main(String[] args) {
        int repeats = Integer.parseInt(args[0]);
        int fewer = Integer.parseInt(args[1]);
        TwoSamples bench = new TwoSamples();
        bench.alarms(repeats, fewer);
        bench.shifts(Integer.parseInt(args[2]));
    }

    private void alarms(int repeats, int fewer) {
        System.out.println(
                "| distribution | rows, each | repeats | repeats in which any rule fires | which | ms each |");
        System.out.println("|---|---|---|---|---|---|");
        for (String kind : List.of("normal", "lognormal", "categorical", "mixed")) {
            for (int size : SIZES) {
                int times = size >= MANY ? fewer : repeats;
                Map<String, Integer> fired = new TreeMap<>();
                int any = 0;
                long start = System.nanoTime();
                for (int i = 0; i < times; i++) {
                    long seed = 31L * i + size + 7919L * kind.hashCode();
                    Set<String> rules = fired(
                            sample(kind, Split.TRAIN, size, 0, new SplittableRandom(seed)),
                            sample(kind, Split.TEST, size, 0, new SplittableRandom(~seed)),
                            i);
                    any += rules.isEmpty() ? 0 : 1;
                    rules.forEach(r -> fired.merge(r, 1, Integer::sum));
                }
                System.out.printf(
                        Locale.ROOT,
                        "| %s | %,d | %d | %d (%.1f %%) | %s | %d |%n",
                        kind,
                        size,
                        times,
                        any,
                        100.0 * any / times,
                        fired.isEmpty() ? "" : fired,
                        (System.nanoTime() - start) / times / 1_000_000);
            }
        }
    }

    private void shifts(int repeats) {
        System.out.println();
        System.out.println("| shift of one column of 8 | rows, each | repeats | found | found as medium or worse |");
        System.out.println("|---|---|---|---|---|");
        for (double shift : new double[] {0.3, 0.1}) {
            for (int size : List.of(300, 1000, 10_000)) {
                int found = 0;
                int medium = 0;
                for (int i = 0; i < repeats; i++) {
                    long seed = 31L * i + size;
                    Diagnosis diagnosis = diagnose(
                            sample("mixed", Split.TRAIN, size, 0, new SplittableRandom(seed)),
                            sample("mixed", Split.TEST, size, shift, new SplittableRandom(~seed)),
                            i);
                    found += fired(diagnosis, Severity.LOW).contains("distribution-shift") ? 1 : 0;
                    medium += fired(diagnosis, Severity.MEDIUM).contains("distribution-shift") ? 1 : 0;
                }
                System.out.printf(
                        Locale.ROOT,
                        "| %.1f sd | %,d | %d | %.1f %% | %.1f %% |%n",
                        shift,
                        size,
                        repeats,
                        100.0 * found / repeats,
                        100.0 * medium / repeats);
            }
        }
    }

    private Set<String> fired(Frame train, Frame test, long seed) {
        Diagnosis diagnosis = diagnose(train, test, seed);
        Set<String> rules = fired(diagnosis, Severity.LOW);
        diagnosis.findings().stream()
                .filter(f -> rules.contains(f.rule().name()))
                .forEach(f -> System.err.println(f.summary()));
        return rules;
    }

    private static Set<String> fired(Diagnosis diagnosis, Severity severity) {
        Set<String> rules = new LinkedHashSet<>();
        diagnosis.findings().stream()
                .filter(f -> f.severity().isAtLeast(severity))
                .filter(f -> !TRUE_HERE.contains(f.rule().name()))
                .forEach(f -> rules.add(f.rule().name()));
        return rules;
    }

    private Diagnosis diagnose(Frame train, Frame test, long seed) {
        List<Observation> observations = new ArrayList<>(Comparison.observe(train, test, seed, Progress.SILENT));
        observations.addAll(TargetLeak.observe(train, Progress.SILENT));
        observations.addAll(Quality.observe(train, Progress.SILENT));
        observations.addAll(Quality.observe(test, Progress.SILENT));
        DataProfile profile = new DataProfile(
                "table",
                train.task(),
                train.targets().stream().map(FrameColumn::name).toList(),
                List.of(part(train), part(test)),
                observations);
        return doctor.examine(Run.builder("two-samples").data(profile).build());
    }

    private static DataProfile.Part part(Frame frame) {
        return new DataProfile.Part(
                frame.split(),
                "",
                frame.total(),
                frame.rows(),
                Map.of(),
                frame.columns().stream().map(FrameColumn::profile).toList());
    }

    /** A sample of a distribution; one column of numbers is shifted by so many standard deviations. */
    private static Frame sample(String kind, Split split, int size, double shift, SplittableRandom random) {
        int rows = Math.min(size, MOST_IN_MEMORY);
        List<FrameColumn> columns = new ArrayList<>();
        double[] normal = numbers(rows, random, 1);
        for (int i = 0; i < rows; i++) {
            normal[i] += shift;
        }
        switch (kind) {
            case "normal" -> columns.add(numeric("x", normal));
            case "lognormal" ->
                columns.add(numeric("x", Arrays.stream(normal).map(Math::exp).toArray()));
            case "categorical" -> columns.add(categories("x", rows, random));
            default -> {
                columns.add(numeric("height", normal));
                columns.add(numeric(
                        "price",
                        Arrays.stream(numbers(rows, random, 1)).map(Math::exp).toArray()));
                // Counts, most of them 0.
                columns.add(numeric("visits", counts(rows, random)));
                // Depends on the first, is rounded, and has gaps.
                double[] weight = numbers(rows, random, 0.5);
                for (int i = 0; i < rows; i++) {
                    weight[i] = random.nextDouble() < 0.1
                            ? Double.NaN
                            : Math.rint(10 * (normal[i] - shift + weight[i])) / 10;
                }
                columns.add(numeric("weight", weight));
                columns.add(categories("colour", rows, random));
                columns.add(categories("wall", rows, random));
                double[] grade = counts(rows, random);
                columns.add(numeric("grade", grade));
            }
        }
        double[] label = new double[rows];
        for (int i = 0; i < rows; i++) {
            label[i] = random.nextDouble() < 0.3 ? 1 : 0;
        }
        columns.add(column("y", ColumnProfile.Role.TARGET, ColumnType.CATEGORICAL, label, List.of("no", "yes")));
        long[] numbers = LongStream.rangeClosed(1, rows).toArray();
        return new Frame("made", split, "classification", size, numbers, columns);
    }

    private static double[] numbers(int rows, SplittableRandom random, double deviation) {
        double[] numbers = new double[rows];
        for (int i = 0; i < rows; i++) {
            numbers[i] = deviation * random.nextGaussian();
        }
        return numbers;
    }

    private static double[] counts(int rows, SplittableRandom random) {
        double[] counts = new double[rows];
        for (int i = 0; i < rows; i++) {
            counts[i] = random.nextDouble() < 0.7 ? 0 : Math.floor(-3 * Math.log(1 - random.nextDouble()));
        }
        return counts;
    }

    private static FrameColumn numeric(String name, double[] values) {
        return column(name, ColumnProfile.Role.INPUT, ColumnType.NUMERIC, values, List.of());
    }

    private static FrameColumn categories(String name, int rows, SplittableRandom random) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        double[] values = new double[rows];
        for (int i = 0; i < rows; i++) {
            double u = random.nextDouble();
            int c = 0;
            while (c < SHARES.length - 1 && u >= SHARES[c]) {
                u -= SHARES[c++];
            }
            String word = WORDS.get(c);
            values[i] = numbers.computeIfAbsent(word, w -> numbers.size());
        }
        return column(name, ColumnProfile.Role.INPUT, ColumnType.CATEGORICAL, values, List.copyOf(numbers.keySet()));
    }

    private static FrameColumn column(
            String name, ColumnProfile.Role role, ColumnType type, double[] values, List<String> words) {
        long missing = Arrays.stream(values).filter(Double::isNaN).count();
        Set<Double> distinct = new HashSet<>();
        Arrays.stream(values).filter(v -> !Double.isNaN(v)).forEach(distinct::add);
        ColumnProfile profile = new ColumnProfile(
                name, role, type.label(), values.length, missing, distinct.size(), 0, Optional.empty(), List.of());
        return new FrameColumn(profile, type, values, words, Map.of(), missing == 0 ? Map.of() : Map.of("", missing));
    }
}
