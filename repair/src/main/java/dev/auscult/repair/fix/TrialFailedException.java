package dev.auscult.repair.fix;

/** A spec that cannot be trained at all, so that there is nothing to mend by training. */
public final class TrialFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * A failure.
     *
     * @param message one line: what was found, what was wanted
     */
    public TrialFailedException(String message) {
        super(message);
    }
}
