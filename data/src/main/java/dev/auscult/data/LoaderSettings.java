package dev.auscult.data;

import java.util.List;

import dev.auscult.data.DataSettings.Augment;
import dev.auscult.data.error.DataException;

/**
 * How examples are served in batches.
 *
 * @param batchSize examples per batch, at least 1
 * @param shuffle a new order in every epoch; else the order of the examples
 * @param dropLast leave out the last batch of an epoch where it is smaller than the others
 * @param augment changes made to each example each time it is read, in this order
 * @param seed governs order and augmentation: the same seed gives the same batches
 */
public record LoaderSettings(int batchSize, boolean shuffle, boolean dropLast, List<Augment> augment, long seed) {
    public LoaderSettings {
        if (batchSize < 1) {
            throw new DataException("batch size is " + batchSize + ", wanted at least 1");
        }
        augment = List.copyOf(augment);
    }
}
