package dev.auscult.intake.tensorboard;

import java.io.IOException;
import java.nio.file.Path;

import dev.auscult.intake.LogCursor;
import dev.auscult.intake.LogFile;
import dev.auscult.intake.ReadOptions;
import dev.auscult.intake.RunSink;
import dev.auscult.intake.UnreadableLogException;
import dev.auscult.intake.protobuf.MalformedMessageException;

/** A place in an event file; whole records only. */
final class EventFileCursor implements LogCursor {
    private final Path path;
    private final boolean verify;
    private final RunSink sink;
    private final RunFeed feed;
    private final EventScanner scanner;
    private long position;
    private long records;
    private long malformed;
    private RecordReader.Outcome outcome = RecordReader.Outcome.END;

    EventFileCursor(LogFile file, ReadOptions options, RunSink sink) {
        this(file.path(), file.name(), options, sink, TagNames.FOREIGN);
    }

    EventFileCursor(Path path, String name, ReadOptions options, RunSink sink, TagNames names) {
        this.path = path;
        this.verify = options.verify();
        this.sink = sink;
        this.feed = new RunFeed(sink, name, names);
        this.scanner = new EventScanner(feed);
    }

    @Override
    public boolean advance() throws IOException, UnreadableLogException {
        if (outcome == RecordReader.Outcome.LOST) {
            throw lost();
        }
        long before = position;
        malformed = 0;
        try (RecordReader in = new RecordReader(path, position, verify)) {
            outcome = in.next();
            while (outcome == RecordReader.Outcome.RECORD) {
                try {
                    scanner.scan(in.bytes(), in.start(), in.end());
                } catch (MalformedMessageException e) {
                    malformed++;
                }
                outcome = in.next();
            }
            position = in.position();
            records += in.records();
            feed.settle();
            report(in.damaged(), "hold a wrong checksum and were left out");
            report(malformed, "hold no valid event and were left out");
            report(in.oversized(), "are larger than " + (RecordReader.MAX_KEPT >> 20) + " MiB and were left out");
        }
        if (outcome == RecordReader.Outcome.LOST) {
            if (feed.points() == 0) {
                throw lost();
            }
            sink.problem(
                    0,
                    "the length of the record at byte " + position + " has a wrong checksum, so the rest of the file"
                            + " cannot be read");
        }
        return position > before;
    }

    /** Whether the file ends inside a record. */
    boolean isTorn() {
        return outcome == RecordReader.Outcome.TORN;
    }

    /** Number of records met so far. */
    long records() {
        return records;
    }

    /** Number of values that went into the run so far. */
    long points() {
        return feed.points();
    }

    private UnreadableLogException lost() {
        return new UnreadableLogException("the length of the record at byte " + position
                + " has a wrong checksum: the file is damaged, or no TensorBoard event file");
    }

    private void report(long count, String what) {
        if (count > 0) {
            sink.problem(0, count + " of " + records + " records " + what);
        }
    }
}
