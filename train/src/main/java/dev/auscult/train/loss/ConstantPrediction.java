package dev.auscult.train.loss;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;

import dev.auscult.data.DataShape;
import dev.auscult.data.Task;

/**
 * What a loss comes to for predictions that do not look at the input.
 *
 * <p>Notation: wₖ class weights, ε label smoothing, K classes, nₖ examples of class k.
 */
final class ConstantPrediction {
    private static final int BISECTIONS = 200;
    private static final double WIDEST_LOGIT = 60;

    private final LossType type;
    private final DataShape data;
    private final double smoothing;
    private final double delta;
    private final double gamma;
    private final double[] weights;

    ConstantPrediction(LossType type, DataShape data, double smoothing, double delta, double gamma, double[] weights) {
        this.type = type;
        this.data = data;
        this.smoothing = smoothing;
        this.delta = delta;
        this.gamma = gamma;
        this.weights = weights;
    }

    /** The least loss over all predictions, of the class where it is least. */
    double lowest() {
        if (smoothing == 0 || type == LossType.HINGE || data.task() == Task.REGRESSION) {
            return 0;
        }
        if (data.task() == Task.MULTI_LABEL) {
            // Cross-entropy on labels: an example without any has next to nothing to lose.
            return type == LossType.CROSS_ENTROPY ? 0 : ofLabels();
        }
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < data.outputs(); k++) {
            long[] only = new long[data.outputs()];
            only[k] = 1;
            least = Math.min(least, atPrior(only).orElse(0));
        }
        return least;
    }

    /** Mean over the labels of the least loss of one that is set or not. */
    private double ofLabels() {
        double sum = 0;
        for (int k = 0; k < data.outputs(); k++) {
            sum += Math.min(element(smoothing / 2, k), element(1 - smoothing / 2, k));
        }
        return sum / data.outputs();
    }

    /** The loss of the best constant, given the examples of each class. */
    OptionalDouble atPrior(long[] counts) {
        double total = 0;
        for (int k = 0; k < counts.length; k++) {
            total += counts[k] * weight(k);
        }
        double[] prior = new double[counts.length];
        for (int k = 0; k < counts.length; k++) {
            prior[k] = counts[k] * weight(k) / total;
        }
        double examples = Arrays.stream(counts).sum();
        double[] mass = new double[counts.length];
        for (int k = 0; k < counts.length; k++) {
            // As PyTorch: the uniform share is weighted by the class it goes to.
            mass[k] = (1 - smoothing) * prior[k] + smoothing / counts.length * weight(k) * examples / total;
        }
        return switch (type) {
            case CROSS_ENTROPY -> OptionalDouble.of(crossEntropy(mass));
            case FOCAL -> OptionalDouble.of(focal(mass));
            case HINGE -> OptionalDouble.empty();
            default -> {
                double sum = 0;
                for (double p : prior) {
                    sum += oneHot(p, counts.length);
                }
                yield OptionalDouble.of(sum / counts.length);
            }
        };
    }

    /** The loss of the best constant for numbers or labels [examples, outputs]. */
    OptionalDouble atConstant(float[] targets, int outputs) {
        int examples = targets.length / outputs;
        if (type == LossType.CROSS_ENTROPY || (type == LossType.FOCAL && data.task() == Task.CLASSIFICATION)) {
            double[] mass = new double[outputs];
            for (int i = 0; i < examples * outputs; i++) {
                int k = i % outputs;
                mass[k] += ((1 - smoothing) * targets[i] + smoothing / outputs) * weight(k) / examples;
            }
            return OptionalDouble.of(type == LossType.FOCAL ? focal(mass) : crossEntropy(mass));
        }
        if (type == LossType.HINGE && data.task() == Task.CLASSIFICATION) {
            return OptionalDouble.empty();
        }
        double sum = 0;
        for (int k = 0; k < outputs; k++) {
            double[] column = new double[examples];
            for (int i = 0; i < examples; i++) {
                double target = targets[i * outputs + k];
                column[i] = data.task() == Task.MULTI_LABEL ? target * (1 - smoothing) + smoothing / 2 : target;
            }
            sum += column(column, k);
        }
        return OptionalDouble.of(sum / outputs);
    }

    /** min over p of −Σ mₖ log pₖ, at p = m/Σm. */
    private static double crossEntropy(double[] mass) {
        double all = Arrays.stream(mass).sum();
        double sum = 0;
        for (double m : mass) {
            sum += m > 0 ? -m * Math.log(m / all) : 0;
        }
        return sum;
    }

    /** min over p of Σ mₖ·f(pₖ) with f(p) = −(1 − p)^γ log p, where all −mₖ·f'(pₖ) are one λ. */
    private double focal(double[] mass) {
        double low = 0;
        double high = 1;
        while (sum(probabilities(mass, high)) > 1) {
            high *= 2;
        }
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (low + high) / 2;
            if (sum(probabilities(mass, middle)) > 1) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double[] p = probabilities(mass, high);
        double loss = 0;
        for (int k = 0; k < mass.length; k++) {
            loss += mass[k] > 0 ? -mass[k] * Math.pow(1 - p[k], gamma) * Math.log(p[k]) : 0;
        }
        return loss;
    }

    private double[] probabilities(double[] mass, double lambda) {
        double[] p = new double[mass.length];
        for (int k = 0; k < mass.length; k++) {
            double low = 0;
            double high = 1;
            for (int i = 0; i < BISECTIONS && mass[k] > 0; i++) {
                double middle = (low + high) / 2;
                double slope =
                        gamma * power(1 - middle, gamma - 1) * Math.log(middle) - Math.pow(1 - middle, gamma) / middle;
                if (-mass[k] * slope > lambda) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            p[k] = mass[k] > 0 ? (low + high) / 2 : 0;
        }
        return p;
    }

    private static double power(double base, double exponent) {
        return base == 0 ? 0 : Math.pow(base, exponent);
    }

    private static double sum(double[] values) {
        return Arrays.stream(values).sum();
    }

    /** The best constant for one output of one-hot targets, whose class has the share p of the (weighted) examples. */
    private double oneHot(double p, int classes) {
        double off = smoothing / classes;
        double on = 1 - smoothing + off;
        return twoValued(on, off, p);
    }

    /** The least loss of an element with one target value. */
    private double element(double target, int label) {
        return best(new double[] {target}, new double[] {1}, label);
    }

    private double twoValued(double on, double off, double p) {
        return best(new double[] {on, off}, new double[] {p, 1 - p}, -1);
    }

    private double column(double[] targets, int label) {
        double[] shares = new double[targets.length];
        Arrays.fill(shares, 1.0 / targets.length);
        return best(targets, shares, data.task() == Task.MULTI_LABEL ? label : -1);
    }

    /** min over c of Σ shareᵢ·loss(c, targetᵢ), which is convex in c. */
    private double best(double[] targets, double[] shares, int label) {
        double positive = label >= 0 ? weight(label) : 1;
        return switch (type) {
            case MSE, MAE, HUBER -> {
                double low = Arrays.stream(targets).min().orElse(0);
                double high = Arrays.stream(targets).max().orElse(0);
                yield least(c -> mean(targets, shares, y -> error(c - y)), low, high);
            }
            case BINARY_CROSS_ENTROPY, FOCAL ->
                least(c -> mean(targets, shares, y -> binary(c, y, positive)), -WIDEST_LOGIT, WIDEST_LOGIT);
            case HINGE ->
                least(c -> mean(targets, shares, y -> Math.max(0, 1 - c * (2 * y - 1))), -WIDEST_LOGIT, WIDEST_LOGIT);
            case CROSS_ENTROPY -> throw new IllegalStateException("cross-entropy looks at all outputs at once");
        };
    }

    private double error(double difference) {
        double size = Math.abs(difference);
        return switch (type) {
            case MSE -> size * size;
            case MAE -> size;
            default -> size <= delta ? size * size / 2 : delta * (size - delta / 2);
        };
    }

    /** Cross-entropy of the logit c against y, or the focal loss of it. */
    private double binary(double c, double y, double positive) {
        double logP = -Math.log1p(Math.exp(-c));
        double logNot = -Math.log1p(Math.exp(c));
        double entropy = -(positive * y * logP + (1 - y) * logNot);
        if (type != LossType.FOCAL) {
            return entropy;
        }
        double p = Math.exp(logP);
        return entropy * Math.pow(Math.max(0, 1 - (p * y + (1 - p) * (1 - y))), gamma);
    }

    private static double mean(double[] targets, double[] shares, DoubleUnaryOperator loss) {
        double sum = 0;
        for (int i = 0; i < targets.length; i++) {
            sum += shares[i] * loss.applyAsDouble(targets[i]);
        }
        return sum;
    }

    /** The least value of a function with one valley. */
    private static double least(DoubleUnaryOperator function, double low, double high) {
        double a = low;
        double b = high;
        for (int i = 0; i < BISECTIONS; i++) {
            double left = a + (b - a) / 3;
            double right = b - (b - a) / 3;
            if (function.applyAsDouble(left) <= function.applyAsDouble(right)) {
                b = right;
            } else {
                a = left;
            }
        }
        return function.applyAsDouble((a + b) / 2);
    }

    private double weight(int k) {
        return weights.length == 0 ? 1 : weights[k];
    }
}
