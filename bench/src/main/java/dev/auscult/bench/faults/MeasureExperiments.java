package dev.auscult.bench.faults;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.auscult.diagnose.cause.Cause;
import dev.auscult.diagnose.cause.Differential;
import dev.auscult.repair.experiment.Choice;
import dev.auscult.repair.experiment.Experiment;
import dev.auscult.repair.experiment.Experiments;
import dev.auscult.repair.experiment.Likelihoods;
import org.jspecify.annotations.Nullable;

/**
 * Measures what experiments tell on the test half, from outcomes that {@link RunExperiments} wrote down: {@code
 * MeasureExperiments OUTCOMES [TABLE]}.
 *
 * <p>First each experiment alone, from all causes equally probable: how often what is seen makes the right cause more probable.
 * Then pairs: for each mutant its best right cause beside each cause that is not right, both equally probable; experiments are
 * chosen one after the other as in use, until one cause is certain or none is worth its cost.
 */
public final class MeasureExperiments {
    private final Likelihoods table;
    private int pairs;
    private int tried;
    private int rose;
    private int certain;
    private int wrong;
    private double cost;
    private double expected;

    private MeasureExperiments(Likelihoods table) {
        this.table = table;
    }

    public static void main(String[] args) throws IOException {
        Likelihoods table = Likelihoods.shipped();
        if (args.length > 1) {
            try (InputStream in = Files.newInputStream(Path.of(args[1]))) {
                table = Likelihoods.read(in);
            }
        }
        Map<String, List<Tried>> byRun = new LinkedHashMap<>();
        for (Tried one : Tried.read(Path.of(args[0]))) {
            if (!one.calibration()) {
                byRun.computeIfAbsent(one.run(), r -> new ArrayList<>()).add(one);
            }
        }
        MeasureExperiments measure = new MeasureExperiments(table);
        measure.alone(byRun);
        measure.inPairs(byRun);
    }

    /** The right causes of a program; no fault where it is healthy. */
    private static List<Cause> right(Tried one) {
        return one.causes().isEmpty()
                ? List.of(Cause.NO_FAULT)
                : one.causes().stream().map(c -> Cause.named(c).orElseThrow()).toList();
    }

    private void alone(Map<String, List<Tried>> byRun) {
        System.out.println("experiment\tprograms\tright cause rises\tmean bits");
        for (Experiment experiment : Experiments.all()) {
            int programs = 0;
            int rises = 0;
            double bits = 0;
            for (List<Tried> all : byRun.values()) {
                for (Tried one : all) {
                    if (one.experiment().equals(experiment.name())) {
                        double ratio = ratio(experiment, one);
                        programs++;
                        rises += ratio > 1 ? 1 : 0;
                        bits += Math.log(ratio) / Math.log(2);
                    }
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "%s\t%d\t%.0f %%\t%.3f%n",
                    experiment.name(),
                    programs,
                    100.0 * rises / Math.max(1, programs),
                    bits / Math.max(1, programs));
        }
    }

    /** How much more probable the best right cause is after what was seen, from all causes equally probable. */
    private double ratio(Experiment experiment, Tried one) {
        double all = 0;
        for (Cause cause : Cause.values()) {
            all += table.of(experiment, one.outcome(), cause) / Cause.values().length;
        }
        return table.of(experiment, one.outcome(), right(one).get(0)) / all;
    }

    private void inPairs(Map<String, List<Tried>> byRun) {
        for (List<Tried> all : byRun.values()) {
            List<Cause> right = right(all.get(0));
            for (Cause other : Cause.values()) {
                if (!right.contains(other)) {
                    pair(all, right.get(0), other);
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d programs, %d pairs; an experiment was worth it in %.0f %%; then the right cause rose in %.1f %% (%.1f %% are"
                        + " expected), was certain in %.1f %%, the wrong one in %.1f %%; mean cost %.2f trainings%n",
                byRun.size(),
                pairs,
                100.0 * tried / pairs,
                100.0 * rose / tried,
                100 * expected / tried,
                100.0 * certain / tried,
                100.0 * wrong / tried,
                cost / tried);
    }

    private void pair(List<Tried> all, Cause right, Cause other) {
        pairs++;
        Map<Cause, Double> probabilities = new EnumMap<>(Cause.class);
        probabilities.put(right, 0.5);
        probabilities.put(other, 0.5);
        List<Tried> left = new ArrayList<>(all);
        double spent = 0;
        while (probabilities.values().stream().noneMatch(p -> p >= Differential.CERTAIN)) {
            @Nullable Tried best = null;
            double worth = 0;
            for (Tried one : left) {
                double gain = table.gain(experiment(one), probabilities);
                double worthOne = new Choice(experiment(one), gain, 1, one.steps(), one.planned()).worth();
                if (gain >= Choice.LEAST && worthOne > worth) {
                    best = one;
                    worth = worthOne;
                }
            }
            if (best == null) {
                break;
            }
            Tried seen = best;
            double sum = 0;
            for (Map.Entry<Cause, Double> one : probabilities.entrySet()) {
                one.setValue(one.getValue() * table.of(experiment(seen), seen.outcome(), one.getKey()));
                sum += one.getValue();
            }
            double evidence = sum;
            probabilities.replaceAll((cause, p) -> p / evidence);
            left.remove(seen);
            spent += (double) seen.steps() / Math.max(1, seen.planned());
        }
        if (left.size() == all.size()) {
            return;
        }
        double end = probabilities.getOrDefault(right, 0.0);
        tried++;
        rose += end > 0.5 ? 1 : 0;
        expected += Math.max(end, 1 - end);
        certain += end >= Differential.CERTAIN ? 1 : 0;
        wrong += 1 - end >= Differential.CERTAIN ? 1 : 0;
        cost += spent;
    }

    private static Experiment experiment(Tried one) {
        return Experiments.all().stream()
                .filter(e -> e.name().equals(one.experiment()))
                .findFirst()
                .orElseThrow();
    }
}
