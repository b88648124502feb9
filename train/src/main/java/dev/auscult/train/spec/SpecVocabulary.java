package dev.auscult.train.spec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** The sections of a spec with their keys: one table for parser, writer, schema and guide. */
public final class SpecVocabulary {
    /** The losses. */
    static final List<String> LOSSES =
            List.of("cross-entropy", "binary-cross-entropy", "mse", "mae", "huber", "focal", "hinge");

    private static final String[] ADAMS = {"adam", "adamw", "prodigy", "schedule-free-adamw"};

    private static final Bounds ONE_UP = Bounds.atLeast(1);

    private static final Map<String, Block> BLOCKS = table(
            block(
                    "",
                    "A training spec.",
                    "",
                    text("name", null, "name of the run; null: the name of the file"),
                    Option.integer(
                                    "seed",
                                    0,
                                    "governs initial weights, order of the examples, dropout and augmentation")
                            .in(Bounds.between(0, 9_007_199_254_740_991.0)),
                    section("data", "what is learned from").needed(),
                    section("model", "the network"),
                    section("loss", "what is made small"),
                    Option.of(
                            "metrics",
                            OptionKind.TEXTS,
                            List.of(),
                            "what is measured besides the loss; empty: what suits the task"),
                    section("optimizer", "how weights are changed"),
                    section("schedule", "how the learning rate changes"),
                    section("regularization", "what keeps the network from learning by heart"),
                    section("training", "how long, in what batches, and when to stop"),
                    section("record", "what is written down"),
                    section("policy", "what happens when the doctor finds something")),
            block(
                    "data",
                    "What to read and how to prepare it; paths are relative to the spec.",
                    "train",
                    text("train", null, "file or folder of the training examples")
                            .needed(),
                    text("test", null, "file or folder of the test examples; null for none"),
                    Option.word(
                            "format",
                            null,
                            List.of(
                                    "csv",
                                    "tsv",
                                    "parquet",
                                    "jsonl",
                                    "text",
                                    "npy",
                                    "npz",
                                    "idx",
                                    "image-folder",
                                    "wav-folder"),
                            "how the file is to be read; null: by its name and content"),
                    texts(
                            "target",
                            "column name, index (from 0) or `last`, several for several outputs; for idx and npz a file or"
                                    + " array; for folders `folder` or `name[0]` (part of the file name between"
                                    + " underscores); empty: derived"),
                    Option.word(
                            "task",
                            null,
                            List.of("classification", "regression", "multi-label", "language-model"),
                            "what is predicted; null: derived from the target"),
                    Option.of(
                            "header",
                            OptionKind.TRUTH,
                            null,
                            "whether a table begins with column names; null: derived"),
                    text("separator", null, "between the cells of a table; null: derived"),
                    texts("columns", "columns to use as inputs; empty: all but the target"),
                    texts("drop", "columns to leave out"),
                    Option.of(
                                    "types",
                                    OptionKind.WORD_BY_NAME,
                                    Map.of(),
                                    "column types, where the derived ones are wrong")
                            .oneOf("numeric", "categorical", "text", "date", "boolean"),
                    section("validation", "where validation examples come from"),
                    Option.of(
                                    "normalize",
                                    OptionKind.SCALING,
                                    "standard",
                                    "how numbers are scaled, by the training part alone: to mean 0 and standard deviation"
                                            + " 1, to 0..1, not at all, or `{divide: 255}`")
                            .oneOf("none", "standard", "min-max"),
                    Option.truth(
                            "normalize-target",
                            true,
                            "scale the numbers to predict to mean 0 and standard deviation 1 (regression)"),
                    Option.word(
                            "missing",
                            "impute",
                            List.of("impute", "refuse", "drop-rows"),
                            "missing cells: median or a category of their own, an error, or leave the row out"),
                    Option.word("encode", "one-hot", List.of("one-hot", "ordinal"), "how categories become numbers"),
                    Option.truth("shuffle", true, "shuffle the training examples in every epoch"),
                    Option.of(
                            "augment",
                            OptionKind.AUGMENTS,
                            List.of(),
                            "changes made to training examples each time they are read"),
                    Option.word(
                            "imbalance",
                            "none",
                            List.of("none", "class-weights", "oversample", "smote"),
                            "what is done about rare classes"),
                    optionalSection(
                            "generate", "rows of a table that are made from those of the training part; null: none"),
                    optionalSection("text", "how text becomes tokens; null: no text"),
                    optionalSection("image", "how images are read; null: as they are"),
                    optionalSection("audio", "how sound is read; null: by the defaults of data.audio"),
                    optionalSection("sequence", "rows of a table as sequences; null: each row is an example"),
                    Option.of(
                                    "memory",
                                    OptionKind.BYTES,
                                    2L << 30,
                                    "prepared examples to hold in memory, in bytes or as `512 MiB`; more are streamed from"
                                            + " disk")
                            .in(ONE_UP)),
            block(
                    "data.validation",
                    "Where validation examples come from; `none` for no validation, a bare number is the fraction.",
                    "fraction",
                    Option.number("fraction", 0.2, "share of the training examples")
                            .in(new Bounds(0, false, 1, false)),
                    Option.truth(
                            "stratified",
                            true,
                            "keep the share of each class the same in both parts (false with group, time and file)"),
                    text("file", null, "a file or folder of its own"),
                    Option.integer("folds", 0, "number of folds of a cross-validation; 0 for none"),
                    Option.integer("fold", 0, "the fold that is held out, from 0"),
                    text("group", null, "column (or `name[1]`) whose equal values stay on one side"),
                    text("time", null, "column by which the last examples are held out")),
            block(
                    "data.generate",
                    "Rows that are made like those of the training part, class by class, and added to it; they are used only"
                            + " where small models learn from them nearly as well as from real ones.",
                    "type",
                    Option.word(
                            "type",
                            "copula",
                            List.of("copula", "vae"),
                            "a Gaussian copula (the distribution of each column, and their correlations), or a small"
                                    + " variational autoencoder"),
                    Option.integer("rows", 0, "how many; 0: as many as the training part has"),
                    Option.number(
                                    "tolerance",
                                    0.05,
                                    "how much less accurate (lower in R², for numbers) a small model may be on real rows"
                                            + " that it did not see when it learned from made rows instead of real ones;"
                                            + " else none is used")
                            .in(Bounds.NOT_NEGATIVE),
                    Option.integer("steps", 1_000, "optimizer steps of the autoencoder")
                            .in(ONE_UP)
                            .onlyFor("vae")),
            block(
                    "data.text",
                    "How text becomes tokens.",
                    "",
                    texts("columns", "columns that are joined by a space; empty: all text columns"),
                    text("tokenizer", "words", "`bytes`, `words`, or the path of a tokenizer.json"),
                    Option.integer("vocabulary", 10_000, "largest number of words")
                            .in(Bounds.atLeast(2)),
                    Option.integer("length", 128, "tokens per example; longer text is cut, shorter padded with token 0")
                            .in(ONE_UP)),
            block(
                    "data.image",
                    "How images are read.",
                    "",
                    Option.integer("width", 0, "in pixels; 0: as the first image"),
                    Option.integer("height", 0, "in pixels; 0: as the first image"),
                    Option.integer("channels", 0, "1 (grey) or 3; 0: as the first image")
                            .in(Bounds.between(0, 3))),
            block(
                    "data.audio",
                    "How sound is read.",
                    "",
                    Option.integer("rate", 0, "samples per second; 0: as the first file"),
                    Option.number(
                                    "seconds",
                                    0,
                                    "length; longer sound is cut, shorter padded with silence; 0: the longest of training")
                            .in(Bounds.NOT_NEGATIVE),
                    Option.word(
                            "features",
                            "log-mel",
                            List.of("waveform", "log-mel"),
                            "samples [1, samples], or logarithmic mel bands [1, bands, frames]"),
                    Option.integer("bands", 40, "number of mel bands").in(ONE_UP)),
            block(
                    "data.sequence",
                    "Rows of a table as sequences, in the order of the file.",
                    "length",
                    requiredInteger("length", "rows per example"),
                    Option.integer("stride", 1, "rows from the start of one example to that of the next")
                            .in(ONE_UP),
                    Option.integer(
                            "horizon", 1, "rows from the last of an example to the one whose target is predicted")),
            block(
                    "model",
                    "The network.",
                    "layers",
                    Option.of(
                            "layers",
                            OptionKind.LAYERS,
                            null,
                            "layers in order; empty: a sensible network for the data"),
                    Option.of(
                            "initializer",
                            OptionKind.INITIALIZER,
                            new InitializerSettings("default", 0),
                            "how weights start, where a layer does not say otherwise")),
            block(
                    "loss",
                    "What is made small.",
                    "type",
                    Option.word(
                            "type",
                            null,
                            LOSSES,
                            "the loss, binary cross-entropy on logits; null: cross-entropy for classification and language"
                                    + " models, binary-cross-entropy for multi-label, mse for regression"),
                    Option.word("reduction", "mean", List.of("mean", "sum"), "mean or sum over the examples"),
                    Option.number("delta", 1, "where the square turns into a line")
                            .in(Bounds.POSITIVE)
                            .onlyFor("huber"),
                    Option.number("gamma", 2, "exponent γ of (1 − p)^γ")
                            .in(Bounds.NOT_NEGATIVE)
                            .onlyFor("focal"),
                    Option.of(
                                    "class-weights",
                                    OptionKind.NUMBERS,
                                    null,
                                    "weight of each class; null: equal ones, or those of `data.imbalance`")
                            .in(Bounds.NOT_NEGATIVE)
                            .onlyFor("cross-entropy", "binary-cross-entropy", "focal", "hinge")),
            block(
                    "optimizer",
                    "How weights are changed.",
                    "type",
                    Option.word(
                            "type",
                            "adam",
                            List.of(
                                    "sgd",
                                    "adam",
                                    "adamw",
                                    "rmsprop",
                                    "adagrad",
                                    "lbfgs",
                                    "prodigy",
                                    "schedule-free-adamw"),
                            "the method"),
                    Option.number("learning-rate", 0.001, "η₀, the learning rate before the schedule")
                            .in(Bounds.POSITIVE)
                            .fallbacks(Map.of(
                                    "sgd",
                                    0.01,
                                    "adagrad",
                                    0.01,
                                    "lbfgs",
                                    1.0,
                                    "prodigy",
                                    1.0,
                                    "schedule-free-adamw",
                                    0.0025)),
                    Option.number("momentum", 0, "share of the last update that is kept")
                            .in(Bounds.BELOW_ONE)
                            .onlyFor("sgd", "rmsprop"),
                    Option.truth("nesterov", false, "look ahead along the momentum")
                            .onlyFor("sgd"),
                    Option.number("beta1", 0.9, "decay of the mean of gradients")
                            .in(Bounds.BELOW_ONE)
                            .onlyFor(ADAMS),
                    Option.number("beta2", 0.999, "decay of the mean of squared gradients (α of rmsprop)")
                            .in(Bounds.BELOW_ONE)
                            .fallbacks(Map.of("rmsprop", 0.99))
                            .onlyFor("adam", "adamw", "prodigy", "schedule-free-adamw", "rmsprop"),
                    Option.number("epsilon", 1e-8, "added to the denominator")
                            .in(Bounds.NOT_NEGATIVE)
                            .fallbacks(Map.of("adagrad", 1e-10))
                            .onlyFor("adam", "adamw", "prodigy", "schedule-free-adamw", "rmsprop", "adagrad"),
                    Option.number("weight-decay", 0, "λ")
                            .in(Bounds.NOT_NEGATIVE)
                            .fallbacks(Map.of("adamw", 0.01)),
                    Option.word(
                                    "decay",
                                    "coupled",
                                    List.of("coupled", "decoupled"),
                                    "coupled: λw is added to the gradient (L2); decoupled: w shrinks by ηλ (AdamW)")
                            .fallbacks(Map.of(
                                    "adamw", "decoupled", "prodigy", "decoupled", "schedule-free-adamw", "decoupled")),
                    Option.truth("decay-biases", false, "whether biases and normalisation parameters decay as well"),
                    Option.integer("history-size", 10, "pairs that are remembered")
                            .in(ONE_UP)
                            .onlyFor("lbfgs"),
                    Option.integer("iterations", 20, "inner iterations per step")
                            .in(ONE_UP)
                            .onlyFor("lbfgs"),
                    Option.of(
                            "groups",
                            OptionKind.SECTIONS,
                            List.of(),
                            "parameters with settings of their own; the first that matches counts")),
            block(
                    "optimizer.groups",
                    "Parameters with settings of their own.",
                    "",
                    text("match", null, "glob on the path of the parameter: `1-conv*`, `*.bias`")
                            .needed(),
                    Option.number("learning-rate", 1, "factor on the learning rate")
                            .in(Bounds.NOT_NEGATIVE),
                    optionalNumber("weight-decay", "λ of this group; null: as the others")
                            .in(Bounds.NOT_NEGATIVE),
                    Option.truth("frozen", false, "leave them as they are")),
            ScheduleVocabulary.SCHEDULE,
            ScheduleVocabulary.WARM_UP,
            block(
                    "regularization",
                    "What keeps the network from learning by heart; 0 switches each off.",
                    "",
                    Option.number("l1", 0, "λ₁ of λ₁·Σ|w| added to the loss").in(Bounds.NOT_NEGATIVE),
                    Option.number("l2", 0, "λ₂ of ½λ₂·Σw² added to the loss; both together are the elastic net")
                            .in(Bounds.NOT_NEGATIVE),
                    Option.number("label-smoothing", 0, "ε: y(1 − ε) + ε/K").in(Bounds.BELOW_ONE),
                    Option.number("max-norm", 0, "largest L2 norm of the weights into one unit")
                            .in(Bounds.NOT_NEGATIVE),
                    Option.number("swa-start", 0, "share of the epochs after which weights are averaged for evaluation")
                            .in(Bounds.BELOW_ONE),
                    Option.number("ema", 0, "decay of an exponential moving average of the weights for evaluation")
                            .in(Bounds.BELOW_ONE)),
            block(
                    "training",
                    "How long, in what batches, and when to stop.",
                    "epochs",
                    Option.integer("epochs", 20, "passes over the training examples")
                            .in(ONE_UP),
                    Option.of("batch-size", OptionKind.UNITS, 64L, "examples per batch; `full`: all at once")
                            .in(ONE_UP)
                            .oneOf("full"),
                    Option.integer("accumulate", 1, "batches per optimizer step")
                            .in(ONE_UP),
                    Option.truth("drop-last", false, "leave out the last batch of an epoch where it is smaller"),
                    optionalNumber("clip-norm", "largest global norm of the gradient; null for none")
                            .in(Bounds.POSITIVE),
                    optionalNumber("clip-value", "largest magnitude of one element of the gradient; null for none")
                            .in(Bounds.POSITIVE),
                    Option.word(
                            "precision",
                            "float32",
                            List.of("float32", "bfloat16", "float16"),
                            "of the forward pass; float16 with dynamic loss scaling"),
                    Option.integer("evaluate-every", 1, "epochs between evaluations")
                            .in(ONE_UP),
                    Option.integer("evaluate-batch", 256, "examples per batch in evaluation")
                            .in(ONE_UP),
                    Option.integer("checkpoint-every", 1, "epochs between `last` checkpoints")
                            .in(ONE_UP),
                    optionalSection("early-stopping", "when to stop early; null for never"),
                    optionalSection("pruning", "which weights are taken out while training, for good; null for none")),
            block(
                    "training.early-stopping",
                    "When to stop early; a bare number is the patience.",
                    "patience",
                    Option.word(
                            "criterion",
                            "patience",
                            List.of("patience", "gl", "pq", "up"),
                            "patience, or one of the criteria of Prechelt (1998)"),
                    text("monitor", "validation/loss", "series that is watched"),
                    Option.integer("patience", 5, "evaluations without a gain; successive strips for `up`")
                            .in(ONE_UP)
                            .onlyFor("patience", "up"),
                    Option.number("min-delta", 0, "least gain that counts")
                            .in(Bounds.NOT_NEGATIVE)
                            .onlyFor("patience"),
                    Option.number("threshold", 5, "α: percent above the best for `gl`, that over progress for `pq`")
                            .in(Bounds.POSITIVE)
                            .fallbacks(Map.of("pq", 0.75))
                            .onlyFor("gl", "pq"),
                    Option.integer("strip", 5, "evaluations of a strip")
                            .in(Bounds.atLeast(2))
                            .onlyFor("pq", "up"),
                    Option.truth("restore-best", true, "end with the best weights")),
            block(
                    "training.pruning",
                    "Which weights are taken out while training: set to zero, and kept there; a bare number is the share.",
                    "share",
                    Option.word(
                            "type",
                            "magnitude",
                            List.of("magnitude", "structured"),
                            "single weights of the least magnitude in all layers together, or whole units and filters of the"
                                    + " least L2 norm, the same share in each layer but the last"),
                    Option.number("share", 0.5, "share that is out in the end").in(new Bounds(0, false, 1, false)),
                    Option.number("from", 0, "share that is taken out first").in(Bounds.BELOW_ONE),
                    Option.number("begin", 0.2, "share of all steps before the first pruning")
                            .in(Bounds.BELOW_ONE),
                    Option.number("end", 0.7, "share of all steps at the last pruning; as `begin`: all at once")
                            .in(Bounds.SHARE),
                    Option.integer("every", 0, "steps between prunings; 0: so that there are about fifty"),
                    texts(
                            "match",
                            "globs on the paths of the parameters that are pruned; empty: weights, but no biases, embeddings"
                                    + " and normalisation")),
            block(
                    "record",
                    "What is written down.",
                    "every",
                    Option.integer("every", 20, "steps between records of tensors; 0 for none"),
                    Option.truth("logarithmic", false, "record tensors at steps 0, 1, 2, 4, 8 … instead"),
                    Option.of(
                                    "tensors",
                                    OptionKind.WORDS,
                                    List.of("weights", "gradients", "updates", "activations"),
                                    "which tensors are summarised")
                            .oneOf("weights", "gradients", "updates", "activations", "activation-gradients"),
                    Option.integer(
                            "scalars-every",
                            0,
                            "steps between records of the loss; 0: so that an epoch gives about a hundred"),
                    Option.truth(
                            "images",
                            true,
                            "first-layer filters, feature maps and attention maps of a few validation examples at"
                                    + " checkpoints"),
                    Option.integer("examine-every", 1, "epochs between diagnoses while training; 0 for none")),
            block(
                    "policy",
                    "What happens when the doctor finds something while training.",
                    "",
                    policy("critical", "stop", "for critical findings"),
                    policy("high", "warn", "for high findings"),
                    Option.word(
                            "unwritable", "stop", List.of("stop", "go-on"), "when the recording cannot be written")));

    private static final List<Block> AUGMENTS = List.of(
            augment(
                    "flip",
                    "Mirrors an image.",
                    0.5,
                    Option.word(
                            "axis",
                            "horizontal",
                            List.of("horizontal", "vertical"),
                            "left and right, or top and bottom, change places")),
            augment(
                    "crop",
                    "Pads an image with zeros and cuts its size out at a random place.",
                    1,
                    pixels("padding", 4, "pixels on each side")),
            augment(
                    "rotate",
                    "Turns an image.",
                    1,
                    amount("degrees", 10, "largest angle to either side").in(new Bounds(0, false, 180, true))),
            augment(
                    "noise",
                    "Adds normal noise.",
                    1,
                    amount("deviation", 0.1, "standard deviation, in units of the prepared input")
                            .in(Bounds.POSITIVE)),
            augment(
                    "mixup",
                    "Mixes two examples and their targets (Zhang et al. 2018).",
                    1,
                    amount("alpha", 0.2, "α of the beta distribution of the share")
                            .in(Bounds.POSITIVE)),
            augment(
                    "cutout",
                    "Blanks a square of an image (DeVries and Taylor 2017).",
                    1,
                    pixels("size", 8, "side of the square in pixels")),
            augment(
                    "time-shift",
                    "Shifts a sequence in time.",
                    1,
                    amount("share", 0.1, "largest shift, as a share of the length")
                            .in(new Bounds(0, false, 1, true))),
            augment(
                    "token-drop",
                    "Leaves tokens out, but never all; the rest moves up (Wei and Zou 2019).",
                    1,
                    amount("share", 0.1, "probability with which each token is left out")
                            .in(new Bounds(0, false, 1, false))));

    private SpecVocabulary() {}

    /** All sections, the top of the spec first. */
    public static List<Block> sections() {
        return List.copyOf(BLOCKS.values());
    }

    /** The section of a path: {@code data.validation}; the empty path is the top. */
    static Block section(String path) {
        Block block = BLOCKS.get(path);
        if (block == null) {
            throw new IllegalArgumentException("no section is called " + path);
        }
        return block;
    }

    /** The changes that {@code data.augment} can name; of their two options the second is the probability. */
    public static List<Block> augments() {
        return AUGMENTS;
    }

    /** The augmentation of a name. */
    static Optional<Block> augment(String name) {
        return AUGMENTS.stream().filter(a -> a.name().equals(name)).findFirst();
    }

    private static Map<String, Block> table(Block... blocks) {
        Map<String, Block> map = new LinkedHashMap<>();
        for (Block block : blocks) {
            map.put(block.name(), block);
        }
        return map;
    }

    private static Block block(String name, String doc, String main, Option... options) {
        return new Block(name, doc, main, options);
    }

    private static Block augment(String name, String doc, double probability, Option option) {
        return new Block(
                name,
                doc,
                option.name(),
                option,
                Option.number("probability", probability, "how often it is applied")
                        .in(Bounds.SHARE));
    }

    private static Option pixels(String name, long fallback, String doc) {
        return Option.integer(name, fallback, doc).in(Bounds.between(1, 65_536));
    }

    private static Option amount(String name, double fallback, String doc) {
        return Option.number(name, fallback, doc).in(Bounds.NOT_NEGATIVE);
    }

    private static Option policy(String name, String fallback, String doc) {
        return Option.word(
                name,
                fallback,
                List.of("warn", "stop", "lower-learning-rate", "roll-back"),
                doc
                        + ": go on, stop, continue with a third of the learning rate, or do so from the last good checkpoint");
    }

    private static Option section(String name, String doc) {
        return Option.of(name, OptionKind.SECTION, Map.of(), doc);
    }

    private static Option optionalNumber(String name, String doc) {
        return Option.of(name, OptionKind.NUMBER, null, doc);
    }

    private static Option requiredInteger(String name, String doc) {
        return Option.of(name, OptionKind.INTEGER, null, doc).in(ONE_UP).needed();
    }

    private static Option text(String name, @Nullable String fallback, String doc) {
        return Option.of(name, OptionKind.TEXT, fallback, doc);
    }

    /** A section that may be absent, which differs from one with its defaults. */
    private static Option optionalSection(String name, String doc) {
        return Option.of(name, OptionKind.SECTION, null, doc);
    }

    private static Option texts(String name, String doc) {
        return Option.of(name, OptionKind.TEXTS, List.of(), doc);
    }
}
