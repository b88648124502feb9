package dev.auscult.intake.keras;

import java.io.IOException;

import dev.auscult.intake.LogFile;
import dev.auscult.intake.LogReader;
import dev.auscult.intake.ReadOptions;
import dev.auscult.intake.RunSink;
import dev.auscult.intake.UnreadableLogException;
import dev.auscult.intake.table.Columns;
import dev.auscult.intake.table.TableHead;
import dev.auscult.intake.table.TableReading;

/** Reads the table of a history that people save themselves, by pandas or by hand: one row per epoch. */
public final class HistoryCsvReader implements LogReader {
    private static final int SURE = 60;

    @Override
    public String format() {
        return "history-csv";
    }

    @Override
    public int recognise(LogFile file) {
        TableHead head = TableHead.of(file);
        if (head == null || !head.isNamed() || head.isTabbed() || Columns.isDataset(head) || !Columns.anyKnown(head)) {
            return 0;
        }
        if (Columns.step(head.names()) >= 0 || Columns.batch(head.names()) >= 0) {
            return 0;
        }
        int epoch = Columns.epoch(head.names());
        boolean perEpoch = epoch >= 0 && head.isCounter(epoch) && !head.isRepeated(epoch);
        int index = Columns.index(head.names());
        boolean perIndex = epoch < 0 && index >= 0 && head.isCounter(index);
        boolean perRow = epoch < 0 && index < 0 && Columns.suggestsLog(file.name());
        boolean empty = head.sample().isEmpty() && epoch >= 0;
        return perEpoch || perIndex || perRow || empty ? SURE : 0;
    }

    @Override
    public void read(LogFile file, ReadOptions options, RunSink sink) throws IOException, UnreadableLogException {
        TableHead head = TableHead.forReading(file);
        if (head == null) {
            throw new UnreadableLogException("no table of numbers: the file is empty or not text");
        }
        TableReading.read(file, head, names -> Columns.axes(names, head), options, sink);
    }
}
