package dev.auscult.bench.faults;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

import dev.auscult.diagnose.Diagnosis;
import dev.auscult.diagnose.Doctor;
import dev.auscult.diagnose.RuleBook;
import dev.auscult.run.Run;
import dev.auscult.run.RunBuilder;
import dev.auscult.run.Series;
import dev.auscult.run.TensorSeries;

/** After which share of its steps a run was found to be sick, judged as it went. */
final class TimeToDetection {
    private static final double[] SHARES = {0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.65, 0.8, 1};

    private TimeToDetection() {}

    static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(v -> v).sorted().toArray();
        int n = sorted.length;
        return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }

    /** The first of the shares looked at by which a finding is medium or above; empty if there is none. */
    static OptionalDouble share(Run run) {
        long last = run.lastStep();
        return Arrays.stream(SHARES)
                .filter(share -> isSick(prefix(run, Math.round(share * last))))
                .findFirst();
    }

    private static boolean isSick(Run run) {
        return new Doctor(RuleBook.rules(), Map.of()).examine(run).status() == Diagnosis.Status.SICK;
    }

    /** The run as it was known after a step: what was tried before training is known from the start. */
    static Run prefix(Run run, long step) {
        RunBuilder known = Run.builder(run.id()).format("recording");
        known.settings().putAll(run.settings());
        run.graph().ifPresent(known::graph);
        run.data().ifPresent(known::data);
        run.probes().forEach(known::probe);
        for (Series series : run.metrics()) {
            for (int i = 0; i < series.size() && series.step(i) <= step; i++) {
                known.series(series.key()).add(series.step(i), series.epoch(i), series.wallTime(i), series.value(i));
            }
        }
        for (TensorSeries series : run.tensors()) {
            for (int i = 0; i < series.size() && series.step(i) <= step; i++) {
                known.tensor(series.key()).add(series.step(i), series.wallTime(i), series.summary(i));
            }
        }
        return known.build();
    }
}
