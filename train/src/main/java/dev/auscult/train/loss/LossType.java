package dev.auscult.train.loss;

import java.util.Locale;

import dev.auscult.data.Task;

/** The losses. */
enum LossType {
    CROSS_ENTROPY,
    BINARY_CROSS_ENTROPY,
    MSE,
    MAE,
    HUBER,
    FOCAL,
    HINGE;

    /** The name in a spec: {@code cross-entropy}. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static LossType of(String label) {
        for (LossType type : values()) {
            if (type.label().equals(label)) {
                return type;
            }
        }
        throw new IllegalArgumentException("no loss is called " + label);
    }

    /** The loss that suits a task. */
    static LossType usual(Task task) {
        return switch (task) {
            case CLASSIFICATION, LANGUAGE_MODEL -> CROSS_ENTROPY;
            case MULTI_LABEL -> BINARY_CROSS_ENTROPY;
            case REGRESSION -> MSE;
        };
    }
}
