package dev.auscult.data.labels;

import java.io.IOException;
import java.nio.file.Path;

import dev.auscult.data.array.FloatMatrix;

/** Probabilities in an npy file, which stay there: only a block of rows is in memory at a time. */
public final class NpyProbabilities implements Probabilities, AutoCloseable {
    private final FloatMatrix matrix;

    private NpyProbabilities(FloatMatrix matrix) {
        this.matrix = matrix;
    }

    /** Reads the header. */
    public static NpyProbabilities open(Path file) throws IOException {
        FloatMatrix matrix = FloatMatrix.open(file);
        if (matrix.rows() > Integer.MAX_VALUE - 8) {
            matrix.close();
            throw new IOException("found " + matrix + ", wanted fewer than 2^31 examples");
        }
        return new NpyProbabilities(matrix);
    }

    @Override
    public int examples() {
        return (int) matrix.rows();
    }

    @Override
    public int classes() {
        return matrix.columns();
    }

    @Override
    public int rowsAtOnce() {
        return matrix.rowsAtOnce();
    }

    @Override
    public void read(int first, int count, double[] into) throws IOException {
        matrix.read(first, count, into);
    }

    /** {@code float16 [50000, 10]}. */
    @Override
    public String toString() {
        return matrix.toString();
    }

    @Override
    public void close() throws IOException {
        matrix.close();
    }
}
