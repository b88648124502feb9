package dev.auscult.diagnose.measure;

import java.util.Locale;

/** What a loss compares, from its name in the training spec, PyTorch or Keras. */
public enum LossKind {
    /** Softmax and logarithm are part of the loss: it takes logits. */
    CROSS_ENTROPY,
    /** Cross-entropy of probabilities or of their logarithms: the softmax is the network's. */
    CROSS_ENTROPY_OF_PROBABILITIES,
    /** The sigmoid is part of the loss: it takes logits. */
    BINARY,
    /** Binary cross-entropy of probabilities: the sigmoid is the network's. */
    BINARY_OF_PROBABILITIES,
    SQUARED,
    ABSOLUTE,
    HUBER,
    UNKNOWN;

    /** The kind of a loss by its name. */
    public static LossKind of(String name) {
        String lower = name.toLowerCase(Locale.ROOT).strip();
        // The hyphens are those of the training spec, whose binary loss takes logits; F.binary_cross_entropy does not.
        if (lower.equals("binary-cross-entropy")) {
            return BINARY;
        }
        return switch (lower.replaceAll("[^a-z0-9]", "")) {
            case "crossentropy",
                    "crossentropyloss",
                    "softmaxcrossentropy",
                    "softmaxcrossentropywithlogits",
                    "sparsesoftmaxcrossentropywithlogits",
                    "focal" -> CROSS_ENTROPY;
            case "categoricalcrossentropy", "sparsecategoricalcrossentropy", "nll", "nllloss" ->
                CROSS_ENTROPY_OF_PROBABILITIES;
            case "bcewithlogits", "bcewithlogitsloss", "binarycrossentropywithlogits" -> BINARY;
            case "binarycrossentropy", "bce", "bceloss" -> BINARY_OF_PROBABILITIES;
            case "mse", "mseloss", "meansquarederror", "l2" -> SQUARED;
            case "mae", "l1", "l1loss", "meanabsoluteerror" -> ABSOLUTE;
            case "huber", "huberloss", "smoothl1", "smoothl1loss" -> HUBER;
            default -> UNKNOWN;
        };
    }

    /** Whether it is a cross-entropy over classes of which one is right. */
    public boolean isCategorical() {
        return this == CROSS_ENTROPY || this == CROSS_ENTROPY_OF_PROBABILITIES;
    }

    /** Whether it judges each output by itself as yes or no. */
    public boolean isBinary() {
        return this == BINARY || this == BINARY_OF_PROBABILITIES;
    }

    /** Whether it is a distance between numbers. */
    public boolean isDistance() {
        return this == SQUARED || this == ABSOLUTE || this == HUBER;
    }
}
