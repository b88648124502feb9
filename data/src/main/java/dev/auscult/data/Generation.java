package dev.auscult.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

import dev.auscult.data.error.DataException;
import dev.auscult.data.generate.Feature;
import dev.auscult.data.generate.Likeness;
import dev.auscult.data.generate.PreparedRows;
import dev.auscult.data.generate.RowMaker;
import dev.auscult.data.generate.RowSource;
import dev.auscult.data.generate.RowTrial;

/** Adds made rows to those of the training part, where they pass for real ones. */
final class Generation {
    /** Tries for each row that is wanted, where the first ones are copies of real rows. */
    private static final long TRIES = 20;

    private final DataSettings.Generate settings;
    private final long memory;
    private final RowMaker maker;
    private final long seed;
    private final Consumer<String> progress;
    private final List<String> story;

    Generation(
            DataSettings.Generate settings,
            long memory,
            RowMaker maker,
            long seed,
            Consumer<String> progress,
            List<String> story) {
        this.settings = settings;
        this.memory = memory;
        this.maker = maker;
        this.seed = seed;
        this.progress = progress;
        this.story = story;
    }

    /**
     * The examples, with made ones behind them where they are good enough.
     *
     * @param training examples of the training part, never of another
     * @param features what the numbers of a row mean; empty: a number each
     * @throws DataException where the examples are no rows of numbers
     */
    Examples apply(Examples training, List<Feature> features) {
        Inputs inputs = training.inputs();
        if (inputs.tokens() || inputs.shape().length != 1) {
            throw new DataException("data.generate is for rows of a table, found "
                    + (inputs.tokens() ? "tokens" : "examples of shape " + Extents.of(inputs.shape()))
                    + "; leave it out (data.augment changes images, sound and text)");
        }
        Target target = training.target();
        int outputs = target.task() == Task.CLASSIFICATION ? 0 : target.outputs();
        PreparedRows rows = rows(training, features, outputs);
        if (rows.size() < RowTrial.FEWEST) {
            story.add(String.format(
                    Locale.ROOT,
                    "no rows made: from %,d rows nobody can tell what made ones are worth (%d are needed)",
                    rows.size(),
                    RowTrial.FEWEST));
            return training;
        }
        progress.accept("trying rows made by a " + maker.name());
        RowTrial trial = RowTrial.of(maker, rows, outputs, seed);
        if (!trial.passes(settings.tolerance())) {
            story.add("rows made by a " + maker.name() + " are not used: " + trial.sentence() + "; less by " + allowed()
                    + " would do (data.generate.tolerance)");
            return training;
        }
        return add(training, rows, outputs, trial);
    }

    private String allowed() {
        return settings.tolerance() < 1
                ? String.format(Locale.ROOT, "%.1f %%", 100 * settings.tolerance())
                : String.format(Locale.ROOT, "%.3g", settings.tolerance());
    }

    private static PreparedRows rows(Examples training, List<Feature> features, int outputs) {
        Inputs inputs = training.inputs();
        Target target = training.target();
        int elements = inputs.elements();
        int width = elements + outputs;
        if ((long) width * training.size() > Integer.MAX_VALUE - 8) {
            throw new DataException(String.format(
                    Locale.ROOT,
                    "data.generate: %,d rows of %,d numbers are more than can be learned from at once; leave it out, which so"
                            + " many rows can do without",
                    training.size(),
                    width));
        }
        float[] values = new float[width * training.size()];
        int[] labels = new int[training.size()];
        for (int i = 0; i < labels.length; i++) {
            inputs.read(i, values, i * width);
            labels[i] = outputs == 0 ? target.classOf(i) : 0;
            for (int o = 0; o < outputs; o++) {
                values[i * width + elements + o] = target.value(i, o);
            }
        }
        List<Feature> all = new ArrayList<>(features);
        for (int f = 0; features.isEmpty() && f < elements; f++) {
            all.add(new Feature(f, 1, Feature.Kind.NUMBER));
        }
        for (int o = 0; o < outputs; o++) {
            all.add(new Feature(elements + o, 1, Feature.Kind.NUMBER));
        }
        return new PreparedRows(values, width, all, labels, outputs == 0 ? target.outputs() : 1);
    }

    private Examples add(Examples training, PreparedRows rows, int outputs, RowTrial trial) {
        int elements = training.inputs().elements();
        int wanted = settings.rows() > 0 ? settings.rows() : rows.size();
        if ((long) wanted + rows.size() > Integer.MAX_VALUE - 8) {
            throw new DataException("data.generate.rows is " + wanted + ", which with those that are there is more than"
                    + " 2,147,483,639; wanted fewer");
        }
        progress.accept(String.format(Locale.ROOT, "making %,d rows", wanted));
        Likeness likeness = new Likeness(rows.values(), rows.width(), elements);
        int[] perClass = perClass(rows.counts(), wanted);
        int[] labels = new int[wanted];
        float[] targets = new float[Math.multiplyExact(wanted, outputs)];
        float[] row = new float[rows.width()];
        float[] looked = new float[Math.min(wanted, 500) * rows.width()];
        int made = 0;
        long copies = 0;
        try (RowSource source = maker.learn(rows, seed);
                PackedInputs.Builder builder = PackedInputs.ofFloats(new long[] {elements}, memory)) {
            for (int label = 0; label < perClass.length; label++) {
                long tries = TRIES * perClass[label];
                for (int left = perClass[label]; left > 0 && tries > 0; tries--) {
                    source.draw(label, row, 0);
                    if (likeness.isCopy(row, 0)) {
                        copies++;
                        continue;
                    }
                    builder.add(row, 0);
                    labels[made] = label;
                    System.arraycopy(row, elements, targets, made * outputs, outputs);
                    if ((long) (made + 1) * row.length <= looked.length) {
                        System.arraycopy(row, 0, looked, made * row.length, row.length);
                    }
                    made++;
                    left--;
                }
            }
            tell(
                    trial,
                    likeness,
                    Arrays.copyOf(looked, Math.min(looked.length, made * row.length)),
                    made,
                    wanted,
                    copies);
            return made == 0
                    ? training
                    : new Examples(
                            new Joined(training.inputs(), builder.build()),
                            target(
                                    training.target(),
                                    Arrays.copyOf(labels, made),
                                    Arrays.copyOf(targets, made * outputs)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In the shares that the classes have, by largest remainders; a class of one row cannot be learned. */
    private static int[] perClass(int[] counts, int wanted) {
        long all = 0;
        for (int count : counts) {
            all += count > 1 ? count : 0;
        }
        int[] perClass = new int[counts.length];
        long before = 0;
        for (int label = 0; label < counts.length && all > 0; label++) {
            long after = before + (counts[label] > 1 ? counts[label] : 0);
            perClass[label] = (int) (after * wanted / all - before * wanted / all);
            before = after;
        }
        return perClass;
    }

    private void tell(RowTrial trial, Likeness likeness, float[] looked, int made, int wanted, long copies) {
        StringBuilder sentence = new StringBuilder(String.format(
                Locale.ROOT,
                "%,d rows made by a %s, added to the training part: %s",
                made,
                maker.name(),
                trial.sentence()));
        if (made > 0) {
            sentence.append(String.format(
                    Locale.ROOT,
                    "; a made row is %.3g from the nearest real one, a real row %.3g from the nearest other (medians)",
                    likeness.toReal(looked),
                    likeness.amongReal()));
        }
        if (copies > 0) {
            sentence.append(String.format(Locale.ROOT, "; %,d that equalled real ones were thrown away", copies));
        }
        if (made < wanted) {
            sentence.append(String.format(Locale.ROOT, ", so that there are fewer than the %,d asked for", wanted));
        }
        story.add(sentence.toString());
    }

    private static Target target(Target real, int[] labels, float[] targets) {
        int size = real.size();
        if (real.task() == Task.CLASSIFICATION) {
            int[] all = new int[size + labels.length];
            for (int i = 0; i < size; i++) {
                all[i] = real.classOf(i);
            }
            System.arraycopy(labels, 0, all, size, labels.length);
            return Target.ofClasses(real.origin(), all, real.names());
        }
        int outputs = real.outputs();
        float[] all = new float[Math.addExact(size * outputs, targets.length)];
        for (int i = 0; i < size; i++) {
            for (int o = 0; o < outputs; o++) {
                all[i * outputs + o] = real.value(i, o);
            }
        }
        System.arraycopy(targets, 0, all, size * outputs, targets.length);
        return Target.ofValues(real.task(), real.origin(), all, real.names());
    }
}
