package dev.auscult.train.metric;

/** Gathers what one or several metrics need. */
interface Gatherer {
    default void addClasses(float[] outputs, long[] classes, int rows, int columns) {}

    default void addValues(float[] outputs, float[] targets, int rows, int columns) {}

    void reset();
}
