package dev.auscult.train.model;

/**
 * How many connections a unit has, which scales its initial weights.
 *
 * @param in connections into one unit
 * @param out connections out of one input
 */
record Fans(long in, long out) {
    /** Of a weight [out, in, window…], as PyTorch counts them. */
    static Fans of(long... shape) {
        long window = 1;
        for (int i = 2; i < shape.length; i++) {
            window *= shape[i];
        }
        return new Fans(shape[1] * window, shape[0] * window);
    }
}
