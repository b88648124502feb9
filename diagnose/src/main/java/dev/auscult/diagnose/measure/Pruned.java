package dev.auscult.diagnose.measure;

import dev.auscult.run.Run;
import dev.auscult.run.Series;

/** What a run takes out of its network on purpose, so that no rule takes it for an illness. */
public final class Pruned {
    /** Share of all weights whose loss can be felt at once. */
    private static final double NOTABLE = 0.05;

    private Pruned() {}

    /** Share 0..1 of the units of a layer that the settings have taken out; 0 where they say nothing. */
    public static double units(Run run) {
        var settings = run.settings().raw();
        if (!"structured".equals(settings.get("training.pruning.type"))) {
            return 0;
        }
        String share = settings.get("training.pruning.share");
        try {
            double value = share == null ? 0 : Double.parseDouble(share);
            return value > 0 && value < 1 ? value : 0;
        } catch (NumberFormatException notOurs) {
            return 0;
        }
    }

    /** The share of something among the units that stay, where it holds for all that are out: (x − p)/(1 − p), at least 0. */
    public static double amongTheRest(Run run, double share) {
        double out = units(run);
        return Math.max(0, (share - out) / (1 - out));
    }

    /** Whether notably many weights were taken out between two steps: what the loss does then is no accident. */
    public static boolean grewBetween(Run run, long from, long to) {
        for (Series series : run.metrics()) {
            if (!series.key().name().equals("train/sparsity")) {
                continue;
            }
            double before = Double.NaN;
            double after = Double.NaN;
            for (int i = 0; i < series.size(); i++) {
                if (series.step(i) <= from || Double.isNaN(before)) {
                    before = series.value(i);
                }
                if (series.step(i) <= to) {
                    after = series.value(i);
                }
            }
            return after - before >= NOTABLE;
        }
        return false;
    }
}
