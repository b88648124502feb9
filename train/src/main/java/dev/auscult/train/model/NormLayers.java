package dev.auscult.train.model;

import java.util.Arrays;

import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.Tensor;
import org.jspecify.annotations.Nullable;

/** Normalisation to mean 0 and variance 1, then γ·x + β: over the batch, over the units, or over groups of channels. */
final class NormLayers {
    private NormLayers() {}

    /** Ioffe and Szegedy 2015, with running statistics as PyTorch keeps them (variance with n − 1). */
    static Layer batch(Site site) {
        Form original = site.input();
        Form input = Channels.first(original);
        if (original.kind() == Form.Kind.TOKENS) {
            throw site.wants("numbers", "begin with `embedding: 64`");
        }
        long channels = input.axis(0);
        site.gives(original);
        @Nullable Tensor scale = scale(site, channels);
        @Nullable Tensor shift = shift(site, channels);
        Tensor mean = site.buffer("running-mean", site.engine().full(0, channels));
        Tensor variance = site.buffer("running-variance", site.engine().full(1, channels));
        double momentum = site.number("momentum");
        double epsilon = site.number("epsilon");
        return Channels.around(
                original,
                (x, flow) ->
                        flow.engine().batchNorm(x, scale, shift, mean, variance, flow.training(), momentum, epsilon));
    }

    /** Ba et al. 2016, over the last axis. */
    static Layer layer(Site site) {
        Form input = site.input();
        if (input.kind() == Form.Kind.TOKENS) {
            throw site.wants("numbers", "begin with `embedding: 64`");
        }
        long units = input.axis(-1);
        site.gives(input);
        @Nullable Tensor scale = scale(site, units);
        @Nullable Tensor shift = shift(site, units);
        double epsilon = site.number("epsilon");
        long[] shape = {units};
        return (x, flow) -> flow.engine().layerNorm(x, shape, scale, shift, epsilon);
    }

    /** Wu and He 2018: the channels of a group share mean and variance, over all positions. */
    static Layer group(Site site) {
        Form original = site.input();
        Form input = Channels.first(original);
        long groups = site.whole("groups");
        if (original.kind() == Form.Kind.TOKENS) {
            throw site.wants("numbers", "begin with `embedding: 64`");
        }
        long channels = input.axis(0);
        if (channels % groups != 0) {
            throw site.refuse("has groups: " + groups + ", which must divide its " + channels + " channels");
        }
        site.gives(original);
        @Nullable Tensor scale = scale(site, channels);
        @Nullable Tensor shift = shift(site, channels);
        double epsilon = site.number("epsilon");
        return Channels.around(original, (x, flow) -> group(flow.engine(), x, groups, scale, shift, epsilon));
    }

    private static Tensor group(
            Engine engine, Tensor x, long groups, @Nullable Tensor scale, @Nullable Tensor shift, double epsilon) {
        long[] shape = x.shape();
        long size = x.count() / shape[0] / groups;
        Tensor normal = engine.layerNorm(x.reshape(shape[0], groups, size), new long[] {size}, null, null, epsilon)
                .reshape(shape);
        long[] perChannel = new long[shape.length];
        Arrays.fill(perChannel, 1);
        perChannel[1] = shape[1];
        Tensor scaled = scale == null ? normal : normal.mul(scale.reshape(perChannel));
        return shift == null ? scaled : scaled.add(shift.reshape(perChannel));
    }

    private static @Nullable Tensor scale(Site site, long count) {
        return site.flag("affine") ? site.parameter("weight", site.engine().full(1, count)) : null;
    }

    private static @Nullable Tensor shift(Site site, long count) {
        return site.flag("affine") ? site.parameter("bias", site.engine().full(0, count)) : null;
    }
}
