package dev.auscult.diagnose.rules;

import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.measure.Granularity;
import dev.auscult.run.DataProfile;
import dev.auscult.run.Split;

/** On how many examples a score on held-out data was counted. */
final class HeldOutExamples {
    /** A share that is k/n is so within this; shares on another n of up to a few thousand examples are not all. */
    private static final double EXACT = 1e-4;

    private HeldOutExamples() {}

    /**
     * The size of the held-out data as it was recorded, where the shares are counts on it, else what the steps of the shares
     * tell; 0 if there are more than {@code most} or it cannot be told. Shares on 500 examples have three decimals, as
     * rounded ones have, so that their steps alone hardly tell.
     *
     * @param shares values 0..1
     */
    static int of(Examination e, double[] shares, int most) {
        long recorded = e.run()
                .data()
                .flatMap(d -> d.part(Split.VALIDATION))
                .map(DataProfile.Part::rows)
                .orElse(0L);
        if (recorded > 0 && recorded <= most && areCounts(shares, recorded)) {
            return (int) recorded;
        }
        return Granularity.examples(shares, most);
    }

    private static boolean areCounts(double[] shares, long n) {
        for (double share : shares) {
            if (Math.abs(share - Math.rint(share * n) / n) > EXACT) {
                return false;
            }
        }
        return true;
    }
}
