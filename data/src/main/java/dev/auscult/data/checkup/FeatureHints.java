package dev.auscult.data.checkup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

import dev.auscult.data.learn.FeatureMatrix;
import dev.auscult.data.learn.Importance;
import dev.auscult.data.learn.Interactions;
import dev.auscult.data.learn.LinearTrial;
import dev.auscult.data.learn.Outcome;
import dev.auscult.data.learn.Ranks;
import dev.auscult.data.profile.Frame;
import dev.auscult.data.profile.FrameColumn;
import dev.auscult.data.profile.Progress;
import dev.auscult.run.Observation;
import dev.auscult.run.Split;

/**
 * What a change of the inputs brings, tried out by cross-validation: another scale of skewed columns and products of columns for a
 * linear model, which is nearer to a network than trees are; and columns that boosted trees do as well without.
 */
public final class FeatureHints {
    private static final int MOST_ROWS = 20_000;
    private static final int LEAST_ROWS = 100;
    private static final int MOST_COLUMNS = 30;
    private static final int MOST_PAIRS = 5;
    private static final int MOST_CLASSES = 20;
    /** Products of numbers that linear trials may cost in all; about half a minute. */
    private static final double MOST_WORK = 3e10;
    /** Steps of a logistic regression, and folds of a trial. */
    private static final double STEPS_AND_FOLDS = 40 * 15;
    /** Skewness of an exponential distribution is 2; of half a normal one, 1. */
    private static final double SKEWED = 1;
    /** A column whose values are worth less than this share of the loss of guessing does not matter. */
    private static final double WORTHLESS = 0.01;

    /**
     * A column that alone takes so much off the loss of guessing leaves too little for others to show what they are worth: ten times
     * what counts as nothing. Such columns mostly hold the target itself; the others are judged without them.
     */
    private static final double OVERSHADOWS = 0.9;

    private final long seed;
    private final Progress progress;
    private final List<FrameColumn> columns;
    private final Outcome outcome;
    private final Encoding encoding;
    private final FeatureMatrix inputs;

    private FeatureHints(Frame train, long seed, Progress progress, Outcome all, int[] labelled, int classes) {
        this.seed = seed;
        this.progress = progress;
        columns = train.inputs().stream()
                .filter(c -> !c.isText())
                .limit(MOST_COLUMNS)
                .toList();
        encoding = Encoding.of(columns);
        double width = encoding.origins().size() + 1.0;
        double each = width * Math.max(1, classes) * STEPS_AND_FOLDS * (MOST_COLUMNS + MOST_PAIRS);
        int most = (int) Math.max(1_000, Math.min(MOST_ROWS, MOST_WORK / each));
        int[] kept = evenly(labelled.length, most);
        int[] rows = Arrays.stream(kept).map(i -> labelled[i]).toArray();
        outcome = all.rows(kept);
        inputs = encoding.encode(train).rows(rows);
    }

    /** Tries changes of the inputs; empty where there is nothing to predict, no input, or too few rows. */
    public static List<Observation> observe(Frame train, long seed, Progress progress) {
        if (train.inputs().stream().allMatch(FrameColumn::isText)) {
            return List.of();
        }
        Optional<Labelled> labelled = Labelled.of(train);
        int[] rows;
        Outcome outcome;
        int classes = 0;
        if (labelled.isPresent()) {
            classes = labelled.get().classes().size();
            rows = labelled.get().rows();
            outcome = Outcome.ofClasses(labelled.get().given(), classes);
        } else if (train.task().equals("regression") && train.targets().size() == 1) {
            FrameColumn target = train.targets().get(0);
            rows = IntStream.range(0, train.rows())
                    .filter(i -> Double.isFinite(target.get(i)))
                    .toArray();
            outcome = Outcome.ofNumbers(
                    Arrays.stream(rows).mapToDouble(target::get).toArray());
        } else {
            return List.of();
        }
        if (rows.length < LEAST_ROWS || classes > MOST_CLASSES) {
            return List.of();
        }
        FeatureHints hints = new FeatureHints(train, seed, progress, outcome, rows, classes);
        List<Observation> found = new ArrayList<>();
        found.addAll(hints.transforms());
        found.addAll(hints.interactions());
        found.addAll(hints.uninformative());
        return found;
    }

    private static int[] evenly(int size, int most) {
        int count = Math.min(size, most);
        return IntStream.range(0, count)
                .map(i -> (int) ((long) i * size / count))
                .toArray();
    }

    private List<Observation> transforms() {
        List<String> origins = encoding.origins();
        List<Integer> skewed = new ArrayList<>();
        for (FrameColumn column : columns) {
            int at = origins.indexOf(column.name());
            if (column.isNumeric() && isSkewed(at)) {
                skewed.add(at);
            }
        }
        if (skewed.isEmpty()) {
            return List.of(looked("transform", 0));
        }
        LinearTrial trial = new LinearTrial(outcome, seed);
        double[] before = trial.losses(inputs);
        List<Observation> found = new ArrayList<>();
        for (int at : skewed) {
            String name = origins.get(at);
            progress.at("scales of " + name, (double) found.size() / skewed.size());
            double[] column = IntStream.range(0, inputs.rows())
                    .mapToDouble(i -> inputs.get(i, at))
                    .toArray();
            double[] logarithm = Arrays.stream(column).map(Math::log1p).toArray();
            double[] byLogarithm = trial.losses(inputs.replaced(at, logarithm));
            double[] byRank = trial.losses(inputs.replaced(at, Ranks.of(column)));
            boolean rank = mean(byRank) < mean(byLogarithm);
            // Two scales of each column are tried.
            found.add(gain(
                    "transform",
                    List.of(name),
                    before,
                    rank ? byRank : byLogarithm,
                    2 * skewed.size(),
                    rank ? "rank" : "log1p"));
        }
        return found;
    }

    /** Positive numbers of which a few are far larger than most. */
    private boolean isSkewed(int at) {
        double[] values = IntStream.range(0, inputs.rows())
                .mapToDouble(i -> inputs.get(i, at))
                .filter(Double::isFinite)
                .toArray();
        double mean = mean(values);
        double second = Arrays.stream(values)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElse(0);
        double third =
                Arrays.stream(values).map(v -> Math.pow(v - mean, 3)).average().orElse(0);
        double least = Arrays.stream(values).min().orElse(-1);
        long distinct = Arrays.stream(values).distinct().limit(3).count();
        return least >= 0 && distinct > 2 && third > SKEWED * Math.pow(second, 1.5);
    }

    private List<Observation> interactions() {
        if (inputs.width() < 2) {
            return List.of(looked("interaction", 0));
        }
        progress.at("products of columns", Double.NaN);
        int[] even = IntStream.range(0, inputs.rows()).filter(i -> i % 2 == 0).toArray();
        int[] odd = IntStream.range(0, inputs.rows()).filter(i -> i % 2 == 1).toArray();
        List<Interactions.Pair> pairs = Interactions.promising(inputs.rows(even), outcome.rows(even), MOST_PAIRS, seed);
        FeatureMatrix tested = inputs.rows(odd);
        LinearTrial trial = new LinearTrial(outcome.rows(odd), seed);
        double[] before = trial.losses(tested);
        List<Observation> found = new ArrayList<>();
        for (Interactions.Pair pair : pairs) {
            List<String> names =
                    List.of(inputs.names().get(pair.first()), inputs.names().get(pair.second()));
            found.add(gain(
                    "interaction",
                    names,
                    before,
                    trial.losses(Interactions.with(tested, pair)),
                    pairs.size(),
                    "product"));
        }
        return found;
    }

    private Observation gain(
            String hint, List<String> names, double[] before, double[] after, int tests, String change) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("rows", (double) inputs.rows());
        numbers.put("before", mean(before));
        numbers.put("after", mean(after));
        numbers.put("gain", mean(before) - mean(after));
        numbers.put("p-value", LinearTrial.chance(before, after));
        numbers.put("tests", (double) tests);
        return observation(names, numbers, Map.of("hint", hint, "change", change));
    }

    private List<Observation> uninformative() {
        progress.at("columns without information", Double.NaN);
        List<String> names = encoding.origins().stream().distinct().toList();
        List<String> aside = new ArrayList<>();
        List<String> left = new ArrayList<>(names);
        Importance importance = importance(left);
        while (left.size() > 1) {
            int strongest = 0;
            for (int g = 1; g < left.size(); g++) {
                strongest = importance.of(g) > importance.of(strongest) ? g : strongest;
            }
            double[] alone = Importance.lossesOf(inputs, outcome, columnsOf(List.of(left.get(strongest))), seed);
            if (1 - mean(alone) < OVERSHADOWS) {
                break;
            }
            aside.add(left.remove(strongest));
            importance = importance(left);
        }
        return uninformative(left, aside, importance);
    }

    /**
     * Which columns of some do not matter.
     *
     * @param names of the columns
     * @param aside columns that are left out, as each of them alone says nearly all
     */
    private List<Observation> uninformative(List<String> names, List<String> aside, Importance importance) {
        TreeSet<Integer> useless = new TreeSet<>();
        for (int g = 0; g < names.size(); g++) {
            if (importance.chanceOfMore(g, WORTHLESS) < 0.05) {
                useless.add(g);
            }
        }
        // Of columns that say the same each looks useless beside the others: trees without all of them have the last
        // word.
        double chance = 1;
        double lost = Double.NaN;
        if (!useless.isEmpty() && useless.size() < names.size()) {
            List<String> kept = IntStream.range(0, names.size())
                    .filter(g -> !useless.contains(g))
                    .mapToObj(names::get)
                    .toList();
            double[] without = Importance.lossesOf(inputs, outcome, columnsOf(kept), seed);
            chance = importance.chanceOfLoss(without, WORTHLESS);
            lost = mean(without) - importance.loss();
        }
        List<Observation> found = new ArrayList<>();
        for (int g = 0; g < names.size(); g++) {
            Map<String, Double> numbers = new LinkedHashMap<>();
            numbers.put("rows", (double) inputs.rows());
            numbers.put("explained", 1 - importance.loss());
            numbers.put("importance", importance.of(g));
            numbers.put("lost", lost);
            // The one test of all of them together decides; those of the columns only chose what it is of.
            numbers.put("p-value", useless.contains(g) ? chance : 1);
            numbers.put("tests", 1.0);
            if (Double.isNaN(lost)) {
                numbers.remove("lost");
            }
            Map<String, String> notes = new LinkedHashMap<>();
            notes.put("hint", "uninformative");
            if (!aside.isEmpty()) {
                notes.put("aside", String.join(", ", aside));
            }
            found.add(observation(List.of(names.get(g)), numbers, notes));
        }
        return found;
    }

    /** What each of some columns is worth beside the others of them. */
    private Importance importance(List<String> names) {
        List<Integer> some = columnsOf(names);
        int[] groups = some.stream()
                .mapToInt(c -> names.indexOf(encoding.origins().get(c)))
                .toArray();
        return Importance.of(inputs.columns(some), outcome, groups, seed);
    }

    /** Places of the inputs that columns of the table became. */
    private List<Integer> columnsOf(List<String> names) {
        return IntStream.range(0, inputs.width())
                .filter(c -> names.contains(encoding.origins().get(c)))
                .boxed()
                .toList();
    }

    /** That nothing was there to be tried. */
    private Observation looked(String hint, int tests) {
        return observation(
                List.of(), Map.of("rows", (double) inputs.rows(), "tests", (double) tests), Map.of("hint", hint));
    }

    private static Observation observation(List<String> names, Map<String, Double> numbers, Map<String, String> notes) {
        return new Observation(Observation.Kind.FEATURE_HINT, Split.TRAIN, names, numbers, notes, List.of());
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }
}
