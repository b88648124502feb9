package dev.auscult.repair.fix;

/** Budget or time does not suffice for what comes next. */
final class SpentException extends Exception {
    private static final long serialVersionUID = 1;

    SpentException(String message) {
        super(message);
    }
}
