package dev.auscult.data.labels;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.auscult.data.array.ArrayFile;
import dev.auscult.data.array.Npy;

/** Labels that were given to examples, as whole numbers from 0. */
public final class GivenLabels {
    private static final int BLOCK = 1 << 13;

    private GivenLabels() {}

    /** Reads an npy file with one whole number for each example, in any type of whole numbers. */
    public static int[] read(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            ArrayFile array = Npy.open(in);
            long[] shape = array.shape();
            if (!array.whole() || shape.length != 1) {
                throw new IOException("found " + array
                        + ", wanted one whole number for each example: labels.astype(np.int64), of shape [examples]");
            }
            if (array.bytes() > Files.size(file) || shape[0] > Integer.MAX_VALUE - 8) {
                throw new IOException("announces " + array + ", more than the file can hold; it was cut off");
            }
            int[] labels = new int[(int) shape[0]];
            double[] block = new double[Math.min(labels.length, BLOCK)];
            for (int from = 0; from < labels.length; from += BLOCK) {
                int count = Math.min(BLOCK, labels.length - from);
                array.read(block, 0, count);
                for (int i = 0; i < count; i++) {
                    if (block[i] < 0 || block[i] > Integer.MAX_VALUE - 8) {
                        throw new IOException(
                                "label " + (long) block[i] + " of example " + (from + i) + ", wanted classes from 0");
                    }
                    labels[from + i] = (int) block[i];
                }
            }
            if (in.read() >= 0) {
                throw new IOException("goes on after the last element of " + array);
            }
            return labels;
        }
    }
}
