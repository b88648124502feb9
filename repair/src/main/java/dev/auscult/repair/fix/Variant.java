package dev.auscult.repair.fix;

import java.util.Map;
import java.util.TreeMap;

import dev.auscult.repair.trial.TrialResult;
import dev.auscult.train.spec.Spec;

/** One text of the spec, and the trials that were made of it. */
final class Variant {
    private final String label;
    private final String text;
    private final Spec spec;

    /** By seed: the first look, which may have been stopped once certain. */
    final Map<Long, TrialResult> looks = new TreeMap<>();

    /** By seed: whole trainings. */
    final Map<Long, TrialResult> wholes = new TreeMap<>();

    Variant(String label, String text, Spec spec) {
        this.label = label;
        this.text = text;
        this.spec = spec;
    }

    /** Name of its folder: {@code 03-batch-norm}. */
    String label() {
        return label;
    }

    String text() {
        return text;
    }

    Spec spec() {
        return spec;
    }
}
