package dev.auscult.bench.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

import dev.auscult.diagnose.cause.Cause;
import dev.auscult.repair.compare.Comparison;
import dev.auscult.repair.compare.Figure;
import dev.auscult.repair.remedy.Patient;
import dev.auscult.repair.remedy.Treatment;
import dev.auscult.repair.remedy.Treatments;
import dev.auscult.repair.trial.TrialRequest;
import dev.auscult.repair.trial.TrialResult;
import dev.auscult.repair.trial.Trials;
import dev.auscult.run.Run;
import dev.auscult.train.check.LearningRateTest;
import dev.auscult.train.check.RateSuggestions;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.loop.Setup;
import dev.auscult.train.spec.Spec;
import dev.auscult.train.spec.SpecEdit;
import dev.auscult.train.spec.SpecEdit.Change;
import dev.auscult.train.spec.SpecFile;

/**
 * Repair without a diagnosis, as a baseline: treatments of all causes are drawn at random, tried on the first seed, and taken
 * if all matched seeds gain with a large effect, until the gain that is wanted is reached or the budget is spent.
 *
 * <p>It has what the loop has: the same edits, the same seeds, the same proof, and none of the loop's further demands.
 */
final class RandomSearch {
    private static final double LEAST_EFFECT = 0.8;
    private static final long RANGE_TEST_STEPS = 100;

    private final Trials trials;
    private final Engine engine;
    private final int seeds;

    RandomSearch(Trials trials, Engine engine, int seeds) {
        this.trials = trials;
        this.engine = engine;
        this.seeds = seeds;
    }

    /**
     * What came of it.
     *
     * @param reached whether the wanted figure was reached
     * @param cost optimizer steps as a multiple of one training of the original as planned
     * @param tried treatments tried
     * @param taken treatments taken
     */
    record Found(boolean reached, double cost, int tried, List<String> taken) {}

    /**
     * Searches.
     *
     * @param text of the sick spec
     * @param base folder against which its paths are resolved
     * @param folder for its recordings
     * @param figure that is to be improved
     * @param wanted mean figure over the seeds at which the search ends
     * @param budget as a multiple of one training as planned
     * @param order seed of the order in which treatments are drawn
     */
    Found search(String text, Path base, Path folder, Figure figure, double wanted, double budget, long order)
            throws IOException, InterruptedException {
        return new Search(text, base, folder, figure, wanted, budget, new Random(order)).run();
    }

    private final class Search {
        private final Path base;
        private final Path folder;
        private final Figure figure;
        private final double wanted;
        private final double budget;
        private final Random random;
        private final Map<String, Map<Long, TrialResult>> made = new HashMap<>();
        private final List<String> taken = new ArrayList<>();
        private String current;
        private long firstSeed;
        private long planned = 1;
        private long spent;
        private int tried;

        Search(String text, Path base, Path folder, Figure figure, double wanted, double budget, Random random) {
            this.current = text;
            this.base = base;
            this.folder = folder;
            this.figure = figure;
            this.wanted = wanted;
            this.budget = budget;
            this.random = random;
        }

        Found run() throws IOException, InterruptedException {
            firstSeed = spec(current).seed();
            TrialResult first = trial(current, firstSeed);
            planned = Math.max(1, first.planned());
            boolean gained = true;
            while (gained && affordable() && !isReached()) {
                gained = false;
                for (Treatment treatment : drawn()) {
                    if (!affordable()) {
                        break;
                    }
                    Optional<String> changed = changed(treatment);
                    if (changed.isPresent() && helps(changed.get())) {
                        current = changed.get();
                        taken.add(treatment.name());
                        gained = true;
                        break;
                    }
                }
            }
            return new Found(isReached(), cost(), tried, List.copyOf(taken));
        }

        /** All edits of all causes in a random order. */
        private List<Treatment> drawn() {
            Map<String, Treatment> all = new LinkedHashMap<>();
            for (Cause cause : Cause.values()) {
                Treatments.of(cause).stream().filter(Treatment::isEdit).forEach(t -> all.putIfAbsent(t.name(), t));
            }
            List<Treatment> order = new ArrayList<>(all.values());
            Collections.shuffle(order, random);
            return order;
        }

        private Optional<String> changed(Treatment treatment) throws IOException, InterruptedException {
            Spec spec = spec(current);
            Run run = trial(current, firstSeed).diagnosis().run();
            List<Change> changes =
                    treatment.edits().of(new Patient(current, spec, base, Optional.of(run), range(spec)));
            if (changes.isEmpty()) {
                return Optional.empty();
            }
            try {
                String text = SpecEdit.apply("drawn", current, changes);
                spec(text);
                return made.containsKey(text) ? Optional.empty() : Optional.of(text);
            } catch (RuntimeException notASpec) {
                return Optional.empty();
            }
        }

        private boolean helps(String text) throws IOException, InterruptedException {
            tried++;
            for (int n = 1; n <= seeds; n++) {
                long seed = firstSeed + n - 1;
                double before = value(trial(current, seed));
                double after = value(trial(text, seed));
                if (!figure.isBetter(after, before) || !affordable()) {
                    return false;
                }
            }
            Comparison comparison = figure.compare(values(current), values(text));
            return comparison.effect() >= LEAST_EFFECT;
        }

        private boolean isReached() throws IOException, InterruptedException {
            if (taken.isEmpty()) {
                return false;
            }
            double mean = 0;
            for (double value : values(current)) {
                mean += value / seeds;
            }
            return figure.higherIsBetter() ? mean >= wanted : mean <= wanted;
        }

        private double[] values(String text) throws IOException, InterruptedException {
            double[] values = new double[seeds];
            for (int n = 0; n < seeds; n++) {
                values[n] = value(trial(text, firstSeed + n));
            }
            return values;
        }

        private double value(TrialResult result) {
            return result.figure(figure.metric()).orElse(Double.NaN);
        }

        private TrialResult trial(String text, long seed) throws IOException, InterruptedException {
            Map<Long, TrialResult> ofText = made.computeIfAbsent(text, t -> new HashMap<>());
            TrialResult there = ofText.get(seed);
            if (there == null) {
                String name = "random-" + made.size() + "/seed-" + seed;
                TrialRequest request =
                        new TrialRequest(name, text, base, seed, folder.resolve(name), TrialRequest.Stop.NEVER);
                there = trials.run(List.of(request), done -> {}).get(0);
                spent += there.steps();
                ofText.put(seed, there);
            }
            return there;
        }

        private double cost() {
            return (double) spent / planned;
        }

        private boolean affordable() {
            return cost() < budget;
        }

        private Supplier<OptionalDouble> range(Spec spec) {
            Set<String> asked = new HashSet<>();
            return () -> {
                if (asked.add("rate")) {
                    spent += RANGE_TEST_STEPS;
                }
                try (Setup setup = Setup.open(spec, base, engine, sentence -> {})) {
                    RateSuggestions read =
                            LearningRateTest.run(setup, done -> {}).suggestions();
                    double rate = Math.sqrt(read.steepest() * read.minimum());
                    return rate > 0 && Double.isFinite(rate) ? OptionalDouble.of(rate) : OptionalDouble.empty();
                } catch (IllegalArgumentException tooFewPoints) {
                    return OptionalDouble.empty();
                }
            };
        }

        private Spec spec(String text) {
            return SpecFile.parse("drawn", text, "run", List.of());
        }
    }
}
