package dev.auscult.app.faults;

import java.util.List;
import java.util.Random;

/**
 * Real data that copies are drawn from.
 *
 * @param <T> what is drawn
 * @param name the name of the data set
 * @param known what is truly wrong with it
 * @param draw draws a part of it, in random order
 */
record Subject<T extends Sample>(String name, List<KnownProblem> known, Draw<T> draw) {

    /** Draws some of the data. */
    @FunctionalInterface
    interface Draw<T> {
        T draw(Random random);
    }

    T draw(long seed) {
        return draw.draw(Chance.of(name, seed));
    }
}
