package dev.auscult.app.faults;

import java.util.List;
import java.util.Random;
import java.util.Set;

import dev.auscult.data.checkup.CheckupOptions.Depth;

/**
 * A fault that can be planted in data.
 *
 * @param <T> what it is planted in
 * @param name what is done to the data
 * @param rules names of the rules of which at least one must speak
 * @param sizes small, medium and large
 * @param measure what the sizes count: {@code % of the cells}
 * @param subjects the data
 * @param preparation what the clean copy gets as well
 * @param damage the fault itself
 * @param depth how thorough a check-up must be to find it
 */
record Fault<T extends Sample>(
        String name,
        Set<String> rules,
        List<Double> sizes,
        String measure,
        List<Subject<T>> subjects,
        Preparation<T> preparation,
        Damage<T> damage,
        Depth depth) {

    /** Plants the fault. */
    @FunctionalInterface
    interface Damage<T> {
        /** The damaged copy; {@code size} is one of the fault's sizes. */
        Damaged<T> apply(T sample, double size, Random random);
    }

    /**
     * What was damaged, and where.
     *
     * @param sample what came of it
     * @param places names of the columns or files, of which a finding must name one; empty for the whole
     */
    record Damaged<T>(T sample, Set<String> places) {}

    /**
     * What both the clean and the damaged copy get.
     *
     * @param name two faults of the same name share their clean copies
     * @param added columns that it adds; what is said of them alone is no false alarm
     * @param change what it does
     */
    record Preparation<T>(String name, Set<String> added, Change<T> change) {
        static <T> Preparation<T> none() {
            return new Preparation<>("as it is", Set.of(), (sample, random) -> sample);
        }
    }

    /** A change that is no fault. */
    @FunctionalInterface
    interface Change<T> {
        T apply(T sample, Random random);
    }

    /** A fault of one part that a quick look must find. */
    static <T extends Sample> Fault<T> of(
            String name,
            Set<String> rules,
            List<Double> sizes,
            String measure,
            List<Subject<T>> subjects,
            Damage<T> damage) {
        return new Fault<>(name, rules, sizes, measure, subjects, Preparation.none(), damage, Depth.QUICK);
    }

    Fault<T> prepared(Preparation<T> by) {
        return new Fault<>(name, rules, sizes, measure, subjects, by, damage, depth);
    }

    Fault<T> thorough() {
        return new Fault<>(name, rules, sizes, measure, subjects, preparation, damage, Depth.FULL);
    }
}
