package dev.auscult.intake.examples;

import java.util.Arrays;
import java.util.List;

/** Gradient descent with momentum, and with the mistakes that people make around it. */
final class Sgd {
    private final Mlp net;
    private final double momentum;
    private double learningRate;
    private double clipNorm = Double.POSITIVE_INFINITY;
    private double weightDecay;
    private double lossScale = 1;
    private boolean zeroGradient = true;
    private List<Parameter> trained;

    Sgd(Mlp net, double learningRate, double momentum) {
        this.net = net;
        this.learningRate = learningRate;
        this.momentum = momentum;
        trained = net.parameters();
    }

    void learningRate(double rate) {
        learningRate = rate;
    }

    double learningRate() {
        return learningRate;
    }

    Sgd clipNorm(double norm) {
        clipNorm = norm;
        return this;
    }

    Sgd weightDecay(double decay) {
        weightDecay = decay;
        return this;
    }

    /** The loss is the sum, not the mean, over a batch. */
    Sgd summed(int batch) {
        lossScale = batch;
        return this;
    }

    /** Never sets the gradients to zero. */
    Sgd keepingGradients() {
        zeroGradient = false;
        return this;
    }

    /** Leaves a layer out of what is trained. */
    Sgd without(String layer) {
        trained = trained.stream().filter(p -> !p.layer.equals(layer)).toList();
        return this;
    }

    /** One step on a batch; what it gives is of before the step. */
    Measured step(Data data, int[] batch) {
        if (zeroGradient) {
            net.parameters().forEach(p -> Arrays.fill(p.gradient, 0));
        }
        double loss = 0;
        double right = 0;
        for (int sample : batch) {
            double[] p = net.forward(data.x()[sample]);
            loss -= Mlp.log(p[data.y()[sample]]);
            right += Data.argMax(p) == data.y()[sample] ? 1 : 0;
            net.backward(data.y()[sample], lossScale / batch.length);
        }
        double norm = norm();
        double factor = norm > clipNorm ? clipNorm / norm : 1;
        for (Parameter p : trained) {
            for (int i = 0; i < p.value.length; i++) {
                double g = factor * p.gradient[i] + weightDecay * p.value[i];
                p.velocity[i] = (float) (momentum * p.velocity[i] - learningRate * g);
                float before = p.value[i];
                p.value[i] += p.velocity[i];
                p.update[i] = p.value[i] - before;
            }
        }
        return new Measured(lossScale * loss / batch.length, right / batch.length, norm);
    }

    private double norm() {
        double sum = 0;
        for (Parameter p : net.parameters()) {
            for (float g : p.gradient) {
                sum += (double) g * g;
            }
        }
        return Math.sqrt(sum);
    }
}
