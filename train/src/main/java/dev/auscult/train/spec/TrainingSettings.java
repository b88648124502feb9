package dev.auscult.train.spec;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How long, in what batches, and when to stop.
 *
 * @param epochs passes over the training examples
 * @param batchSize examples per batch; {@code Integer.MAX_VALUE}: all ({@code batch-size: full})
 * @param accumulate batches per optimizer step
 * @param dropLast leave out the last batch of an epoch where it is smaller
 * @param clipNorm largest global norm of the gradient; null for none
 * @param clipValue largest magnitude of one element of the gradient; null for none
 * @param precision {@code float32}, {@code bfloat16} or {@code float16} (with dynamic loss scaling)
 * @param evaluateEvery epochs between evaluations
 * @param evaluateBatch examples per batch in evaluation
 * @param checkpointEvery epochs between {@code last} checkpoints
 * @param earlyStopping when to stop early; null for never
 * @param pruning which weights are taken out while training; null for none
 */
public record TrainingSettings(
        int epochs,
        int batchSize,
        int accumulate,
        boolean dropLast,
        @Nullable Double clipNorm,
        @Nullable Double clipValue,
        String precision,
        int evaluateEvery,
        int evaluateBatch,
        int checkpointEvery,
        @Nullable EarlyStopping earlyStopping,
        @Nullable Pruning pruning) {

    /**
     * When to stop early.
     *
     * @param criterion {@code patience}, or Prechelt's {@code gl}, {@code pq}, {@code up}
     * @param monitor series that is watched: {@code validation/loss}
     * @param patience evaluations without a gain, for {@code patience}; successive strips for {@code up}
     * @param minDelta least gain that counts
     * @param threshold α of {@code gl} (percent) and {@code pq}
     * @param strip epochs of a strip, for {@code pq} and {@code up}
     * @param restoreBest end with the best weights
     */
    public record EarlyStopping(
            String criterion,
            String monitor,
            int patience,
            double minDelta,
            double threshold,
            int strip,
            boolean restoreBest) {}

    /**
     * Which weights are taken out while training: set to zero, and kept there.
     *
     * @param type {@code magnitude}: single weights of the least magnitude in all layers together; {@code structured}:
     *     units and filters of the least L2 norm, the same share in each layer
     * @param share share 0..1 of them that is out in the end
     * @param from share that is taken out first
     * @param begin share of all steps before the first are taken out
     * @param end share of all steps after which the last are taken out
     * @param every steps between prunings; 0: so that there are about fifty
     * @param match globs on the paths of the parameters that are pruned; empty: the weights of layers but for embeddings,
     *     normalisation and biases
     */
    public record Pruning(
            String type, double share, double from, double begin, double end, int every, List<String> match) {
        public Pruning {
            match = List.copyOf(match);
        }
    }
}
