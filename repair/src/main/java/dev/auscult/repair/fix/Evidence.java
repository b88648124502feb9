package dev.auscult.repair.fix;

import dev.auscult.repair.compare.Comparison;
import dev.auscult.repair.compare.SignFlip;

/**
 * How much evidence a treatment needs.
 *
 * <p>A proof of a treatment that does nothing succeeds with the probability of its level. The k-th proof on one illness has
 * the level 0.05/k, which five seeds reach at first and six or seven later: those of three proofs together let at most one
 * harmless change in sixteen through, those of six one in eleven, and only of treatments after which the finding is gone.
 * When a treatment was taken, the levels begin anew (alpha investing, Foster and Stine 2008: a discovery earns the right to
 * another error).
 *
 * <p>A treatment that fails at its first trial, on the seed that led to the diagnosis, is rejected without a proof and uses
 * up no level. After such a look the proof is made on other seeds, which nobody has looked at when the treatment was chosen.
 */
final class Evidence {
    /** Mean gain by standard deviation of the gains below which a gain does not matter: Cohen's (1988) large effect. */
    static final double LEAST_EFFECT = 0.8;

    /** Of the first proof. */
    private static final double LEVEL = 0.05;

    private final int seeds;
    private int proofs;

    /**
     * Evidence from seeds.
     *
     * @param seeds of a first proof
     */
    Evidence(int seeds) {
        this.seeds = Math.max(1, seeds);
    }

    /** A proof begins. */
    void proofBegins() {
        proofs++;
    }

    /** The level of the proof that goes on; with fewer seeds than reach 0.05 that of as many as there are. */
    double level() {
        return Math.max(LEVEL, SignFlip.least(seeds)) / Math.max(1, proofs);
    }

    /** Seeds that the proof needs: as many as were asked for, or what its level takes. */
    int pairs() {
        int pairs = seeds;
        while (SignFlip.least(pairs) > level()) {
            pairs++;
        }
        return pairs;
    }

    /** Seeds of so many whose finding may be left: a fifth. */
    static int mayBeLeft(int pairs) {
        return pairs / 5;
    }

    /** Whether what was seen of some pairs can still become evidence with all of them. */
    boolean canBecome(Comparison soFar) {
        int left = pairs() - soFar.before().length;
        // The best that can come is that each further pair gains more than all before together.
        return soFar.p() * SignFlip.least(Math.max(0, left)) <= level();
    }

    /** Whether it is evidence. */
    boolean suffices(Comparison comparison) {
        return comparison.p() <= level() && comparison.effect() >= LEAST_EFFECT;
    }
}
