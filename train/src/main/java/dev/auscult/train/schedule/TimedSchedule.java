package dev.auscult.train.schedule;

/**
 * A schedule that only follows the clock.
 *
 * @param curve the learning rate as a function of time
 * @param clock what the time counts
 */
record TimedSchedule(Curve curve, Clock clock) implements Schedule {
    @Override
    public double at(long step) {
        return curve.at(clock.time(step));
    }
}
