package dev.auscult.intake.tensorboard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

import dev.auscult.intake.FollowableReader;
import dev.auscult.intake.LogCursor;
import dev.auscult.intake.LogFile;
import dev.auscult.intake.ReadOptions;
import dev.auscult.intake.RunSink;
import dev.auscult.intake.UnreadableLogException;

/** Reads TensorBoard event files ({@code events.out.tfevents.*}); the files of a run one after the other. */
public final class TensorBoardReader implements FollowableReader {
    private static final int LENGTH_AND_CHECKSUM = Long.BYTES + Integer.BYTES;
    private static final String GIT_LFS = "version https://git-lfs";

    @Override
    public String format() {
        return "tensorboard";
    }

    @Override
    public int recognise(LogFile file) {
        boolean named = file.name().contains("tfevents");
        if (file.text().startsWith(GIT_LFS)) {
            return 0;
        }
        if (!isFramed(file.head())) {
            // Cut or damaged: say so, rather than nothing.
            return named ? 60 : 0;
        }
        if (named || file.text().contains("brain.Event:")) {
            return 100;
        }
        // The framing is that of data sets too; an event begins with its wall time.
        byte[] head = file.head();
        return head.length > LENGTH_AND_CHECKSUM && head[LENGTH_AND_CHECKSUM] == 0x09 ? 70 : 0;
    }

    @Override
    public LogCursor follow(LogFile file, ReadOptions options, RunSink sink) {
        return new EventFileCursor(file, options, sink);
    }

    @Override
    public void read(LogFile file, ReadOptions options, RunSink sink) throws IOException, UnreadableLogException {
        EventFileCursor cursor = new EventFileCursor(file, options, sink);
        cursor.advance();
        String cut =
                "file ends inside a record after " + cursor.records() + " records (still being written, or killed)";
        if (cursor.points() == 0) {
            throw new UnreadableLogException(why(cursor, cut));
        }
        if (cursor.isTorn()) {
            sink.problem(0, cut);
        }
    }

    private static String why(EventFileCursor cursor, String cut) {
        if (cursor.records() == 0) {
            return cursor.isTorn()
                    ? "file ends inside its first record: the program that wrote it was killed, or the copy is not complete"
                    : "empty file: the program that wrote it stopped before its first log call";
        }
        if (cursor.records() == 1) {
            return cursor.isTorn()
                    ? cut
                    : "only the file header, no events: the program that wrote it stopped before its first log call";
        }
        return "no scalar and no histogram of a tensor in " + cursor.records()
                + " records (only a graph, hyper-parameters, images or text): log metrics with add_scalar or"
                + " tf.summary.scalar";
    }

    private static boolean isFramed(byte[] head) {
        if (head.length < LENGTH_AND_CHECKSUM) {
            return false;
        }
        CRC32C crc = new CRC32C();
        crc.update(head, 0, Long.BYTES);
        int stored = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(Long.BYTES);
        return RecordReader.mask((int) crc.getValue()) == stored;
    }
}
