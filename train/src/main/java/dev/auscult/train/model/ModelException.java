package dev.auscult.train.model;

/** A network that cannot be built: the message is one line that names the layer and says what was found and wanted. */
public final class ModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ModelException(String message) {
        super(message);
    }

    public ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
