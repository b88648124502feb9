package dev.auscult.repair.trial;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A training that is to be made.
 *
 * @param name for people and folders: {@code 03-batch-norm/seed-2}
 * @param text of the spec
 * @param base folder against which the paths of the spec are resolved
 * @param seed that takes the place of the spec's
 * @param folder where its recording goes; a trial that is there already, whole, is read and not made again
 * @param stop when it may end early
 */
public record TrialRequest(String name, String text, Path base, long seed, Path folder, Stop stop) {
    public TrialRequest {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(stop, "stop");
    }

    /** When a trial may end before its spec says so. */
    public enum Stop {
        /** Only if nothing finite is left to train. */
        NEVER,
        /** Once a finding is critical or a fault is certain. */
        WHEN_CERTAIN
    }
}
