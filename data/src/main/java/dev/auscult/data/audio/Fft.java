package dev.auscult.data.audio;

/** The discrete Fourier transform of a length that is a power of two (Cooley and Tukey, 1965; radix 2, in place). */
final class Fft {
    private final int length;
    private final double[] cos;
    private final double[] sin;

    Fft(int length) {
        if (Integer.bitCount(length) != 1) {
            throw new IllegalArgumentException("length " + length + ", wanted a power of two");
        }
        this.length = length;
        this.cos = new double[length / 2];
        this.sin = new double[length / 2];
        for (int i = 0; i < length / 2; i++) {
            cos[i] = Math.cos(-2 * Math.PI * i / length);
            sin[i] = Math.sin(-2 * Math.PI * i / length);
        }
    }

    /** Replaces numbers by their transform Σ x[n]·e^(−2πi·kn/N). */
    void transform(double[] real, double[] imaginary) {
        for (int i = 1, j = 0; i < length; i++) {
            int bit = length >> 1;
            for (; (j & bit) != 0; bit >>= 1) {
                j ^= bit;
            }
            j ^= bit;
            if (i < j) {
                swap(real, i, j);
                swap(imaginary, i, j);
            }
        }
        for (int size = 2; size <= length; size *= 2) {
            int half = size / 2;
            int stride = length / size;
            for (int start = 0; start < length; start += size) {
                for (int k = 0; k < half; k++) {
                    int a = start + k;
                    int b = a + half;
                    double c = cos[k * stride];
                    double s = sin[k * stride];
                    double re = real[b] * c - imaginary[b] * s;
                    double im = real[b] * s + imaginary[b] * c;
                    real[b] = real[a] - re;
                    imaginary[b] = imaginary[a] - im;
                    real[a] += re;
                    imaginary[a] += im;
                }
            }
        }
    }

    private static void swap(double[] x, int i, int j) {
        double kept = x[i];
        x[i] = x[j];
        x[j] = kept;
    }
}
