package dev.auscult.intake.protobuf;

/** A record whose payload is not a protocol buffer message. */
public final class MalformedMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedMessageException() {
        // A hostile file throws one per record, and nobody looks at the stack.
        super("not a protocol buffer message", null, false, false);
    }
}
