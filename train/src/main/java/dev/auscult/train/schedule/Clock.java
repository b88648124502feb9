package dev.auscult.train.schedule;

/**
 * What t counts: every step, or whole epochs, so that the learning rate only changes between epochs.
 *
 * @param perEpoch whether t counts epochs
 * @param stepsPerEpoch optimizer steps in an epoch
 */
record Clock(boolean perEpoch, long stepsPerEpoch) {
    /** The time of a step: its number, or the number of epochs that were finished before it. */
    double time(long step) {
        return perEpoch ? Math.floorDiv(step, stepsPerEpoch) : step;
    }

    /** Steps that a length of steps or epochs takes. */
    double steps(double length) {
        return perEpoch ? length * stepsPerEpoch : length;
    }
}
