package dev.auscult.data.checkup;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * How thorough a check-up is.
 *
 * @param depth which looks are made
 * @param seed of all that is drawn at random
 * @param probabilities out-of-sample probabilities of the classes [rows, classes] (.npy); empty: of a model that is trained
 *     here
 * @param pictures trains small networks on pictures and sounds; empty where there is no engine
 */
public record CheckupOptions(Depth depth, long seed, Optional<Path> probabilities, Optional<MediaModel> pictures) {
    public CheckupOptions {
        Objects.requireNonNull(depth, "depth");
        Objects.requireNonNull(probabilities, "probabilities");
        Objects.requireNonNull(pictures, "pictures");
    }

    /** Which looks are made. */
    public enum Depth {
        /** What a pass or two over the data tell: for every training. */
        QUICK,
        /** Leaks and shifts between parts as thoroughly as all of it; nothing of labels or of what columns are good for. */
        PARTS,
        /** All of it, with models that are trained for labels, leaks and shifts. */
        FULL
    }
}
