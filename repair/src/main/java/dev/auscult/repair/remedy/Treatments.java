package dev.auscult.repair.remedy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.auscult.diagnose.cause.Cause;

/** Every treatment, by cause: first what most probably mends it, as published repairs and the mathematics have it. */
public final class Treatments {
    private static final Map<Cause, List<Treatment>> ALL = new EnumMap<>(Cause.class);

    static {
        rates();
        layers();
        heads();
        data();
        capacity();
        length();
        programs();
    }

    private Treatments() {}

    /** What can be done about a cause, in order of preference. */
    public static List<Treatment> of(Cause cause) {
        return ALL.getOrDefault(cause, List.of());
    }

    private static void put(Cause cause, Treatment... order) {
        List<Treatment> own = new ArrayList<>();
        for (Treatment treatment : order) {
            Treatment of = treatment.alsoFor(cause);
            own.add(new Treatment(
                    of.name(),
                    cause,
                    of.safety(),
                    of.text(),
                    of.pytorch(),
                    of.keras(),
                    of.effect(),
                    of.source(),
                    Tried.of(of.edits())));
        }
        ALL.put(cause, List.copyOf(own));
    }

    private static void rates() {
        put(
                Cause.LEARNING_RATE_TOO_HIGH,
                LearningRates.LOWER_FOUND,
                Schedules.WARM_UP_AND_CLIP,
                LearningRates.LOWER_USUAL,
                LearningRates.THIRD,
                Optimizers.ADAM,
                LearningRates.TENTH);
        put(
                Cause.LEARNING_RATE_TOO_LOW,
                LearningRates.RAISE_FOUND,
                LearningRates.RAISE_USUAL,
                Schedules.CONSTANT,
                LearningRates.TRIPLE,
                Optimizers.ADAM,
                Length.TRIPLE);
        put(Cause.SCHEDULE_FAULT, Schedules.PER_EPOCH, Schedules.CONSTANT, Schedules.COSINE, LearningRates.RAISE_FOUND);
        put(
                Cause.MISSING_WARM_UP,
                Schedules.WARM_UP_AND_CLIP,
                LearningRates.LOWER_FOUND,
                Schedules.WARM_UP,
                Schedules.PRE_NORM,
                LearningRates.LOWER_USUAL);
        put(Cause.OPTIMIZER_SETTING, Optimizers.DEFAULTS, Optimizers.ADAM, LearningRates.LOWER_FOUND);
        put(Cause.GRADIENT_CLIPPED_AWAY, Optimizers.USUAL_CLIP, Optimizers.NO_CLIP, LearningRates.RAISE_FOUND);
    }

    private static void layers() {
        put(Cause.BAD_INITIALIZATION, Initial.BY_ACTIVATION, Initial.DEFAULT, Initial.ORTHOGONAL, Normalization.NORM);
        put(
                Cause.SATURATING_ACTIVATION,
                Activations.RELU_HE,
                Activations.SELU_LECUN,
                Activations.RELU_HE_NORM,
                Normalization.NORM,
                Initial.BY_ACTIVATION,
                Scaling.STANDARD);
        put(
                Cause.DEAD_UNITS,
                Initial.REPLACE_BLIND,
                Activations.LEAKY,
                Normalization.NORM,
                LearningRates.LOWER_FOUND,
                Activations.GELU,
                Heads.BARE_OUTPUT,
                Scaling.STANDARD);
        put(Cause.MISSING_NONLINEARITY, Activations.BETWEEN, Capacity.DEEPER);
        put(
                Cause.MISSING_NORMALIZATION,
                Normalization.NORM,
                Normalization.LAYER_NORM,
                Initial.BY_ACTIVATION,
                LearningRates.LOWER_FOUND);
        put(
                Cause.DEPTH_WITHOUT_SHORTCUT,
                Depth.FEWER_LAYERS,
                Depth.RESIDUAL,
                Activations.RELU_HE,
                Initial.BY_ACTIVATION,
                Initial.ORTHOGONAL,
                Normalization.NORM);
        put(
                Cause.EXPLODING_RECURRENCE,
                Recurrence.CLIP_AND_START,
                LearningRates.LOWER_FOUND,
                Recurrence.ORTHOGONAL,
                Recurrence.GATED,
                LearningRates.THIRD);
    }

    private static void heads() {
        put(Cause.WRONG_LOSS, Heads.LOSS, Heads.MEAN, Heads.SHAPES, Heads.BARE_OUTPUT_AND_LOSS, Heads.HUBER);
        put(Cause.WRONG_OUTPUT_ACTIVATION, Heads.BARE_OUTPUT, Heads.BARE_OUTPUT_AND_LOSS, Heads.LOSS);
        put(
                Cause.UNSCALED_INPUT,
                Scaling.STANDARD,
                Scaling.MIN_MAX,
                Scaling.BATCH_NORM_FIRST,
                LearningRates.LOWER_FOUND);
        put(Cause.UNSCALED_TARGET, Scaling.TARGET, Heads.HUBER, LearningRates.LOWER_FOUND, Schedules.WARM_UP_AND_CLIP);
        put(
                Cause.NUMERIC_OVERFLOW,
                Precision.BFLOAT,
                Precision.FLOAT32,
                Precision.LOG_SUM_EXP,
                LearningRates.LOWER_FOUND,
                Schedules.WARM_UP_AND_CLIP);
    }

    private static void data() {
        put(
                Cause.LABEL_NOISE,
                Length.EARLY_STOP,
                LabelTreatments.SMOOTH,
                LabelTreatments.REPAIR,
                LabelTreatments.ROBUST,
                Regularization.DECAY,
                Regularization.ADD_DROPOUT);
        put(
                Cause.LABELS_UNRELATED,
                LabelTreatments.ALIGN,
                LabelTreatments.NAME_TARGET,
                Programs.OVERFIT_A_BATCH,
                MoreData.DROP_LEAK);
        put(
                Cause.CLASS_IMBALANCE,
                ClassBalance.WEIGHTS,
                ClassBalance.OVERSAMPLE,
                ClassBalance.SMOTE,
                ClassBalance.FOCAL);
        put(
                Cause.TOO_LITTLE_DATA,
                Length.EARLY_STOP,
                MoreData.AUGMENT,
                MoreData.COPULA,
                Regularization.ADD_DROPOUT,
                Regularization.DECAY,
                MoreData.AUTOENCODER,
                MoreData.MIXUP,
                Capacity.NARROWER,
                MoreData.COLLECT);
        put(Cause.DATA_LEAK, MoreData.DROP_LEAK, MoreData.DEDUPLICATE);
        put(
                Cause.DISTRIBUTION_SHIFT,
                MoreData.SHIFT_COLUMNS,
                Scaling.STANDARD,
                MoreData.SAME_SOURCE,
                MoreData.AUGMENT,
                Regularization.ADD_DROPOUT);
        put(Cause.UNSHUFFLED_DATA, MoreData.SHUFFLE, MoreData.RANDOM_SPLIT);
        put(Cause.TOO_STRONG_AUGMENTATION, MoreData.MILDER, MoreData.NONE);
    }

    private static void capacity() {
        put(
                Cause.TOO_MUCH_CAPACITY,
                Length.EARLY_STOP,
                Capacity.NARROWER,
                Regularization.ADD_DROPOUT,
                Regularization.DECAY,
                Capacity.SMALL_NETWORK,
                Machine.PRUNE_WEIGHTS);
        put(
                Cause.TOO_LITTLE_CAPACITY,
                Capacity.WIDER,
                Activations.BETWEEN,
                Capacity.DEEPER,
                Regularization.USUAL,
                Length.TRIPLE);
        put(Cause.TOO_MUCH_REGULARIZATION, Regularization.USUAL, Regularization.NONE, MoreData.MILDER);
        put(
                Cause.TOO_LITTLE_REGULARIZATION,
                Length.EARLY_STOP,
                Regularization.DECAY,
                Regularization.ADD_DROPOUT,
                LabelTreatments.SMOOTH,
                MoreData.AUGMENT,
                Regularization.L1);
    }

    private static void length() {
        put(
                Cause.BATCH_TOO_SMALL,
                Batches.LARGER,
                Batches.ACCUMULATE,
                LearningRates.LOWER_FOUND,
                LearningRates.THIRD,
                Normalization.NOT_IN_BATCH);
        put(Cause.BATCH_TOO_LARGE, Batches.SMALLER, Batches.SMALL_BATCH, LearningRates.RAISE_FOUND, Length.TRIPLE);
        put(Cause.TOO_FEW_EPOCHS, Length.TRIPLE, Length.TENFOLD, LearningRates.RAISE_FOUND, Batches.SMALL_BATCH);
        put(
                Cause.TOO_MANY_EPOCHS,
                Length.EARLY_STOP,
                Length.FEWER,
                Regularization.DECAY,
                Regularization.ADD_DROPOUT,
                Length.AVERAGE);
        put(Cause.LOADER_BOUND, Machine.WORKERS, Machine.IN_MEMORY, Machine.RECORD_LESS);
        put(
                Cause.MEMORY_BOUND,
                Batches.HALF_AND_ACCUMULATE,
                Machine.SMALL_EVALUATION,
                Precision.BFLOAT_MEMORY,
                Machine.RELEASE,
                Machine.CHECKPOINTING,
                Machine.PRUNE_UNITS,
                Capacity.NARROWER);
    }

    private static void programs() {
        put(Cause.FROZEN_PARAMETERS, Programs.UNFREEZE, Programs.FIND_DETACH, Programs.OWN_ALL);
        put(Cause.GRADIENTS_NOT_CLEARED, Programs.ZERO_GRAD);
        put(Cause.GRADIENTS_SIGN_FLIPPED, Programs.SIGN, Programs.GRADIENT_CHECK);
        put(Cause.OPTIMIZER_MISSES_PARAMETERS, Programs.OWN_ALL, Programs.FIND_DETACH);
        put(Cause.TRAIN_EVAL_MODE, Programs.MODES, Programs.DROPOUT_SCALE);
        put(Cause.EVALUATION_FAULT, Programs.EVALUATION, Scaling.SAME_FOR_BOTH, Programs.MODES);
    }
}
