package dev.auscult.train.generate;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import dev.auscult.data.generate.Feature;
import dev.auscult.data.generate.GaussianCopula;
import dev.auscult.data.generate.PreparedRows;
import dev.auscult.data.generate.RowMaker;
import dev.auscult.data.generate.RowSource;
import dev.auscult.data.load.Draws;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.optimizer.Optimizer;
import dev.auscult.train.optimizer.Optimizers;
import dev.auscult.train.spec.OptimizerSettings;

/**
 * A small conditional variational autoencoder: rows and their class go through one hidden layer to the mean and variance of a few
 * normal numbers, and from a draw of those, with the class, through one hidden layer back to the row.
 *
 * <p>What is made small is the negative evidence lower bound: normal likelihood of numbers, with a variance of its own for each
 * column that is learned, cross-entropy of categories and gaps, and the divergence of the hidden numbers from the standard
 * normal distribution (Kingma and Welling, Auto-encoding variational Bayes, 2014, equation 10; the conditional one of Sohn, Lee and
 * Yan 2015). What the hidden numbers of the rows are like is then learned by a copula, and rows are decoded from draws of that:
 * between the hidden numbers of two groups of rows lies a gap, which the standard normal distribution would fill (Ghosh et al.,
 * From variational to deterministic autoencoders, 2020, section 4). Adam, with a rate that falls to zero over the steps.
 */
@SuppressWarnings("try") // scopes are opened for what their end does
public final class VariationalAutoencoder implements RowMaker {
    private static final int BATCH = 128;
    /** The hidden numbers of so many rows show how they are distributed. */
    private static final int MOST_ENCODED = 10_000;

    private static final double RATE = 0.005;

    private final Engine engine;
    private final int steps;

    /**
     * An autoencoder.
     *
     * @param steps optimizer steps of its training
     */
    public VariationalAutoencoder(Engine engine, int steps) {
        this.engine = engine;
        this.steps = steps;
    }

    @Override
    public String name() {
        return "variational autoencoder";
    }

    @Override
    public RowSource learn(PreparedRows rows, long seed) {
        RowCode code = new RowCode(rows);
        AutoencoderNetwork network = new AutoencoderNetwork(engine, code, seed);
        Draws draws = new Draws().begin(seed, 3, 0, 0);
        int batch = Math.min(BATCH, rows.size());
        OptimizerSettings settings =
                new OptimizerSettings("adam", RATE, 0, false, 0.9, 0.999, 1e-8, 0, "coupled", false, 10, 20, List.of());
        try (Optimizer optimizer = Optimizers.of(settings, network.parameters(), engine)) {
            for (int step = 0; step < steps; step++) {
                try (Scope scope = engine.scope()) {
                    int[] picked = new int[batch];
                    for (int i = 0; i < batch; i++) {
                        picked[i] = draws.nextInt(rows.size());
                    }
                    network.parameters().forEach(parameter -> parameter.tensor().clearGradient());
                    Tensor loss = network.loss(code.batch(picked), draws);
                    loss.backward();
                    optimizer.learningRate(RATE * (1 - (double) step / steps));
                    optimizer.step();
                }
            }
        }
        return new AutoencoderRows(network, code, hidden(network, code, rows, seed), seed);
    }

    /** The hidden numbers of the rows, as a distribution that can be drawn from. */
    private static RowSource hidden(AutoencoderNetwork network, RowCode code, PreparedRows rows, long seed) {
        int looked = Math.min(rows.size(), MOST_ENCODED);
        int[] picked = IntStream.range(0, looked)
                .map(i -> (int) ((long) i * rows.size() / looked))
                .toArray();
        float[] values = new float[looked * network.latent()];
        Draws draws = new Draws().begin(seed, 6, 0, 0);
        for (int from = 0; from < looked; from += BATCH) {
            int[] some = Arrays.copyOfRange(picked, from, Math.min(looked, from + BATCH));
            float[] encoded = network.encode(code.batch(some), draws);
            System.arraycopy(encoded, 0, values, from * network.latent(), encoded.length);
        }
        List<Feature> features = IntStream.range(0, network.latent())
                .mapToObj(i -> new Feature(i, 1, Feature.Kind.NUMBER))
                .toList();
        int[] labels = IntStream.of(picked).map(i -> rows.labels()[i]).toArray();
        return new GaussianCopula()
                .learn(new PreparedRows(values, network.latent(), features, labels, rows.classes()), seed);
    }
}
