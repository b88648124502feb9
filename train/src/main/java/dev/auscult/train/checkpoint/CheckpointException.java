package dev.auscult.train.checkpoint;

/** A checkpoint that does not hold what is wanted of it; the message is one line. */
public final class CheckpointException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CheckpointException(String message) {
        super(message);
    }
}
