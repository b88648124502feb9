package dev.auscult.train.record;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Which units of a layer gave something above zero for any example since the last record.
 *
 * <p>Only units that were not yet seen active are looked at, and each only up to its first positive output: in a healthy
 * layer half of them are gone after the first example, so that the cost is that of the dead units alone.
 */
final class UnitActivity {
    private final boolean[] active;
    private int left;

    UnitActivity(int units) {
        active = new boolean[units];
        left = units;
    }

    int units() {
        return active.length;
    }

    /**
     * Looks at the outputs of a batch.
     *
     * @param outputs [batch, units, inner], or [batch, outer, units] with inner 1
     * @param batch number of rows before the axis of units
     * @param inner number of places behind it
     */
    void look(FloatBuffer outputs, int batch, int inner) {
        int from = outputs.position();
        int units = active.length;
        for (int row = 0; row < batch && left > 0; row++) {
            for (int unit = 0; unit < units; unit++) {
                if (!active[unit] && anyPositive(outputs, from + (row * units + unit) * inner, inner)) {
                    active[unit] = true;
                    left--;
                }
            }
        }
    }

    private static boolean anyPositive(FloatBuffer outputs, int from, int count) {
        for (int i = from; i < from + count; i++) {
            if (outputs.get(i) > 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether any unit was seen active. */
    boolean hasSeen() {
        return left < active.length;
    }

    /** A byte for each unit, 1 where it was seen active. */
    byte[] seen() {
        byte[] seen = new byte[active.length];
        for (int i = 0; i < seen.length; i++) {
            seen[i] = (byte) (active[i] ? 1 : 0);
        }
        return seen;
    }

    /** What {@link #seen} gave. */
    static UnitActivity of(byte[] seen) {
        UnitActivity activity = new UnitActivity(seen.length);
        for (int i = 0; i < seen.length; i++) {
            if (seen[i] != 0) {
                activity.active[i] = true;
                activity.left--;
            }
        }
        return activity;
    }

    /** Share 0..1 of units that were never active; forgets what was seen. */
    double takeInactiveShare() {
        double share = (double) left / active.length;
        Arrays.fill(active, false);
        left = active.length;
        return share;
    }
}
