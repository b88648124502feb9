package dev.auscult.repair.remedy;

import java.util.List;
import java.util.Optional;

import dev.auscult.diagnose.Remedy.Safety;
import dev.auscult.diagnose.cause.Cause;
import dev.auscult.run.Quantity;
import dev.auscult.run.Series;
import dev.auscult.run.Split;
import dev.auscult.train.spec.SpecEdit.Change;
import dev.auscult.train.spec.TrainingSettings;

/** How long to train, and which weights to keep. */
final class Length {
    private static final int LEAST_PATIENCE = 3;
    private static final int MOST_PATIENCE = 10;
    /** Longer than that, epochs are not what is missing. */
    private static final int MOST_EPOCHS = 1000;

    private static final String TORCH_STOP = """
            if valid_loss < best:
                best, waited = valid_loss, 0
                kept = {k: v.clone() for k, v in model.state_dict().items()}
            else:
                waited += 1
            if waited > patience:
                model.load_state_dict(kept)
                break""";

    private static final String KERAS_STOP =
            "keras.callbacks.EarlyStopping(monitor=\"val_loss\", patience=5, restore_best_weights=True)";

    static final Treatment EARLY_STOP = new Treatment(
            "early-stopping-with-the-best",
            Cause.TOO_MANY_EPOCHS,
            Safety.SAFE,
            "Stop where the held-out loss no longer falls, and keep the weights of its lowest point",
            TORCH_STOP,
            KERAS_STOP,
            "The held-out loss ends at its best, and the epochs after it are saved",
            "Prechelt 1998, Early Stopping - But When?; AutoTrainer's over-fitting remedy: patience max(3, epochs / 15)",
            Length::earlyStop);

    static final Treatment FEWER = new Treatment(
            "epochs-to-the-best",
            Cause.TOO_MANY_EPOCHS,
            Safety.LIKELY,
            "Train as many epochs as the held-out loss fell",
            "for epoch in range(best_epoch):\n    train_epoch()",
            "model.fit(x, y, epochs=best_epoch)",
            "Training ends where it was best",
            "Goodfellow et al. 2016, Deep Learning, algorithm 7.2",
            Length::toTheBest);

    static final Treatment TRIPLE = new Treatment(
            "three-times-the-epochs",
            Cause.TOO_FEW_EPOCHS,
            Safety.LIKELY,
            "Train three times as long, stop early, and keep the best weights",
            "epochs *= 3\n" + TORCH_STOP,
            "model.fit(x, y, epochs=3 * epochs, callbacks=[" + KERAS_STOP + "])",
            "The loss falls as far as it can; early stopping bounds the cost",
            "Deep Learning Tuning Playbook, deciding how long to train; Prechelt 1998",
            patient -> longer(patient, 3));

    static final Treatment TENFOLD = new Treatment(
            "ten-times-the-epochs",
            Cause.TOO_FEW_EPOCHS,
            Safety.TRY,
            "Train ten times as long, stop early, and keep the best weights",
            "epochs *= 10\n" + TORCH_STOP,
            "model.fit(x, y, epochs=10 * epochs, callbacks=[" + KERAS_STOP + "])",
            "The loss falls as far as it can; early stopping bounds the cost",
            "Deep Learning Tuning Playbook, deciding how long to train; Prechelt 1998",
            patient -> longer(patient, 10));

    static final Treatment AVERAGE = new Treatment(
            "average-of-the-weights",
            Cause.TOO_MANY_EPOCHS,
            Safety.TRY,
            "Evaluate a moving average of the weights",
            """
            average = torch.optim.swa_utils.AveragedModel(
                model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.99))
            average.update_parameters(model)  # after each step""",
            "keras.optimizers.Adam(1e-3, use_ema=True, ema_momentum=0.99)",
            "What the last steps did by chance averages out",
            "Polyak and Juditsky 1992, Acceleration of Stochastic Approximation by Averaging; Izmailov et al. 2018",
            patient -> patient.spec().regularization().ema() > 0
                            || patient.spec().regularization().swaStart() > 0
                            || patient.spec().optimizer().type().equals("schedule-free-adamw")
                    ? List.of()
                    : Changes.one("regularization.ema", "0.99", "chance of the last steps averages out"));

    private Length() {}

    static List<Change> earlyStop(Patient patient) {
        return stopping(patient, patient.spec().training().epochs());
    }

    /** Stops early where nothing does; where something does, the best weights are kept. */
    private static List<Change> stopping(Patient patient, int epochs) {
        TrainingSettings.EarlyStopping now = patient.spec().training().earlyStopping();
        if (now == null) {
            int patience = Math.max(LEAST_PATIENCE, Math.min(MOST_PATIENCE, epochs / 10));
            return Changes.one(
                    "training.early-stopping",
                    "{patience: " + patience + ", restore-best: true}",
                    "ends with the best weights");
        }
        return now.restoreBest()
                ? List.of()
                : Changes.one("training.early-stopping.restore-best", "true", "ends with the best weights");
    }

    private static List<Change> longer(Patient patient, int factor) {
        int now = patient.spec().training().epochs();
        int epochs = now * factor;
        return now > MOST_EPOCHS
                ? List.of()
                : new Changes()
                        .set("training.epochs", String.valueOf(epochs), "was still gaining after " + now)
                        .addAll(stopping(patient, epochs))
                        .list();
    }

    private static List<Change> toTheBest(Patient patient) {
        Optional<Series> held = patient.run().stream()
                .flatMap(r -> r.metrics(Split.VALIDATION, Quantity.LOSS))
                .filter(s -> s.size() > 2 && s.hasEpochs())
                .findFirst();
        if (held.isEmpty()) {
            return List.of();
        }
        int best = 0;
        for (int i = 0; i < held.get().size(); i++) {
            best = held.get().value(i) < held.get().value(best) ? i : best;
        }
        long epoch = Math.max(1, Math.round(held.get().epoch(best)));
        return epoch < patient.spec().training().epochs()
                ? Changes.one("training.epochs", String.valueOf(epoch), "the held-out loss was lowest there")
                : List.of();
    }
}
