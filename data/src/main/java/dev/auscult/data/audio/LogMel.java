package dev.auscult.data.audio;

/**
 * The log-mel spectrum of a sound [bands, frames]: windows of 25 ms every 10 ms (Hann, periodic), their power |X|² in
 * triangular bands of equal width on the mel scale, peak 1, from 0 Hz to half the rate, and the natural logarithm of it, not
 * below that of 10⁻¹⁰. The mel scale is that of the HTK book: 2595·log₁₀(1 + f / 700 Hz).
 */
public final class LogMel {
    private static final double WINDOW_SECONDS = 0.025;
    private static final double HOP_SECONDS = 0.010;
    private static final double FLOOR = 1e-10;

    private final int bands;
    private final int window;
    private final int hop;
    private final double[] hann;
    private final Fft fft;
    private final double[] real;
    private final double[] imaginary;
    /** For each band the weight of each frequency of the transform [bands, length / 2 + 1]. */
    private final double[][] weights;

    /**
     * Prepares the spectrum.
     *
     * @param rate samples per second
     * @param bands number of mel bands
     */
    public LogMel(int rate, int bands) {
        this.bands = bands;
        this.window = Math.max(2, (int) Math.round(WINDOW_SECONDS * rate));
        this.hop = Math.max(1, (int) Math.round(HOP_SECONDS * rate));
        this.hann = new double[window];
        for (int i = 0; i < window; i++) {
            hann[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / window);
        }
        int length = Integer.highestOneBit(window - 1) * 2;
        this.fft = new Fft(length);
        this.real = new double[length];
        this.imaginary = new double[length];
        this.weights = new double[bands][length / 2 + 1];
        double highest = mel(rate / 2.0);
        for (int b = 0; b < bands; b++) {
            double left = hertz(highest * b / (bands + 1));
            double centre = hertz(highest * (b + 1) / (bands + 1));
            double right = hertz(highest * (b + 2) / (bands + 1));
            for (int k = 0; k <= length / 2; k++) {
                double frequency = (double) k * rate / length;
                double rising = (frequency - left) / (centre - left);
                double falling = (right - frequency) / (right - centre);
                weights[b][k] = Math.max(0, Math.min(rising, falling));
            }
        }
    }

    static double mel(double hertz) {
        return 2595 * Math.log10(1 + hertz / 700);
    }

    static double hertz(double mel) {
        return 700 * (Math.pow(10, mel / 2595) - 1);
    }

    /** Number of frames of so many samples, at least 1. */
    public int frames(int samples) {
        return 1 + Math.max(0, samples - window) / hop;
    }

    /** The spectrum in row-major order [bands, frames]; what is missing to a whole window is silence. */
    public float[] apply(float[] samples) {
        int frames = frames(samples.length);
        float[] result = new float[Math.multiplyExact(bands, frames)];
        double[] power = new double[real.length / 2 + 1];
        for (int f = 0; f < frames; f++) {
            for (int i = 0; i < real.length; i++) {
                int at = f * hop + i;
                real[i] = i < window && at < samples.length ? samples[at] * hann[i] : 0;
                imaginary[i] = 0;
            }
            fft.transform(real, imaginary);
            for (int k = 0; k < power.length; k++) {
                power[k] = real[k] * real[k] + imaginary[k] * imaginary[k];
            }
            for (int b = 0; b < bands; b++) {
                double sum = 0;
                for (int k = 0; k < power.length; k++) {
                    sum += weights[b][k] * power[k];
                }
                result[b * frames + f] = (float) Math.log(Math.max(sum, FLOOR));
            }
        }
        return result;
    }
}
