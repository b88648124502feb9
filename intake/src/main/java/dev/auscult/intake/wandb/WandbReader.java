package dev.auscult.intake.wandb;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;

import dev.auscult.intake.LogFile;
import dev.auscult.intake.LogReader;
import dev.auscult.intake.ReadOptions;
import dev.auscult.intake.RunSink;
import dev.auscult.intake.UnreadableLogException;
import dev.auscult.intake.protobuf.MalformedMessageException;

/**
 * Reads {@code run-*.wandb}: history, configuration and the exit; never the records that name user, host, repository or
 * command line.
 */
public final class WandbReader implements LogReader {
    private static final byte[] MAGIC = {':', 'W', '&', 'B', (byte) 0xe1, (byte) 0xbe};

    @Override
    public String format() {
        return "wandb";
    }

    @Override
    public int recognise(LogFile file) {
        byte[] head = file.head();
        for (int i = 0; i < MAGIC.length; i++) {
            if (i >= head.length || head[i] != MAGIC[i]) {
                return 0;
            }
        }
        return 100;
    }

    @Override
    public void read(LogFile file, ReadOptions options, RunSink sink) throws IOException, UnreadableLogException {
        RecordScanner scanner = new RecordScanner(sink.run());
        long records = 0;
        long malformed = 0;
        LogBlocks blocks;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file.path()), LogBlocks.BLOCK)) {
            blocks = new LogBlocks(in);
            while (blocks.next()) {
                records++;
                try {
                    scanner.scan(blocks.record(), blocks.size());
                } catch (MalformedMessageException e) {
                    malformed++;
                }
            }
        }
        if (scanner.values() == 0) {
            throw new UnreadableLogException(
                    scanner.rows() == 0
                            ? "no history record: nothing was logged"
                            : "no number in " + scanner.rows()
                                    + " history records: only images, tables or text were logged");
        }
        if (blocks.damaged() > 0) {
            sink.problem(0, "damaged in " + blocks.damaged() + " places: went on at the next block of 32 KiB");
        }
        if (malformed > 0) {
            sink.problem(0, malformed + " of " + records + " records hold no valid message and were left out");
        }
        if (blocks.isTorn()) {
            sink.problem(0, "file ends inside a record after " + records + " records (still being written, or killed)");
        }
        scanner.finish();
    }
}
