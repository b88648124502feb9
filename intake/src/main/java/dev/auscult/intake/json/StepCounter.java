package dev.auscult.intake.json;

/**
 * Turns the counters of a log into one axis: a counter that starts again with every epoch is carried on, one that goes
 * back tells a restart or another run.
 */
public final class StepCounter {
    /** What a record is to those before it. */
    public enum Turn {
        /** It goes on, or repeats a step. */
        ON,
        /** The program went on from an earlier step. */
        RESTART,
        /** Another run begins. */
        NEW_RUN
    }

    /** Counters that go back by less than so many usual increments are two writers of one file. */
    private static final int JITTER = 3;

    private boolean any;
    private long first;
    private long last;
    private long increment = 1;
    private double firstEpoch;
    private double lastEpoch = Double.NaN;
    private long offset;
    private boolean distinct;

    /**
     * Takes the counters of the next record.
     *
     * @param step as logged
     * @param epoch as logged; NaN if the log has none
     */
    public Turn next(long step, double epoch) {
        if (!any) {
            begin(step, epoch);
            return Turn.ON;
        }
        boolean epochGoesBack = epoch < lastEpoch && Math.floor(epoch) <= Math.floor(firstEpoch);
        if (step >= last && !epochGoesBack) {
            if (step > last) {
                increment = step - last;
                distinct = true;
            }
            advance(step, epoch);
            return Turn.ON;
        }
        if (epoch > lastEpoch && step < last && Math.floor(epoch) > Math.floor(lastEpoch)) {
            offset += last;
            advance(step, epoch);
            return Turn.ON;
        }
        if ((step <= first || epochGoesBack) && distinct && isFarBack(step)) {
            begin(step, epoch);
            return Turn.NEW_RUN;
        }
        if (last - step >= JITTER * increment) {
            offset = 0;
            advance(step, epoch);
            return Turn.RESTART;
        }
        return Turn.ON;
    }

    /** Two records that swap places at the start are no new run. */
    private boolean isFarBack(long step) {
        return offset > 0 || last - step >= 2 * increment || last - first >= 2 * increment;
    }

    private void begin(long step, double epoch) {
        any = true;
        first = step;
        firstEpoch = epoch;
        offset = 0;
        increment = 1;
        distinct = false;
        advance(step, epoch);
    }

    private void advance(long step, double epoch) {
        last = step;
        if (!Double.isNaN(epoch)) {
            lastEpoch = epoch;
            if (Double.isNaN(firstEpoch)) {
                firstEpoch = epoch;
            }
        }
    }

    /** What to add to the step of the record that was taken last. */
    public long offset() {
        return offset;
    }
}
