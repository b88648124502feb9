package dev.auscult.run;

/** Over how much data each point of a series was averaged, as far as its name tells. */
public enum Grain {
    /** One optimizer step or one batch ({@code train_loss_step}). */
    STEP,
    /** One pass over the data ({@code train_loss_epoch}). */
    EPOCH,
    /** The name does not say. */
    UNKNOWN
}
