package dev.auscult.repair.experiment;

import java.util.List;

import dev.auscult.train.spec.Spec;

/** A short trial of a spec whose outcome is more probable under some causes than under others. */
public interface Experiment {
    /** Kebab-case and unique: {@code third-of-the-learning-rate}. */
    String name();

    /** What it does, one sentence without a final stop. */
    String does();

    /** Names of all that can come out, in a fixed order. */
    List<String> outcomes();

    /** Whether it says anything about such a spec. */
    boolean appliesTo(Spec spec);

    /** Optimizer steps that it takes as a rule, in this lab, less what was trained there before. */
    long steps(Lab lab);

    /** The most optimizer steps that it can take, where a first try tells nothing and others follow. */
    default long atMost(Lab lab) {
        return steps(lab);
    }

    /**
     * Does it. The same spec, seed and engine give the same outcome, however long it takes.
     *
     * @throws InterruptedException if asked to stop
     */
    Observation run(Lab lab) throws InterruptedException;
}
