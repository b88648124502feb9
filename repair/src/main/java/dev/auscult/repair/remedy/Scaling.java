package dev.auscult.repair.remedy;

import java.util.List;

import dev.auscult.diagnose.Remedy.Safety;
import dev.auscult.diagnose.cause.Cause;
import dev.auscult.train.spec.SpecEdit.Change;

/** The scale of inputs and targets. */
final class Scaling {
    private static final String TORCH = """
            mean, deviation = train_x.mean(0), train_x.std(0).clamp_min(1e-8)
            train_x = (train_x - mean) / deviation
            valid_x = (valid_x - mean) / deviation  # by the training part, for both""";

    private static final String KERAS = """
            scale = keras.layers.Normalization()
            scale.adapt(train_x)
            model = keras.Sequential([scale, *layers])""";

    private static final String SOURCE =
            "LeCun et al. 1998, Efficient BackProp, section 4.3; AutoTrainer (Zhang et al. 2021): 47 runs on unscaled data repaired,"
                    + " 21 points on average";

    static final Treatment STANDARD = new Treatment(
            "standard-inputs",
            Cause.UNSCALED_INPUT,
            Safety.LIKELY,
            "Bring every input column to mean 0 and standard deviation 1, by the training part alone",
            TORCH,
            KERAS,
            "No column drowns the others, and one learning rate suits all weights",
            SOURCE,
            patient -> normalize(patient, "standard", "mean 0, deviation 1"));

    static final Treatment MIN_MAX = new Treatment(
            "min-max-inputs",
            Cause.UNSCALED_INPUT,
            Safety.LIKELY,
            "Bring every input column to 0..1",
            "x = (x - train_x.amin(0)) / (train_x.amax(0) - train_x.amin(0)).clamp_min(1e-8)",
            "x = (x - train_x.min(0)) / (train_x.max(0) - train_x.min(0) + 1e-8)",
            "No column drowns the others",
            SOURCE,
            patient -> normalize(patient, "min-max", "0 to 1"));

    static final Treatment BATCH_NORM_FIRST = new Treatment(
            "batch-norm-on-inputs",
            Cause.UNSCALED_INPUT,
            Safety.TRY,
            "Begin the network with batch normalisation",
            "torch.nn.Sequential(torch.nn.BatchNorm1d(features), *layers)",
            "keras.Sequential([keras.layers.BatchNormalization(), *layers])",
            "The network scales its inputs itself",
            "Ioffe and Szegedy 2015, Batch Normalization",
            Scaling::normFirst);

    static final Treatment TARGET = new Treatment(
            "standard-target",
            Cause.UNSCALED_TARGET,
            Safety.LIKELY,
            "Bring the numbers to predict to mean 0 and standard deviation 1, and undo it after prediction",
            """
            mean, deviation = train_y.mean(), train_y.std()
            loss = criterion(model(x), (y - mean) / deviation)
            prediction = model(x) * deviation + mean""",
            "model.fit(x, (y - y.mean()) / y.std())\nprediction = model.predict(x) * y.std() + y.mean()",
            "The loss begins near 1, and outputs need not grow through thousands of steps",
            "LeCun et al. 1998, Efficient BackProp, section 4.3",
            patient -> patient.spec().data().normalizeTarget() || Usual.isClassification(patient.spec())
                    ? List.of()
                    : Changes.one("data.normalize-target", "true", "the outputs start near 0 with deviation 1"));

    static final Treatment SAME_FOR_BOTH = new Treatment(
            "scale-both-parts-alike",
            Cause.EVALUATION_FAULT,
            Safety.SAFE,
            "Scale held-out inputs exactly once, by the mean and deviation of the training part",
            TORCH,
            KERAS,
            "Held-out figures are those of the inputs that the network knows",
            "Hastie, Tibshirani and Friedman 2009, The Elements of Statistical Learning, section 7.10.2",
            Edits.NONE);

    private Scaling() {}

    /** Scaling in place of none, or of a division by one number; what already follows the columns stays. */
    static List<Change> normalize(Patient patient, String wanted, String why) {
        String now = patient.spec().data().normalize();
        boolean crude = now.equals("none") || now.equals("divide");
        return crude && !Usual.isText(patient)
                ? Changes.one("data.normalize", wanted, why + "; was " + now)
                : List.of();
    }

    private static List<Change> normFirst(Patient patient) {
        List<SpecLayers.At> outer = SpecLayers.of(patient).outer();
        return !outer.isEmpty() && outer.get(0).is("dense")
                ? Changes.one("model.layers.0", "+batch-norm", "scales the inputs")
                : List.of();
    }
}
