package dev.auscult.repair.experiment;

import java.util.List;

import dev.auscult.train.engine.DType;
import dev.auscult.train.spec.RegularizationSettings;
import dev.auscult.train.spec.Spec;

/** Every experiment there is. */
public final class Experiments {
    private static final List<Experiment> ALL = List.of(
            new Variation(
                    "third-of-the-learning-rate",
                    "Trains shortly at a third of the learning rate, beside the whole of it",
                    spec -> true,
                    spec -> List.of(
                            "optimizer.learning-rate=" + spec.optimizer().learningRate() / 3),
                    DType.FLOAT32,
                    true),
            new OneBatchOverfit(),
            new ShuffledLabels(),
            new ZeroedInputs(),
            new GradientsByDifferences(),
            new Variation(
                    "different-seed",
                    "Trains shortly with other initial weights and another order of the examples",
                    spec -> true,
                    spec -> List.of("seed=" + (spec.seed() + 1)),
                    DType.FLOAT32,
                    false),
            new Variation(
                    "without-weight-decay",
                    "Trains shortly without weight decay and penalties on weights",
                    Experiments::decays,
                    spec -> List.of("optimizer.weight-decay=0", "regularization.l1=0", "regularization.l2=0"),
                    DType.FLOAT32,
                    true),
            new EvaluationMode(),
            new Variation(
                    "double-precision",
                    "Trains shortly in float64",
                    spec -> true,
                    spec -> List.of(),
                    DType.FLOAT64,
                    true),
            new TenthOfTheData());

    private Experiments() {}

    /** All, in a fixed order. */
    public static List<Experiment> all() {
        return ALL;
    }

    private static boolean decays(Spec spec) {
        RegularizationSettings penalties = spec.regularization();
        return spec.optimizer().weightDecay() > 0 || penalties.l1() > 0 || penalties.l2() > 0;
    }
}
