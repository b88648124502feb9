package dev.auscult.data.media;

import java.util.ArrayList;
import java.util.List;

/** Thumbnails of 32×32 bytes, and how much two of them are alike. */
final class Thumbnails {
    static final int SIZE = PerceptualHash.SIDE * PerceptualHash.SIDE;
    /** So many are kept; of more, none (a set that large is looked through by its exact hashes alone). */
    static final int MOST = 1 << 17;

    private static final int CHUNK = 1024;
    /** Standard deviation, in grey levels, below which there is nothing to compare. */
    private static final double FLAT = 2;

    private final List<byte[]> chunks = new ArrayList<>();
    private final Doubles means = new Doubles();
    private final Doubles norms = new Doubles();

    void add(byte[] thumbnail) {
        int at = size();
        if (at % CHUNK == 0) {
            chunks.add(new byte[CHUNK * SIZE]);
        }
        System.arraycopy(thumbnail, 0, chunks.get(at / CHUNK), at % CHUNK * SIZE, SIZE);
        long sum = 0;
        long squares = 0;
        for (byte b : thumbnail) {
            int value = b & 0xFF;
            sum += value;
            squares += (long) value * value;
        }
        double mean = (double) sum / SIZE;
        means.add(mean);
        norms.add(Math.sqrt(Math.max(0, (double) squares - SIZE * mean * mean)));
    }

    int size() {
        return means.size();
    }

    boolean flat(int index) {
        return norms.get(index) < FLAT * Math.sqrt(SIZE);
    }

    /** Pearson's correlation of the pixels of two thumbnails, −1..1; 0 where one is flat. */
    double correlation(int index, Thumbnails others, int other) {
        if (flat(index) || others.flat(other)) {
            return 0;
        }
        byte[] a = chunks.get(index / CHUNK);
        byte[] b = others.chunks.get(other / CHUNK);
        int from = index % CHUNK * SIZE;
        int to = other % CHUNK * SIZE;
        int dot = 0;
        for (int i = 0; i < SIZE; i++) {
            dot += (a[from + i] & 0xFF) * (b[to + i] & 0xFF);
        }
        double covariance = dot - SIZE * means.get(index) * others.means.get(other);
        return covariance / (norms.get(index) * others.norms.get(other));
    }
}
