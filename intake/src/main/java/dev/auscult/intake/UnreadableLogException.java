package dev.auscult.intake;

/** A file that looks like a log but holds nothing that can be read; the message is one line for the user. */
public final class UnreadableLogException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What was found, what was wanted, and what to do, in one line without the file's name. */
    public UnreadableLogException(String message) {
        super(message);
    }
}
