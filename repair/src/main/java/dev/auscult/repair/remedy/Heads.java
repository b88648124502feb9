package dev.auscult.repair.remedy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import dev.auscult.data.Task;
import dev.auscult.diagnose.Remedy.Safety;
import dev.auscult.diagnose.cause.Cause;
import dev.auscult.train.spec.LayerVocabulary;
import dev.auscult.train.spec.Spec;
import dev.auscult.train.spec.SpecEdit.Change;

/** The loss and the layer before it. */
final class Heads {
    private static final List<String> OF_NUMBERS = List.of("mse", "mae", "huber");

    static final Treatment LOSS = new Treatment(
            "loss-of-the-task",
            Cause.WRONG_LOSS,
            Safety.LIKELY,
            "Take the loss that belongs to the task: cross-entropy for classes, binary cross-entropy for several labels, the"
                    + " squared error for numbers",
            "criterion = torch.nn.CrossEntropyLoss()  # takes logits and class indices",
            "model.compile(optimizer, loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))",
            "The gradient is the difference between prediction and truth, and does not vanish where the network is surely wrong",
            "Bishop 2006, Pattern Recognition and Machine Learning, section 5.2; AutoTrainer (Zhang et al. 2021): 65 improper"
                    + " losses repaired, 12 points on average",
            Heads::loss);

    static final Treatment MEAN = new Treatment(
            "mean-of-the-loss",
            Cause.WRONG_LOSS,
            Safety.LIKELY,
            "Average the loss over the examples rather than adding it up",
            "torch.nn.CrossEntropyLoss(reduction=\"mean\")",
            "keras.losses.SparseCategoricalCrossentropy(from_logits=True, reduction=\"sum_over_batch_size\")",
            "The length of a step no longer depends on the batch size",
            "Goyal et al. 2017, Accurate, Large Minibatch SGD, section 2.1",
            patient -> patient.spec().loss().reduction().equals("sum")
                    ? Changes.one("loss.reduction", "mean", "a sum grows with the batch")
                    : List.of());

    static final Treatment SHAPES = new Treatment(
            "shapes-of-the-loss",
            Cause.WRONG_LOSS,
            Safety.SAFE,
            "Compare outputs and targets of one shape: [B, 1] minus [B] gives [B, B]",
            """
            prediction = model(x).squeeze(-1)  # [B]
            assert prediction.shape == y.shape
            loss = torch.nn.functional.mse_loss(prediction, y)""",
            "assert model(x).shape == y.shape  # y.reshape(-1, 1) for one output",
            "Each prediction is compared with its own target alone",
            "PyTorch manual, Broadcasting semantics; torch.nn.MSELoss warns of it",
            Edits.NONE);

    static final Treatment HUBER = new Treatment(
            "huber-loss",
            Cause.WRONG_LOSS,
            Safety.TRY,
            "Let the loss of large errors grow in a straight line",
            "criterion = torch.nn.HuberLoss(delta=1.0)",
            "model.compile(optimizer, loss=keras.losses.Huber(delta=1.0))",
            "A few outliers no longer decide every step",
            "Huber 1964, Robust Estimation of a Location Parameter",
            patient -> Usual.isRegression(patient.spec())
                            && !patient.spec().loss().type().equals("huber")
                    ? Changes.one("loss", "huber", "outliers count in a straight line, not squared")
                    : List.of());

    static final Treatment BARE_OUTPUT = new Treatment(
            "no-output-activation",
            Cause.WRONG_OUTPUT_ACTIVATION,
            Safety.LIKELY,
            "Leave out the activation behind the last layer: the loss takes logits, a regression takes numbers",
            "model = torch.nn.Sequential(torch.nn.Linear(64, classes))  # no Softmax: CrossEntropyLoss applies it",
            "keras.layers.Dense(classes)  # no softmax, with loss(from_logits=True)",
            "The loss can reach its floor; a softmax applied twice keeps cross-entropy above log(e + C - 1) - 1",
            "PyTorch manual, torch.nn.CrossEntropyLoss; AutoTrainer (Zhang et al. 2021): 66 improper activations repaired, 28"
                    + " points on average",
            Heads::bare);

    static final Treatment BARE_OUTPUT_AND_LOSS = new Treatment(
            "bare-output-and-loss-of-the-task",
            Cause.WRONG_OUTPUT_ACTIVATION,
            Safety.LIKELY,
            "Let the last layer put out plain numbers, as many as there are classes, and take the loss that belongs to the task",
            "model.append(torch.nn.Linear(64, classes))\ncriterion = torch.nn.CrossEntropyLoss()",
            "model.add(keras.layers.Dense(classes))\n"
                    + "model.compile(optimizer, loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))",
            "Output and loss fit each other",
            "Bishop 2006, Pattern Recognition and Machine Learning, section 5.2",
            patient -> new Changes()
                    .addAll(units(patient))
                    .addAll(bare(patient))
                    .addAll(loss(patient))
                    .list());

    private Heads() {}

    private static List<Change> loss(Patient patient) {
        Spec spec = patient.spec();
        String now = spec.loss().type();
        Task task = spec.data().task();
        if (now.isEmpty()) {
            return List.of();
        }
        if (task == null) {
            return Changes.one("loss.type", "null", "derived from the task");
        }
        String wanted = switch (task) {
            case CLASSIFICATION, LANGUAGE_MODEL -> "cross-entropy";
            case MULTI_LABEL -> "binary-cross-entropy";
            case REGRESSION -> "mse";
        };
        // A robust loss of numbers is a choice, unless it was the fault; a focal loss is one of classes.
        boolean fits = now.equals(wanted) || (now.equals("focal") && !OF_NUMBERS.contains(wanted));
        return fits ? List.of() : Changes.one("loss", wanted, "belongs to the task; was " + now);
    }

    /** Layers from the last to the first, so that the keys stay right. */
    private static List<Change> bare(Patient patient) {
        List<Change> changes = new ArrayList<>();
        for (SpecLayers.Activation activation : SpecLayers.of(patient).outputActivations()) {
            changes.add(new Change(activation.key(), "-", "the loss takes plain numbers"));
        }
        Collections.reverse(changes);
        return List.copyOf(changes);
    }

    private static List<Change> units(Patient patient) {
        Optional<SpecLayers.At> head = SpecLayers.of(patient).head();
        boolean counted = head.isPresent()
                && head.get().is("dense")
                && head.get().width() > 0
                && !Usual.isRegression(patient.spec());
        return counted
                ? Changes.one(head.get().key("units"), LayerVocabulary.CLASSES, "as many as the data have classes")
                : List.of();
    }
}
