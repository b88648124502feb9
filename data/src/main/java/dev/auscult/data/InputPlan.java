package dev.auscult.data;

import java.util.List;

import dev.auscult.data.generate.Feature;
import dev.auscult.data.table.Table;

/** How rows of a table become inputs, by figures of the training part alone. */
interface InputPlan {
    /** The inputs of some rows. */
    Inputs apply(Table table, int[] rows);

    /** Number of different tokens; 0 for numbers. */
    long vocabulary();

    /** The words by token id; else empty. */
    List<String> words();

    /** What each number of an input is called; empty for tokens. */
    List<String> names();

    /** What the numbers of an input mean, column by column; empty for tokens. */
    default List<Feature> features() {
        return List.of();
    }

    /**
     * Tells what cells of some rows hold that the training part never does.
     *
     * @param part what the rows are, for people
     */
    default void remark(Table table, int[] rows, String part, List<String> story) {}

    /** For people: {@code inputs of 64 numbers from 64 columns, standard}. */
    String description();
}
