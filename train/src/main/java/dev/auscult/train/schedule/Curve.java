package dev.auscult.train.schedule;

/** A learning rate as a function of time alone. */
@FunctionalInterface
interface Curve {
    /**
     * The learning rate at a time.
     *
     * @param t steps or epochs since the schedule proper began, ≥ 0
     */
    double at(double t);
}
