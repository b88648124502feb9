package dev.auscult.intake;

import java.io.IOException;

/** Reads a format that only ever grows at its end, so that a file can be read on where reading stopped. */
public interface FollowableReader extends LogReader {
    /** A cursor before the first record of a file; reads nothing yet. */
    LogCursor follow(LogFile file, ReadOptions options, RunSink sink) throws IOException;
}
