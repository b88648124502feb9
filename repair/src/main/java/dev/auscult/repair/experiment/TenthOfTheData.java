package dev.auscult.repair.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

import dev.auscult.data.Examples;
import dev.auscult.data.Subset;
import dev.auscult.train.engine.DType;
import dev.auscult.train.spec.Spec;

/**
 * Two points of a learning curve: trains on a tenth of the examples, for as many steps as on all. Held-out loss that falls
 * with more data says that still more would help; a tenth that cannot be fitted any better than the whole says that the
 * network or its training is at its limit, not the data.
 */
final class TenthOfTheData implements Experiment {
    static final String MORE_HELPS = "more-data-helps";
    static final String NO_GAIN = "no-gain-from-more";
    static final String SAME_FIT = "tenth-fitted-no-better";
    private static final int FEWEST = 8;

    @Override
    public String name() {
        return "tenth-of-the-data";
    }

    @Override
    public String does() {
        return "Trains shortly on a tenth of the examples, beside all of them";
    }

    @Override
    public List<String> outcomes() {
        return List.of(MORE_HELPS, NO_GAIN, SAME_FIT, Comparing.NEITHER);
    }

    @Override
    public boolean appliesTo(Spec spec) {
        return true;
    }

    @Override
    public long steps(Lab lab) {
        return lab.owedForBaseline() + lab.shortSteps();
    }

    @Override
    public Observation run(Lab lab) throws InterruptedException {
        long before = lab.taken();
        Trace all = lab.baseline();
        Examples tenth = tenth(lab.data().train(), lab.spec());
        Trace some = lab.trained(name(), lab.spec(), DType.FLOAT32, tenth);
        return new Observation(
                outcome(all, some),
                String.format(
                        Locale.ROOT,
                        "after %d steps on %d of %d examples the training loss is %s and the held-out loss %s, on all %s and %s",
                        lab.shortSteps(),
                        tenth.size(),
                        lab.data().train().size(),
                        Said.loss(some.end()),
                        Said.loss(some.heldOut()),
                        Said.loss(all.end()),
                        Said.loss(all.heldOut())),
                lab.taken() - before);
    }

    private static String outcome(Trace all, Trace some) {
        if (!all.learned() && !some.learned()) {
            return Comparing.NEITHER;
        }
        // Where held-out loss is no better than guessing, less of it is only less learned by heart.
        if (all.isBelowGuessing(all.heldOut()) && Comparing.isLowerHeldOut(all, some)) {
            return MORE_HELPS;
        }
        return Comparing.isLower(some, all, false) ? NO_GAIN : SAME_FIT;
    }

    /** A tenth, drawn by the seed; whole batches where it is more than one. */
    private static Examples tenth(Examples examples, Spec spec) {
        int n = examples.size();
        int count = Math.min(n, Math.max(FEWEST, n / 10));
        int batch = spec.training().batchSize();
        count = count > batch ? count - count % batch : count;
        Random random = new Random(spec.seed());
        int[] order = IntStream.range(0, n).toArray();
        for (int i = 0; i < count; i++) {
            int j = i + random.nextInt(n - i);
            int chosen = order[j];
            order[j] = order[i];
            order[i] = chosen;
        }
        return Subset.of(examples, Arrays.copyOf(order, count));
    }
}
