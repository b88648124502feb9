package dev.auscult.diagnose.measure;

import java.util.OptionalDouble;

import dev.auscult.run.Run;
import dev.auscult.run.Series;
import dev.auscult.run.Setting;

/**
 * How much of its planned length a run has done.
 *
 * @param done epochs or steps done
 * @param planned epochs or steps planned
 * @param unit {@code epochs} or {@code steps}
 */
public record Plan(double done, double planned, String unit) {

    /** The plan of a run that names one and has the counter for it; a plan of nothing counts as reached. */
    public static Plan of(Run run) {
        OptionalDouble epochs = run.settings().number(Setting.EPOCHS);
        double epochsDone = epochsDone(run);
        if (epochs.isPresent() && !Double.isNaN(epochsDone)) {
            return new Plan(epochsDone, epochs.getAsDouble(), "epochs");
        }
        OptionalDouble steps = run.settings().number(Setting.STEPS);
        return steps.isPresent()
                ? new Plan(run.lastStep(), steps.getAsDouble(), "steps")
                : new Plan(Double.NaN, Double.NaN, "");
    }

    /** The share of the plan that is done; 1 if there is no plan. */
    public double share() {
        return planned > 0 && done >= 0 ? done / planned : 1;
    }

    private static double epochsDone(Run run) {
        double last = Double.NaN;
        boolean fromZero = false;
        for (Series series : run.metrics()) {
            int i = series.hasEpochs() ? series.size() - 1 : -1;
            while (i >= 0 && Double.isNaN(series.epoch(i))) {
                i--;
            }
            if (i >= 0) {
                last = Double.isNaN(last) ? series.epoch(i) : Math.max(last, series.epoch(i));
                // Whole epochs from 0 name the epoch that a measurement lies in: epoch n is the (n + 1)th.
                fromZero |= series.size() > 1 && series.epoch(0) == 0 && isWhole(series.epoch(1)) && isWhole(last);
            }
        }
        return fromZero ? last + 1 : last;
    }

    private static boolean isWhole(double epoch) {
        return epoch == Math.rint(epoch);
    }
}
