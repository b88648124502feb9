package dev.auscult.train.engine;

/** A stretch of work, to be closed by try-with-resources on the thread that opened it. */
public interface Scope extends AutoCloseable {
    @Override
    void close();
}
