package dev.auscult.train.loop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import dev.auscult.train.checkpoint.State;

/**
 * The two checkpoints of a training, which always fit together: a new best one takes the place of the old only after the
 * last one that knows of it is there, so that a training that is killed between never goes back to weights of its future.
 */
final class Checkpoints {
    private final RunDirectory directory;
    private boolean pending;

    Checkpoints(RunDirectory directory) {
        this.directory = directory;
    }

    /** Completes what a kill left undone, once the last checkpoint is known. */
    void settle(Position last) throws IOException {
        Path next = directory.nextBest();
        if (!Files.exists(next)) {
            return;
        }
        boolean known = last.bestEpoch > 0 && State.read(next).integer("position/epoch") == last.bestEpoch;
        if (known) {
            promote();
        } else {
            Files.delete(next);
        }
    }

    /** Keeps a state as the best, for good with the next {@link #last}. */
    void best(State state) throws IOException {
        state.write(directory.nextBest());
        pending = true;
    }

    /** Keeps a state as the last. */
    void last(State state) throws IOException {
        state.write(directory.last());
        if (pending) {
            promote();
            pending = false;
        }
    }

    private void promote() throws IOException {
        Files.move(
                directory.nextBest(),
                directory.best(),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** The best state so far. */
    State readBest() throws IOException {
        return State.read(pending ? directory.nextBest() : directory.best());
    }

    /** Whether the best state is not yet kept for good. */
    boolean isPending() {
        return pending;
    }
}
