package dev.auscult.diagnose.cause;

/**
 * The gate between causes and one symptom: each cause that is present brings the symptom about with the strength of its link,
 * independently of the others; the leak stands for everything that is not a cause of the network.
 *
 * <p>{@code P(shown) = 1 − (1 − leak) Π (1 − link)} over the causes that are present (Pearl 1988, Probabilistic Reasoning in
 * Intelligent Systems, eq. 4.49). A cause that prevents a symptom has a negative link: it is a noisy-OR on "not shown", so that
 * of what the others brought about {@code Π (1 + link)} remains. Of one cause alone both are exact for any two probabilities.
 */
public final class NoisyOr {
    private NoisyOr() {}

    /**
     * The probability that the symptom is shown.
     *
     * @param leak probability 0..1 without any cause
     * @param links −1..1, one for each cause that is present
     */
    public static double shown(double leak, double... links) {
        double quiet = 1 - leak;
        double left = 1;
        for (double link : links) {
            if (link >= 0) {
                quiet *= 1 - link;
            } else {
                left *= 1 + link;
            }
        }
        return (1 - quiet) * left;
    }

    /** The link of a cause with which a symptom is shown with the given probability. */
    public static double link(double leak, double shown) {
        if (shown >= leak) {
            return leak >= 1 ? 0 : 1 - (1 - shown) / (1 - leak);
        }
        return shown / leak - 1;
    }
}
