package dev.auscult.diagnose.cause;

import java.util.ArrayList;
import java.util.List;

import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.measure.Curve;
import dev.auscult.diagnose.measure.GradientNorm;
import dev.auscult.diagnose.measure.Pruned;
import dev.auscult.diagnose.measure.Robust;
import dev.auscult.run.Run;
import dev.auscult.run.TensorKind;
import dev.auscult.run.TensorSeries;
import dev.auscult.run.TensorSummary;

/** What recorded tensors show: how gradients, updates, weights and activations differ over layers and time. */
final class TensorSymptoms {
    private TensorSymptoms() {}

    static void gather(Examination examination, Symptoms.Gathering to) {
        Run run = examination.run();
        GradientNorm.of(run).map(GradientNorm::curve).filter(c -> c.size() >= 4).ifPresent(c -> norm(c, to));
        kind(run, TensorKind.GRADIENT, "gradient", to);
        kind(run, TensorKind.UPDATE, "update", to);
        kind(run, TensorKind.WEIGHT, "weight", to);
        activations(run, to);
        ratio(run, to);
    }

    private static void norm(Curve norm, Symptoms.Gathering to) {
        double start = norm.startLevel();
        double end = norm.endLevel();
        to.above("gradient-norm-start", start, 1e-4, 1e-2, 0.3, 10, 1000);
        to.above("gradient-norm-end", end, 1e-5, 1e-3, 0.05, 3, 100);
        to.above("gradient-norm-noise", norm.noise() / Math.max(norm.endLevel(), 1e-30), 0.02, 0.05, 0.1, 0.2, 0.4);
        double early = norm.head(0.2).max();
        to.above("gradient-norm-early", early / Math.max(norm.first(), 1e-30), 1.5, 4, 15);
        to.above("gradient-norm-grows", end / Math.max(start, 1e-30), 0.05, 0.5, 3, 30);
    }

    /** Root mean squares at the first and the last record, each as a median over the layers and as an extreme. */
    private static void kind(Run run, TensorKind kind, String name, Symptoms.Gathering to) {
        List<Double> first = new ArrayList<>();
        List<Double> last = new ArrayList<>();
        List<Double> still = new ArrayList<>();
        for (TensorSeries series : run.tensors(kind).toList()) {
            if (series.size() == 0 || series.key().parameter().equals("bias")) {
                continue;
            }
            TensorSummary begin = series.summary(Math.min(1, series.size() - 1));
            first.add(begin.rootMeanSquare());
            last.add(series.last().rootMeanSquare());
            still.add(begin.rootMeanSquare() == 0 && series.last().rootMeanSquare() == 0 ? 1.0 : 0.0);
        }
        if (first.isEmpty()) {
            return;
        }
        double[] a = array(first);
        double[] b = array(last);
        double median = Robust.median(b);
        switch (kind) {
            case GRADIENT -> to.above("gradient-median", median, 1e-8, 1e-6, 1e-4, 1e-2, 1);
            case WEIGHT -> {
                to.above("weight-median", median, 1e-3, 0.02, 1, 5);
                to.above("weight-grows", median / Math.max(Robust.median(a), 1e-12), 0.01, 0.1, 0.6, 0.9, 1.05, 1.5, 5);
            }
            default -> to.above("update-median", median, 1e-9, 1e-7, 1e-5, 1e-3, 0.03);
        }
        to.above(
                name + "-all-zero-share",
                still.stream().mapToDouble(v -> v).average().orElse(0),
                0,
                0.4,
                0.9);
        if (b.length >= 2 && kind == TensorKind.GRADIENT) {
            to.above(name + "-first-to-last-layer", a[0] / Math.max(a[a.length - 1], 1e-30), 1e-4, 1e-2, 0.1, 10);
        }
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(v -> v).filter(Double::isFinite).toArray().length == 0
                ? new double[] {Double.NaN}
                : values.stream().mapToDouble(v -> v).filter(Double::isFinite).toArray();
    }

    private static void activations(Run run, Symptoms.Gathering to) {
        List<TensorSeries> series =
                run.tensors(TensorKind.ACTIVATION).filter(s -> s.size() > 0).toList();
        if (series.isEmpty()) {
            return;
        }
        double deadest = 0;
        double smallest = Double.MAX_VALUE;
        double largest = 0;
        for (TensorSeries one : series) {
            TensorSummary last = one.last();
            if (!Double.isNaN(last.inactiveShare())) {
                deadest = Math.max(deadest, Pruned.amongTheRest(run, last.inactiveShare()));
            }
            if (Double.isFinite(last.standardDeviation())) {
                smallest = Math.min(smallest, last.standardDeviation());
                largest = Math.max(largest, last.standardDeviation());
            }
        }
        to.above("units-never-active", deadest, 0.1, 0.5, 0.95);
        to.above("activation-least", smallest, 1e-6, 1e-3, 0.05);
        to.above("activation-most", largest, 5, 50, 1000);
    }

    /** Size of the updates beside that of the weights, as a median over the layers. */
    private static void ratio(Run run, Symptoms.Gathering to) {
        List<Double> ratios = new ArrayList<>();
        for (TensorSeries update : run.tensors(TensorKind.UPDATE).toList()) {
            for (TensorSeries weight : run.tensors(TensorKind.WEIGHT).toList()) {
                boolean same = update.key().layer().equals(weight.key().layer())
                        && update.key().parameter().equals(weight.key().parameter());
                if (same && !update.key().parameter().equals("bias") && update.size() > 1 && weight.size() > 1) {
                    double size = weight.summary(1).rootMeanSquare();
                    if (size > 0) {
                        ratios.add(update.summary(1).rootMeanSquare() / size);
                    }
                }
            }
        }
        if (!ratios.isEmpty()) {
            to.above("update-ratio", Robust.median(array(ratios)), 1e-6, 1e-5, 3e-4, 3e-3, 0.01, 0.03, 0.2);
        }
    }
}
