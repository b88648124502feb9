package dev.auscult.repair.remedy;

import java.util.List;

import dev.auscult.diagnose.Remedy.Safety;
import dev.auscult.diagnose.cause.Cause;
import dev.auscult.train.spec.SpecEdit.Change;

/** Rare classes. */
final class ClassBalance {
    static final Treatment WEIGHTS = new Treatment(
            "class-weights",
            Cause.CLASS_IMBALANCE,
            Safety.LIKELY,
            "Weigh the loss of each class by n / (K n_k)",
            """
            count = torch.bincount(train_y, minlength=classes)
            criterion = torch.nn.CrossEntropyLoss(weight=len(train_y) / (classes * count.float()))""",
            """
            count = numpy.bincount(train_y, minlength=classes)
            model.fit(x, y, class_weight={c: len(train_y) / (classes * n) for c, n in enumerate(count)})""",
            "Recall of rare classes rises; accuracy may fall a little, balanced figures rise",
            "King and Zeng 2001, Logistic Regression in Rare Events Data, section 4.2",
            patient -> imbalance(patient, "class-weights", "each class weighs the same in the loss"));

    static final Treatment OVERSAMPLE = new Treatment(
            "oversample",
            Cause.CLASS_IMBALANCE,
            Safety.LIKELY,
            "Draw examples of rare classes more often",
            """
            weight = 1 / torch.bincount(train_y).float()[train_y]
            sampler = torch.utils.data.WeightedRandomSampler(weight, len(train_y))
            loader = torch.utils.data.DataLoader(train_set, batch_size=64, sampler=sampler)""",
            "dataset = tf.data.Dataset.sample_from_datasets([rare.repeat(), common.repeat()], weights=[0.5, 0.5])",
            "Every batch holds every class",
            "Buda et al. 2018, A systematic study of the class imbalance problem in convolutional neural networks",
            patient -> imbalance(patient, "oversample", "every batch holds every class"));

    static final Treatment SMOTE = new Treatment(
            "smote",
            Cause.CLASS_IMBALANCE,
            Safety.TRY,
            "Make new examples of rare classes between neighbours of the training part",
            "from imblearn.over_sampling import SMOTE\ntrain_x, train_y = SMOTE().fit_resample(train_x, train_y)",
            "from imblearn.over_sampling import SMOTE\ntrain_x, train_y = SMOTE().fit_resample(train_x, train_y)",
            "Rare classes fill a region rather than points",
            "Chawla et al. 2002, SMOTE: Synthetic Minority Over-sampling Technique",
            patient -> Usual.isText(patient) || SpecLayers.of(patient).has("conv", "rnn", "lstm", "gru")
                    ? List.of()
                    : imbalance(patient, "smote", "rare classes are filled up between neighbours"));

    static final Treatment FOCAL = new Treatment(
            "focal-loss",
            Cause.CLASS_IMBALANCE,
            Safety.TRY,
            "Let examples that are right already count less: focal loss",
            """
            p = torch.softmax(logits, 1).gather(1, y[:, None])[:, 0]
            loss = ((1 - p) ** 2 * -torch.log(p.clamp_min(1e-8))).mean()""",
            "keras.losses.CategoricalFocalCrossentropy(from_logits=True, gamma=2.0)",
            "The many easy examples of common classes no longer outweigh the rare ones",
            "Lin et al. 2017, Focal Loss for Dense Object Detection, equation 4",
            ClassBalance::focal);

    private ClassBalance() {}

    private static List<Change> imbalance(Patient patient, String way, String why) {
        boolean free = patient.spec().data().imbalance().equals("none")
                && patient.spec().loss().classWeights() == null;
        return free && !Usual.isRegression(patient.spec()) ? Changes.one("data.imbalance", way, why) : List.of();
    }

    private static List<Change> focal(Patient patient) {
        String loss = patient.spec().loss().type();
        boolean plain = loss.isEmpty() || loss.equals("cross-entropy");
        return plain && Usual.isClassification(patient.spec())
                ? Changes.one("loss", "{type: focal, gamma: 2}", "easy examples count less")
                : List.of();
    }
}
