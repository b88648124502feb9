package dev.auscult.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import dev.auscult.data.error.DataException;
import dev.auscult.data.generate.Feature;
import dev.auscult.data.generate.GaussianCopula;
import dev.auscult.data.generate.RowMaker;
import dev.auscult.data.table.TableFiles;
import dev.auscult.run.DataProfile;
import dev.auscult.run.Split;
import org.jspecify.annotations.Nullable;

/**
 * The data of a training, read, split and prepared.
 *
 * <p>All figures that the preparation needs (means, medians, categories, vocabularies) come from the training part alone;
 * the classes come from the whole training file. The same settings and seed give the same bits.
 */
public final class PreparedData {
    /** More classes than this, each with less than two examples on average, are taken for a mistake. */
    private static final int MANY_CLASSES = 20;

    private final DataShape shape;
    private final List<String> targetNames;
    private final Examples train;
    private final @Nullable Examples validation;
    private final @Nullable Examples test;
    private final List<String> story;
    private final long[] classCounts;
    private final double[] classWeights;
    private final double[] targetMean;
    private final double[] targetDeviation;
    private final DataProfile profile;
    private final List<String> vocabulary;
    private final List<String> inputNames;
    private final DataSettings settings;

    private PreparedData(Builder builder, DataSettings settings, long seed) {
        shape = builder.shape;
        targetNames = builder.train.target().names();
        classCounts = counts(builder.train.target());
        classWeights = weights(builder.train.target().task(), settings, classCounts);
        profile = new DataProfile(builder.profile());
        train = Balance.apply(builder.more, settings, seed);
        validation = builder.validation;
        test = builder.test;
        if (train.size() != builder.more.size()) {
            builder.story.add(String.format(
                    Locale.ROOT,
                    "%s: %,d training examples became %,d",
                    settings.imbalance(),
                    builder.more.size(),
                    train.size()));
        }
        story = List.copyOf(builder.story);
        targetMean = builder.targetMean;
        targetDeviation = builder.targetDeviation;
        vocabulary = builder.vocabulary;
        inputNames = builder.inputNames;
        this.settings = settings.with(
                settings.target().isEmpty() ? builder.target : settings.target(),
                shape.task(),
                builder.text == null ? settings.text() : builder.text,
                builder.image == null ? settings.image() : builder.image,
                builder.audio == null ? settings.audio() : builder.audio,
                settings.memory());
    }

    /**
     * Reads, splits and prepares.
     *
     * @param given what to read and how
     * @param base the folder to which paths in the settings are relative
     * @param seed of the split and of what is drawn at random
     * @param progress told, in short lines, what is being done
     * @throws DataException where the data cannot be used, in one line
     */
    public static PreparedData open(DataSettings given, Path base, long seed, Consumer<String> progress) {
        return open(given, base, seed, progress, Map.of());
    }

    /**
     * Reads, splits and prepares.
     *
     * @param makers ways to make rows besides the copula, by their name in {@code data.generate.type}
     */
    public static PreparedData open(
            DataSettings given, Path base, long seed, Consumer<String> progress, Map<String, RowMaker> makers) {
        // Half of the heap is left to all else, whatever the settings hope for.
        long memory = Math.min(given.memory(), Runtime.getRuntime().maxMemory() / 2);
        DataSettings settings =
                given.with(given.target(), given.task(), given.text(), given.image(), given.audio(), memory);
        Path file = base.resolve(settings.train()).normalize();
        if (!Files.exists(file)) {
            throw new DataException("data.train: " + file + " does not exist; wanted a file or folder with examples");
        }
        progress.accept("reading " + file.getFileName());
        Builder builder;
        if (isText(settings, file)) {
            builder = new TextPreparation(settings, base, progress).open(file);
        } else if (!TableFiles.isNamedTable(settings.format(), file) && ArraySource.accepts(settings, file)) {
            builder = new ArrayPreparation(settings, base, seed, progress).open(file);
        } else {
            builder = new TablePreparation(settings, base, seed, progress).open(file);
        }
        checkTarget(builder, settings);
        DataSettings.Generate generate = settings.generate();
        if (generate != null) {
            RowMaker maker = generate.type().equals("copula") ? new GaussianCopula() : makers.get(generate.type());
            if (maker == null) {
                throw new DataException(
                        "data.generate: '" + generate.type() + "' can make no rows here; wanted copula");
            }
            builder.more = new Generation(generate, memory, maker, seed, progress, builder.story)
                    .apply(builder.train, builder.features);
        }
        return new PreparedData(builder, given, seed);
    }

    /** Whether a file is plain text for a language model and no table. */
    private static boolean isText(DataSettings settings, Path file) {
        if (settings.format() != null) {
            return settings.format().equals("text");
        }
        String name = TableFiles.name(file);
        return (name.endsWith(".txt") || name.endsWith(".md"))
                && (settings.task() == Task.LANGUAGE_MODEL
                        || (settings.task() == null && settings.target().isEmpty() && settings.text() != null));
    }

    /** A target that never changes can be learned by none: one class is an error, one number a remark. */
    private static void checkTarget(Builder builder, DataSettings settings) {
        Target target = builder.train.target();
        if (target.task() == Task.CLASSIFICATION && target.outputs() < 2) {
            throw new DataException("found only the class '" + String.join("", target.names()) + "' in "
                    + target.origin() + ", wanted at least 2");
        }
        int examples = target.size() + (builder.validation == null ? 0 : builder.validation.size());
        if (target.task() == Task.CLASSIFICATION
                && settings.task() == null
                && target.outputs() > MANY_CLASSES
                && 2L * target.outputs() > examples) {
            throw new DataException(String.format(
                    Locale.ROOT,
                    "%s holds %,d different values in %,d examples (such as '%s'), too many for classes; correct it, name"
                            + " another in data.target, or say data.task: classification",
                    target.origin(),
                    target.outputs(),
                    examples,
                    target.names().get(target.outputs() - 1)));
        }
        for (int o = 0; target.task() == Task.REGRESSION && o < target.outputs(); o++) {
            boolean same = true;
            for (int i = 1; i < target.size() && same; i++) {
                same = target.value(i, o) == target.value(0, o);
            }
            if (same) {
                builder.story.add("the number to predict, " + target.names().get(o)
                        + ", is the same in all training examples: there is nothing to learn");
            }
        }
    }

    /** The settings with what was found filled in: task, target column, and how text, images and sound were read. */
    public DataSettings settings() {
        return settings;
    }

    public Task task() {
        return shape.task();
    }

    /** What a network must take and give. */
    public DataShape shape() {
        return shape;
    }

    /** Names of the classes, labels or numbers to predict; for a language model empty. */
    public List<String> targetNames() {
        return targetNames;
    }

    public Examples train() {
        return train;
    }

    public Optional<Examples> validation() {
        return Optional.ofNullable(validation);
    }

    public Optional<Examples> test() {
        return Optional.ofNullable(test);
    }

    /** What was found and done, a sentence each: {@code classification, 10 classes, from column 64}. */
    public List<String> story() {
        return story;
    }

    /** Training examples of each class, or with each label, before any balancing; else empty. */
    public long[] classCounts() {
        return classCounts.clone();
    }

    /**
     * The weight of each class in the loss, n / (K·n_k) with n training examples, K classes and n_k examples of class k
     * (King and Zeng 2001); empty where {@code imbalance} does not ask for weights.
     */
    public double[] classWeights() {
        return classWeights.clone();
    }

    /** What was subtracted from each number to predict; empty where it was not normalised. */
    public double[] targetMean() {
        return targetMean.clone();
    }

    /** What each number to predict was divided by after that; empty where it was not normalised. */
    public double[] targetDeviation() {
        return targetDeviation.clone();
    }

    /** Rows and label counts of each split. */
    public DataProfile profile() {
        return profile;
    }

    /** The words by token id, where the tokenizer is {@code words}; else empty. */
    public List<String> vocabulary() {
        return vocabulary;
    }

    /** What each number of an input of a table is called: {@code age}, {@code sex=male}; else empty. */
    public List<String> inputNames() {
        return inputNames;
    }

    private static long[] counts(Target target) {
        long[] counts;
        switch (target.task()) {
            case CLASSIFICATION -> {
                counts = new long[target.outputs()];
                for (int i = 0; i < target.size(); i++) {
                    counts[target.classOf(i)]++;
                }
            }
            case MULTI_LABEL -> {
                counts = new long[target.outputs()];
                for (int i = 0; i < target.size(); i++) {
                    for (int label = 0; label < counts.length; label++) {
                        counts[label] += target.value(i, label) > 0.5f ? 1 : 0;
                    }
                }
            }
            default -> counts = new long[0];
        }
        return counts;
    }

    private static double[] weights(Task task, DataSettings settings, long[] counts) {
        if (!settings.imbalance().equals("class-weights")) {
            return new double[0];
        }
        if (task != Task.CLASSIFICATION) {
            throw new DataException(
                    "data.imbalance: class-weights needs a classification, found " + task.label() + "; use none");
        }
        long all = 0;
        for (long count : counts) {
            all += count;
        }
        double[] weights = new double[counts.length];
        for (int k = 0; k < weights.length; k++) {
            // A class without training examples weighs nothing.
            weights[k] = counts[k] == 0 ? 0 : (double) all / ((double) counts.length * counts[k]);
        }
        return weights;
    }

    /** What a preparation hands over. */
    static final class Builder {
        private final DataShape shape;
        private final Examples train;
        private @Nullable Examples validation;
        private @Nullable Examples test;
        private final List<String> story;
        private double[] targetMean = new double[0];
        private double[] targetDeviation = new double[0];
        private List<String> vocabulary = List.of();
        private List<String> inputNames = List.of();
        private List<Feature> features = List.of();
        /** The training examples with those that were made of them. */
        private Examples more;

        private List<String> target = List.of();
        private DataSettings.@Nullable Text text;
        private DataSettings.@Nullable Image image;
        private DataSettings.@Nullable Audio audio;

        /**
         * @param story sentences for people; more may be added
         */
        Builder(DataShape shape, Examples train, List<String> story) {
            this.shape = shape;
            this.train = train;
            this.more = train;
            this.story = new ArrayList<>(story);
        }

        Builder validation(@Nullable Examples examples) {
            validation = examples;
            return this;
        }

        Builder test(@Nullable Examples examples) {
            test = examples;
            return this;
        }

        Builder targetScale(double[] mean, double[] deviation) {
            targetMean = mean;
            targetDeviation = deviation;
            return this;
        }

        Builder vocabulary(List<String> words) {
            vocabulary = words;
            return this;
        }

        Builder inputNames(List<String> names) {
            inputNames = names;
            return this;
        }

        /** What the numbers of an input mean. */
        Builder features(List<Feature> columns) {
            features = columns;
            return this;
        }

        /** The columns that are the target, where the settings leave them open. */
        Builder target(List<String> columns) {
            target = columns;
            return this;
        }

        /** How text was read. */
        Builder text(DataSettings.@Nullable Text read) {
            text = read;
            return this;
        }

        /** How images and sound were read. */
        Builder media(DataSettings.@Nullable Image images, DataSettings.@Nullable Audio sound) {
            image = images;
            audio = sound;
            return this;
        }

        /** Puts sentences behind those that are there. */
        Builder story(List<String> sentences) {
            story.addAll(sentences);
            return this;
        }

        private List<DataProfile.Part> profile() {
            List<DataProfile.Part> parts = new ArrayList<>();
            parts.add(part(Split.TRAIN, train));
            if (validation != null) {
                parts.add(part(Split.VALIDATION, validation));
            }
            if (test != null) {
                parts.add(part(Split.TEST, test));
            }
            return parts;
        }

        private static DataProfile.Part part(Split split, Examples examples) {
            long[] counts = counts(examples.target());
            Map<String, Long> byName = new LinkedHashMap<>();
            for (int k = 0; k < counts.length; k++) {
                byName.put(examples.target().names().get(k), counts[k]);
            }
            return new DataProfile.Part(split, examples.size(), byName);
        }
    }
}
