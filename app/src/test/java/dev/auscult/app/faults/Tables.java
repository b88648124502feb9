package dev.auscult.app.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

import dev.auscult.data.DataSettings;
import dev.auscult.data.Task;
import org.jspecify.annotations.Nullable;

/**
 * A table, or a training and a test table, on the way to a check-up.
 *
 * @param train training rows
 * @param test test rows; null for none
 * @param columns which columns to predict and to damage
 */
record Tables(Sheet train, @Nullable Sheet test, Columns columns) implements Sample {
    private static final int VOCABULARY = 20_000;
    private static final int TOKENS = 64;

    /**
     * The columns that faults are planted in.
     *
     * @param target to predict
     * @param task what kind of prediction; null: derived
     * @param number a column of numbers
     * @param category a column of categories
     * @param text a column of text
     */
    record Columns(String target, @Nullable Task task, String number, String category, String text) {}

    Tables train(UnaryOperator<Sheet> change) {
        return new Tables(change.apply(train), test, columns);
    }

    Tables test(UnaryOperator<Sheet> change) {
        return new Tables(train, change.apply(testSheet()), columns);
    }

    Tables both(UnaryOperator<Sheet> change) {
        return new Tables(change.apply(train), test == null ? null : change.apply(test), columns);
    }

    Sheet testSheet() {
        if (test == null) {
            throw new IllegalStateException("found no test rows; wanted a sample that was split");
        }
        return test;
    }

    @Override
    public Copy write(Path folder) throws IOException {
        train.write(folder.resolve("train.csv"));
        if (test != null) {
            test.write(folder.resolve("test.csv"));
        }
        return new Copy(
                folder,
                Copy.settings(
                        "train.csv",
                        test == null ? null : "test.csv",
                        "csv",
                        columns.target(),
                        columns.task(),
                        train.header().contains(SplitDamage.DAY) ? SplitDamage.DAY : null,
                        columns.text().isEmpty()
                                ? null
                                : new DataSettings.Text(List.of(columns.text()), "words", VOCABULARY, TOKENS)));
    }
}
