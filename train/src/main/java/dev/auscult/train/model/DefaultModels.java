package dev.auscult.train.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.auscult.data.DataShape;
import dev.auscult.data.Task;
import dev.auscult.train.spec.LayerSettings;
import dev.auscult.train.spec.LayerVocabulary;

/** Sensible networks for data whose spec names no layers. */
final class DefaultModels {
    private static final long[] HIDDEN = {128, 64};
    private static final long TEXT_WIDTH = 64;
    private static final long LANGUAGE_WIDTH = 128;
    private static final int LANGUAGE_BLOCKS = 2;
    private static final long[] IMAGE_FILTERS = {16, 32, 64};
    private static final long[] WAVE_FILTERS = {16, 32, 64, 64};
    private static final long RECURRENT_UNITS = 64;
    private static final double DROPOUT = 0.1;
    /** Shorter sides are not halved any more. */
    private static final long SMALLEST_SIDE = 6;
    /** More values per row than channels: a waveform rather than rows of a table. */
    private static final long MOST_CHANNELS = 8;

    private DefaultModels() {}

    static List<LayerSettings> of(DataShape data) {
        List<LayerSettings> layers = new ArrayList<>();
        if (data.task() == Task.LANGUAGE_MODEL) {
            language(layers);
        } else if (data.tokens()) {
            text(layers);
        } else {
            switch (data.inputShape().rank()) {
                case 1 -> vector(layers);
                case 2 -> sequence(layers, data);
                case 3 -> image(layers, data);
                default -> layers.add(layer("flatten", Map.of()));
            }
        }
        layers.add(layer("dense", Map.of("units", LayerVocabulary.CLASSES)));
        return List.copyOf(layers);
    }

    /** Two hidden layers. */
    private static void vector(List<LayerSettings> layers) {
        for (long units : HIDDEN) {
            layers.add(layer("dense", Map.of("units", units)));
            layers.add(layer("relu", Map.of()));
        }
    }

    /** Convolutions with batch normalisation, halved by pooling while the sides allow, then the mean of each channel. */
    private static void image(List<LayerSettings> layers, DataShape data) {
        List<Long> axes = data.inputShape().axes();
        long height = axes.get(1);
        long width = axes.get(2);
        for (long filters : IMAGE_FILTERS) {
            convolve(layers, filters, 3, 1);
            if (Math.min(height, width) >= SMALLEST_SIDE) {
                layers.add(layer("max-pool", Map.of("size", List.of(2L))));
                height /= 2;
                width /= 2;
            }
        }
        layers.add(layer("global-pool", Map.of()));
    }

    /** A waveform is convolved with long strides; rows of a table go through a GRU. */
    private static void sequence(List<LayerSettings> layers, DataShape data) {
        List<Long> axes = data.inputShape().axes();
        if (axes.get(0) > MOST_CHANNELS || axes.get(1) <= axes.get(0)) {
            layers.add(layer("gru", Map.of("units", RECURRENT_UNITS)));
            return;
        }
        long length = axes.get(1);
        for (long filters : WAVE_FILTERS) {
            long stride = length >= 4 * SMALLEST_SIDE ? 4 : 1;
            convolve(layers, filters, 9, stride);
            length /= stride;
        }
        layers.add(layer("global-pool", Map.of()));
    }

    /** The mean of the tokens' vectors (Joulin et al. 2017, Bag of tricks), with one hidden layer. */
    private static void text(List<LayerSettings> layers) {
        layers.add(layer("embedding", Map.of("units", TEXT_WIDTH)));
        layers.add(layer("mean-over-time", Map.of()));
        layers.add(layer("dense", Map.of("units", TEXT_WIDTH)));
        layers.add(layer("relu", Map.of()));
    }

    /** A small causal transformer with normalisation in front (Radford et al. 2019). */
    private static void language(List<LayerSettings> layers) {
        layers.add(layer("embedding", Map.of("units", LANGUAGE_WIDTH)));
        layers.add(layer("positional", Map.of("encoding", "learned")));
        for (int i = 0; i < LANGUAGE_BLOCKS; i++) {
            layers.add(layer("transformer-block", Map.of("heads", 4L, "causal", true, "dropout", DROPOUT)));
        }
        layers.add(layer("layer-norm", Map.of()));
    }

    private static void convolve(List<LayerSettings> layers, long filters, long kernel, long stride) {
        layers.add(layer(
                "conv",
                Map.of(
                        "filters",
                        filters,
                        "kernel",
                        List.of(kernel),
                        "stride",
                        List.of(stride),
                        "padding",
                        "same",
                        "bias",
                        false)));
        layers.add(layer("batch-norm", Map.of()));
        layers.add(layer("relu", Map.of()));
    }

    private static LayerSettings layer(String type, Map<String, Object> options) {
        return LayerVocabulary.layer(type, options, List.of());
    }
}
