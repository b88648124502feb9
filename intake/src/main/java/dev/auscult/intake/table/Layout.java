package dev.auscult.intake.table;

import java.util.List;

import dev.auscult.run.RunBuilder;
import dev.auscult.run.SeriesBuilder;

/** What a format knows of its tables beyond what every table has. */
public interface Layout {
    /** What the columns are for; asked again if the names change in the middle of a file. */
    Roles roles(List<String> names);

    /** The series of a column; the vocabulary decides unless the format knows better. */
    default SeriesBuilder series(RunBuilder run, String name) {
        return run.series(name);
    }

    /** Looks at a row before it is read, and may clear cells that mean nothing. */
    default void prepare(Row row, Oddities oddities) {}

    /** Whether a counter that goes back means a restart or another run; not where one run lies in many files. */
    default boolean watchesRestarts() {
        return true;
    }
}
