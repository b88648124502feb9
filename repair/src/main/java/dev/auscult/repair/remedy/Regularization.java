package dev.auscult.repair.remedy;

import java.util.ArrayList;
import java.util.List;

import dev.auscult.diagnose.Remedy.Safety;
import dev.auscult.diagnose.cause.Cause;
import dev.auscult.train.spec.OptimizerSettings;
import dev.auscult.train.spec.RegularizationSettings;
import dev.auscult.train.spec.SpecEdit.Change;

/** Penalties, dropout and smoothing: too much of them, and too little. */
final class Regularization {
    /** Above these, a penalty is outside what papers and manuals use. */
    private static final double MOST_DECOUPLED = 0.1;

    private static final double MOST_COUPLED = 0.03;
    private static final double MOST_L2 = 0.01;
    private static final double MOST_L1 = 0.001;
    private static final double MOST_SMOOTHING = 0.2;
    private static final double MOST_DROPOUT = 0.6;
    private static final double LEAST_NORM = 0.5;
    private static final double DROPOUT = 0.2;

    static final Treatment USUAL = new Treatment(
            "usual-penalties",
            Cause.TOO_MUCH_REGULARIZATION,
            Safety.LIKELY,
            "Bring the penalty that is too large back to what is usual: weight decay 0.01 (AdamW) or 0.0001, dropout 0.2, label"
                    + " smoothing 0.1, no further L1 or L2",
            "optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=0.01)\nlayer = torch.nn.Dropout(0.2)",
            "optimizer = keras.optimizers.AdamW(1e-3, weight_decay=0.01)\nlayer = keras.layers.Dropout(0.2)",
            "The network fits its training data again",
            "Loshchilov and Hutter 2019, Decoupled Weight Decay Regularization; Srivastava et al. 2014, Dropout, section 7.3",
            Regularization::usual);

    static final Treatment NONE = new Treatment(
            "no-penalties",
            Cause.TOO_MUCH_REGULARIZATION,
            Safety.TRY,
            "Train without penalties, dropout and smoothing, then bring them back one by one",
            "optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, weight_decay=0.0)",
            "optimizer = keras.optimizers.Adam(1e-3)  # no kernel_regularizer, no Dropout",
            "Shows how far the network can fit at all",
            "Karpathy 2019, A Recipe for Training Neural Networks, step 3: overfit, then regularise",
            Regularization::none);

    static final Treatment DECAY = new Treatment(
            "weight-decay",
            Cause.TOO_LITTLE_REGULARIZATION,
            Safety.LIKELY,
            "Let weights decay",
            "optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=0.01)",
            "optimizer = keras.optimizers.AdamW(1e-3, weight_decay=0.01)",
            "Weights that nothing in the data asks for stay small",
            "Krogh and Hertz 1992, A Simple Weight Decay Can Improve Generalization; Loshchilov and Hutter 2019",
            Regularization::decay);

    static final Treatment ADD_DROPOUT = new Treatment(
            "dropout",
            Cause.TOO_LITTLE_REGULARIZATION,
            Safety.LIKELY,
            "Drop a fifth of the hidden units behind each hidden dense layer while training",
            "torch.nn.Sequential(torch.nn.Linear(64, 64), torch.nn.ReLU(), torch.nn.Dropout(0.2))",
            "x = keras.layers.Dropout(0.2)(x)",
            "Units learn what helps without their neighbours",
            "Srivastava et al. 2014, Dropout: A Simple Way to Prevent Neural Networks from Overfitting",
            Regularization::dropout);

    static final Treatment L1 = new Treatment(
            "l1-penalty",
            Cause.TOO_LITTLE_REGULARIZATION,
            Safety.TRY,
            "Add a small L1 penalty, which switches off the weights of useless inputs",
            "loss = loss + 1e-5 * sum(p.abs().sum() for p in model.parameters())",
            "keras.layers.Dense(64, kernel_regularizer=keras.regularizers.L1(1e-5))",
            "Weights of columns that tell nothing become 0",
            "Tibshirani 1996, Regression Shrinkage and Selection via the Lasso",
            patient -> patient.spec().regularization().l1() > 0
                    ? List.of()
                    : Changes.one("regularization.l1", "0.00001", "switches useless weights off"));

    private Regularization() {}

    private static List<Change> usual(Patient patient) {
        OptimizerSettings optimizer = patient.spec().optimizer();
        RegularizationSettings penalties = patient.spec().regularization();
        boolean decoupled = optimizer.decay().equals("decoupled");
        Changes changes = new Changes()
                .set(
                        optimizer.weightDecay() > (decoupled ? MOST_DECOUPLED : MOST_COUPLED),
                        "optimizer.weight-decay",
                        decoupled ? "0.01" : "0.0001",
                        "usual; " + Numbers.exact(optimizer.weightDecay()) + " held the weights at 0")
                .set(penalties.l2() > MOST_L2, "regularization.l2", "0", "outweighed the loss")
                .set(penalties.l1() > MOST_L1, "regularization.l1", "0", "outweighed the loss")
                .set(
                        penalties.labelSmoothing() > MOST_SMOOTHING,
                        "regularization.label-smoothing",
                        "0.1",
                        "usual; more leaves no label to learn")
                .set(
                        penalties.maxNorm() > 0 && penalties.maxNorm() < LEAST_NORM,
                        "regularization.max-norm",
                        "0",
                        "kept weights too small");
        for (SpecLayers.At at : SpecLayers.of(patient).all()) {
            if (at.is("dropout") && at.layer().options().get("rate") instanceof Double rate && rate > MOST_DROPOUT) {
                changes.set(at.key("rate"), Numbers.exact(DROPOUT), "usual; more leaves too few units");
            } else if (!at.is("dropout")
                    && at.layer().options().get("dropout") instanceof Double rate
                    && rate > MOST_DROPOUT) {
                changes.set(at.key("dropout"), "0.1", "usual; more leaves too few units");
            }
        }
        return changes.list();
    }

    private static List<Change> none(Patient patient) {
        OptimizerSettings optimizer = patient.spec().optimizer();
        RegularizationSettings penalties = patient.spec().regularization();
        Changes changes = new Changes()
                .set(optimizer.weightDecay() > 0, "optimizer.weight-decay", "0", "no penalty until it fits")
                .set(penalties.l2() > 0, "regularization.l2", "0", "no penalty until it fits")
                .set(penalties.l1() > 0, "regularization.l1", "0", "no penalty until it fits")
                .set(penalties.labelSmoothing() > 0, "regularization.label-smoothing", "0", "no penalty until it fits")
                .set(penalties.maxNorm() > 0, "regularization.max-norm", "0", "no penalty until it fits");
        List<SpecLayers.At> dropouts = new ArrayList<>(SpecLayers.of(patient).all().stream()
                .filter(a -> a.is("dropout"))
                .toList());
        for (int i = dropouts.size() - 1; i >= 0; i--) {
            changes.set(dropouts.get(i).key(), "-", "no penalty until it fits");
        }
        return changes.list();
    }

    static List<Change> decay(Patient patient) {
        OptimizerSettings optimizer = patient.spec().optimizer();
        double wanted = optimizer.decay().equals("decoupled") ? 0.01 : 0.001;
        return switch (optimizer.type()) {
            case "adam", "adamw", "sgd", "rmsprop", "schedule-free-adamw" ->
                optimizer.weightDecay() < wanted
                        ? Changes.one("optimizer.weight-decay", Numbers.exact(wanted), "keeps idle weights small")
                        : List.of();
            default -> List.of();
        };
    }

    /** Behind the activation of each hidden dense layer of the outermost list; nothing where there is dropout already. */
    private static List<Change> dropout(Patient patient) {
        SpecLayers layers = SpecLayers.of(patient);
        if (layers.has("dropout")) {
            return List.of();
        }
        List<Change> changes = new ArrayList<>();
        List<Stages.Stage> stages = Stages.of(patient).all();
        for (int i = stages.size() - 1; i >= 0; i--) {
            changes.add(new Change(
                    "model.layers." + stages.get(i).to(),
                    "+dropout: " + Numbers.exact(DROPOUT),
                    changes.isEmpty() ? "units learn without their neighbours" : ""));
        }
        return List.copyOf(changes);
    }
}
