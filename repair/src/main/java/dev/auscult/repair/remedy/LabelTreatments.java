package dev.auscult.repair.remedy;

import java.util.List;

import dev.auscult.diagnose.Remedy.Safety;
import dev.auscult.diagnose.cause.Cause;
import dev.auscult.train.spec.SpecEdit.Change;

/** Labels that are wrong, and losses that forgive some. */
final class LabelTreatments {
    private static final double SMOOTHING = 0.1;
    /** As {@link dev.auscult.train.spec} allows it. */
    private static final List<String> SMOOTHABLE = List.of("", "cross-entropy", "binary-cross-entropy", "focal");

    static final Treatment REPAIR = new Treatment(
            "repair-labels",
            Cause.LABEL_NOISE,
            Safety.TRY,
            "Find the rows whose label other rows contradict (auscult data labels), look at them, and train on a copy without"
                    + " them (auscult data TRAIN --fix COPY --suspects drop)",
            """
            # out-of-fold probabilities p [N, C] of a cross-validation
            own = p[torch.arange(len(y)), y]
            suspects = own < torch.stack([p[y == c, c].mean() for c in range(classes)])[y]""",
            """
            own = p[numpy.arange(len(y)), y]  # out-of-fold probabilities
            suspects = own < numpy.array([p[y == c, c].mean() for c in range(classes)])[y]""",
            "The floor of the loss falls by what the wrong labels cost",
            "Northcutt et al. 2021, Confident Learning; Northcutt, Athalye and Mueller 2021, Pervasive Label Errors",
            Edits.NONE);

    static final Treatment SMOOTH = new Treatment(
            "label-smoothing",
            Cause.LABEL_NOISE,
            Safety.LIKELY,
            "Smooth the labels by 0.1, so that no single label has to be believed",
            "criterion = torch.nn.CrossEntropyLoss(label_smoothing=0.1)",
            "keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=0.1)",
            "Wrong labels pull less, and predictions are better calibrated",
            "Szegedy et al. 2016, Rethinking the Inception Architecture, section 7; Lukasik et al. 2020, Does Label Smoothing"
                    + " Mitigate Label Noise?",
            LabelTreatments::smooth);

    static final Treatment ROBUST = new Treatment(
            "robust-loss",
            Cause.LABEL_NOISE,
            Safety.TRY,
            "Take a loss that a wrong label cannot dominate: the absolute error",
            "criterion = torch.nn.L1Loss()  # numbers; for classes on softmax(output) against one-hot labels",
            "model.compile(optimizer, loss=keras.losses.MeanAbsoluteError())",
            "The weight of an example is bounded, however wrong it looks",
            "Ghosh et al. 2017, Robust Loss Functions under Label Noise for Deep Neural Networks; Huber 1964",
            patient -> Usual.isRegression(patient.spec())
                            && !patient.spec().loss().type().equals("mae")
                    ? Changes.one("loss", "mae", "a wrong target counts in a straight line, not squared")
                    : List.of());

    static final Treatment ALIGN = new Treatment(
            "align-labels",
            Cause.LABELS_UNRELATED,
            Safety.SAFE,
            "Join inputs and labels by a key, shuffle both with one permutation, and look at ten pairs with your own eyes",
            """
            order = torch.randperm(len(x))
            x, y = x[order], y[order]  # one permutation for both
            for i in range(10):
                print(x[i], y[i])""",
            """
            order = numpy.random.permutation(len(x))
            x, y = x[order], y[order]
            dataset = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(len(x))  # pairs, not two datasets""",
            "Inputs tell something of their labels again",
            "Karpathy 2019, A Recipe for Training Neural Networks, steps 1 and 2",
            Edits.NONE);

    static final Treatment NAME_TARGET = new Treatment(
            "name-the-target",
            Cause.LABELS_UNRELATED,
            Safety.SAFE,
            "Check that the target is the column that was meant, and that no row was dropped from one file alone",
            "assert len(x) == len(y) and set(y.unique().tolist()) <= set(range(classes))",
            "assert len(x) == len(y) and set(numpy.unique(y)) <= set(range(classes))",
            "A shift by one row, or another column, is found by looking",
            "Slavv 2017, 37 Reasons why your Neural Network is not working, reasons 3 to 5",
            Edits.NONE);

    private LabelTreatments() {}

    static List<Change> smooth(Patient patient) {
        boolean classes = !Usual.isRegression(patient.spec())
                && SMOOTHABLE.contains(patient.spec().loss().type());
        return classes && patient.spec().regularization().labelSmoothing() < SMOOTHING
                ? Changes.one("regularization.label-smoothing", "0.1", "no single label has to be believed")
                : List.of();
    }
}
