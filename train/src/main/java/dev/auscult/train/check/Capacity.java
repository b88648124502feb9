package dev.auscult.train.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.auscult.run.Probe;
import dev.auscult.train.loop.Setup;
import dev.auscult.train.model.Parameter;

/** Counts parameters, examples and outputs, and measures what part of the input a convolutional network sees. */
public final class Capacity {
    private Capacity() {}

    /** Does it; the network stays as it is. */
    public static Probe run(Setup setup) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        long trained = setup.network().parameters().stream()
                .filter(Parameter::trainable)
                .mapToLong(p -> p.tensor().count())
                .sum();
        double elements = 1;
        for (long extent : setup.data().shape().inputShape().axes()) {
            elements *= extent;
        }
        numbers.put("parameters", (double) trained);
        numbers.put("examples", (double) setup.data().train().size());
        numbers.put("outputs", (double) setup.data().shape().outputs());
        numbers.put("input-elements", elements);
        ReceptiveField field = ReceptiveField.of(setup.network().graph().layers());
        if (field.convolutions() > 0) {
            numbers.put("receptive-field", (double) field.extent());
            numbers.put("input-extent", (double) field.inputExtent());
        }
        return new Probe(Probe.Kind.CAPACITY, numbers, Map.of("sees-all", field.seesAll() ? "yes" : "no"), List.of());
    }
}
