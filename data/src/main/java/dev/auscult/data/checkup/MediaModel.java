package dev.auscult.data.checkup;

import java.nio.file.Path;

import dev.auscult.data.DataSettings;
import dev.auscult.data.profile.Progress;

/** Finds out what a network, trained on the other examples, says of each picture or sound. */
@FunctionalInterface
public interface MediaModel {
    /**
     * The probabilities of the classes for each training example, by cross-validation.
     *
     * @return [examples][classes], in the order of the data set and of its classes
     */
    float[][] probabilities(DataSettings settings, Path base, long seed, Progress progress);
}
