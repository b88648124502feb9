package dev.auscult.diagnose.rules.data;

import dev.auscult.diagnose.SeverityCurve;
import dev.auscult.run.DataProfile;
import dev.auscult.run.Observation;
import dev.auscult.run.Run;
import dev.auscult.run.Split;

/** What rules on two parts of a data set share. */
final class Compared {
    /** What to do where two parts were not compared. */
    static final String BOTH = "run `auscult data TRAIN TEST` on both parts";

    /** The highest score of a remark, of what is worth knowing, and of what is worth acting on. */
    static final int REMARK = 14;

    static final int LOW = 39;
    static final int MEDIUM = 69;
    static final int HIGH = 89;

    /**
     * For a distance of two distributions, 0..1: low from 0.05, where a model notices next to nothing, medium from 0.12, which
     * a shift of 0.3 standard deviations makes, high from 0.28 (0.7 standard deviations).
     */
    static final SeverityCurve DISTANCE = SeverityCurve.logarithmic(0.07, 0.35);

    private Compared() {}

    /** Whether there are data of two parts. */
    static boolean hasTwoParts(Run run) {
        return run.data().stream()
                .map(DataProfile::parts)
                .anyMatch(parts -> parts.size() > 1 && parts.stream().anyMatch(p -> p.split() == Split.TRAIN));
    }

    /** {@code test} or {@code validation}. */
    static String part(Observation observation) {
        return observation.split().label();
    }

    /** Whether an observation was made of this part. */
    static boolean isOf(Observation observation, Split split) {
        return observation.split() == split;
    }
}
