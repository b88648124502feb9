package dev.auscult.repair.remedy;

import java.util.List;

import dev.auscult.diagnose.Remedy.Safety;
import dev.auscult.diagnose.cause.Cause;

/** Memory and speed. */
final class Machine {
    private static final long LARGE_MEMORY = 8L << 30;
    private static final int SELDOM = 200;
    private static final int EVALUATE = 64;

    static final Treatment WORKERS = new Treatment(
            "loader-workers",
            Cause.LOADER_BOUND,
            Safety.SAFE,
            "Prepare batches in several processes ahead of the step that needs them",
            """
            loader = torch.utils.data.DataLoader(
                train_set, batch_size=64, shuffle=True, num_workers=4,
                pin_memory=True, persistent_workers=True, prefetch_factor=4)""",
            "dataset = dataset.map(prepare, num_parallel_calls=tf.data.AUTOTUNE).prefetch(tf.data.AUTOTUNE)",
            "Steps follow one another without a pause",
            "PyTorch manual, Performance Tuning Guide, asynchronous data loading; tf.data performance guide",
            Edits.NONE);

    static final Treatment IN_MEMORY = new Treatment(
            "data-in-memory",
            Cause.LOADER_BOUND,
            Safety.LIKELY,
            "Read and prepare the data once, and hold them in memory",
            "x, y = (torch.stack(part) for part in zip(*train_set))  # once, before training",
            "dataset = dataset.map(prepare).cache().shuffle(10_000).batch(64).prefetch(tf.data.AUTOTUNE)",
            "Decoding is paid for in the first epoch alone",
            "tf.data performance guide, caching",
            patient -> patient.spec().data().memory() < LARGE_MEMORY
                    ? Changes.one("data.memory", "8 GiB", "what fits is prepared once")
                    : List.of());

    static final Treatment RECORD_LESS = new Treatment(
            "record-less-often",
            Cause.LOADER_BOUND,
            Safety.SAFE,
            "Record tensors every 200 steps, and no images",
            "if step % 200 == 0:\n    writer.add_histogram(name, p, step)",
            "keras.callbacks.TensorBoard(histogram_freq=5, write_images=False, update_freq=200)",
            "Less than a hundredth of the time goes into watching",
            "Schneider et al. 2021, Cockpit, figure 6: full records at every step cost several times the training",
            patient -> new Changes()
                    .set(
                            patient.spec().record().every() > 0
                                    && patient.spec().record().every() < SELDOM
                                    && !patient.spec().record().logarithmic(),
                            "record.every",
                            String.valueOf(SELDOM),
                            "recording slowed the training")
                    .set(patient.spec().record().images(), "record.images", "false", "recording slowed the training")
                    .list());

    static final Treatment PRUNE_UNITS = new Treatment(
            "structured-pruning",
            Cause.MEMORY_BOUND,
            Safety.TRY,
            "Take the weakest third of the units out while training",
            "torch.nn.utils.prune.ln_structured(layer, name=\"weight\", amount=0.3, n=2, dim=0)",
            "order = numpy.argsort(numpy.linalg.norm(kernel, axis=0))\nkept = order[len(order) // 3:]",
            "A third of the units is zero at the end and can be left out of the network that is used",
            "Li et al. 2017, Pruning Filters for Efficient ConvNets",
            patient -> Changes.one("training.pruning", "{type: structured, share: 0.3}", "the weakest units go"));

    static final Treatment PRUNE_WEIGHTS = new Treatment(
            "magnitude-pruning",
            Cause.TOO_MUCH_CAPACITY,
            Safety.TRY,
            "Take half of the weights out, the smallest first, gradually while training",
            """
            torch.nn.utils.prune.global_unstructured(
                [(m, "weight") for m in model.modules() if isinstance(m, torch.nn.Linear)],
                pruning_method=torch.nn.utils.prune.L1Unstructured, amount=0.5)""",
            "mask = numpy.abs(kernel) > numpy.quantile(numpy.abs(kernel), 0.5)\nlayer.kernel.assign(kernel * mask)",
            "Fewer weights to learn by heart with",
            "Han et al. 2015, Learning both Weights and Connections; Zhu and Gupta 2018, To prune, or not to prune, equation 1",
            patient -> Changes.one("training.pruning", "{share: 0.5}", "fewer weights to learn by heart with"));

    static final Treatment CHECKPOINTING = new Treatment(
            "recompute-activations",
            Cause.MEMORY_BOUND,
            Safety.SAFE,
            "Keep the activations of a few layers and compute the others again in the backward pass",
            "x = torch.utils.checkpoint.checkpoint(block, x, use_reentrant=False)",
            "with keras.RematScope(mode=\"full\"):\n    x = block(x)",
            "Memory falls to the root of the number of layers for a third more time",
            "Chen et al. 2016, Training Deep Nets with Sublinear Memory Cost",
            Edits.NONE);

    static final Treatment SMALL_EVALUATION = new Treatment(
            "smaller-evaluation-batches",
            Cause.MEMORY_BOUND,
            Safety.SAFE,
            "Evaluate 64 examples at a time, without gradients",
            "with torch.inference_mode():\n    for x, y in torch.utils.data.DataLoader(valid_set, batch_size=64): ...",
            "model.evaluate(x, y, batch_size=64)",
            "Evaluation needs no more memory than training",
            "PyTorch manual, Autograd mechanics, Inference mode",
            patient -> patient.spec().training().evaluateBatch() > EVALUATE
                    ? Changes.one("training.evaluate-batch", String.valueOf(EVALUATE), "evaluation filled the memory")
                    : List.of());

    static final Treatment RELEASE = new Treatment(
            "keep-numbers-not-graphs",
            Cause.MEMORY_BOUND,
            Safety.SAFE,
            "Add up numbers, not tensors that hold their graph",
            "total += loss.item()  # not total += loss",
            "total += float(loss)  # not a list of tensors",
            "Memory no longer grows from step to step",
            "PyTorch manual, Frequently Asked Questions, My model reports out of memory",
            Edits.NONE);

    private Machine() {}
}
