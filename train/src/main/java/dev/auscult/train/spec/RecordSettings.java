package dev.auscult.train.spec;

import java.util.Set;

/**
 * What is written down.
 *
 * @param every steps between records of tensors; 0 for none
 * @param logarithmic record tensors at steps 0, 1, 2, 4, 8 … instead
 * @param tensors {@code weights}, {@code gradients}, {@code updates}, {@code activations}, {@code activation-gradients}
 * @param scalarsEvery steps between records of the loss; 0: chosen so that an epoch gives about a hundred
 * @param images first-layer filters, feature maps and attention maps of a few validation examples at checkpoints
 * @param examineEvery epochs between diagnoses while training; 0 for none
 */
public record RecordSettings(
        int every, boolean logarithmic, Set<String> tensors, int scalarsEvery, boolean images, int examineEvery) {
    public RecordSettings {
        tensors = Set.copyOf(tensors);
    }
}
