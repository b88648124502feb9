package dev.auscult.train.check;

import java.util.Arrays;
import java.util.function.IntConsumer;

import dev.auscult.data.Batch;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.RandomSource;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.loop.Setup;
import dev.auscult.train.model.LayerListener;
import dev.auscult.train.model.Parameter;
import dev.auscult.train.model.Pass;
import dev.auscult.train.optimizer.Optimizer;
import dev.auscult.train.regularize.GradientClipping;

/**
 * Trains with a learning rate that grows exponentially, η_i = a·(b/a)^(i/n), until the smoothed loss is four times its best
 * (Smith 2017, <i>Cyclical Learning Rates</i>; limits and smoothing as fastai 2).
 */
public final class LearningRateTest {
    private static final double LOWEST = 1e-7;
    private static final double HIGHEST = 10;
    private static final int STEPS = 100;

    /** Weight of the old losses in the smoothed one. */
    private static final double SMOOTHING = 0.98;

    private static final double DIVERGED = 4;

    private LearningRateTest() {}

    /**
     * What a range test saw.
     *
     * @param curve the steps in order
     * @param diverged whether it ended because the loss blew up
     * @param suggestions what rate to take
     */
    public record Result(Curve curve, boolean diverged, RateSuggestions suggestions) {}

    /** Learning rates and losses of the steps of a range test. */
    public static final class Curve {
        private final double[] rates;
        private final double[] losses;
        private final double[] smoothed;

        private Curve(double[] rates, double[] losses, double[] smoothed) {
            this.rates = rates;
            this.losses = losses;
            this.smoothed = smoothed;
        }

        public int size() {
            return rates.length;
        }

        /** η of each step. */
        public double[] rates() {
            return rates.clone();
        }

        /** The loss of each step before its update. */
        public double[] losses() {
            return losses.clone();
        }

        /** The exponentially smoothed losses, free of the bias towards their start. */
        public double[] smoothed() {
            return smoothed.clone();
        }
    }

    /** Gives the loss of a step at a learning rate. */
    @FunctionalInterface
    interface Step {
        double take(double rate);
    }

    /** The rate of one of n steps. */
    static double rate(int step, int steps) {
        return LOWEST * Math.pow(HIGHEST / LOWEST, (double) step / steps);
    }

    /**
     * Does it; the network stays as it is.
     *
     * @param progress hears how many of 100 steps were taken
     * @throws IllegalArgumentException if the optimizer evaluates the loss itself, as {@code lbfgs} does
     */
    @SuppressWarnings("try") // Scopes work by being open.
    public static Result run(Setup setup, IntConsumer progress) {
        Engine engine = setup.engine();
        Plan plan = Plan.of(setup);
        GradientClipping clipping = new GradientClipping(
                engine,
                setup.spec().training().clipNorm(),
                setup.spec().training().clipValue());
        try (Untouched untouched = new Untouched(engine, setup.network());
                RandomSource random = engine.random(setup.spec().seed());
                BatchStream stream = new BatchStream(
                        setup, plan.batchSize(), setup.spec().data().augment());
                Optimizer optimizer = plan.optimizer()) {
            if (optimizer.needsClosure()) {
                throw new IllegalArgumentException(
                        "a range test needs an optimizer that takes one step per batch, found "
                                + setup.spec().optimizer().type() + ", which searches along its direction by itself");
            }
            Pass pass = new Pass(engine, true, random, LayerListener.NONE);
            int[] taken = {0};
            return over(STEPS, SMOOTHING, rate -> {
                optimizer.learningRate(rate);
                try (Scope scope = engine.scope()) {
                    double loss = step(setup, stream, optimizer, clipping, pass);
                    progress.accept(++taken[0]);
                    return loss;
                }
            });
        }
    }

    private static double step(
            Setup setup, BatchStream stream, Optimizer optimizer, GradientClipping clipping, Pass pass) {
        setup.network().parameters().forEach(p -> p.tensor().clearGradient());
        Batch batch = stream.next();
        Tensor loss = setup.criterion().loss(setup.network().forward(stream.input(batch), pass), stream.target(batch));
        if (loss.requiresGradient()) {
            loss.backward();
            clipping.clip(
                    setup.network().parameters().stream()
                            .map(Parameter::tensor)
                            .flatMap(t -> t.gradient().stream())
                            .toList(),
                    false);
            optimizer.step();
        }
        return loss.item();
    }

    /** A range test over any steps. */
    static Result over(int steps, double smoothing, Step step) {
        double[] rates = new double[steps];
        double[] losses = new double[steps];
        double[] smoothed = new double[steps];
        double average = 0;
        double best = Double.POSITIVE_INFINITY;
        boolean diverged = false;
        int count = 0;
        while (count < steps && !diverged) {
            rates[count] = rate(count, steps);
            losses[count] = step.take(rates[count]);
            average = smoothing * average + (1 - smoothing) * losses[count];
            smoothed[count] = average / (1 - Math.pow(smoothing, count + 1));
            best = Math.min(best, smoothed[count]);
            diverged = !(smoothed[count] <= DIVERGED * best);
            count++;
        }
        Curve curve =
                new Curve(Arrays.copyOf(rates, count), Arrays.copyOf(losses, count), Arrays.copyOf(smoothed, count));
        return new Result(curve, diverged, RateSuggestions.of(curve.rates, curve.smoothed, steps));
    }
}
