package dev.auscult.intake;

import dev.auscult.run.RunBuilder;
import dev.auscult.run.Split;

/** Takes what a reader finds: one run, or several one after the other. */
public interface RunSink {
    /** The run being read. Its id, files and format are set already; a reader may set the framework. */
    RunBuilder run();

    /**
     * The file goes on with another run; what {@link #run} collected so far is complete.
     *
     * @param reason why: {@code epoch goes back to 0}
     */
    RunBuilder nextRun(String reason);

    /**
     * Something was skipped or read in a way the user should know of.
     *
     * @param line line number from 1, or 0 where lines mean nothing
     */
    void problem(long line, String problem);

    /** The split that the file's folder names ({@code validation/}); {@link Split#NONE} if it names none. */
    default Split folderSplit() {
        return Split.NONE;
    }
}
