package dev.auscult.diagnose.rules;

import dev.auscult.diagnose.Numbers;
import dev.auscult.diagnose.measure.Curve;
import dev.auscult.run.MetricKey;

/** Names of curves in a sentence. */
final class Words {
    private Words() {}

    /** {@code validation/box_loss} as "validation box loss", {@code train/loss} as "training loss". */
    static String name(Curve curve) {
        return curve.name();
    }

    /** A relative fall as "fell by 3 %", or "rose by 3 %" where it is negative. */
    static String fell(double share) {
        return share == 0 ? "did not change" : (share < 0 ? "rose by " : "fell by ") + Numbers.percent(Math.abs(share));
    }

    /** What a division by a factor leaves: "1/12.5 of its peak"; zero where nothing is left. */
    static String part(double factor) {
        return Double.isFinite(factor) ? "1/" + Numbers.of(factor) + " of its peak" : "zero";
    }

    /** The same for a series. */
    static String name(MetricKey key) {
        return Curve.name(key);
    }
}
