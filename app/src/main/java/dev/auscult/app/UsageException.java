package dev.auscult.app;

import java.util.Objects;

/** The command line or the project file is wrong; the message is one line: what was found, what was wanted, what to do. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message, null, false, false);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
