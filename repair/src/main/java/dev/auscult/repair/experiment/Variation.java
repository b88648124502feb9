package dev.auscult.repair.experiment;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;

import dev.auscult.train.engine.DType;
import dev.auscult.train.spec.Spec;

/**
 * Trains shortly with one setting changed, and compares with the spec as it is.
 *
 * @param name of the experiment
 * @param does what it does
 * @param applies to which specs
 * @param overrides what it changes
 * @param type of the parameters
 * @param paired whether both trainings see the same batches in the same order
 */
record Variation(
        String name,
        String does,
        Predicate<Spec> applies,
        Function<Spec, List<String>> overrides,
        DType type,
        boolean paired)
        implements Experiment {
    @Override
    public List<String> outcomes() {
        return Comparing.OUTCOMES;
    }

    @Override
    public boolean appliesTo(Spec spec) {
        return applies.test(spec);
    }

    @Override
    public long steps(Lab lab) {
        return lab.owedForBaseline() + lab.shortSteps();
    }

    @Override
    public Observation run(Lab lab) throws InterruptedException {
        long before = lab.taken();
        Trace baseline = lab.baseline();
        Trace other = lab.trained(name, lab.spec(overrides.apply(lab.spec())), type, null);
        return new Observation(
                Comparing.outcome(baseline, other, paired),
                String.format(
                        Locale.ROOT,
                        "after %d steps the training loss is %s, with the spec as it is %s",
                        lab.shortSteps(),
                        Said.loss(other.end()),
                        Said.loss(baseline.end())),
                lab.taken() - before);
    }
}
