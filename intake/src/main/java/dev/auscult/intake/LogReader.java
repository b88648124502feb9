package dev.auscult.intake;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads one format whose runs lie in single files; stateless.
 *
 * <p>A reader survives torn, growing, corrupt and hostile files: it keeps what was readable, tells the sink what it
 * skipped, allocates nothing from a length that the file claims, and throws {@link UnreadableLogException} only when
 * nothing can be made of the file.
 */
public interface LogReader {
    /** Name of the format in reports: {@code keras-csv}. */
    String format();

    /**
     * How sure this reader is, from the name and the first bytes, that a file is of its format: 0 not at all, 100 a magic
     * number or a structure that nothing else has. The surest reader gets the file.
     */
    int recognise(LogFile file);

    /**
     * The columns of a file in which a user may say what each one means, if this reader reads files of any columns and
     * may be meant here; empty if not. Asked only about files that the user named, so it may read all of them.
     *
     * @param wanted meaning to column, as the user gave them
     */
    default Optional<List<String>> columns(LogFile file, Map<String, String> wanted) throws IOException {
        return Optional.empty();
    }

    /**
     * Reads the whole file.
     *
     * @throws UnreadableLogException if the file holds nothing that can be read; its message is the one line shown
     * @throws IOException if the file cannot be accessed
     */
    void read(LogFile file, ReadOptions options, RunSink sink) throws IOException, UnreadableLogException;
}
