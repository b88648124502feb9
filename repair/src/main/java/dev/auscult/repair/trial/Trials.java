package dev.auscult.repair.trial;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Makes trials: as processes of their own, or within this one. */
public interface Trials extends AutoCloseable {
    /**
     * Makes trials, side by side where that is possible, and waits for all.
     *
     * @param requests which
     * @param done hears of each as it ends, in the order in which they end
     * @return the results in the order of the requests
     * @throws IOException if a recording cannot be written or read
     * @throws InterruptedException if asked to stop; whole trials stay in their folders
     */
    List<TrialResult> run(List<TrialRequest> requests, Consumer<TrialResult> done)
            throws IOException, InterruptedException;

    /** How many go on at the same time. */
    default int sideBySide() {
        return 1;
    }

    @Override
    default void close() {}
}
