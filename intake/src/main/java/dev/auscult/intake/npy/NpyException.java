package dev.auscult.intake.npy;

/** An array that cannot or must not be read; the message says what it is. */
public final class NpyException extends Exception {
    private static final long serialVersionUID = 1L;

    NpyException(String message) {
        super(message);
    }
}
