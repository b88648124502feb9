package dev.auscult.repair.experiment;

import java.util.List;
import java.util.Locale;

import dev.auscult.run.Probe;
import dev.auscult.train.check.InputIndependence;
import dev.auscult.train.loop.Setup;
import dev.auscult.train.spec.Spec;

/** Learns from real, from shuffled and from zeroed inputs; real ones must do better where inputs tell anything. */
final class ZeroedInputs implements Experiment {
    static final String USED = "inputs-used";
    static final String IGNORED = "inputs-ignored";
    static final String NOTHING = "learns-nothing";
    static final String UNCLEAR = "unclear";

    /** Steps of the check's short and long try, on three kinds of inputs each. */
    private static final int SHORT = 3 * 60;

    private static final int LONG = 3 * 240;

    /** As for the finding input-ignored. */
    private static final double CLEAR = 3;

    private static final double INTERVAL = 2;
    private static final double SHARE = 0.1;
    private static final double LEARNED = 0.01;

    @Override
    public String name() {
        return "zeroed-inputs";
    }

    @Override
    public String does() {
        return "Trains shortly by Adam on zeroed and on shuffled inputs, beside the real ones";
    }

    @Override
    public List<String> outcomes() {
        return List.of(USED, IGNORED, NOTHING, UNCLEAR);
    }

    @Override
    public boolean appliesTo(Spec spec) {
        return true;
    }

    @Override
    public long steps(Lab lab) {
        return SHORT;
    }

    @Override
    public long atMost(Lab lab) {
        return SHORT + LONG;
    }

    @Override
    public Observation run(Lab lab) {
        Probe probe;
        try (Setup setup = lab.setup()) {
            probe = InputIndependence.run(setup);
        }
        boolean twice = 3 * probe.number("steps").orElse(0) > SHORT;
        return new Observation(
                outcome(probe),
                String.format(
                        Locale.ROOT,
                        "loss %s on real inputs, %s on shuffled ones, %s on zeros",
                        Said.loss(number(probe, "loss")),
                        Said.loss(number(probe, "shuffled-loss")),
                        Said.loss(number(probe, "zeroed-loss"))),
                twice ? SHORT + LONG : SHORT);
    }

    private static String outcome(Probe probe) {
        double loss = number(probe, "loss");
        double gain = Math.min(number(probe, "shuffled-loss"), number(probe, "zeroed-loss")) - loss;
        double error = number(probe, "standard-error");
        double start = number(probe, "start-loss");
        if (gain > 0 && gain > CLEAR * error) {
            return USED;
        }
        // Also where losses are not finite.
        if (!(start - loss > Math.max(INTERVAL * error, LEARNED * Math.abs(start)))) {
            return NOTHING;
        }
        return Math.max(0, gain + INTERVAL * error) / (start - loss) <= SHARE ? IGNORED : UNCLEAR;
    }

    private static double number(Probe probe, String name) {
        return probe.number(name).orElse(Double.NaN);
    }
}
