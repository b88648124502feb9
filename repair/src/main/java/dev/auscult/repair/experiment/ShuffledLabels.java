package dev.auscult.repair.experiment;

import java.util.List;
import java.util.Locale;
import java.util.Random;

import dev.auscult.data.Examples;
import dev.auscult.data.Subset;
import dev.auscult.data.Task;
import dev.auscult.train.engine.DType;
import dev.auscult.train.spec.Spec;

/**
 * Trains on shuffled labels beside true ones (Zhang et al. 2017, <i>Understanding Deep Learning Requires Rethinking
 * Generalization</i>): where true ones are not learned faster, inputs tell nothing of labels; where they are, but held-out loss
 * is no better, what is learned does not carry over, or is measured wrongly.
 */
final class ShuffledLabels implements Experiment {
    static final String TRUE_BETTER = "true-better";
    static final String AS_GOOD = "as-good";
    static final String HELD_OUT_AS_GOOD = "held-out-as-good";

    @Override
    public String name() {
        return "shuffled-labels";
    }

    @Override
    public String does() {
        return "Trains shortly on labels that are shuffled among the examples, beside the true ones";
    }

    @Override
    public List<String> outcomes() {
        return List.of(TRUE_BETTER, HELD_OUT_AS_GOOD, AS_GOOD, Comparing.NEITHER);
    }

    @Override
    public boolean appliesTo(Spec spec) {
        // The next token of a text is in the text: it cannot be shuffled apart from it.
        return spec.data().task() != Task.LANGUAGE_MODEL;
    }

    @Override
    public long steps(Lab lab) {
        return lab.owedForBaseline() + lab.shortSteps();
    }

    @Override
    public Observation run(Lab lab) throws InterruptedException {
        long before = lab.taken();
        Trace real = lab.baseline();
        Trace shuffled = lab.trained(
                name(),
                lab.spec(),
                DType.FLOAT32,
                shuffled(lab.data().train(), lab.spec().seed()));
        return new Observation(
                outcome(real, shuffled),
                String.format(
                        Locale.ROOT,
                        "after %d steps the training loss is %s on true labels and %s on shuffled ones, the held-out loss %s and %s",
                        lab.shortSteps(),
                        Said.loss(real.end()),
                        Said.loss(shuffled.end()),
                        Said.loss(real.heldOut()),
                        Said.loss(shuffled.heldOut())),
                lab.taken() - before);
    }

    private static String outcome(Trace real, Trace shuffled) {
        if (!Comparing.isLower(real, shuffled, true)) {
            return real.learned() || shuffled.learned() ? AS_GOOD : Comparing.NEITHER;
        }
        return Double.isNaN(real.heldOut()) || Comparing.isLowerHeldOut(real, shuffled)
                ? TRUE_BETTER
                : HELD_OUT_AS_GOOD;
    }

    /** The same inputs with the targets in another order (Fisher and Yates). */
    private static Examples shuffled(Examples examples, long seed) {
        Random random = new Random(seed);
        int[] order = new int[examples.size()];
        for (int i = 0; i < order.length; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return new Examples(examples.inputs(), Subset.of(examples.target(), order));
    }
}
