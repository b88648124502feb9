package dev.auscult.train.generate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

import dev.auscult.data.generate.Feature;
import dev.auscult.data.generate.RowSource;
import dev.auscult.data.load.Draws;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;

/** Rows that a trained autoencoder decodes from hidden numbers, some at a time. */
@SuppressWarnings("try") // scopes are opened for what their end does
final class AutoencoderRows implements RowSource {
    private static final int TOGETHER = 256;

    private final AutoencoderNetwork network;
    private final RowCode code;
    private final RowSource hidden;
    private final long seed;
    private final double[] deviations;
    private final Map<Integer, Draws> draws = new HashMap<>();
    private final Map<Integer, Deque<float[]>> ready = new HashMap<>();

    AutoencoderRows(AutoencoderNetwork network, RowCode code, RowSource hidden, long seed) {
        this.network = network;
        this.code = code;
        this.hidden = hidden;
        this.seed = seed;
        this.deviations = network.deviations();
    }

    @Override
    public void draw(int label, float[] into, int offset) {
        Deque<float[]> rows = ready.computeIfAbsent(label, x -> new ArrayDeque<>());
        if (rows.isEmpty()) {
            decode(label, rows);
        }
        System.arraycopy(rows.remove(), 0, into, offset, code.width());
    }

    private void decode(int label, Deque<float[]> rows) {
        // Each class has random numbers of its own: what is drawn of one changes nothing of another.
        Draws own = draws.computeIfAbsent(label, x -> new Draws().begin(seed, 5, x, 0));
        float[] classes = new float[TOGETHER * code.classWidth()];
        for (int i = 0; i < TOGETHER && code.classWidth() > 0; i++) {
            classes[i * code.classWidth() + label] = 1;
        }
        float[] drawn = new float[TOGETHER * network.latent()];
        for (int i = 0; i < TOGETHER; i++) {
            hidden.draw(label, drawn, i * network.latent());
        }
        float[] decoded;
        try (Scope scope = network.engine().scope();
                Scope still = network.engine().withoutGradients()) {
            Tensor given = network.engine().of(drawn, TOGETHER, network.latent());
            decoded = network.decode(given, classes, TOGETHER).toFloats();
        }
        for (int i = 0; i < TOGETHER; i++) {
            float[] row = new float[code.width()];
            for (Feature feature : code.features()) {
                write(feature, decoded, i * code.width(), own, row);
            }
            rows.add(row);
        }
    }

    private void write(Feature feature, float[] decoded, int from, Draws own, float[] row) {
        int at = feature.offset();
        if (feature.kind() == Feature.Kind.CATEGORY) {
            row[at + category(decoded, from + at, feature.width(), own.nextDouble())] = 1;
            return;
        }
        row[at] = code.number(at, decoded[from + at] + deviations[at] * own.nextGaussian());
        if (feature.kind() == Feature.Kind.NUMBER_OR_MISSING) {
            double probability = 1 / (1 + Math.exp(-decoded[from + at + 1]));
            if (own.happens(probability)) {
                row[at] = code.fill(at);
                row[at + 1] = 1;
            }
        }
    }

    /** A category by its probability, of logits. */
    private static int category(float[] logits, int from, int width, double uniform) {
        double most = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < width; k++) {
            most = Math.max(most, logits[from + k]);
        }
        double sum = 0;
        for (int k = 0; k < width; k++) {
            sum += Math.exp(logits[from + k] - most);
        }
        double left = uniform * sum;
        for (int k = 0; k < width - 1; k++) {
            left -= Math.exp(logits[from + k] - most);
            if (left < 0) {
                return k;
            }
        }
        return width - 1;
    }

    @Override
    public void close() {
        hidden.close();
        network.close();
    }
}
