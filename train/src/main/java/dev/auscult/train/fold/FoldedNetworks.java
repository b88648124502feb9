package dev.auscult.train.fold;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.auscult.data.DataSettings;
import dev.auscult.data.DataShape;
import dev.auscult.data.Examples;
import dev.auscult.data.PreparedData;
import dev.auscult.data.Subset;
import dev.auscult.data.Target;
import dev.auscult.data.Task;
import dev.auscult.data.checkup.MediaModel;
import dev.auscult.data.checkup.OutOfSample;
import dev.auscult.data.error.DataException;
import dev.auscult.data.learn.Folds;
import dev.auscult.data.profile.Progress;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.model.Networks;
import dev.auscult.train.spec.LayerSettings;
import dev.auscult.train.spec.LayerVocabulary;

/**
 * Judges each picture or sound by a small network that was trained on the other three quarters of the examples.
 *
 * <p>The networks are small, and large pictures are made smaller in front of them. Nothing is written down;
 * the same seed gives the same probabilities, as far as the engine's threads do.
 */
public final class FoldedNetworks implements MediaModel {
    /** As many as the experiments of Northcutt, Jiang and Chuang 2021. */
    private static final int FOLDS = 4;
    /** Examples that each network is shown in all its epochs, about. */
    private static final int SHOWN = 60_000;

    private static final int FEWEST_EPOCHS = 2;
    private static final int MOST_EPOCHS = 40;
    /** Each side is averaged down to at most this; about as long as those of CIFAR. */
    private static final long LONGEST_SIDE = 48;

    private static final long[] FILTERS = {32, 64, 64};
    private static final long SMALLEST_SIDE = 6;

    private final Engine engine;

    /**
     * Judges with an engine.
     *
     * @param engine what computes; not closed with this
     */
    public FoldedNetworks(Engine engine) {
        this.engine = engine;
    }

    @Override
    public float[][] probabilities(DataSettings settings, Path base, long seed, Progress progress) {
        PreparedData data =
                PreparedData.open(settings.trainingOnly(), base, seed, said -> progress.at(said, Double.NaN));
        if (data.task() != Task.CLASSIFICATION) {
            throw new DataException("probabilities of classes are wanted, but the target is a "
                    + data.task().label());
        }
        Examples all = data.train();
        Target target = all.target();
        int[] labels = new int[all.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = target.classOf(i);
        }
        Folds folds = Folds.stratified(labels, FOLDS, seed);
        int epochs = Math.max(FEWEST_EPOCHS, Math.min(MOST_EPOCHS, SHOWN / Math.max(1, labels.length)));
        double[][] scores = new double[labels.length][];
        for (int fold = 0; fold < FOLDS; fold++) {
            int now = fold;
            try (FoldTraining training = new FoldTraining(
                    engine,
                    data.shape(),
                    layers(data.shape()),
                    Subset.of(all, folds.others(fold)),
                    epochs,
                    seed + fold)) {
                training.run(
                        share -> progress.at("small network " + (now + 1) + " of " + FOLDS, (now + share) / FOLDS));
                int[] rows = folds.rows(fold);
                training.scores(Subset.of(all, rows), rows, scores);
            }
        }
        return OutOfSample.calibrated(scores, labels, target.outputs());
    }

    /**
     * For pictures and spectrograms three convolutions that halve the sides by their stride, which costs a third of what
     * pooling afterwards does, and a dense layer that sees where things are: a spectrogram has its pitch along one side. For
     * all else the network of a spec without layers.
     */
    private static List<LayerSettings> layers(DataShape shape) {
        if (shape.inputShape().rank() != 3) {
            return Networks.usual(shape);
        }
        List<Long> axes = shape.inputShape().axes();
        long height = axes.get(1);
        long width = axes.get(2);
        List<LayerSettings> layers = new ArrayList<>();
        long down = (height + LONGEST_SIDE - 1) / LONGEST_SIDE;
        long across = (width + LONGEST_SIDE - 1) / LONGEST_SIDE;
        if (down > 1 || across > 1) {
            layers.add(layer("average-pool", Map.of("size", List.of(down, across))));
            height /= down;
            width /= across;
        }
        for (long filters : FILTERS) {
            boolean halves = Math.min(height, width) >= SMALLEST_SIDE;
            layers.add(layer(
                    "conv",
                    Map.of(
                            "filters",
                            filters,
                            "kernel",
                            List.of(3L),
                            "stride",
                            List.of(halves ? 2L : 1L),
                            "padding",
                            List.of(1L),
                            "bias",
                            false)));
            layers.add(layer("batch-norm", Map.of()));
            layers.add(layer("relu", Map.of()));
            height = halves ? (height + 1) / 2 : height;
            width = halves ? (width + 1) / 2 : width;
        }
        layers.add(layer("flatten", Map.of()));
        layers.add(layer("dense", Map.of("units", LayerVocabulary.CLASSES)));
        return layers;
    }

    private static LayerSettings layer(String type, Map<String, Object> options) {
        return LayerVocabulary.layer(type, options, List.of());
    }
}
