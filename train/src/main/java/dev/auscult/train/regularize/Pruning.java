package dev.auscult.train.regularize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.model.Parameter;
import dev.auscult.train.spec.OptimizerSettings;
import dev.auscult.train.spec.SpecException;
import dev.auscult.train.spec.TrainingSettings;
import org.jspecify.annotations.Nullable;

/**
 * Takes weights out of a network while it is trained: they become zero, and stay zero whatever the optimizer does.
 *
 * <p>Magnitude pruning takes the weights of the least |w| of all layers together (Han et al., Learning both weights and
 * connections, 2015). Structured pruning takes units of dense layers and filters of convolutions, those of the least L2 norm of
 * a layer, with their biases (Li et al., Pruning filters for efficient ConvNets, 2017), but none of the last layer. The share
 * grows by a {@link SparsitySchedule}; what is out never comes back.
 */
@SuppressWarnings("try") // scopes are opened for what their end does
public final class Pruning implements AutoCloseable {
    private final Engine engine;
    private final SparsitySchedule schedule;
    private final boolean structured;
    private final double share;
    private final List<Masked> weights = new ArrayList<>();
    private final long total;
    private long out;
    private boolean settled;

    /**
     * Weights of which some are to be taken out.
     *
     * @param parameters those of the network
     * @param steps steps of the whole training
     * @throws SpecException where there is nothing to prune
     */
    public Pruning(TrainingSettings.Pruning settings, List<Parameter> parameters, long steps, Engine engine) {
        this.engine = engine;
        this.schedule = new SparsitySchedule(settings, steps);
        this.structured = settings.type().equals("structured");
        this.share = settings.share();
        List<Parameter> chosen = chosen(settings, parameters);
        try (Scope scope = engine.scope();
                Scope still = engine.withoutGradients()) {
            for (Parameter parameter : chosen) {
                Tensor bias = structured
                        ? parameters.stream()
                                .filter(p -> isBiasOf(p, parameter))
                                .findFirst()
                                .map(Parameter::tensor)
                                .orElse(null)
                        : null;
                weights.add(new Masked(parameter, bias, engine));
            }
        }
        this.total = weights.stream().mapToLong(w -> w.tensor.count()).sum();
    }

    private List<Parameter> chosen(TrainingSettings.Pruning settings, List<Parameter> parameters) {
        List<Parameter> trained =
                parameters.stream().filter(Parameter::trainable).toList();
        for (String glob : settings.match()) {
            if (trained.stream().noneMatch(p -> matches(glob, p))) {
                throw new SpecException("training.pruning.match: '" + glob
                        + "' fits no parameter that is trained; wanted"
                        + " a glob on one of "
                        + String.join(
                                ", ", trained.stream().map(Parameter::path).toList()));
            }
        }
        List<Parameter> candidates = structured ? units(trained) : trained;
        List<Parameter> chosen = candidates.stream()
                .filter(p -> settings.match().isEmpty()
                        ? isWeight(p)
                        : settings.match().stream().anyMatch(glob -> matches(glob, p)))
                .toList();
        if (chosen.isEmpty()) {
            throw new SpecException(
                    structured
                            ? "training.pruning: found no units to prune, wanted a dense or convolution layer before the last"
                                    + " one; or type: magnitude"
                            : "training.pruning: found no weights to prune; name parameters in training.pruning.match");
        }
        return chosen;
    }

    /** Weights of layers that have units, but for the last of them, whose units are the answers. */
    private static List<Parameter> units(List<Parameter> parameters) {
        List<Parameter> units = parameters.stream()
                .filter(p -> List.of("dense", "conv").contains(typeOf(p))
                        && p.tensor().shape().length > 1)
                .toList();
        return units.isEmpty() ? units : units.subList(0, units.size() - 1);
    }

    private static boolean isWeight(Parameter parameter) {
        return parameter.tensor().shape().length > 1
                && !List.of("embedding", "positional").contains(typeOf(parameter));
    }

    private static boolean isBiasOf(Parameter bias, Parameter weight) {
        long[] shape = bias.tensor().shape();
        return bias.layer().equals(weight.layer())
                && shape.length == 1
                && shape[0] == weight.tensor().shape()[0];
    }

    /** {@code dense} of {@code 3-residual/0-dense}. */
    private static String typeOf(Parameter parameter) {
        String path = parameter.layer();
        return path.substring(path.lastIndexOf('/') + 1).replaceFirst("^[0-9]+-", "");
    }

    private static boolean matches(String glob, Parameter parameter) {
        return new OptimizerSettings.Group(glob, 1, null, false).matches(parameter.path());
    }

    /** Takes out what is due before a step. */
    public void beforeStep(long step) {
        // What a checkpoint brought back after the last pruning goes at once.
        if (settled || (step <= schedule.end() && !schedule.isDue(step))) {
            return;
        }
        try (Scope scope = engine.scope();
                Scope still = engine.withoutGradients()) {
            double wanted = schedule.at(step);
            if (structured) {
                weights.forEach(weight -> weight.dropUnits(wanted));
            } else {
                dropLeast(Math.round(wanted * total));
            }
            weights.forEach(Masked::upload);
        }
        count();
        apply();
    }

    /** Takes out weights of the least magnitude until so many are out. */
    private void dropLeast(long wanted) {
        long more = wanted - out;
        if (more <= 0) {
            return;
        }
        int[][] magnitudes = new int[weights.size()][];
        for (int i = 0; i < magnitudes.length; i++) {
            magnitudes[i] = weights.get(i).magnitudes();
        }
        int limit = OrderStatistic.smallest(magnitudes, more);
        for (int i = 0; i < magnitudes.length; i++) {
            more -= weights.get(i).dropBelow(magnitudes[i], limit);
        }
        // Of equal ones those that come first, so that exactly so many are out.
        for (int i = 0; i < magnitudes.length && more > 0; i++) {
            more -= weights.get(i).dropEqual(magnitudes[i], limit, more);
        }
    }

    private void count() {
        out = weights.stream().mapToLong(Masked::count).sum();
        settled = structured
                ? weights.stream().allMatch(w -> w.unitsOut() >= w.unitsWanted(share))
                : out >= Math.round(share * total);
    }

    /** Takes what is out out of the gradients as well, so that clipping and line searches do not see it. */
    public void maskGradients() {
        if (out == 0) {
            return;
        }
        try (Scope scope = engine.scope();
                Scope still = engine.withoutGradients()) {
            weights.forEach(Masked::maskGradient);
        }
    }

    /** Sets to zero what is out. */
    public void apply() {
        if (out == 0) {
            return;
        }
        try (Scope scope = engine.scope();
                Scope still = engine.withoutGradients()) {
            weights.forEach(Masked::apply);
        }
    }

    /** Share 0..1 of the weights that can be pruned that is out. */
    public double sparsity() {
        return (double) out / total;
    }

    /** Whether all that is to be out is out. */
    public boolean isSettled() {
        return settled;
    }

    /** What will be done, for people. */
    public String plan() {
        String what = structured ? "units and filters" : "weights";
        String when = schedule.begin() == schedule.end()
                ? String.format(Locale.ROOT, "before step %,d", schedule.begin())
                : String.format(Locale.ROOT, "from step %,d to step %,d", schedule.begin(), schedule.end());
        return String.format(
                Locale.ROOT,
                "prunes %.1f %% of the %s of %s (%,d weights) %s",
                100 * share,
                what,
                weights.size() == 1 ? "1 tensor" : weights.size() + " tensors",
                total,
                when);
    }

    /** What was done, for people. */
    public String result() {
        String units = structured
                ? String.format(
                        Locale.ROOT,
                        "%,d of %,d units and filters, with ",
                        weights.stream().mapToLong(Masked::unitsOut).sum(),
                        weights.stream().mapToLong(w -> w.units).sum())
                : "";
        return String.format(
                Locale.ROOT,
                "pruned %s%,d of %,d weights (%.1f %%), which are zero%s",
                units,
                out,
                total,
                100 * sparsity(),
                isSettled() ? "" : "; the training ended before all were out that were to be");
    }

    /** What is out, 1 for a weight that stays and 0 for one that is out, by the path of the parameter. */
    public Map<String, byte[]> masks() {
        Map<String, byte[]> masks = new TreeMap<>();
        if (out > 0) {
            weights.forEach(w -> masks.put(w.path, w.kept.clone()));
        }
        return masks;
    }

    /**
     * Goes on from what {@link #masks} gave.
     *
     * @throws SpecException where they are of other parameters
     */
    public void restore(Map<String, byte[]> masks) {
        try (Scope scope = engine.scope();
                Scope still = engine.withoutGradients()) {
            for (Masked weight : weights) {
                weight.restore(masks.get(weight.path));
            }
        }
        count();
    }

    @Override
    public void close() {
        weights.forEach(Masked::close);
    }

    /** One tensor of weights, of which some are out. */
    private static final class Masked {
        private final String path;
        private final Tensor tensor;
        private final @Nullable Tensor bias;
        private final int units;
        private final int perUnit;
        /** 1 for a weight that stays, 0 for one that is out. */
        private final byte[] kept;

        private final Tensor mask;
        private final @Nullable Tensor biasMask;

        Masked(Parameter parameter, @Nullable Tensor bias, Engine engine) {
            this.path = parameter.path();
            this.tensor = parameter.tensor();
            this.bias = bias;
            long[] shape = tensor.shape();
            this.units = Math.toIntExact(shape[0]);
            this.kept = new byte[Math.toIntExact(tensor.count())];
            Arrays.fill(kept, (byte) 1);
            this.perUnit = kept.length / units;
            this.mask = engine.ones(tensor.type(), shape).keep();
            this.biasMask =
                    bias == null ? null : engine.ones(bias.type(), units).keep();
        }

        /** |w| as the bits of a float, which are in the same order; of what is out the largest number. */
        int[] magnitudes() {
            float[] values = tensor.toFloats();
            int[] magnitudes = new int[values.length];
            for (int i = 0; i < values.length; i++) {
                magnitudes[i] = kept[i] == 0 ? Integer.MAX_VALUE : Float.floatToRawIntBits(Math.abs(values[i]));
            }
            return magnitudes;
        }

        long dropBelow(int[] magnitudes, int limit) {
            long dropped = 0;
            for (int i = 0; i < magnitudes.length; i++) {
                if (magnitudes[i] < limit) {
                    kept[i] = 0;
                    dropped++;
                }
            }
            return dropped;
        }

        long dropEqual(int[] magnitudes, int limit, long most) {
            long dropped = 0;
            for (int i = 0; i < magnitudes.length && dropped < most; i++) {
                if (magnitudes[i] == limit && kept[i] == 1) {
                    kept[i] = 0;
                    dropped++;
                }
            }
            return dropped;
        }

        /** At least one unit stays. */
        long unitsWanted(double wanted) {
            return Math.min(units - 1L, Math.round(wanted * units));
        }

        long unitsOut() {
            return IntStream.range(0, units).filter(u -> kept[u * perUnit] == 0).count();
        }

        void dropUnits(double wanted) {
            long more = unitsWanted(wanted) - unitsOut();
            if (more <= 0) {
                return;
            }
            float[] values = tensor.toFloats();
            double[] squares = new double[units];
            for (int i = 0; i < values.length; i++) {
                squares[i / perUnit] += (double) values[i] * values[i];
            }
            IntStream.range(0, units)
                    .filter(u -> kept[u * perUnit] == 1)
                    .boxed()
                    .sorted(Comparator.comparingDouble(u -> squares[u]))
                    .limit(more)
                    .forEach(u -> Arrays.fill(kept, u * perUnit, (u + 1) * perUnit, (byte) 0));
        }

        long count() {
            long zeros = 0;
            for (byte one : kept) {
                zeros += 1 - one;
            }
            return zeros;
        }

        /** Brings the mask to where the weights are. */
        void upload() {
            float[] values = new float[kept.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = kept[i];
            }
            mask.copyFrom(values);
            if (biasMask != null) {
                float[] ofUnits = new float[units];
                for (int u = 0; u < units; u++) {
                    ofUnits[u] = kept[u * perUnit];
                }
                biasMask.copyFrom(ofUnits);
            }
        }

        void apply() {
            tensor.mulInPlace(mask);
            if (bias != null && biasMask != null) {
                bias.mulInPlace(biasMask);
            }
        }

        void maskGradient() {
            tensor.gradient().ifPresent(gradient -> gradient.mulInPlace(mask));
            if (bias != null && biasMask != null) {
                Optional<Tensor> gradient = bias.gradient();
                if (gradient.isPresent()) {
                    gradient.get().mulInPlace(biasMask);
                }
            }
        }

        void restore(byte @Nullable [] saved) {
            if (saved == null) {
                Arrays.fill(kept, (byte) 1);
            } else if (saved.length == kept.length) {
                System.arraycopy(saved, 0, kept, 0, kept.length);
            } else {
                throw new SpecException("the checkpoint's pruning of " + path + " has " + saved.length
                        + " weights, the network's " + kept.length);
            }
            upload();
        }

        void close() {
            mask.close();
            if (biasMask != null) {
                biasMask.close();
            }
        }
    }
}
