package dev.auscult.intake.console;

/**
 * Where in a training a line stands: one step axis made of epochs, batches within epochs, and global iterations.
 *
 * <p>With batches, a point stands at the number of batches before it; without, at its epoch.
 */
final class Axis {
    private double epoch = Double.NaN;
    private double firstEpoch = Double.NaN;
    private double batchesPerEpoch = Double.NaN;
    private long firstCount = -1;
    private long lastCount = -1;
    private long base;
    private long step;
    private boolean counted;
    private boolean newEpoch;
    private String reason = "";

    /** What a counter says about the run. */
    enum Move {
        ON,
        /** The counter is at its start again: another run begins. */
        NEW_RUN,
        /** The counter went back, not to its start: the program went on from a checkpoint. */
        RESUMED
    }

    /** Takes over an epoch. */
    Move toEpoch(double next) {
        if (Double.isNaN(epoch)) {
            firstEpoch = next;
        }
        Move move = Move.ON;
        if (next < epoch && next == Math.rint(next)) {
            reason = "epoch goes back from " + text(epoch) + " to " + text(next);
            if (next <= firstEpoch) {
                return Move.NEW_RUN;
            }
            move = Move.RESUMED;
        }
        newEpoch |= next != epoch;
        epoch = next;
        if (!counted) {
            step = (long) next;
        }
        return move;
    }

    /** Takes over a batch of an epoch, of {@code total} batches if known. */
    Move toBatch(double count, double total) {
        if (Double.isNaN(batchesPerEpoch) && total > 0) {
            batchesPerEpoch = total;
        }
        long number = (long) count;
        boolean forward = newEpoch;
        newEpoch = false;
        if (number < lastCount && !forward) {
            if (Double.isNaN(epoch)) {
                base += (long) (total > 0 ? total : lastCount + 1);
            } else if (number <= firstCount && lastCount - firstCount > 1) {
                reason = "batch goes back from " + lastCount + " to " + number + " within an epoch";
                return Move.NEW_RUN;
            }
        } else if (forward && counted && number <= lastCount && !(batchesPerEpoch > 0)) {
            base += firstCount == 0 ? lastCount + 1 : lastCount;
        }
        count(number);
        step = batchesPerEpoch > 0 && !Double.isNaN(epoch)
                ? (long) (epochsBefore() * batchesPerEpoch) + number
                : base + number;
        return Move.ON;
    }

    /** Takes over an iteration of the whole run. */
    Move toStep(double count) {
        long number = (long) count;
        Move move = Move.ON;
        if (counted && number < lastCount - 1) {
            reason = "step goes back from " + lastCount + " to " + number;
            if (number <= firstCount) {
                return Move.NEW_RUN;
            }
            move = Move.RESUMED;
        }
        newEpoch = false;
        count(number);
        step = number;
        return move;
    }

    /** Goes one batch further where the log does not count. */
    void toNextBatch() {
        count(lastCount + 1);
        step = counted ? lastCount : 0;
    }

    private void count(long number) {
        if (!counted) {
            firstCount = number;
            counted = true;
        }
        lastCount = number;
    }

    /** Why the last move was no plain step forward. */
    String reason() {
        return reason;
    }

    boolean isCounted() {
        return counted;
    }

    boolean hasPlace() {
        return counted || !Double.isNaN(epoch);
    }

    long step() {
        return step;
    }

    /** Step of a number that sums up the epoch. */
    long stepOfEpoch() {
        if (!counted) {
            return Double.isNaN(epoch) ? step : (long) epoch;
        }
        boolean known = batchesPerEpoch > 0 && !Double.isNaN(epoch);
        return known ? (long) ((epochsBefore() + 1) * batchesPerEpoch) : step;
    }

    /** Epochs done at the current batch, or the epoch as printed where there are no batches. */
    double epochOfStep() {
        boolean fraction = counted && batchesPerEpoch > 0 && lastCount <= batchesPerEpoch;
        return fraction ? epochsBefore() + lastCount / batchesPerEpoch : epoch;
    }

    double epoch() {
        return epoch;
    }

    private double epochsBefore() {
        return firstEpoch < 1 ? epoch : epoch - 1;
    }

    private static String text(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
