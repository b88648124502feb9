package dev.auscult.diagnose.rules;

import java.util.ArrayList;
import java.util.List;

import dev.auscult.diagnose.Evidence;
import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Need;
import dev.auscult.diagnose.Numbers;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.RuleInfo;
import dev.auscult.diagnose.Verdict;
import dev.auscult.diagnose.measure.Blueprint;
import dev.auscult.diagnose.measure.LayerKind;
import dev.auscult.run.ModelGraph.Layer;

/** Remarks on biases directly before a batch normalisation, which subtracts the mean and the bias with it. */
public final class BiasBeforeNorm implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("ARC106", "bias-before-norm");

    /** It costs a little memory and nothing else. */
    private static final int HARMLESS = 5;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(
                Plans.GRAPH,
                new Need(
                        "whether layers have a bias is not in this log",
                        "train with `auscult train`, or run `auscult check`, which record the settings of each layer",
                        e -> Blueprint.of(e.run())
                                .filter(b -> b.linear().isEmpty()
                                        || b.linear().stream()
                                                .anyMatch(l ->
                                                        Blueprint.hasBias(l).isPresent()))
                                .isPresent()));
    }

    @Override
    public Verdict examine(Examination examination) {
        Blueprint blueprint = Plans.blueprint(examination);
        List<Layer> useless = new ArrayList<>();
        long biases = 0;
        for (List<Layer> sequence : blueprint.sequences()) {
            for (int i = 0; i + 1 < sequence.size(); i++) {
                Layer layer = sequence.get(i);
                if (LayerKind.of(layer) == LayerKind.LINEAR
                        && LayerKind.activation(layer).isEmpty()
                        && layer.trainable()
                        && Blueprint.hasBias(layer).orElse(false)
                        && LayerKind.of(sequence.get(i + 1)) == LayerKind.BATCH_NORM) {
                    useless.add(layer);
                    biases += Blueprint.units(layer).orElse(0);
                }
            }
        }
        if (useless.isEmpty()) {
            return Verdict.CLEAR;
        }
        return Verdict.found(new Finding(
                INFO,
                HARMLESS,
                "the bias of " + useless.get(0).name()
                        + (useless.size() > 1 ? " and of " + Numbers.count(useless.size() - 1, "other layer") : "")
                        + " does nothing: the batch normalisation behind it subtracts the mean",
                Plans.where(examination.run(), useless.stream().map(Layer::name).toList()),
                Evidence.of(
                        "biases without effect",
                        (double) biases,
                        "parameters",
                        "units of layers with bias directly before a batch normalisation",
                        Evidence.of("layers", useless.size(), "layers"))));
    }
}
