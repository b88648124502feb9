package dev.auscult.train.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.auscult.data.Batch;
import dev.auscult.run.Probe;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.RandomSource;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.loop.Setup;
import dev.auscult.train.model.LayerListener;
import dev.auscult.train.model.Parameter;
import dev.auscult.train.model.Pass;
import dev.auscult.train.optimizer.Optimizer;

/**
 * Times a few steps of the training as the spec has it, with its augmentation and optimizer, and says what an epoch and the
 * whole training take; evaluation and recording come on top.
 */
public final class TimeEstimate {
    private static final int WARM_UP = 3;
    private static final int TIMED = 8;

    private TimeEstimate() {}

    /** Does it; the network stays as it is. */
    @SuppressWarnings("try") // Scopes work by being open.
    public static Probe run(Setup setup) {
        Engine engine = setup.engine();
        Plan plan = Plan.of(setup);
        long began = 0;
        long waitedBefore = 0;
        Map<String, Double> numbers = new LinkedHashMap<>();
        try (Untouched untouched = new Untouched(engine, setup.network());
                RandomSource random = engine.random(setup.spec().seed());
                BatchStream stream = new BatchStream(
                        setup, plan.batchSize(), setup.spec().data().augment());
                Optimizer optimizer = plan.optimizer()) {
            Pass pass = new Pass(engine, true, random, LayerListener.NONE);
            for (int i = 0; i < WARM_UP + TIMED; i++) {
                if (i == WARM_UP) {
                    began = System.nanoTime();
                    waitedBefore = stream.waitedNanos();
                }
                step(setup, stream, optimizer, pass);
            }
            double step = (double) (System.nanoTime() - began) / 1e9 / TIMED;
            double epoch = step * (double) plan.steps();
            numbers.put("step-seconds", step);
            numbers.put("loader-seconds", (double) (stream.waitedNanos() - waitedBefore) / 1e9 / TIMED);
            numbers.put("epoch-seconds", epoch);
            numbers.put("total-seconds", epoch * setup.spec().training().epochs());
        }
        return new Probe(Probe.Kind.TIME, numbers, Map.of(), List.of());
    }

    @SuppressWarnings("try") // Scopes work by being open.
    private static void step(Setup setup, BatchStream stream, Optimizer optimizer, Pass pass) {
        int accumulate = optimizer.needsClosure() ? 1 : setup.spec().training().accumulate();
        try (Scope scope = setup.engine().scope()) {
            Batch first = stream.next();
            Tensor input = stream.input(first);
            Tensor target = stream.target(first);
            optimizer.step(() -> {
                for (Parameter parameter : setup.network().parameters()) {
                    parameter.tensor().clearGradient();
                }
                double loss = backward(setup, input, target, pass);
                for (int i = 1; i < accumulate; i++) {
                    Batch more = stream.next();
                    loss += backward(setup, stream.input(more), stream.target(more), pass);
                }
                return loss;
            });
        }
    }

    private static double backward(Setup setup, Tensor input, Tensor target, Pass pass) {
        Tensor loss = setup.criterion().loss(setup.network().forward(input, pass), target);
        if (loss.requiresGradient()) {
            loss.backward();
        }
        return loss.item();
    }
}
