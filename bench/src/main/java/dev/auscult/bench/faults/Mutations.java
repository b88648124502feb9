package dev.auscult.bench.faults;

import static dev.auscult.bench.faults.Layers.activations;
import static dev.auscult.bench.faults.Layers.has;
import static dev.auscult.bench.faults.Layers.hidden;
import static dev.auscult.bench.faults.Layers.outermost;
import static dev.auscult.bench.faults.Layers.removed;
import static dev.auscult.bench.faults.Layers.replaced;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import dev.auscult.train.spec.SpecEdit.Change;

/** Every mutation, one entry each: the sick, and the healthy that look odd. */
final class Mutations {
    private static final Predicate<Base> NUMBERS = Base::isRegression;
    private static final Predicate<Base> TABLE = Base::isTable;
    private static final Map<String, Mutation> BY_NAME =
            all().stream().collect(Collectors.toMap(Mutation::name, mutation -> mutation));

    private Mutations() {}

    private static boolean any(Base base) {
        return true;
    }

    private static boolean classes(Base base) {
        return !base.isRegression();
    }

    static List<Mutation> all() {
        List<Mutation> all = new ArrayList<>();
        healthy(all);
        optimization(all);
        architecture(all);
        data(all);
        bugs(all);
        return List.copyOf(all);
    }

    /** The mutation of a name. */
    static Mutation named(String name) {
        return Objects.requireNonNull(BY_NAME.get(name), name);
    }

    private static void healthy(List<Mutation> to) {
        add(to, "healthy", "", Mutations::any, 1, Mutation.Edits.NONE);
        add(to, "odd-cosine-to-zero", "", Mutations::any, 1, (b, s) -> set("schedule", "{type: cosine}"));
        add(to, "odd-warm-up", "", Mutations::any, 1, (b, s) -> set("schedule", "{type: cosine, warm-up: 60}"));
        add(
                to,
                "odd-restarts",
                "",
                Mutations::any,
                1,
                (b, s) -> set("schedule", "{type: cosine-restarts, per: epoch, length: 4}"));
        add(to, "odd-one-cycle", "", Mutations::any, 1, (b, s) -> set("schedule", "{type: one-cycle, peak: 2}"));
        add(
                to,
                "odd-heavy-dropout",
                "",
                b -> !hidden(b).isEmpty() && !has(b, "transformer-block", "lstm", "gru", "rnn", "residual"),
                1,
                (b, s) -> set("model.layers." + (outermost(b) - 1), "+dropout: 0.5"));
        add(
                to,
                "odd-small-batch",
                "",
                Mutations::any,
                1,
                (b, s) -> List.of(new Change("training.batch-size", "8", ""), rate(b, 0.4)));
        add(
                to,
                "odd-label-smoothing",
                "",
                Mutations::classes,
                1,
                (b, s) -> set("regularization.label-smoothing", "0.1"));
        add(
                to,
                "odd-converged",
                "",
                Mutations::any,
                1,
                (b, s) -> List.of(epochs(b, 3), new Change("schedule", "{type: cosine}", "")));
        add(to, "odd-augmented", "", TABLE, 1, (b, s) -> set("data.augment", "[{noise: {deviation: 0.2}}]"));
        add(
                to,
                "odd-frozen-declared",
                "",
                b -> hidden(b).size() > 1,
                1,
                (b, s) -> set("optimizer.groups", "[{match: \"" + first(b) + "*\", frozen: true}]"));
        add(
                to,
                "odd-large-batch",
                "",
                Mutations::any,
                1,
                (b, s) -> List.of(new Change("training.batch-size", "128", ""), rate(b, 1.4)));
    }

    private static void optimization(List<Mutation> to) {
        add(
                to,
                "rate-high",
                "learning-rate-too-high",
                Mutations::any,
                3,
                (b, s) -> List.of(rate(b, new double[] {10, 40, 200}[s])));
        add(
                to,
                "rate-low",
                // To first order training follows the flow of the gradient for a time of rate times steps, so that too
                // low a rate and too few steps leave the same curves; more epochs mend it as well.
                "learning-rate-too-low too-few-epochs",
                Mutations::any,
                3,
                (b, s) -> List.of(rate(b, new double[] {0.03, 0.006, 0.0005}[s])));
        add(
                to,
                "schedule-dead-early",
                "schedule-fault learning-rate-too-low",
                Mutations::any,
                3,
                (b, s) -> set("schedule", "{type: exponential, factor: " + new double[] {0.97, 0.95, 0.9}[s] + "}"));
        add(
                to,
                "schedule-steps-too-soon",
                "schedule-fault learning-rate-too-low",
                Mutations::any,
                2,
                (b, s) -> set(
                        "schedule", "{type: step, per: epoch, every: 1, factor: " + new double[] {0.3, 0.1}[s] + "}"));
        add(
                to,
                "no-warm-up",
                "missing-warm-up learning-rate-too-high",
                b -> has(b, "transformer-block", "residual"),
                3,
                (b, s) -> List.of(
                        new Change("schedule", "{type: constant}", ""),
                        rate(b, new double[] {6, 15, 40}[s]),
                        new Change("training.clip-norm", "null", "")));
        add(
                to,
                "epsilon-large",
                "optimizer-setting learning-rate-too-low",
                b -> adam(b),
                3,
                (b, s) -> set("optimizer.epsilon", new String[] {"0.1", "1", "10"}[s]));
        add(
                to,
                "momentum-extreme",
                "optimizer-setting learning-rate-too-high",
                b -> !adam(b),
                2,
                (b, s) -> set("optimizer.momentum", new String[] {"0.99", "0.999"}[s]));
        add(
                to,
                "beta-swapped",
                "optimizer-setting",
                Mutations::adam,
                1,
                (b, s) ->
                        List.of(new Change("optimizer.beta1", "0.999", ""), new Change("optimizer.beta2", "0.9", "")));
        add(
                to,
                "clipped-away",
                "gradient-clipped-away learning-rate-too-low",
                b -> !adam(b),
                3,
                (b, s) -> set("training.clip-norm", new String[] {"0.03", "0.003", "0.0003"}[s]));
        add(
                to,
                "epochs-few",
                // For the same reason.
                "too-few-epochs learning-rate-too-low",
                Mutations::any,
                3,
                (b, s) -> List.of(
                        epochs(b, new double[] {0.25, 0.12, 0.01}[s]),
                        new Change("training.early-stopping", "null", "")));
        add(
                to,
                "epochs-many",
                "too-many-epochs too-little-regularization too-much-capacity",
                TABLE,
                2,
                (b, s) -> List.of(
                        epochs(b, new double[] {5, 10}[s]),
                        new Change("training.early-stopping", "null", ""),
                        decay("0")));
        add(
                to,
                "batch-one",
                "batch-too-small learning-rate-too-high",
                b -> !has(b, "batch-norm"),
                2,
                (b, s) -> set("training.batch-size", new String[] {"2", "1"}[s]));
        add(
                to,
                "batch-full",
                "batch-too-large too-few-epochs learning-rate-too-low",
                Mutations::any,
                2,
                (b, s) -> set("training.batch-size", new String[] {"512", "full"}[s]));
        add(
                to,
                "decay-heavy",
                "too-much-regularization",
                Mutations::any,
                3,
                (b, s) -> List.of(decay(new String[] {"0.1", "1", "10"}[s])));
        add(
                to,
                "l2-heavy",
                "too-much-regularization",
                Mutations::any,
                2,
                (b, s) -> set("regularization.l2", new String[] {"0.1", "1"}[s]));
        add(
                to,
                "dropout-heavy",
                "too-much-regularization",
                b -> !hidden(b).isEmpty(),
                3,
                (b, s) -> set(
                        "model.layers." + (outermost(b) - 1), "+dropout: " + new String[] {"0.8", "0.9", "0.97"}[s]));
        add(
                to,
                "smoothing-heavy",
                "too-much-regularization",
                Mutations::classes,
                2,
                (b, s) -> set("regularization.label-smoothing", new String[] {"0.7", "0.9"}[s]));
    }

    private static void architecture(List<Mutation> to) {
        add(to, "init-zero", "bad-initialization", Mutations::any, 1, (b, s) -> set("model.initializer", "zeros"));
        add(
                to,
                "init-constant",
                "bad-initialization",
                Mutations::any,
                1,
                (b, s) -> set("model.initializer", "{constant: 0.1}"));
        add(
                to,
                "init-large",
                "bad-initialization",
                Mutations::any,
                3,
                (b, s) -> set("model.initializer", "{normal: " + new String[] {"1", "3", "10"}[s] + "}"));
        add(
                to,
                "init-small",
                "bad-initialization",
                Mutations::any,
                2,
                (b, s) -> set("model.initializer", "{normal: " + new String[] {"0.001", "0.00001"}[s] + "}"));
        add(
                to,
                "saturating",
                "saturating-activation missing-normalization depth-without-shortcut",
                b -> activations(b).size() >= 2 && !has(b, "residual", "transformer-block"),
                2,
                (b, s) -> deep(b, s == 0 ? 4 : 10, "sigmoid"));
        add(
                to,
                "depth",
                "depth-without-shortcut missing-normalization bad-initialization",
                b -> dense(b),
                3,
                (b, s) -> deep(b, new int[] {12, 20, 30}[s], "tanh"));
        add(
                to,
                "depth-relu",
                "depth-without-shortcut missing-normalization dead-units",
                Mutations::dense,
                2,
                (b, s) -> deep(b, new int[] {16, 30}[s], "relu"));
        add(
                to,
                "dead-relu",
                "dead-units bad-initialization",
                b -> has(b, "relu") && dense(b) && !has(b, "batch-norm"),
                2,
                (b, s) -> dead(b, s == 0 ? -0.05 : -0.5));
        add(
                to,
                "linear",
                "missing-nonlinearity too-little-capacity",
                b -> !activations(b).isEmpty() && !has(b, "residual"),
                1,
                (b, s) -> removed(b, a -> activations(b).contains(a)));
        add(
                to,
                "no-norm",
                "missing-normalization",
                b -> has(b, "batch-norm"),
                1,
                (b, s) -> removed(b, a -> a.is("batch-norm")));
        add(
                to,
                "exploding-recurrence",
                "exploding-recurrence bad-initialization learning-rate-too-high",
                b -> has(b, "rnn", "lstm", "gru"),
                2,
                (b, s) -> List.of(
                        new Change("model.initializer", "{normal: " + (s == 0 ? "0.6" : "2") + "}", ""),
                        new Change("training.clip-norm", "null", ""),
                        rate(b, 4)));
        add(to, "wrong-loss", "wrong-loss", Mutations::classes, 1, (b, s) -> set("loss", "mse"));
        add(to, "wrong-loss-hinge", "wrong-loss", NUMBERS, 1, (b, s) -> set("loss", "mae"));
        add(
                to,
                "double-softmax",
                "wrong-output-activation",
                Mutations::classes,
                1,
                (b, s) -> set("model.layers." + outermost(b), "+softmax"));
        add(
                to,
                "output-sigmoid",
                "wrong-output-activation",
                Mutations::classes,
                1,
                (b, s) -> set("model.layers." + outermost(b), "+sigmoid"));
        add(
                to,
                "output-relu",
                "wrong-output-activation dead-units",
                Mutations::any,
                1,
                (b, s) -> set("model.layers." + outermost(b), "+relu"));
        add(
                to,
                "output-tanh",
                "wrong-output-activation",
                NUMBERS,
                1,
                (b, s) -> set("model.layers." + outermost(b), "+sigmoid"));
        add(
                to,
                "narrow",
                "too-little-capacity",
                b -> !hidden(b).isEmpty() && !has(b, "residual", "transformer-block"),
                2,
                (b, s) -> narrowed(b, s == 0 ? 2 : 1));
        add(
                to,
                "wide-no-regularization",
                "too-much-capacity too-little-regularization too-little-data too-many-epochs",
                b -> b.isTable() && dense(b),
                2,
                (b, s) -> List.of(
                        new Change(hidden(b).get(0).key(), "dense: " + (s == 0 ? 512 : 1024), ""),
                        epochs(b, 4),
                        decay("0"),
                        new Change("training.early-stopping", "null", "")));
        add(
                to,
                "noise-augment",
                "too-strong-augmentation",
                TABLE,
                3,
                (b, s) -> set("data.augment", "[{noise: {deviation: " + new String[] {"1.5", "4", "10"}[s] + "}}]"));
        add(
                to,
                "half-precision-overflow",
                "numeric-overflow unscaled-input",
                b -> b.isTable() && !has(b, "lstm", "gru", "rnn"),
                1,
                (b, s) -> List.of(
                        new Change("training.precision", "float16", ""),
                        new Change("data.normalize", "{divide: 1e-5}", "")));
        add(
                to,
                "input-unscaled",
                "unscaled-input",
                b -> b.isTable() && !b.name().startsWith("spirals"),
                2,
                (b, s) -> s == 0
                        ? set("data.normalize", "none")
                        : List.of(new Change("data.normalize", "{divide: 0.001}", "")));
        add(to, "target-unscaled", "unscaled-target", NUMBERS, 1, (b, s) -> set("data.normalize-target", "false"));
    }

    private static void data(List<Mutation> to) {
        damage(
                to,
                "labels-noisy",
                "label-noise",
                Mutations::any,
                3,
                (b, s, seed) -> t -> Damages.noisyLabels(b, t, new double[] {0.15, 0.3, 0.5}[s], seed));
        damage(
                to,
                "labels-shuffled",
                "labels-unrelated label-noise",
                Mutations::any,
                1,
                (b, s, seed) -> t -> Damages.shuffledLabels(b, t, seed));
        damage(
                to,
                "imbalance",
                "class-imbalance",
                Mutations::classes,
                3,
                (b, s, seed) -> t -> Damages.imbalanced(b, t, new double[] {0.15, 0.06, 0.02}[s], seed));
        damage(
                to,
                "few-rows",
                "too-little-data too-much-capacity too-many-epochs",
                Mutations::any,
                3,
                (b, s, seed) -> t -> Damages.few(b, t, new double[] {0.15, 0.06, 0.03}[s], seed));
        damage(to, "leak-column", "data-leak", TABLE, 1, (b, s, seed) -> t -> Damages.leakColumn(b, t, seed));
        damage(
                to,
                "leak-rows",
                "data-leak",
                Mutations::any,
                2,
                (b, s, seed) -> t -> Damages.leakRows(t, new double[] {0.5, 1}[s], seed));
        damage(
                to,
                "shift",
                // The network sees the same held-out inputs whether the file or the evaluation moved them.
                "distribution-shift evaluation-fault",
                b -> b.isTable(),
                3,
                (b, s, seed) -> t -> Damages.shifted(b, t, new double[] {0.5, 1, 3}[s], seed));
        to.add(new Mutation(
                "sorted",
                Set.of("unshuffled-data"),
                Mutations::classes,
                1,
                (b, s) -> set("data.shuffle", "false"),
                (b, s, seed) -> t -> Damages.sorted(b, t),
                Bug.NONE));
        to.add(new Mutation(
                "wide-few-rows",
                ordered("too-much-capacity too-little-data too-little-regularization too-many-epochs"),
                b -> b.isTable() && dense(b),
                1,
                (b, s) -> List.of(
                        new Change(hidden(b).get(0).key(), "dense: 512", ""),
                        epochs(b, 4),
                        decay("0"),
                        new Change("training.early-stopping", "null", "")),
                (b, s, seed) -> t -> Damages.few(b, t, 0.12, seed),
                Bug.NONE));
    }

    private static void bugs(List<Mutation> to) {
        bug(to, "bug-no-zero-grad", "gradients-not-cleared", Mutations::any, Bug.GRADIENTS_NOT_CLEARED);
        bug(to, "bug-sign", "gradients-sign-flipped", Mutations::any, Bug.SIGN_FLIPPED);
        bug(
                to,
                "bug-frozen",
                "frozen-parameters optimizer-misses-parameters",
                b -> hidden(b).size() > 0,
                Bug.FROZEN_LAYERS);
        bug(
                to,
                "bug-optimizer-misses",
                "optimizer-misses-parameters frozen-parameters",
                b -> hidden(b).size() > 0,
                Bug.OPTIMIZER_MISSES);
        bug(
                to,
                "bug-eval-mode",
                "train-eval-mode",
                b -> has(b, "batch-norm", "dropout", "transformer-block"),
                Bug.EVALUATION_MODE_ON);
        bug(
                to,
                "bug-train-mode",
                "train-eval-mode",
                b -> has(b, "batch-norm", "dropout", "transformer-block"),
                Bug.TRAINING_MODE_IN_EVALUATION);
        bug(to, "bug-misaligned", "labels-unrelated", Mutations::any, Bug.MISALIGNED);
        bug(to, "bug-broadcast", "wrong-loss", NUMBERS, Bug.BROADCAST);
        bug(
                to,
                "bug-schedule-per-batch",
                "schedule-fault learning-rate-too-low",
                Mutations::any,
                Bug.SCHEDULE_PER_BATCH);
        bug(to, "bug-decay-per-step", "schedule-fault learning-rate-too-low", Mutations::any, Bug.DECAY_PER_STEP);
        bug(to, "bug-evaluation-misaligned", "evaluation-fault", Mutations::any, Bug.EVALUATION_MISALIGNED);
        bug(to, "bug-scaled-twice", "distribution-shift evaluation-fault", TABLE, Bug.SCALED_TWICE);
        bug(to, "bug-evaluation-unscaled", "evaluation-fault distribution-shift", TABLE, Bug.EVALUATION_UNSCALED);
        bug(to, "bug-summed-loss", "wrong-loss learning-rate-too-high", b -> !adam(b), Bug.SUMMED_LOSS);
        bug(to, "bug-penalty-twice", "too-much-regularization", Mutations::any, Bug.PENALTY_TWICE);
    }

    private static void add(
            List<Mutation> to,
            String name,
            String causes,
            Predicate<Base> applies,
            int severities,
            Mutation.Edits edits) {
        to.add(new Mutation(name, ordered(causes), applies, severities, edits, Mutation.Damage.NONE, Bug.NONE));
    }

    private static void damage(
            List<Mutation> to,
            String name,
            String causes,
            Predicate<Base> applies,
            int severities,
            Mutation.Damage damage) {
        to.add(new Mutation(name, ordered(causes), applies, severities, Mutation.Edits.NONE, damage, Bug.NONE));
    }

    private static void bug(List<Mutation> to, String name, String causes, Predicate<Base> applies, Bug bug) {
        to.add(new Mutation(name, ordered(causes), applies, 1, Mutation.Edits.NONE, Mutation.Damage.NONE, bug));
    }

    private static Set<String> ordered(String causes) {
        Set<String> ordered = new LinkedHashSet<>();
        for (String cause : causes.split(" ", -1)) {
            if (!cause.isEmpty()) {
                ordered.add(cause);
            }
        }
        return java.util.Collections.unmodifiableSet(ordered);
    }

    private static boolean adam(Base base) {
        return base.spec().optimizer().type().startsWith("adam");
    }

    /** Whether it is dense layers and what stands between them. */
    private static boolean dense(Base base) {
        return has(base, "dense")
                && hidden(base).size() > 0
                && hidden(base).stream().allMatch(a -> a.is("dense"));
    }

    private static List<Change> set(String key, String value) {
        return List.of(new Change(key, value, ""));
    }

    private static Change rate(Base base, double factor) {
        return new Change(
                "optimizer.learning-rate",
                String.format(Locale.ROOT, "%.4g", base.spec().optimizer().learningRate() * factor),
                "");
    }

    private static Change decay(String value) {
        return new Change("optimizer.weight-decay", value, "");
    }

    private static Change epochs(Base base, double factor) {
        return new Change(
                "training.epochs",
                String.valueOf(Math.max(1, Math.round(base.spec().training().epochs() * factor))),
                "");
    }

    /** The name of the first layer with weights, as parameters are called. */
    private static String first(Base base) {
        Layers.At at = hidden(base).get(0);
        return at.key().substring("model.layers.".length()) + "-" + at.layer().type();
    }

    /** As many narrow layers with an activation in front of the last layer. */
    private static List<Change> deep(Base base, int layers, String activation) {
        List<Change> changes =
                new ArrayList<>(replaced(base, a -> activations(base).contains(a), activation));
        changes.addAll(removed(base, a -> a.is("batch-norm")));
        int last = outermost(base)
                - 1
                - (int) Layers.all(base).stream()
                        .filter(a -> a.is("batch-norm"))
                        .count();
        for (int i = 0; i < layers; i++) {
            changes.add(new Change("model.layers." + last, "+" + activation, ""));
            changes.add(new Change("model.layers." + last, "+dense: 32", ""));
        }
        return changes;
    }

    /** Behind the first rectifier a layer that takes what is never negative by negative weights alone. */
    private static List<Change> dead(Base base, double weight) {
        int at = 0;
        while (!base.spec().model().layers().get(at).type().equals("relu")) {
            at++;
        }
        return List.of(
                new Change("model.layers." + (at + 1), "+relu", ""),
                new Change(
                        "model.layers." + (at + 1),
                        "+dense: {units: 48, initializer: {constant: " + weight + "}}",
                        ""));
    }

    private static List<Change> narrowed(Base base, int units) {
        return hidden(base).stream()
                .map(a -> new Change(a.key(), a.layer().type() + ": " + units, ""))
                .toList();
    }
}
