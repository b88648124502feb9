package dev.auscult.train.regularize;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.model.Parameter;
import dev.auscult.train.spec.RegularizationSettings;
import dev.auscult.train.spec.SpecException;

/**
 * An average of the weights over the training, which is evaluated in their place.
 *
 * <p>Exponential (EMA): a ← d·a + (1 − d)·w after every step. Stochastic weight averaging (SWA): the mean of the weights at
 * the ends of the epochs after a share of all epochs. Both start with the first weights they see.
 *
 * <p>Buffers are not averaged. Statistics of batch normalisation belong to the weights that gathered them, so where {@link
 * #needsRefresh} they are to be gathered anew by a pass over training examples with the average in place.
 *
 * <p>Source: Polyak and Juditsky (1992); Izmailov et al., Averaging Weights Leads to Wider Optima (2018); {@code
 * torch.optim.swa_utils.AveragedModel}.
 */
@SuppressWarnings("try") // scopes are opened for what their end does
public final class WeightAverage implements AutoCloseable {
    private final Engine engine;
    private final double decay;
    private final double start;
    private final Map<String, Tensor> weights = new LinkedHashMap<>();
    private final Map<String, Tensor> averages = new LinkedHashMap<>();
    private final List<Tensor> aside = new ArrayList<>();
    private final boolean statistics;
    private long count;

    private WeightAverage(
            RegularizationSettings settings, List<Parameter> parameters, Collection<String> buffers, Engine engine) {
        this.engine = engine;
        this.decay = settings.ema();
        this.start = settings.swaStart();
        this.statistics = buffers.stream().anyMatch(name -> name.contains("running"));
        try (Scope scope = engine.scope()) {
            for (Parameter parameter : parameters) {
                Tensor tensor = parameter.tensor();
                weights.put(parameter.path(), tensor);
                averages.put(
                        parameter.path(),
                        engine.zeros(tensor.type(), tensor.shape()).keep());
            }
        }
    }

    /**
     * The average that a spec asks for; empty if none.
     *
     * @param buffers names of the buffers of the network
     */
    public static Optional<WeightAverage> of(
            RegularizationSettings settings, List<Parameter> parameters, Collection<String> buffers, Engine engine) {
        if (settings.ema() != 0 && settings.swaStart() != 0) {
            throw new SpecException(
                    "regularization: found ema and swa-start, wanted one of them: only one average can be evaluated");
        }
        return settings.ema() == 0 && settings.swaStart() == 0
                ? Optional.empty()
                : Optional.of(new WeightAverage(settings, parameters, buffers, engine));
    }

    /** Hears that a step was made. */
    public void afterStep() {
        if (decay != 0) {
            average(1 - decay);
        }
    }

    /**
     * Hears that an epoch ended.
     *
     * @param finished epochs finished, this one too
     * @param epochs epochs of the whole training
     */
    public void afterEpoch(int finished, int epochs) {
        if (start != 0 && finished > start * epochs) {
            average(1.0 / (count + 1));
        }
    }

    private void average(double share) {
        try (Scope scope = engine.scope();
                Scope still = engine.withoutGradients()) {
            weights.forEach((path, weight) -> {
                Tensor average = Saved.value(averages, path);
                if (count == 0) {
                    average.copyFrom(weight);
                } else {
                    average.lerpInPlace(weight, share);
                }
            });
        }
        count++;
    }

    /** Whether anything was averaged yet. */
    public boolean isStarted() {
        return count > 0;
    }

    /** Whether statistics of batch normalisation are to be gathered anew once the average is in place. */
    public boolean needsRefresh() {
        return statistics && isStarted();
    }

    /** Puts the average in the place of the weights; nothing where none has started. */
    public void evaluationWeights() {
        if (!isStarted() || !aside.isEmpty()) {
            return;
        }
        try (Scope scope = engine.scope();
                Scope still = engine.withoutGradients()) {
            weights.forEach((path, weight) -> {
                aside.add(weight.copy().keep());
                weight.copyFrom(Saved.value(averages, path));
            });
        }
    }

    /** Puts the trained weights back, bit for bit. */
    public void trainingWeights() {
        if (aside.isEmpty()) {
            return;
        }
        try (Scope still = engine.withoutGradients()) {
            int i = 0;
            for (Tensor weight : weights.values()) {
                weight.copyFrom(aside.get(i++));
            }
        }
        aside.forEach(Tensor::close);
        aside.clear();
    }

    /** The averages by path of their parameter, in the order of the network; they change with the next step. */
    public Map<String, Tensor> tensors() {
        return Collections.unmodifiableMap(averages);
    }

    /** Number of weights averaged so far, to be kept beside {@link #tensors}. */
    public long count() {
        return count;
    }

    /** Goes on from what {@link #tensors} and {@link #count} gave. */
    public void restore(Map<String, Tensor> tensors, long count) {
        averages.forEach((path, average) -> average.copyFrom(Saved.value(tensors, path)));
        this.count = count;
    }

    @Override
    public void close() {
        averages.values().forEach(Tensor::close);
        aside.forEach(Tensor::close);
        aside.clear();
    }
}
