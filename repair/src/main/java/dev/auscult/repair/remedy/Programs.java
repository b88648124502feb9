package dev.auscult.repair.remedy;

import java.util.List;

import dev.auscult.diagnose.Remedy.Safety;
import dev.auscult.diagnose.cause.Cause;
import dev.auscult.train.spec.SpecEdit.Change;

/** Errors of programs: where to look and what stands there when it is right. A spec cannot say them. */
final class Programs {
    static final Treatment UNFREEZE = new Treatment(
            "train-all-parameters",
            Cause.FROZEN_PARAMETERS,
            Safety.TRY,
            "Let every parameter be trained, and build the optimizer after that",
            """
            for p in model.parameters():
                p.requires_grad_(True)
            optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
            # look for detach(), .data, no_grad() and torch.tensor(x) inside forward""",
            "model.trainable = True\nmodel.compile(optimizer, loss=loss)  # compile again: trainable is read there",
            "Every layer has a gradient, and its weights change",
            "PyTorch manual, Autograd mechanics, Setting requires_grad; Keras guide, Transfer learning and fine-tuning",
            Programs::unfreeze);

    static final Treatment FIND_DETACH = new Treatment(
            "find-what-cuts-the-graph",
            Cause.FROZEN_PARAMETERS,
            Safety.SAFE,
            "Print which parameters have no gradient after one backward pass, and search what stands between them and the loss"
                    + " for detach, no_grad, .data and argmax",
            """
            loss.backward()
            print([n for n, p in model.named_parameters() if p.grad is None or not p.grad.any()])""",
            """
            with tf.GradientTape() as tape:
                loss = loss_fn(y, model(x, training=True))
            grads = tape.gradient(loss, model.trainable_variables)
            print([v.path for v, g in zip(model.trainable_variables, grads) if g is None])""",
            "Names the first layer behind the cut",
            "TrainCheck (Jiang et al. 2025), invariants on parameters that must change",
            Edits.NONE);

    static final Treatment ZERO_GRAD = new Treatment(
            "clear-gradients",
            Cause.GRADIENTS_NOT_CLEARED,
            Safety.SAFE,
            "Clear the gradients before each backward pass",
            """
            optimizer.zero_grad()  # was missing
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()""",
            """
            with tf.GradientTape() as tape:  # a new tape for every step
                loss = loss_fn(y, model(x, training=True))
            optimizer.apply(tape.gradient(loss, model.trainable_variables), model.trainable_variables)""",
            "Each step follows its own batch, and gradient norms stop growing",
            "PyTorch manual, torch.optim.Optimizer.zero_grad; Karpathy 2018, most common neural net mistakes, 3",
            Edits.NONE);

    static final Treatment SIGN = new Treatment(
            "descend",
            Cause.GRADIENTS_SIGN_FLIPPED,
            Safety.SAFE,
            "Step against the gradient of a loss that is to be made small",
            """
            loss = -log_likelihood  # not +log_likelihood, not -criterion(...)
            loss.backward()
            with torch.no_grad():
                for p in model.parameters():
                    p -= lr * p.grad  # not +=; or torch.optim.SGD(..., maximize=False)""",
            "loss = -keras.ops.mean(log_likelihood)  # apply() subtracts: give it the gradient of a loss",
            "The loss of the same batch falls after a small step",
            "TheDeepChecker (Ben Braiek and Khomh 2023), synthetic fault flipped gradient sign",
            Edits.NONE);

    static final Treatment GRADIENT_CHECK = new Treatment(
            "check-gradients",
            Cause.GRADIENTS_SIGN_FLIPPED,
            Safety.SAFE,
            "Compare gradients written by hand with differences of the loss (auscult gradcheck)",
            "torch.autograd.gradcheck(MyFunction.apply, x.double().requires_grad_())",
            "numeric = (loss(w + h) - loss(w - h)) / (2 * h)  # against the analytic one, h = 1e-5 in float64",
            "A relative error above 0.01 names the layer that is wrong",
            "Stanford CS231n, Neural Networks Part 3, gradient checks",
            Edits.NONE);

    static final Treatment OWN_ALL = new Treatment(
            "give-the-optimizer-all-parameters",
            Cause.OPTIMIZER_MISSES_PARAMETERS,
            Safety.SAFE,
            "Build the optimizer from model.parameters() after the last layer was made or moved, and keep layers in a ModuleList",
            """
            self.layers = torch.nn.ModuleList(layers)  # a plain list hides them
            model.to(device)
            optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)  # last
            owned = {id(p) for g in optimizer.param_groups for p in g["params"]}
            assert all(id(p) in owned for p in model.parameters())""",
            "optimizer.build(model.trainable_variables)  # after every layer was called once",
            "Every parameter with a gradient changes at every step",
            "PyTorch manual, torch.nn.ModuleList; TrainCheck (Jiang et al. 2025)",
            Edits.NONE);

    static final Treatment MODES = new Treatment(
            "set-the-mode",
            Cause.TRAIN_EVAL_MODE,
            Safety.SAFE,
            "Say model.train() before every training epoch and model.eval() before every evaluation",
            """
            model.train()  # again in every epoch: evaluation switched it off
            for x, y in train_loader: ...
            model.eval()
            with torch.no_grad():
                for x, y in valid_loader: ...""",
            "model(x, training=True)   # in a training step of one's own\nmodel(x, training=False)  # in evaluation",
            "Dropout and batch statistics act in training alone; the same batch evaluates twice alike",
            "PyTorch manual, torch.nn.Module.eval; Karpathy 2018, most common neural net mistakes, 2",
            Edits.NONE);

    static final Treatment DROPOUT_SCALE = new Treatment(
            "scale-dropout",
            Cause.TRAIN_EVAL_MODE,
            Safety.SAFE,
            "Let dropout divide what is left by 1 - p while training, as the layer of the library does",
            "x = torch.nn.functional.dropout(x, p=0.5, training=self.training)  # not x * mask alone",
            "x = keras.layers.Dropout(0.5)(x, training=training)",
            "Activations have the same mean in training and evaluation",
            "Srivastava et al. 2014, Dropout, section 10",
            Edits.NONE);

    static final Treatment EVALUATION = new Treatment(
            "evaluate-alike",
            Cause.EVALUATION_FAULT,
            Safety.SAFE,
            "Evaluate the training part with the code of the held-out part: what differs then is in the pipeline, not the"
                    + " network",
            """
            same = evaluate(model, train_set)     # evaluation code, training examples
            print(same, last_train_loss)          # far apart: the evaluation is wrong
            loss = total / examples               # weigh batches by their size""",
            "model.evaluate(train_x, train_y)  # against the loss of the last epoch",
            "Held-out figures say what the network does",
            "Karpathy 2019, A Recipe for Training Neural Networks, step 2; Slavv 2017, reasons 20 to 24",
            Edits.NONE);

    static final Treatment OVERFIT_A_BATCH = new Treatment(
            "overfit-one-batch",
            Cause.LABELS_UNRELATED,
            Safety.SAFE,
            "Train on one batch until its loss is 0; then compare with shuffled labels, which the held-out loss must tell apart",
            "x, y = next(iter(loader))\nfor _ in range(500):\n    step(x, y)",
            "model.fit(x[:16], y[:16], epochs=500, verbose=0)",
            "Where real and shuffled labels train alike, inputs say nothing of labels",
            "Karpathy 2019, A Recipe for Training Neural Networks, step 2; Zhang et al. 2017, Understanding Deep Learning"
                    + " Requires Rethinking Generalization",
            Edits.NONE);

    private Programs() {}

    /** Groups that are frozen, or that a factor of 0 holds, from the last to the first. */
    private static List<Change> unfreeze(Patient patient) {
        var groups = patient.spec().optimizer().groups();
        Changes changes = new Changes();
        for (int i = groups.size() - 1; i >= 0; i--) {
            if (groups.get(i).frozen() || groups.get(i).learningRate() == 0) {
                changes.set("optimizer.groups." + i, "-", "these parameters are to be trained as well");
            }
        }
        return changes.list();
    }
}
