package dev.auscult.intake.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Writes the text logs of the examples. */
final class LogText {
    private final Path folder;

    LogText(Path folder) {
        this.folder = folder;
    }

    /** Keras' CSVLogger, with the learning rate or without. */
    void keras(String file, List<Training.Epoch> epochs, boolean learningRate) throws IOException {
        StringBuilder text = new StringBuilder(
                learningRate
                        ? "epoch,accuracy,learning_rate,loss,val_accuracy,val_loss\n"
                        : "epoch,accuracy,loss,val_accuracy,val_loss\n");
        for (int e = 0; e < epochs.size(); e++) {
            Training.Epoch epoch = epochs.get(e);
            row(
                    text,
                    Integer.toString(e),
                    number(epoch.train().accuracy()),
                    learningRate ? number(epoch.learningRate()) : "",
                    number(epoch.train().loss()),
                    number(epoch.validation().accuracy()),
                    number(epoch.validation().loss()));
        }
        save(file, text);
    }

    /** One line of a table; empty cells are left out. */
    static void row(StringBuilder text, String... cells) {
        String separator = "";
        for (String cell : cells) {
            if (!cell.isEmpty()) {
                text.append(separator).append(cell);
                separator = ",";
            }
        }
        text.append('\n');
    }

    /** Seven digits: as many as a log in single precision has. */
    static String number(double value) {
        return Double.isFinite(value)
                ? String.format(Locale.ROOT, "%.7g", value)
                : Double.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
    }

    void save(String file, CharSequence text) throws IOException {
        Path target = folder.resolve(file);
        Files.createDirectories(target.getParent());
        Files.writeString(target, text.toString().replace(System.lineSeparator(), "\n"));
    }
}
