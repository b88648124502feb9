package dev.auscult.train.engine;

/** An operation that the engine refused: the message names the operation, the shapes, and what the engine said, in one line. */
public final class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EngineException(String message) {
        super(message);
    }

    public EngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
