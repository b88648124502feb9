package dev.auscult.intake.keras;

import java.io.IOException;
import java.util.List;

import dev.auscult.intake.LogFile;
import dev.auscult.intake.LogReader;
import dev.auscult.intake.ReadOptions;
import dev.auscult.intake.RunSink;
import dev.auscult.intake.UnreadableLogException;
import dev.auscult.intake.table.Columns;
import dev.auscult.intake.table.Roles;
import dev.auscult.intake.table.TableHead;
import dev.auscult.intake.table.TableReading;

/** Reads what Keras' CSVLogger writes: the epoch, then the logged keys in alphabetical order. */
public final class KerasCsvReader implements LogReader {
    private static final int SURE = 70;

    @Override
    public String format() {
        return "keras-csv";
    }

    @Override
    public int recognise(LogFile file) {
        TableHead head = TableHead.of(file);
        if (head == null || !head.isNamed() || Columns.isDataset(head)) {
            return 0;
        }
        List<String> names = head.names();
        if (names.size() < 2 || !names.get(0).equals("epoch") || !isSorted(names.subList(1, names.size()))) {
            return 0;
        }
        boolean keras = names.stream()
                .anyMatch(name -> name.equals("loss")
                        || name.equals("accuracy")
                        || name.equals("acc")
                        || name.startsWith("val_"));
        boolean counts = head.sample().isEmpty() || (head.isCounter(0) && !head.isRepeated(0));
        return keras && counts ? SURE : 0;
    }

    /** Sorted as a whole, or sorted and followed by the same names for the validation data. */
    private static boolean isSorted(List<String> keys) {
        for (int i = 1; i < keys.size(); i++) {
            if (keys.get(i - 1).compareTo(keys.get(i)) > 0) {
                int half = keys.size() / 2;
                return keys.size() % 2 == 0
                        && i == half
                        && keys.subList(0, half).stream()
                                .map(k -> "val_" + k)
                                .toList()
                                .equals(keys.subList(half, keys.size()));
            }
        }
        return true;
    }

    @Override
    public void read(LogFile file, ReadOptions options, RunSink sink) throws IOException, UnreadableLogException {
        sink.run().framework("keras");
        TableReading.read(file, names -> axes(names), options, sink);
    }

    private static Roles axes(List<String> names) {
        int epoch = Columns.epoch(names);
        return Roles.NONE.withStep(epoch).withEpoch(epoch);
    }
}
