package dev.auscult.train.metric;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/** Measures the outputs of a network, fed batch by batch. */
public final class Meter {
    private final Map<String, DoubleSupplier> values;
    private final Collection<Gatherer> gatherers;
    private final Optional<ConfusionMatrix> confusion;
    private final boolean oneClass;
    private float[] certain = {};

    /**
     * A meter.
     *
     * @param oneClass whether the data have one class only, which a single output can but name
     */
    Meter(
            Map<String, DoubleSupplier> values,
            Collection<Gatherer> gatherers,
            Optional<ConfusionMatrix> confusion,
            boolean oneClass) {
        this.oneClass = oneClass;
        this.values = new LinkedHashMap<>(values);
        this.gatherers = new LinkedHashSet<>(gatherers);
        this.confusion = confusion;
    }

    /**
     * Adds examples (or places of sequences) that belong to one class each.
     *
     * @param outputs logits [rows, columns], row after row; with one column the logit of class 1
     * @param classes class of each row [rows]; rows whose class is negative or unknown to the data are left out
     * @param rows number of rows; the arrays may be longer
     * @param columns number of classes
     */
    public void addClasses(float[] outputs, long[] classes, int rows, int columns) {
        float[] seen = oneClass && columns == 1 ? certain(rows) : outputs;
        for (Gatherer gatherer : gatherers) {
            gatherer.addClasses(seen, classes, rows, columns);
        }
    }

    /** The logits of class 1 where there is none but class 0. */
    private float[] certain(int rows) {
        if (certain.length < rows) {
            certain = new float[rows];
            Arrays.fill(certain, Float.NEGATIVE_INFINITY);
        }
        return certain;
    }

    /**
     * Adds examples with numbers or labels to predict.
     *
     * @param outputs predictions, or the logits of labels [rows, columns], row after row
     * @param targets numbers, or labels as 0 and 1 [rows, columns]
     * @param rows number of rows; the arrays may be longer
     * @param columns number of outputs
     */
    public void addValues(float[] outputs, float[] targets, int rows, int columns) {
        for (Gatherer gatherer : gatherers) {
            gatherer.addValues(outputs, targets, rows, columns);
        }
    }

    /** Names of the results, in order. */
    public List<String> names() {
        return List.copyOf(values.keySet());
    }

    /** Each metric over all that was added, in order; NaN where it is not defined. */
    public Map<String, Double> results() {
        Map<String, Double> results = new LinkedHashMap<>();
        values.forEach((name, value) -> results.put(name, value.getAsDouble()));
        return results;
    }

    /** Which classes were taken for which; for classification into not too many classes. */
    public Optional<ConfusionMatrix> confusion() {
        return confusion;
    }

    /** Forgets everything that was added. */
    public void reset() {
        gatherers.forEach(Gatherer::reset);
    }
}
