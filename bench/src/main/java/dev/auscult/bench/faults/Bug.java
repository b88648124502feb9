package dev.auscult.bench.faults;

/** A programming error of a training loop, which no spec can say. */
enum Bug {
    NONE,
    /** {@code zero_grad} is missing: gradients add up over the steps. */
    GRADIENTS_NOT_CLEARED,
    /** The update goes up the gradient. */
    SIGN_FLIPPED,
    /** The first half of the parameters takes no gradient, though nobody said so. */
    FROZEN_LAYERS,
    /** The optimizer was given the parameters of the last layer only. */
    OPTIMIZER_MISSES,
    /** Evaluation mode is left on while training. */
    EVALUATION_MODE_ON,
    /** Training mode is left on while evaluating. */
    TRAINING_MODE_IN_EVALUATION,
    /** Inputs are paired with the label of the example before. */
    MISALIGNED,
    /** Outputs [B, 1] minus targets [B] give [B, B]. */
    BROADCAST,
    /** A schedule meant for epochs is advanced with every batch. */
    SCHEDULE_PER_BATCH,
    /** The learning rate is multiplied by 0.99 at every step. */
    DECAY_PER_STEP,
    /** The validation labels are in another order than their inputs. */
    EVALUATION_MISALIGNED,
    /** Inputs are divided by their range a second time while training. */
    SCALED_TWICE,
    /** The loss is the sum over the batch, the learning rate that of a mean. */
    SUMMED_LOSS,
    /** Only validation inputs are left without normalisation. */
    EVALUATION_UNSCALED,
    /** Dropout scales neither in training nor in evaluation. */
    DROPOUT_UNSCALED,
    /** The penalty on the weights is added twice over, at ten times its strength. */
    PENALTY_TWICE,
    /** The update multiplies by the network's own output, so that weights of zero stay zero. */
    OUTPUT_IN_UPDATE,
    /** A linear schedule goes on falling below zero. */
    SCHEDULE_NEGATIVE,
    /** Early stopping asks whether the number of the epoch is above the loss. */
    STOPS_BY_EPOCH,
    /** Early stopping asks whether the loss is above the number of epochs, which it never is. */
    NEVER_STOPS
}
