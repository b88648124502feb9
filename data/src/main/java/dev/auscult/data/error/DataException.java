package dev.auscult.data.error;

/** Data that cannot be used: the message is one line that says what was found, what was wanted and what to do. */
public final class DataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DataException(String message) {
        super(message);
    }

    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
