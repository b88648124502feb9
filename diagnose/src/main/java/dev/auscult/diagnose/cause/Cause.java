package dev.auscult.diagnose.cause;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be wrong with a training, by fixed names that users and programs rely on; each has a page. */
public enum Cause {
    /** The learning rate is above what the curvature of the loss allows. */
    LEARNING_RATE_TOO_HIGH(Realm.HYPER, "The learning rate is above what the curvature of the loss allows"),
    /** The learning rate is so low that training gets nowhere in the steps it has. */
    LEARNING_RATE_TOO_LOW(Realm.HYPER, "The learning rate is so low that training gets nowhere in the steps it has"),
    /** The schedule takes the learning rate where it was not meant to be. */
    SCHEDULE_FAULT(Realm.HYPER, "The schedule takes the learning rate where it was not meant to be"),
    /** The first steps are too large for weights that are still as they were drawn. */
    MISSING_WARM_UP(Realm.HYPER, "The first steps are too large for weights that are still as they were drawn"),
    /** The initial weights are too large, too small, or all alike. */
    BAD_INITIALIZATION(Realm.NETWORK, "The initial weights are too large, too small, or all alike"),
    /** Activation functions are driven where their slope is next to nothing. */
    SATURATING_ACTIVATION(Realm.NETWORK, "Activation functions are driven where their slope is next to nothing"),
    /** Rectified units are inactive for every input and take no gradient. */
    DEAD_UNITS(Realm.NETWORK, "Rectified units are inactive for every input and take no gradient"),
    /** Layers with no activation function between them are one linear layer. */
    MISSING_NONLINEARITY(Realm.NETWORK, "Layers with no activation function between them are one linear layer"),
    /** Nothing keeps activations at one scale from layer to layer. */
    MISSING_NORMALIZATION(Realm.NETWORK, "Nothing keeps activations at one scale from layer to layer"),
    /** The network is deeper than gradients can pass without shortcuts. */
    DEPTH_WITHOUT_SHORTCUT(Realm.NETWORK, "The network is deeper than gradients can pass without shortcuts"),
    /** The recurrent weights multiply gradients at every time step. */
    EXPLODING_RECURRENCE(Realm.NETWORK, "The recurrent weights multiply gradients at every time step"),
    /** The loss does not fit the task, or is computed otherwise than meant. */
    WRONG_LOSS(Realm.NETWORK, "The loss does not fit the task, or is computed otherwise than meant"),
    /** What the last layer puts out is not what the loss expects. */
    WRONG_OUTPUT_ACTIVATION(Realm.NETWORK, "What the last layer puts out is not what the loss expects"),
    /** Inputs are not of the scale that the initial weights are made for. */
    UNSCALED_INPUT(Realm.DATA, "Inputs are not of the scale that the initial weights are made for"),
    /** Targets are far from the scale of the outputs. */
    UNSCALED_TARGET(Realm.DATA, "Targets are far from the scale of the outputs"),
    /** Part of the labels is wrong. */
    LABEL_NOISE(Realm.DATA, "Part of the labels is wrong"),
    /** Labels have nothing to do with the inputs that they stand beside. */
    LABELS_UNRELATED(Realm.DATA, "Labels have nothing to do with the inputs that they stand beside"),
    /** Some classes are too rare for the loss to care about them. */
    CLASS_IMBALANCE(Realm.DATA, "Some classes are too rare for the loss to care about them"),
    /** There are too few examples for what is to be learned. */
    TOO_LITTLE_DATA(Realm.DATA, "There are too few examples for what is to be learned"),
    /** The answer is among the inputs, or held-out examples are among those trained on. */
    DATA_LEAK(Realm.DATA, "The answer is among the inputs, or held-out examples are among those trained on"),
    /** Held-out data are of another distribution than training data. */
    DISTRIBUTION_SHIFT(Realm.DATA, "Held-out data are of another distribution than training data"),
    /** Examples come in an order that depends on their labels. */
    UNSHUFFLED_DATA(Realm.DATA, "Examples come in an order that depends on their labels"),
    /** The network can learn its training examples by heart. */
    TOO_MUCH_CAPACITY(Realm.NETWORK, "The network can learn its training examples by heart"),
    /** The network is too small for the function that is to be learned. */
    TOO_LITTLE_CAPACITY(Realm.NETWORK, "The network is too small for the function that is to be learned"),
    /** Penalties, dropout or smoothing keep the network from fitting. */
    TOO_MUCH_REGULARIZATION(Realm.HYPER, "Penalties, dropout or smoothing keep the network from fitting"),
    /** Nothing keeps the network from fitting what is chance. */
    TOO_LITTLE_REGULARIZATION(Realm.HYPER, "Nothing keeps the network from fitting what is chance"),
    /** Augmentation changes examples beyond what they are. */
    TOO_STRONG_AUGMENTATION(Realm.DATA, "Augmentation changes examples beyond what they are"),
    /** A gradient of so few examples is mostly noise. */
    BATCH_TOO_SMALL(Realm.HYPER, "A gradient of so few examples is mostly noise"),
    /** The batch is so large that an epoch has too few steps. */
    BATCH_TOO_LARGE(Realm.HYPER, "The batch is so large that an epoch has too few steps"),
    /** Training ends while it is still gaining. */
    TOO_FEW_EPOCHS(Realm.HYPER, "Training ends while it is still gaining"),
    /** Training goes on after the best was reached, and loses it. */
    TOO_MANY_EPOCHS(Realm.HYPER, "Training goes on after the best was reached, and loses it"),
    /** Parameters that were to be trained do not change. */
    FROZEN_PARAMETERS(Realm.CODE, "Parameters that were to be trained do not change"),
    /** Gradients add up from step to step. */
    GRADIENTS_NOT_CLEARED(Realm.CODE, "Gradients add up from step to step"),
    /** Updates go up the loss. */
    GRADIENTS_SIGN_FLIPPED(Realm.CODE, "Updates go up the loss"),
    /** The optimizer was not given all parameters. */
    OPTIMIZER_MISSES_PARAMETERS(Realm.CODE, "The optimizer was not given all parameters"),
    /** A setting of the optimizer other than its learning rate is far from usual. */
    OPTIMIZER_SETTING(Realm.HYPER, "A setting of the optimizer other than its learning rate is far from usual"),
    /** Clipping leaves next to nothing of the gradient. */
    GRADIENT_CLIPPED_AWAY(Realm.HYPER, "Clipping leaves next to nothing of the gradient"),
    /** Training runs in evaluation mode, or evaluation in training mode. */
    TRAIN_EVAL_MODE(Realm.CODE, "Training runs in evaluation mode, or evaluation in training mode"),
    /** Numbers outgrow the floating-point type. */
    NUMERIC_OVERFLOW(Realm.MACHINE, "Numbers outgrow the floating-point type"),
    /** The held-out figures are measured wrongly. */
    EVALUATION_FAULT(Realm.CODE, "The held-out figures are measured wrongly"),
    /** Training waits for its data. */
    LOADER_BOUND(Realm.MACHINE, "Training waits for its data"),
    /** Memory does not suffice, or grows. */
    MEMORY_BOUND(Realm.MACHINE, "Memory does not suffice, or grows"),
    /** Nothing is wrong. */
    NO_FAULT(Realm.NONE, "Nothing is wrong");

    private final Realm realm;
    private final String meaning;

    Cause(Realm realm, String meaning) {
        this.realm = realm;
        this.meaning = meaning;
    }

    /** Where a cause has to be mended. */
    public enum Realm {
        /** In a number of the training. */
        HYPER,
        /** In the layers. */
        NETWORK,
        /** In the data. */
        DATA,
        /** In the program; no setting mends it. */
        CODE,
        /** In precision, memory or speed. */
        MACHINE,
        /** Nowhere. */
        NONE
    }

    /** The name: {@code learning-rate-too-high}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Realm realm() {
        return realm;
    }

    /** One sentence without a final stop. */
    public String meaning() {
        return meaning;
    }

    /** The cause of a name. */
    public static Optional<Cause> named(String label) {
        return Arrays.stream(values()).filter(c -> c.label().equals(label)).findFirst();
    }
}
