package dev.auscult.diagnose.measure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.auscult.run.MetricKey;
import dev.auscult.run.Quantity;
import dev.auscult.run.Run;
import dev.auscult.run.Series;
import dev.auscult.run.Split;
import dev.auscult.run.TensorKind;
import dev.auscult.run.TensorSeries;

/** The L2 norm of the whole gradient over time: as logged, else sqrt(Σ norm²) over the gradient tensors of a step. */
public final class GradientNorm {
    private static final MetricKey KEY = MetricKey.of(Split.NONE, Quantity.GRADIENT_NORM, "gradient_norm");

    private final List<String> series;
    private final List<String> layers;
    private final long[] steps;
    private final double[] values;

    private GradientNorm(List<String> series, List<String> layers, long[] steps, double[] values) {
        this.series = List.copyOf(series);
        this.layers = List.copyOf(layers);
        this.steps = steps;
        this.values = values;
    }

    /** Label of the metric; empty if it was computed. */
    public List<String> series() {
        return series;
    }

    /** Layers that it was computed from; empty if it was logged. */
    public List<String> layers() {
        return layers;
    }

    /** Number of points, those included that are not finite. */
    public int size() {
        return values.length;
    }

    public long step(int i) {
        return steps[i];
    }

    /** The norm of point {@code i}, NaN and infinite ones kept. */
    public double value(int i) {
        return values[i];
    }

    /** The norm of a run, if it was logged or can be computed. */
    public static Optional<GradientNorm> of(Run run) {
        Optional<GradientNorm> logged = run.metrics().stream()
                .filter(s -> s.key().quantity() == Quantity.GRADIENT_NORM)
                .max(Comparator.comparingInt((Series s) -> s.key().isWhole() ? 1 : 0)
                        .thenComparingInt(Series::size))
                .map(s -> new GradientNorm(List.of(s.key().label()), List.of(), s.steps(), s.values()));
        return logged.isPresent() ? logged : computed(run);
    }

    /** The finite norms. */
    public Curve curve() {
        return Curve.finite(KEY, steps, values);
    }

    private static Optional<GradientNorm> computed(Run run) {
        List<TensorSeries> tensors = run.tensors(TensorKind.GRADIENT)
                .filter(t -> !Double.isNaN(t.last().l2Norm()))
                .toList();
        Map<Long, double[]> sums = new TreeMap<>();
        int most = 0;
        for (TensorSeries tensor : tensors) {
            for (int i = 0; i < tensor.size(); i++) {
                double norm = tensor.summary(i).l2Norm();
                double[] sum = sums.computeIfAbsent(tensor.step(i), step -> new double[2]);
                sum[0] += norm * norm;
                sum[1]++;
                most = Math.max(most, (int) sum[1]);
            }
        }
        int complete = most;
        // A step at which only some tensors were recorded has another norm.
        sums.values().removeIf(sum -> sum[1] < complete);
        if (sums.isEmpty()) {
            return Optional.empty();
        }
        List<double[]> kept = new ArrayList<>(sums.values());
        return Optional.of(new GradientNorm(
                List.of(),
                tensors.stream().map(t -> t.key().layer()).distinct().toList(),
                sums.keySet().stream().mapToLong(Long::longValue).toArray(),
                kept.stream().mapToDouble(sum -> Math.sqrt(sum[0])).toArray()));
    }
}
