package dev.auscult.train.model;

import dev.auscult.train.engine.Tensor;

/**
 * Adds a vector for each position of a sequence, so that attention can tell them apart.
 *
 * <p>Sinusoidal (Vaswani et al. 2017, 3.5): PE(t, 2i) = sin(t / 10000^(2i/d)), PE(t, 2i + 1) = cos of the same; learned
 * ones start from N(0, 0.02²) (Radford et al. 2018).
 */
final class PositionalLayer {
    private static final double LEARNED_DEVIATION = 0.02;
    private static final double LONGEST = 10_000;

    private PositionalLayer() {}

    static Layer build(Site site) {
        Form form = Sequences.of(site);
        site.gives(form);
        long length = form.axis(0);
        long units = form.axis(1);
        Tensor table = site.word("encoding").equals("learned")
                ? site.parameter("weight", site.assembly().random().normal(0, LEARNED_DEVIATION, length, units))
                : site.constant(site.engine().of(sinusoids(length, units), length, units));
        return (in, flow) -> in.add(table.narrow(0, 0, in.shape()[1]));
    }

    static float[] sinusoids(long length, long units) {
        float[] table = new float[Math.toIntExact(length * units)];
        for (int t = 0, k = 0; t < length; t++) {
            for (int j = 0; j < units; j++, k++) {
                double angle = t / Math.pow(LONGEST, (j - j % 2) / (double) units);
                table[k] = (float) (j % 2 == 0 ? Math.sin(angle) : Math.cos(angle));
            }
        }
        return table;
    }
}
