package dev.auscult.diagnose;

import java.util.List;

/**
 * Where in a run a finding lies.
 *
 * @param series labels of the series it was seen in, as {@link dev.auscult.run.MetricKey#label} gives them
 * @param layers paths of the layers; empty if it is not about layers
 * @param fromStep first step concerned
 * @param toStep last step concerned
 */
public record Where(List<String> series, List<String> layers, long fromStep, long toStep) {
    public Where {
        series = List.copyOf(series);
        layers = List.copyOf(layers);
    }

    public static Where series(String label, long fromStep, long toStep) {
        return new Where(List.of(label), List.of(), fromStep, toStep);
    }

    public static Where series(List<String> labels, long fromStep, long toStep) {
        return new Where(labels, List.of(), fromStep, toStep);
    }

    public static Where layers(List<String> layers, long fromStep, long toStep) {
        return new Where(List.of(), layers, fromStep, toStep);
    }
}
