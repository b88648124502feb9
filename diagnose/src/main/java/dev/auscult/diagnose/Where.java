package dev.auscult.diagnose;

import java.util.List;

/**
 * Where in a run or in its data a finding lies.
 *
 * @param series labels of the series it was seen in, as {@link dev.auscult.run.MetricKey#label} gives them
 * @param layers paths of the layers; empty if it is not about layers
 * @param fromStep first step concerned
 * @param toStep last step concerned
 * @param columns names of the columns of the data, the worst first; empty if it is not about columns
 * @param examples rows and files of the data that show it, the worst first: {@code train row 17}, {@code cats/3.png}
 */
public record Where(
        List<String> series,
        List<String> layers,
        long fromStep,
        long toStep,
        List<String> columns,
        List<String> examples) {
    public Where {
        series = List.copyOf(series);
        layers = List.copyOf(layers);
        columns = List.copyOf(columns);
        examples = List.copyOf(examples);
    }

    /** A place in the training. */
    public Where(List<String> series, List<String> layers, long fromStep, long toStep) {
        this(series, layers, fromStep, toStep, List.of(), List.of());
    }

    /** A place in the data; the whole run rests on it. */
    public static Where data(List<String> columns, List<String> examples) {
        return new Where(List.of(), List.of(), 0, 0, columns, examples);
    }

    /** Whether it is a place in the data rather than in the training. */
    public boolean isInData() {
        return series.isEmpty() && layers.isEmpty() && (!columns.isEmpty() || !examples.isEmpty());
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
