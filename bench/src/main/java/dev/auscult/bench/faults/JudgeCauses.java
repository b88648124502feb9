package dev.auscult.bench.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

import dev.auscult.bench.faults.Judged.Kind;
import dev.auscult.diagnose.Severity;
import dev.auscult.diagnose.cause.Cause;
import dev.auscult.diagnose.cause.CauseModel;
import dev.auscult.diagnose.cause.Signals;

/**
 * Measures how well causes are told on the fault bench, and writes the figures as Markdown:
 * {@code JudgeCauses CACHE TABLE OUT}, with the table of {@link ReadSymptoms}.
 */
public final class JudgeCauses {
    /** False alarms that the threshold of detection is chosen for, on healthy and odd runs of the calibration half. */
    private static final double ALARMS = 0.01;

    private static final int BINS = 10;

    private JudgeCauses() {}

    /** A run with the probabilities that the model gives. */
    private record Answer(Judged judged, List<Cause> ranked, double first, double well) {
        static Answer of(Judged judged) {
            boolean silent = judged.worst() < Severity.LOW.lowestScore();
            Map<Cause, Double> p = CauseModel.shipped().probabilities(judged.signals(), judged.shown(), silent);
            List<Cause> ranked = p.entrySet().stream()
                    .sorted(Map.Entry.<Cause, Double>comparingByValue().reversed())
                    .map(Map.Entry::getKey)
                    .toList();
            return new Answer(judged, ranked, p.getOrDefault(ranked.get(0), 0.0), p.getOrDefault(Cause.NO_FAULT, 0.0));
        }

        boolean isRight(int among) {
            return ranked.stream().limit(among).anyMatch(judged.right()::contains);
        }

        boolean isFound() {
            return judged.worst() >= Severity.MEDIUM.lowestScore();
        }

        boolean isSuspected(double threshold) {
            return ranked.get(0) != Cause.NO_FAULT && well < threshold;
        }
    }

    public static void main(String[] args) throws IOException {
        Path cache = Path.of(args[0]);
        Map<Signals, List<Answer>> answers = new EnumMap<>(Signals.class);
        for (Judged judged : Judged.read(cache, Path.of(args[1]))) {
            answers.computeIfAbsent(judged.signals(), s -> new ArrayList<>()).add(Answer.of(judged));
        }
        List<String> out = new ArrayList<>();
        out.add("# Causes on the fault bench");
        out.add("");
        out.add(
                "Made by `java dev.auscult.bench.faults.JudgeCauses CACHE TABLE bench/causes.md` from the table of `ReadSymptoms`");
        out.add(
                "over the recordings of `RecordRuns`; the network is that of `LearnCauses`, learned on the calibration half alone.");
        out.add(
                "Sick is a mutant that hurts (paired sign-flip test over matched seeds, `KillTest`); harmless is one that does not,");
        out.add(
                "for which no fault is right. Odd are healthy setups that look unusual; those that cost more than five points on");
        out.add(
                "their base are left out. Suspected: no fault is not first, and its probability is below a threshold fixed on the");
        out.add("calibration half for one false alarm in a hundred. Found: a finding of medium or above.");
        out.add("");
        summary(answers, out);
        killed(cache, out);
        perFault(answers.getOrDefault(Signals.FULL, List.of()), out);
        out.addAll(EarlyDetection.table(
                cache,
                answers.getOrDefault(Signals.FULL, List.of()).stream()
                        .map(Answer::judged)
                        .toList()));
        Files.writeString(Path.of(args[2]), String.join("\n", out) + "\n");
    }

    private static void summary(Map<Signals, List<Answer>> answers, List<String> out) {
        out.add("| view | half | sick | top-1 | top-3 | calibration error | suspected: sick | healthy | odd | harmless"
                + " | found: sick | healthy | odd | harmless |");
        out.add("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        answers.forEach((signals, all) -> {
            double threshold = threshold(all);
            for (boolean calibration : new boolean[] {true, false}) {
                List<Answer> half = all.stream()
                        .filter(a -> a.judged().run().isCalibration() == calibration)
                        .toList();
                List<Answer> sick = of(half, Kind.SICK);
                StringBuilder row = new StringBuilder("| " + signals.name().toLowerCase(Locale.ROOT) + " | "
                        + (calibration ? "calibration" : "test") + " | " + sick.size());
                cell(row, share(sick, a -> a.isRight(1)));
                cell(row, share(sick, a -> a.isRight(3)));
                cell(row, calibrationError(half));
                for (Kind kind : Kind.values()) {
                    cell(row, share(of(half, kind), a -> a.isSuspected(threshold)));
                }
                for (Kind kind : Kind.values()) {
                    cell(row, share(of(half, kind), Answer::isFound));
                }
                out.add(row + " |");
            }
        });
        out.add("");
    }

    private static void cell(StringBuilder row, double value) {
        row.append(String.format(Locale.ROOT, " | %.3f", value));
    }

    private static List<Answer> of(List<Answer> answers, Kind kind) {
        return answers.stream().filter(a -> a.judged().kind() == kind).toList();
    }

    private static double share(List<Answer> answers, Predicate<Answer> what) {
        return answers.stream().mapToDouble(a -> what.test(a) ? 1 : 0).average().orElse(Double.NaN);
    }

    /** The largest threshold at which healthy and odd runs of the calibration half are suspected rarely enough. */
    private static double threshold(List<Answer> answers) {
        List<Answer> well = answers.stream()
                .filter(a -> a.judged().run().isCalibration())
                .filter(a -> a.judged().kind() == Kind.HEALTHY || a.judged().kind() == Kind.ODD)
                .toList();
        for (double threshold = 0.5; threshold > 0; threshold -= 0.01) {
            double t = threshold;
            if (share(well, a -> a.isSuspected(t)) <= ALARMS) {
                return t;
            }
        }
        return 0;
    }

    /** The expected calibration error over ten bins (Naeini, Cooper and Hauskrecht 2015, AAAI, section "Measures"). */
    private static double calibrationError(List<Answer> answers) {
        double[] stated = new double[BINS];
        double[] right = new double[BINS];
        for (Answer answer : answers) {
            int bin = Math.min(BINS - 1, (int) (answer.first() * BINS));
            stated[bin] += answer.first();
            right[bin] += answer.isRight(1) ? 1 : 0;
        }
        double apart = 0;
        for (int bin = 0; bin < BINS; bin++) {
            apart += Math.abs(stated[bin] - right[bin]);
        }
        return apart / answers.size();
    }

    /** What the kill test leaves of the mutants, with and without its least loss. */
    private static void killed(Path cache, List<String> out) throws IOException {
        List<Recorded> runs = Recorded.all(cache);
        Map<String, KillTest.Result> tests = KillTest.of(runs);
        Map<String, Boolean> halves = new TreeMap<>();
        runs.stream()
                .filter(r -> !Mutations.named(r.mutation()).isHealthy())
                .forEach(r -> halves.put(r.group(), r.isCalibration()));
        out.add("## What counts as sick");
        out.add("");
        out.add(
                "A mutant is one mutation of one program at one severity, over its seeds. Worse beyond chance is what the sign-flip"
                        + " test says; of medium effect is Cohen's d of at least 0.5 besides, as mutation testing of deep learning has it; sick"
                        + " is what also loses a point of accuracy, 0.01 of R² or 5 % of the loss, or leaks: less than that nobody would treat,"
                        + " and seeds that agree make any effect large in units of their scatter.");
        out.add("");
        out.add(
                "| half | mutants | worse beyond chance | of medium effect | by a point or more | sick, leaks included |");
        out.add("| --- | ---: | ---: | ---: | ---: | ---: |");
        for (boolean calibration : new boolean[] {true, false}) {
            List<KillTest.Result> half = halves.entrySet().stream()
                    .filter(e -> e.getValue() == calibration && tests.containsKey(e.getKey()))
                    .map(e -> tests.get(e.getKey()))
                    .toList();
            out.add(String.format(
                    Locale.ROOT,
                    "| %s | %d | %d | %d | %d | %d |",
                    calibration ? "calibration" : "test",
                    half.size(),
                    half.stream().filter(r -> r.isWorse()).count(),
                    half.stream().filter(r -> r.isWorse() && r.effect() >= 0.5).count(),
                    half.stream().filter(r -> r.isWorse() && r.hurts()).count(),
                    half.stream().filter(r -> r.hurts()).count()));
        }
        out.add("");
    }

    private static void perFault(List<Answer> all, List<String> out) {
        double threshold = threshold(all);
        Map<String, List<Answer>> faults = new TreeMap<>();
        all.stream()
                .filter(a -> a.judged().isSick() && !a.judged().run().isCalibration())
                .forEach(a -> faults.computeIfAbsent(a.judged().run().mutation(), m -> new ArrayList<>())
                        .add(a));
        out.add("## Per fault: full recordings of the test half");
        out.add("");
        out.add(
                "| fault | right answers | sick runs | caught | cause first | among three | wrong answer, most often |");
        out.add("| --- | --- | ---: | ---: | ---: | ---: | --- |");
        faults.forEach((fault, runs) -> {
            Map<Cause, Integer> wrong = new EnumMap<>(Cause.class);
            runs.stream()
                    .filter(a -> !a.isRight(1))
                    .forEach(a -> wrong.merge(a.ranked().get(0), 1, Integer::sum));
            String most = wrong.entrySet().stream()
                    .max(Comparator.comparingInt(Map.Entry<Cause, Integer>::getValue))
                    .map(e -> e.getKey().label() + " " + e.getValue())
                    .orElse("");
            out.add(String.format(
                    Locale.ROOT,
                    "| %s | %s | %d | %.2f | %.2f | %.2f | %s |",
                    fault,
                    String.join(", ", Mutations.named(fault).causes()),
                    runs.size(),
                    share(runs, a -> a.isFound() || a.isSuspected(threshold)),
                    share(runs, a -> a.isRight(1)),
                    share(runs, a -> a.isRight(3)),
                    most));
        });
        double[] sizes = faults.values().stream().mapToDouble(List::size).toArray();
        out.add("");
        out.add(String.format(
                Locale.ROOT,
                "%d faults, %.0f sick runs; caught is found or suspected.",
                faults.size(),
                Arrays.stream(sizes).sum()));
        out.add("");
    }
}
