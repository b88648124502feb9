package dev.auscult.bench.faults;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import dev.auscult.diagnose.measure.LayerKind;
import dev.auscult.run.ModelGraph.Layer;
import dev.auscult.run.Quantity;
import dev.auscult.run.Run;
import dev.auscult.run.Series;
import dev.auscult.run.Split;
import dev.auscult.run.TensorKind;
import dev.auscult.run.TensorSeries;
import dev.auscult.run.TensorSummary;

/** What tools with fixed thresholds read of a run: plain numbers by epoch and by layer, without any smoothing. */
final class Readings {
    private final Run run;

    Readings(Run run) {
        this.run = run;
    }

    Run run() {
        return run;
    }

    /** Values of a metric in the order of the log; empty where there is none. */
    double[] values(Split split, Quantity quantity) {
        return run.metrics(split, quantity).findFirst().map(Series::values).orElse(new double[0]);
    }

    /** Means of a metric over each epoch; empty where the log has no epochs. */
    double[] byEpoch(Split split, Quantity quantity) {
        Optional<Series> found = run.metrics(split, quantity).findFirst();
        if (found.isEmpty() || !found.get().hasEpochs()) {
            return new double[0];
        }
        Series series = found.get();
        Map<Long, double[]> sums = new LinkedHashMap<>();
        for (int i = 0; i < series.size(); i++) {
            double[] sum = sums.computeIfAbsent((long) Math.floor(series.epoch(i)), e -> new double[2]);
            sum[0] += series.value(i);
            sum[1]++;
        }
        return sums.values().stream().mapToDouble(s -> s[0] / s[1]).toArray();
    }

    /** The weight matrices' statistics of one kind, by layer in the order of the network. */
    List<TensorSeries> matrices(TensorKind kind) {
        return run.tensors(kind)
                .filter(t -> !t.key().parameter().equals("bias") && t.size() > 0)
                .toList();
    }

    /** Whether a statistic of any record of a kind is as asked. */
    boolean any(TensorKind kind, Predicate<TensorSummary> is) {
        for (TensorSeries series : matrices(kind)) {
            for (int i = 0; i < series.size(); i++) {
                if (is.test(series.summary(i))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Ratios of the gradient's norm in the first layer to that in the last, and that in the first [records][2]. */
    List<double[]> firstToLast() {
        List<TensorSeries> gradients = matrices(TensorKind.GRADIENT);
        List<double[]> found = new ArrayList<>();
        if (gradients.size() < 2) {
            return found;
        }
        TensorSeries first = gradients.get(0);
        TensorSeries last = gradients.get(gradients.size() - 1);
        for (int i = 0; i < Math.min(first.size(), last.size()); i++) {
            double norm = first.summary(i).l2Norm();
            found.add(new double[] {norm / last.summary(i).l2Norm(), norm});
        }
        return found;
    }

    /** Ratios of one statistic's norm to that of the weights, over all layers and records. */
    double[] toWeights(TensorKind kind) {
        List<Double> ratios = new ArrayList<>();
        for (TensorSeries one : matrices(kind)) {
            for (TensorSeries weight : matrices(TensorKind.WEIGHT)) {
                boolean same = one.key().path().equals(weight.key().path());
                for (int i = 0; same && i < Math.min(one.size(), weight.size()); i++) {
                    ratios.add(one.summary(i).l2Norm() / weight.summary(i).l2Norm());
                }
            }
        }
        return ratios.stream().mapToDouble(r -> r).toArray();
    }

    /** Activations of the layers that are rectifiers. */
    List<TensorSeries> rectified() {
        List<String> names = layers().stream()
                .filter(l -> LayerKind.activation(l).equals("relu"))
                .map(Layer::name)
                .toList();
        return run.tensors(TensorKind.ACTIVATION)
                .filter(t -> t.size() > 0 && names.contains(t.key().layer()))
                .toList();
    }

    /** What goes into the layers that are sigmoids or hyperbolic tangents: the output of the layer before each. */
    List<TensorSeries> beforeSquashing() {
        List<String> names = new ArrayList<>();
        List<Layer> layers = layers();
        for (int i = 1; i < layers.size(); i++) {
            if (List.of("sigmoid", "tanh")
                    .contains(LayerKind.normal(layers.get(i).type()))) {
                names.add(layers.get(i - 1).name());
            }
        }
        return run.tensors(TensorKind.ACTIVATION)
                .filter(t -> t.size() > 0 && names.contains(t.key().layer()))
                .toList();
    }

    List<Layer> layers() {
        return run.graph().map(g -> g.layers()).orElse(List.of());
    }

    String setting(String key) {
        return run.settings().raw().getOrDefault(key, "");
    }

    static boolean finite(double[] values) {
        return Arrays.stream(values).allMatch(Double::isFinite);
    }
}
