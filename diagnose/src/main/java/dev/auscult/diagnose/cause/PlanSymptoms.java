package dev.auscult.diagnose.cause;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.measure.Blueprint;
import dev.auscult.diagnose.measure.Curve;
import dev.auscult.diagnose.measure.GradientNorm;
import dev.auscult.run.ModelGraph.Layer;
import dev.auscult.run.Probe;
import dev.auscult.run.Run;
import dev.auscult.run.Setting;
import dev.auscult.run.TensorKind;
import dev.auscult.run.TensorSeries;
import dev.auscult.run.TensorSummary;

/** What happened beside what settings and network announce: where the two differ, the code does not do what they say. */
final class PlanSymptoms {
    private PlanSymptoms() {}

    static void gather(Examination examination, Symptoms.Gathering to) {
        Run run = examination.run();
        examination
                .learningRate()
                .filter(rate -> rate.size() >= 3)
                .ifPresent(rate ->
                        RatePlan.of(run).ifPresent(plan -> to.above("rate-off-plan", plan.distance(rate), 0.03, 0.2)));
        clipping(run, to);
        decay(examination, to);
        start(examination, to);
        Blueprint.of(run).ifPresent(blueprint -> modes(run, blueprint.leaves(), to));
    }

    private static void clipping(Run run, Symptoms.Gathering to) {
        OptionalDouble clip = run.settings().number(Setting.CLIP_NORM);
        Optional<Curve> norm = GradientNorm.of(run).map(GradientNorm::curve).filter(c -> c.size() >= 4);
        if (clip.isPresent() && clip.getAsDouble() > 0 && norm.isPresent()) {
            to.above("norm-to-clip", norm.get().startLevel() / clip.getAsDouble(), 1, 5, 30, 300);
        }
    }

    /** Rate times decay times steps: by how many e-foldings decay alone would shrink the weights. */
    private static void decay(Examination examination, Symptoms.Gathering to) {
        OptionalDouble decay = examination.run().settings().number(Setting.WEIGHT_DECAY);
        Optional<Curve> rate = examination.learningRate().filter(r -> r.size() >= 2);
        if (decay.isPresent() && rate.isPresent()) {
            double sum = 0;
            for (double value : rate.get().values()) {
                sum += value;
            }
            double steps = rate.get().lastStep() - rate.get().firstStep() + 1.0;
            to.above("decay-over-run", decay.getAsDouble() * sum / rate.get().size() * steps, 0.01, 0.1, 0.5, 3);
        }
    }

    /** The first recorded losses beside the loss that a check measured on the untrained network. */
    private static void start(Examination examination, Symptoms.Gathering to) {
        Optional<Curve> train = examination.finestTrainLoss().filter(c -> !c.isEmpty());
        OptionalDouble checked = examination
                .run()
                .probe(Probe.Kind.LOSS_AT_START)
                .map(p -> p.number("loss"))
                .orElse(OptionalDouble.empty());
        if (train.isPresent() && checked.isPresent() && checked.getAsDouble() > 0) {
            to.above("train-loss-to-check", train.get().first() / checked.getAsDouble(), 0.5, 0.8, 1.25, 2, 6);
        }
    }

    /**
     * Whether training runs in training mode, by what layers put out at their first record: batch normalisation a deviation of
     * 1, dropout its share of zeros.
     */
    private static void modes(Run run, List<Layer> leaves, Symptoms.Gathering to) {
        boolean looked = false;
        boolean apart = false;
        boolean idle = false;
        for (int i = 0; i < leaves.size(); i++) {
            Layer layer = leaves.get(i);
            Optional<TensorSummary> out = first(run, layer);
            if (out.isEmpty()) {
                continue;
            }
            if (layer.type().equals("batch-norm")) {
                double deviation = out.get().standardDeviation();
                looked |= Double.isFinite(deviation);
                apart |= Math.abs(Math.log(deviation)) > 0.3;
            }
            double rate = rate(layer.options());
            Optional<TensorSummary> in = i == 0 ? Optional.empty() : first(run, leaves.get(i - 1));
            if (layer.type().equals("dropout") && rate > 0 && in.isPresent()) {
                double before = in.get().zeros() / in.get().count();
                double after = out.get().zeros() / out.get().count();
                looked |= Double.isFinite(after - before);
                idle |= after < before + rate * (1 - before) / 4;
            }
        }
        if (looked) {
            to.put("norm-output-apart", apart);
            to.put("dropout-idle", idle);
        }
    }

    private static Optional<TensorSummary> first(Run run, Layer layer) {
        return run.tensors(TensorKind.ACTIVATION)
                .filter(t -> t.key().layer().equals(layer.name()) && t.size() > 0)
                .findFirst()
                .map((TensorSeries t) -> t.summary(0));
    }

    private static double rate(Map<String, String> options) {
        try {
            return Double.parseDouble(options.getOrDefault("rate", "0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
