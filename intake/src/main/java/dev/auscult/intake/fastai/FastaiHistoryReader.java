package dev.auscult.intake.fastai;

import java.io.IOException;
import java.util.List;

import dev.auscult.intake.LogFile;
import dev.auscult.intake.LogReader;
import dev.auscult.intake.ReadOptions;
import dev.auscult.intake.RunSink;
import dev.auscult.intake.UnreadableLogException;
import dev.auscult.intake.table.Roles;
import dev.auscult.intake.table.TableHead;
import dev.auscult.intake.table.TableReading;

/** Reads fastai's history.csv: one row per epoch, the duration of the epoch as {@code 04:39}, a header per fit. */
public final class FastaiHistoryReader implements LogReader {
    private static final int SURE = 85;

    @Override
    public String format() {
        return "fastai-history";
    }

    @Override
    public int recognise(LogFile file) {
        TableHead head = TableHead.of(file);
        boolean fastai = head != null
                && head.isNamed()
                && head.names().get(0).equals("epoch")
                && head.has("train_loss", "valid_loss")
                && head.names().get(head.names().size() - 1).equals("time");
        return fastai ? SURE : 0;
    }

    @Override
    public void read(LogFile file, ReadOptions options, RunSink sink) throws IOException, UnreadableLogException {
        sink.run().framework("fastai");
        TableReading.read(file, names -> axes(names), options, sink);
    }

    private static Roles axes(List<String> names) {
        int epoch = names.indexOf("epoch");
        return Roles.NONE.withStep(epoch).withEpoch(epoch).withTime(names.indexOf("time"), Roles.Clock.PER_ROW);
    }
}
