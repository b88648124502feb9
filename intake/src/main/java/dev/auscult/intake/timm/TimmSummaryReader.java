package dev.auscult.intake.timm;

import java.io.IOException;

import dev.auscult.intake.LogFile;
import dev.auscult.intake.LogReader;
import dev.auscult.intake.ReadOptions;
import dev.auscult.intake.RunSink;
import dev.auscult.intake.UnreadableLogException;
import dev.auscult.intake.table.Roles;
import dev.auscult.intake.table.TableHead;
import dev.auscult.intake.table.TableReading;

/** Reads timm's summary.csv: the epoch, then {@code train_*}, {@code eval_*} and the learning rate. */
public final class TimmSummaryReader implements LogReader {
    private static final int SURE = 85;

    @Override
    public String format() {
        return "timm-summary";
    }

    @Override
    public int recognise(LogFile file) {
        TableHead head = TableHead.of(file);
        boolean timm = head != null
                && head.isNamed()
                && head.has("epoch", "train_loss")
                && !head.has("step")
                && (head.has("eval_loss") || head.has("eval_top1"));
        return timm ? SURE : 0;
    }

    @Override
    public void read(LogFile file, ReadOptions options, RunSink sink) throws IOException, UnreadableLogException {
        sink.run().framework("timm");
        TableReading.read(
                file,
                names -> Roles.NONE.withStep(names.indexOf("epoch")).withEpoch(names.indexOf("epoch")),
                options,
                sink);
    }
}
