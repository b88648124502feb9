package dev.auscult.train.generate;

import java.util.ArrayList;
import java.util.List;

import dev.auscult.data.generate.Feature;
import dev.auscult.data.load.Draws;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.model.Parameter;

/** The layers of a conditional variational autoencoder of rows, and its loss. */
@SuppressWarnings("try") // scopes are opened for what their end does
final class AutoencoderNetwork implements AutoCloseable {
    private static final int HIDDEN = 64;
    private static final int MOST_LATENT = 16;
    /** Least logarithm of a variance: a hundredth of the deviation of the column. */
    private static final double LEAST = -9.2;

    private final Engine engine;
    private final RowCode code;
    private final int latent;
    private final List<Parameter> parameters = new ArrayList<>();
    private final Draws start;

    private final Tensor encoder;
    private final Tensor encoderBias;
    private final Tensor mean;
    private final Tensor meanBias;
    private final Tensor spread;
    private final Tensor spreadBias;
    private final Tensor decoder;
    private final Tensor decoderBias;
    private final Tensor output;
    private final Tensor outputBias;
    /** Logarithm of the variance of each number beside what is decoded. */
    private final Tensor variance;

    AutoencoderNetwork(Engine engine, RowCode code, long seed) {
        this.engine = engine;
        this.code = code;
        this.latent = Math.min(MOST_LATENT, Math.max(2, code.width() / 2));
        this.start = new Draws().begin(seed, 4, 0, 0);
        try (Scope scope = engine.scope()) {
            encoder = weight("encoder", HIDDEN, code.width() + code.classWidth());
            encoderBias = zeros("encoder", HIDDEN);
            mean = weight("mean", latent, HIDDEN);
            meanBias = zeros("mean", latent);
            spread = weight("spread", latent, HIDDEN);
            spreadBias = zeros("spread", latent);
            decoder = weight("decoder", HIDDEN, latent + code.classWidth());
            decoderBias = zeros("decoder", HIDDEN);
            output = weight("output", code.width(), HIDDEN);
            outputBias = zeros("output", code.width());
            variance = zeros("variance", code.width());
        }
    }

    /** Normal numbers of variance 2 / inputs (He et al. 2015). */
    private Tensor weight(String layer, int out, int in) {
        float[] values = new float[out * in];
        double deviation = Math.sqrt(2.0 / in);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (deviation * start.nextGaussian());
        }
        return parameter(layer, "weight", engine.of(values, out, in));
    }

    private Tensor zeros(String layer, int size) {
        return parameter(layer, "bias", engine.of(new float[size], size));
    }

    private Tensor parameter(String layer, String name, Tensor tensor) {
        Tensor kept = tensor.keep().requiresGradient(true);
        parameters.add(new Parameter(layer, name, kept, true));
        return kept;
    }

    List<Parameter> parameters() {
        return parameters;
    }

    int latent() {
        return latent;
    }

    /** The negative evidence lower bound of a row, as a mean over a batch. */
    Tensor loss(RowCode.Batch batch, Draws draws) {
        long size = batch.size;
        Tensor values = engine.of(batch.values, size, code.width());
        Tensor hidden = engine.linear(with(values, batch.classes, size), encoder, encoderBias)
                .relu();
        Tensor means = engine.linear(hidden, mean, meanBias);
        Tensor spreads = engine.linear(hidden, spread, spreadBias).clamp(LEAST, -LEAST);
        Tensor drawn = draw(means, spreads, size, draws);
        Tensor decoded = decode(drawn, batch.classes, size);
        Tensor divergence =
                means.mul(means).add(spreads.exp()).sub(spreads).add(-1).sum().mul(0.5);
        return likelihood(values, decoded, batch).add(divergence).div((double) size);
    }

    private Tensor draw(Tensor means, Tensor spreads, long size, Draws draws) {
        Tensor noise = engine.of(normal(draws, (int) size * latent), size, latent);
        return means.add(spreads.mul(0.5).exp().mul(noise));
    }

    /** Hidden numbers drawn for each row of a batch [batch × latent]. */
    float[] encode(RowCode.Batch batch, Draws draws) {
        long size = batch.size;
        try (Scope scope = engine.scope();
                Scope still = engine.withoutGradients()) {
            Tensor values = engine.of(batch.values, size, code.width());
            Tensor hidden = engine.linear(with(values, batch.classes, size), encoder, encoderBias)
                    .relu();
            Tensor spreads = engine.linear(hidden, spread, spreadBias).clamp(LEAST, -LEAST);
            return draw(engine.linear(hidden, mean, meanBias), spreads, size, draws)
                    .toFloats();
        }
    }

    /** Negative logarithm of the likelihood of a batch, but for a constant. */
    private Tensor likelihood(Tensor values, Tensor decoded, RowCode.Batch batch) {
        Tensor numbers = engine.of(batch.numbers, batch.size, code.width());
        Tensor off = values.sub(decoded);
        Tensor log = variance.clamp(LEAST, -LEAST);
        Tensor sum =
                off.mul(off).mul(log.neg().exp()).add(log).mul(numbers).sum().mul(0.5);
        for (Feature feature : code.features()) {
            if (feature.kind() == Feature.Kind.CATEGORY) {
                Tensor logs =
                        decoded.narrow(1, feature.offset(), feature.width()).logSoftmax(1);
                sum = sum.sub(values.narrow(1, feature.offset(), feature.width())
                        .mul(logs)
                        .sum());
            } else if (feature.kind() == Feature.Kind.NUMBER_OR_MISSING) {
                // Binary cross-entropy on a logit x: softplus(x) − x·y.
                Tensor logit = decoded.narrow(1, feature.offset() + 1L, 1);
                Tensor missing = values.narrow(1, feature.offset() + 1L, 1);
                sum = sum.add(logit.softplus().sub(logit.mul(missing)).sum());
            }
        }
        return sum;
    }

    /**
     * Decodes.
     *
     * @param drawn hidden numbers [batch, latent]
     * @param classes a 1 in the place of the class of each row [batch × class width]
     */
    Tensor decode(Tensor drawn, float[] classes, long size) {
        Tensor hidden =
                engine.linear(with(drawn, classes, size), decoder, decoderBias).relu();
        return engine.linear(hidden, output, outputBias);
    }

    private Tensor with(Tensor values, float[] classes, long size) {
        return code.classWidth() == 0
                ? values
                : engine.cat(List.of(values, engine.of(classes, size, code.classWidth())), 1);
    }

    private static float[] normal(Draws draws, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) draws.nextGaussian();
        }
        return values;
    }

    Engine engine() {
        return engine;
    }

    /** Standard deviation of each number beside what is decoded [width]. */
    double[] deviations() {
        double[] logs = variance.toDoubles();
        double[] deviations = new double[logs.length];
        for (int i = 0; i < logs.length; i++) {
            deviations[i] = Math.exp(0.5 * Math.max(LEAST, Math.min(-LEAST, logs[i])));
        }
        return deviations;
    }

    @Override
    public void close() {
        parameters.forEach(parameter -> parameter.tensor().close());
    }
}
