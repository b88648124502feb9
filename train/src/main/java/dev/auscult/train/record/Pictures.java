package dev.auscult.train.record;

import java.util.Optional;

import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.RandomSource;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.model.LayerListener;
import dev.auscult.train.model.Network;
import dev.auscult.train.model.Parameter;
import dev.auscult.train.model.Pass;

/** Pictures of a network: the filters of its first convolution, and the feature and attention maps of a few examples. */
public final class Pictures {
    private static final int MOST_FILTERS = 64;
    private static final int FILTERS_IN_A_ROW = 8;
    private static final int MOST_CHANNELS = 16;
    private static final int MOST_EXAMPLES = 4;
    private static final int MOST_LAYERS = 12;

    private Pictures() {}

    /**
     * Adds the pictures of a network to its recording, as at a checkpoint.
     *
     * @param examples a few validation examples, always the same [batch, shape…]
     */
    public static void record(Recorder recorder, Network network, Engine engine, Tensor examples, long step) {
        filters(network).ifPresent(f -> recorder.picture("images/" + f.layer() + "/filters", step, f.picture()));
        Scope scope = engine.scope();
        Scope silent = engine.withoutGradients();
        try (scope;
                silent;
                RandomSource random = engine.random(0)) {
            network.forward(examples, new Pass(engine, false, random, new Maps(recorder, step)));
        }
    }

    /** Draws what has two axes for each channel or head. */
    private static final class Maps implements LayerListener {
        private final Recorder recorder;
        private final long step;
        private int layers;

        Maps(Recorder recorder, long step) {
            this.recorder = recorder;
            this.step = step;
        }

        @Override
        public void output(String layer, Tensor output) {
            long[] shape = output.shape();
            if (shape.length == 4 && shape[2] > 1 && shape[3] > 1 && layers++ < MOST_LAYERS) {
                recorder.picture("images/" + layer + "/maps", step, maps(output));
            }
        }

        @Override
        public boolean wantsAttention(String layer) {
            return layers < MOST_LAYERS;
        }
    }

    /** A picture and the layer it shows. */
    record OfLayer(String layer, Picture picture) {}

    /** The weights [out, in, height, width] of the first convolution, of three inputs in colour, else of the first input. */
    static Optional<OfLayer> filters(Network network) {
        for (Parameter parameter : network.parameters()) {
            long[] shape = parameter.tensor().shape();
            if (parameter.name().equals("weight") && shape.length == 4) {
                return Optional.of(new OfLayer(
                        parameter.layer(), filters(parameter.tensor().toFloats(), shape)));
            }
        }
        return Optional.empty();
    }

    private static Picture filters(float[] weights, long[] shape) {
        int count = (int) Math.min(shape[0], MOST_FILTERS);
        int height = (int) shape[2];
        int width = (int) shape[3];
        int size = (int) (shape[1] * height * width);
        int columns = Math.min(count, FILTERS_IN_A_ROW);
        Picture picture = new Picture((count + columns - 1) / columns, columns, height, width);
        float largest = 0;
        for (float w : weights) {
            largest = Math.max(largest, Math.abs(w));
        }
        for (int i = 0; i < count; i++) {
            if (shape[1] == 3) {
                picture.colour(i, weights, i * size, -largest, largest);
            } else {
                picture.signed(i, weights, i * size, largest);
            }
        }
        return picture;
    }

    /** A row for each example of what the first channels [batch, channels, height, width] give. */
    static Picture maps(Tensor output) {
        long[] shape = output.shape();
        int examples = (int) Math.min(shape[0], MOST_EXAMPLES);
        int channels = (int) Math.min(shape[1], MOST_CHANNELS);
        int height = (int) shape[2];
        int width = (int) shape[3];
        int plane = height * width;
        float[] numbers = output.toFloats();
        Picture picture = new Picture(examples, channels, height, width);
        for (int e = 0; e < examples; e++) {
            for (int c = 0; c < channels; c++) {
                int from = (e * (int) shape[1] + c) * plane;
                float low = Float.POSITIVE_INFINITY;
                float high = Float.NEGATIVE_INFINITY;
                for (int i = from; i < from + plane; i++) {
                    low = Math.min(low, numbers[i]);
                    high = Math.max(high, numbers[i]);
                }
                picture.grey(e * channels + c, numbers, from, low, high);
            }
        }
        return picture;
    }
}
