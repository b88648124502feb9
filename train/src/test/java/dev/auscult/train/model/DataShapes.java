package dev.auscult.train.model;

import dev.auscult.data.DataShape;
import dev.auscult.data.Extents;
import dev.auscult.data.Task;

/** Data that networks of the tests are built for. */
final class DataShapes {
    private DataShapes() {}

    static DataShape classes(int classes, long... input) {
        return new DataShape(Task.CLASSIFICATION, Extents.of(input), false, 0, classes);
    }

    static DataShape numbers(int outputs, long... input) {
        return new DataShape(Task.REGRESSION, Extents.of(input), false, 0, outputs);
    }

    static DataShape text(int classes, long vocabulary, long length) {
        return new DataShape(Task.CLASSIFICATION, Extents.of(length), true, vocabulary, classes);
    }

    static DataShape language(int vocabulary, long length) {
        return new DataShape(Task.LANGUAGE_MODEL, Extents.of(length), true, vocabulary, vocabulary);
    }
}
