package dev.auscult.data.labels;

import java.io.IOException;

/** Probabilities of classes for examples, [examples, classes]; read several times, in blocks of rows in ascending order. */
public interface Probabilities {
    int examples();

    int classes();

    /** How many rows are best read together; at least 1. */
    default int rowsAtOnce() {
        return Math.max(1, (1 << 15) / Math.max(1, classes()));
    }

    /**
     * Reads rows.
     *
     * @param first of the rows
     * @param count of rows
     * @param into takes them one after the other, from its start
     */
    void read(int first, int count, double[] into) throws IOException;

    /** Probabilities that lie in memory, row by row; they are not copied. */
    static Probabilities of(float[] rows, int classes) {
        return new InMemory(rows.length, classes) {
            @Override
            public void read(int first, int count, double[] into) {
                int from = first * classes();
                for (int i = 0; i < count * classes(); i++) {
                    into[i] = rows[from + i];
                }
            }
        };
    }

    /** The same in double precision. */
    static Probabilities of(double[] rows, int classes) {
        return new InMemory(rows.length, classes) {
            @Override
            public void read(int first, int count, double[] into) {
                System.arraycopy(rows, first * classes(), into, 0, count * classes());
            }
        };
    }
}
