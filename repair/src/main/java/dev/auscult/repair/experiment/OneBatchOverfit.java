package dev.auscult.repair.experiment;

import java.util.List;
import java.util.Locale;

import dev.auscult.run.Probe;
import dev.auscult.train.check.OneBatch;
import dev.auscult.train.loop.Setup;
import dev.auscult.train.spec.Spec;

/** Learns one batch by heart; a network that cannot is wrong itself, not its data or its settings. */
final class OneBatchOverfit implements Experiment {
    static final String LEARNED = "learned";
    static final String STUCK = "stuck";

    /** Of the removable loss, as for the finding cannot-overfit-one-batch. */
    private static final double LEFT = 0.1;

    private static final double ACCURATE = 0.95;
    private static final int TRY = 300;
    private static final int TRIES = 3;

    @Override
    public String name() {
        return "one-batch-overfit";
    }

    @Override
    public String does() {
        return "Trains on one batch alone by Adam without regularisation, which a sound network learns by heart";
    }

    @Override
    public List<String> outcomes() {
        return List.of(LEARNED, STUCK);
    }

    @Override
    public boolean appliesTo(Spec spec) {
        return true;
    }

    @Override
    public long steps(Lab lab) {
        return TRY;
    }

    @Override
    public long atMost(Lab lab) {
        return TRIES * TRY;
    }

    @Override
    public Observation run(Lab lab) {
        Probe probe;
        try (Setup setup = lab.setup()) {
            probe = OneBatch.run(setup);
        }
        double floor = probe.number("floor").orElse(0);
        double start = probe.number("start-loss").orElse(Double.NaN);
        double end = probe.number("end-loss").orElse(Double.NaN);
        double left = (end - floor) / (start - floor);
        boolean learned = left <= LEFT || probe.number("end-accuracy").orElse(0) >= ACCURATE;
        return new Observation(
                learned ? LEARNED : STUCK,
                String.format(
                        Locale.ROOT,
                        "one batch of %.0f examples: loss %s, after %.0f steps %s",
                        probe.number("examples").orElse(0),
                        Said.loss(start),
                        probe.number("steps").orElse(0),
                        Said.loss(end)),
                Math.round(probe.number("steps-of-all-tries").orElse(TRIES * TRY)));
    }
}
