package dev.auscult.train.loop;

/** What is to happen to a training after its recording was judged, mildest first. */
public enum Advice {
    GO_ON,
    /** The learning rate falls to a third. */
    LOWER_LEARNING_RATE,
    /** Back to the best checkpoint, with a third of the learning rate. */
    ROLL_BACK,
    STOP
}
