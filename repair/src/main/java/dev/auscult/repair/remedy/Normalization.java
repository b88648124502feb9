package dev.auscult.repair.remedy;

import java.util.ArrayList;
import java.util.List;

import dev.auscult.diagnose.Remedy.Safety;
import dev.auscult.diagnose.cause.Cause;
import dev.auscult.train.spec.SpecEdit.Change;

/** Layers that keep activations at one scale. */
final class Normalization {
    /** Statistics of fewer examples are mostly noise (Wu and He 2018, figure 1). */
    private static final int LEAST_BATCH = 8;

    private static final String WHY = "keeps activations at one scale";

    static final Treatment NORM = new Treatment(
            "normalise-layers",
            Cause.MISSING_NORMALIZATION,
            Safety.LIKELY,
            "Put batch normalisation behind every hidden dense and convolutional layer, layer normalisation where tokens or"
                    + " tiny batches forbid it",
            "torch.nn.Sequential(\n    torch.nn.Linear(64, 64, bias=False), torch.nn.BatchNorm1d(64), torch.nn.ReLU())",
            "x = keras.layers.Dense(64, use_bias=False)(x)\nx = keras.layers.BatchNormalization()(x)\n"
                    + "x = keras.layers.ReLU()(x)",
            "Every layer sees inputs of mean 0 and variance 1, whatever those before it do; higher rates are borne",
            "Ioffe and Szegedy 2015, Batch Normalization; Ba et al. 2016, Layer Normalization; second remedy of AutoTrainer",
            Normalization::behindLayers);

    static final Treatment LAYER_NORM = new Treatment(
            "layer-norm-behind-layers",
            Cause.MISSING_NORMALIZATION,
            Safety.LIKELY,
            "Put layer normalisation behind every hidden dense layer",
            "torch.nn.Sequential(torch.nn.Linear(64, 64), torch.nn.LayerNorm(64), torch.nn.ReLU())",
            "x = keras.layers.LayerNormalization()(keras.layers.Dense(64)(x))",
            "The same scale for each example, independent of the batch",
            "Ba et al. 2016, Layer Normalization",
            patient -> behind(patient, "layer-norm"));

    static final Treatment NOT_IN_BATCH = new Treatment(
            "layer-norm-for-batch-norm",
            Cause.BATCH_TOO_SMALL,
            Safety.LIKELY,
            "Normalise each example rather than a batch of a few",
            "torch.nn.LayerNorm(64)  # or torch.nn.GroupNorm(8, channels) behind a convolution",
            "keras.layers.LayerNormalization()  # or keras.layers.GroupNormalization(groups=8)",
            "Statistics no longer depend on which few examples share a batch",
            "Wu and He 2018, Group Normalization, figure 1",
            Normalization::notInBatch);

    private Normalization() {}

    /** The norm that suits this network, behind every hidden layer without one. */
    static List<Change> behindLayers(Patient patient) {
        SpecLayers layers = SpecLayers.of(patient);
        boolean overTime = layers.has("embedding", "attention", "transformer-block", "positional")
                || layers.all().stream()
                        .anyMatch(a -> "all".equals(a.layer().options().get("return")));
        boolean tiny = patient.spec().training().batchSize() < LEAST_BATCH;
        return behind(patient, overTime || tiny ? "layer-norm" : "batch-norm");
    }

    private static List<Change> behind(Patient patient, String norm) {
        List<SpecLayers.At> all = SpecLayers.of(patient).all();
        List<SpecLayers.At> hidden = SpecLayers.of(patient).hidden();
        List<Change> changes = new ArrayList<>();
        for (int i = hidden.size() - 1; i >= 0; i--) {
            SpecLayers.At at = hidden.get(i);
            // Layer normalisation runs over the last axis, which behind a convolution is a place, not a channel.
            boolean fits = at.is("dense") || (at.is("conv") && norm.equals("batch-norm"));
            boolean has =
                    all.stream().anyMatch(a -> a.list().equals(at.list()) && a.index() == at.index() + 1 && a.isNorm());
            if (fits && !has && at.width() != 1) {
                changes.add(new Change(at.list() + "." + (at.index() + 1), "+" + norm, changes.isEmpty() ? WHY : ""));
            }
        }
        return List.copyOf(changes);
    }

    private static List<Change> notInBatch(Patient patient) {
        List<SpecLayers.At> all = SpecLayers.of(patient).all();
        Changes changes = new Changes();
        for (SpecLayers.At norm : all) {
            boolean behindDense = all.stream()
                    .anyMatch(a -> a.list().equals(norm.list()) && a.index() == norm.index() - 1 && a.is("dense"));
            if (norm.is("batch-norm") && behindDense) {
                changes.set(norm.key(), "layer-norm", "does not depend on the batch");
            }
        }
        return changes.list();
    }
}
