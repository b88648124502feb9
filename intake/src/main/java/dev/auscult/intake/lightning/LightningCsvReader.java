package dev.auscult.intake.lightning;

import java.io.IOException;

import dev.auscult.intake.LogFile;
import dev.auscult.intake.LogReader;
import dev.auscult.intake.ReadOptions;
import dev.auscult.intake.RunSink;
import dev.auscult.intake.UnreadableLogException;
import dev.auscult.intake.table.Roles;
import dev.auscult.intake.table.Row;
import dev.auscult.intake.table.TableHead;
import dev.auscult.intake.table.TableReading;

/** Reads Lightning's metrics.csv: each row holds only what was logged at that call. */
public final class LightningCsvReader implements LogReader {
    private static final int SURE = 85;

    @Override
    public String format() {
        return "lightning-csv";
    }

    @Override
    public int recognise(LogFile file) {
        TableHead head = TableHead.of(file);
        if (head == null
                || !head.isNamed()
                || !head.has("step", "epoch")
                || head.names().size() < 3) {
            return 0;
        }
        boolean counts = head.sample().isEmpty() || head.isCounter(head.column("step"));
        return counts && (file.name().equals("metrics.csv") || isSparse(head)) ? SURE : 0;
    }

    /** Whether every row has a step and some columns are filled in some rows only. */
    private static boolean isSparse(TableHead head) {
        int full = 0;
        for (Row row : head.sample()) {
            if (!row.isNumber(head.column("step"))) {
                return false;
            }
            full += row.numbers() == head.names().size() ? 1 : 0;
        }
        return full < head.sample().size() / 2;
    }

    @Override
    public void read(LogFile file, ReadOptions options, RunSink sink) throws IOException, UnreadableLogException {
        sink.run().framework("lightning");
        TableReading.read(
                file,
                names -> Roles.NONE.withStep(names.indexOf("step")).withEpoch(names.indexOf("epoch")),
                options,
                sink);
    }
}
