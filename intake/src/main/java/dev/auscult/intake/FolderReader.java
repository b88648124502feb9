package dev.auscult.intake;

import java.io.IOException;
import java.nio.file.Path;

/** Reads one format whose runs are folders of many files; stateless, and as robust as a {@link LogReader}. */
public interface FolderReader {
    /** Name of the format in reports: {@code mlflow}. */
    String format();

    /** Whether a folder is one run (or one store of runs) of this format; looks at names and small files only. */
    boolean recognise(Path folder) throws IOException;

    /**
     * Reads the whole folder.
     *
     * @throws UnreadableLogException if the folder holds nothing that can be read; its message is the one line shown
     * @throws IOException if a file cannot be accessed
     */
    void read(Path folder, ReadOptions options, RunSink sink) throws IOException, UnreadableLogException;
}
