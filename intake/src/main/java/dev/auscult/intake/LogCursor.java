package dev.auscult.intake;

import java.io.IOException;

/**
 * A place in a growing file; it holds no open file between two calls.
 *
 * <p>A cursor reads whole records only: a record that is still being written is left for the next call and is no
 * problem. After the last call its sink has what {@link LogReader#read} would have given, but for that torn tail.
 */
public interface LogCursor {
    /**
     * Reads what was written since the last call.
     *
     * @return whether something new was read
     * @throws UnreadableLogException if nothing after this place can ever be read
     * @throws IOException if the file cannot be accessed
     */
    boolean advance() throws IOException, UnreadableLogException;
}
