package dev.auscult.intake.examples;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A multi-layer perceptron with softmax and cross-entropy in 32-bit arithmetic; slow and plain. It uses {@link StrictMath}
 * only, so that it computes the same on every Java.
 */
final class Mlp {
    /** What a hidden unit does to its input. */
    enum Activation {
        LINEAR,
        RELU,
        SIGMOID,
        TANH;

        float of(float x) {
            return switch (this) {
                case LINEAR -> x;
                case RELU -> Math.max(0, x);
                case SIGMOID -> (float) (1 / (1 + StrictMath.exp(-x)));
                case TANH -> (float) StrictMath.tanh(x);
            };
        }

        /** Derivative, given the activation's own value. */
        float slope(float y) {
            return switch (this) {
                case LINEAR -> 1;
                case RELU -> y > 0 ? 1 : 0;
                case SIGMOID -> y * (1 - y);
                case TANH -> 1 - y * y;
            };
        }
    }

    private final Activation activation;
    private final int[] sizes;
    private final boolean secondSoftmax;
    private final Parameter[] weights;
    private final Parameter[] biases;
    /** Outputs of the layers for the sample seen last [layer][units]; the first is the input, the last the logits. */
    private final float[][] values;
    /** Whether a unit was active since {@link #forgetActivity} [layer][units]. */
    private final boolean[][] fired;

    private final double[] probabilities;

    Mlp(Activation activation, double gain, double bias, Random random, int... sizes) {
        this(activation, gain, bias, false, random, sizes);
    }

    /**
     * A network with Gaussian weights.
     *
     * @param gain standard deviation of the weights times the root of a unit's number of inputs
     * @param bias of the hidden units at the start
     * @param secondSoftmax whether the loss takes the softmax of what is a softmax already
     */
    Mlp(Activation activation, double gain, double bias, boolean secondSoftmax, Random random, int... sizes) {
        this.activation = activation;
        this.sizes = sizes.clone();
        this.secondSoftmax = secondSoftmax;
        int layers = sizes.length - 1;
        weights = new Parameter[layers];
        biases = new Parameter[layers];
        values = new float[sizes.length][];
        fired = new boolean[sizes.length][];
        values[0] = new float[sizes[0]];
        probabilities = new double[sizes[layers]];
        for (int l = 0; l < layers; l++) {
            weights[l] = new Parameter("fc" + (l + 1), "weight", sizes[l] * sizes[l + 1]);
            biases[l] = new Parameter("fc" + (l + 1), "bias", sizes[l + 1]);
            values[l + 1] = new float[sizes[l + 1]];
            fired[l + 1] = new boolean[sizes[l + 1]];
            for (int i = 0; i < weights[l].value.length; i++) {
                weights[l].value[i] = (float) (random.nextGaussian() * gain / Math.sqrt(sizes[l]));
            }
            Arrays.fill(biases[l].value, l < layers - 1 ? (float) bias : 0);
        }
    }

    int layers() {
        return weights.length;
    }

    Parameter weight(int layer) {
        return weights[layer];
    }

    /** Weights and biases from the input to the output. */
    List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>();
        for (int l = 0; l < weights.length; l++) {
            all.add(weights[l]);
            all.add(biases[l]);
        }
        return all;
    }

    /** Outputs of layer {@code l} for the sample seen last [units]. */
    float[] output(int l) {
        return values[l + 1];
    }

    /** Share 0..1 of the units of layer {@code l} that were never active since {@link #forgetActivity}. */
    double inactiveShare(int l) {
        int idle = 0;
        for (boolean unit : fired[l + 1]) {
            idle += unit ? 0 : 1;
        }
        return idle / (double) fired[l + 1].length;
    }

    void forgetActivity() {
        for (int l = 1; l < fired.length; l++) {
            Arrays.fill(fired[l], false);
        }
    }

    /** Probabilities of the classes [classes], as the loss sees them. */
    double[] forward(float[] x) {
        System.arraycopy(x, 0, values[0], 0, x.length);
        for (int l = 0; l < weights.length; l++) {
            float[] in = values[l];
            float[] w = weights[l].value;
            for (int o = 0; o < sizes[l + 1]; o++) {
                float sum = biases[l].value[o];
                for (int i = 0; i < in.length; i++) {
                    sum += w[o * in.length + i] * in[i];
                }
                float y = l < weights.length - 1 ? activation.of(sum) : sum;
                values[l + 1][o] = y;
                fired[l + 1][o] |= y != 0;
            }
        }
        double[] logits = new double[probabilities.length];
        for (int k = 0; k < logits.length; k++) {
            logits[k] = values[weights.length][k];
        }
        softmax(logits, probabilities);
        if (!secondSoftmax) {
            return probabilities;
        }
        double[] twice = new double[probabilities.length];
        softmax(probabilities, twice);
        return twice;
    }

    private static void softmax(double[] logits, double[] p) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double logit : logits) {
            largest = Math.max(largest, logit);
        }
        double total = 0;
        for (int k = 0; k < p.length; k++) {
            p[k] = StrictMath.exp(logits[k] - largest);
            total += p[k];
        }
        for (int k = 0; k < p.length; k++) {
            p[k] /= total;
        }
    }

    /** Adds the gradient of one sample's loss, which {@link #forward} saw last, times {@code scale}. */
    void backward(int label, double scale) {
        float[] delta = new float[probabilities.length];
        double[] p = probabilities;
        double[] twice = new double[p.length];
        softmax(p, twice);
        double mean = 0;
        for (int k = 0; k < p.length; k++) {
            mean += p[k] * (twice[k] - (k == label ? 1 : 0));
        }
        for (int k = 0; k < p.length; k++) {
            double once = p[k] - (k == label ? 1 : 0);
            double through = p[k] * (twice[k] - (k == label ? 1 : 0) - mean);
            delta[k] = (float) ((secondSoftmax ? through : once) * scale);
        }
        for (int l = weights.length - 1; l >= 0; l--) {
            float[] in = values[l];
            float[] below = new float[in.length];
            float[] w = weights[l].value;
            float[] g = weights[l].gradient;
            for (int o = 0; o < delta.length; o++) {
                for (int i = 0; i < in.length; i++) {
                    g[o * in.length + i] += delta[o] * in[i];
                    below[i] += delta[o] * w[o * in.length + i];
                }
                biases[l].gradient[o] += delta[o];
            }
            for (int i = 0; l > 0 && i < below.length; i++) {
                below[i] *= activation.slope(in[i]);
            }
            delta = below;
        }
    }

    /** Mean loss and accuracy on a data set. */
    Measured evaluate(Data data) {
        double loss = 0;
        double right = 0;
        for (int sample = 0; sample < data.y().length; sample++) {
            double[] p = forward(data.x()[sample]);
            loss -= log(p[data.y()[sample]]);
            right += Data.argMax(p) == data.y()[sample] ? 1 : 0;
        }
        return new Measured(loss / data.y().length, right / data.y().length, Double.NaN);
    }

    /** Natural logarithm, not below that of the smallest normal 32-bit number. */
    static double log(double p) {
        return p < Float.MIN_NORMAL ? StrictMath.log(Float.MIN_NORMAL) : StrictMath.log(p);
    }
}
