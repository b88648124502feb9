package dev.auscult.run;

/** A hyper-parameter that every framework has under some name of its own. */
public enum Setting {
    LEARNING_RATE("learning-rate"),
    BATCH_SIZE("batch-size"),
    /** Batches whose gradients are added up before one optimizer step. */
    ACCUMULATE("accumulate"),
    OPTIMIZER("optimizer"),
    MOMENTUM("momentum"),
    WEIGHT_DECAY("weight-decay"),
    DROPOUT("dropout"),
    LABEL_SMOOTHING("label-smoothing"),
    AUGMENTATION("augmentation"),
    SCHEDULE("schedule"),
    WARMUP_STEPS("warmup-steps"),
    WARMUP_EPOCHS("warmup-epochs"),
    /** Epochs that the run was meant to have. */
    EPOCHS("epochs"),
    /** Optimizer steps that the run was meant to have. */
    STEPS("steps"),
    /** Epochs without improvement after which the run stops by itself. */
    PATIENCE("patience"),
    /** Gradients are scaled down to this L2 norm. */
    CLIP_NORM("clip-norm"),
    /** Gradient elements are cut off at this magnitude. */
    CLIP_VALUE("clip-value"),
    SEED("seed"),
    /** Number of classes, or vocabulary size of a language model. */
    CLASSES("classes"),
    LOSS("loss"),
    PRECISION("precision"),
    /** Layers that are not trained on purpose. */
    FROZEN("frozen"),
    /** Checkpoint or weights that training started from. */
    PRETRAINED("pretrained"),
    /** The run goes on from an earlier one. */
    RESUMED("resumed"),
    MODEL("model");

    private final String key;

    Setting(String key) {
        this.key = key;
    }

    /** The key in a report. */
    public String key() {
        return key;
    }
}
