package dev.auscult.diagnose.rules;

import java.util.List;
import java.util.OptionalDouble;

import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Need;
import dev.auscult.diagnose.Where;
import dev.auscult.diagnose.measure.Blueprint;
import dev.auscult.run.Probe;
import dev.auscult.run.Run;

/** What rules on the architecture and on active checks share: their needs, and how what was learned softens them. */
final class Plans {
    /** What to do to get the outcome of a check. */
    static final String CHECK = "run `auscult check` on the spec before training";

    /** The layers of the network. */
    static final Need GRAPH = new Need(
            "the layers of the network are not in this log",
            "train with `auscult train`, or run `auscult check`, which record the layers",
            e -> Blueprint.of(e.run()).isPresent());

    private Plans() {}

    /** The outcome of an active check. */
    static Need probe(Probe.Kind kind) {
        return probe(kind, CHECK);
    }

    /** The outcome of an active check that another command makes. */
    static Need probe(Probe.Kind kind, String record) {
        return new Need(
                "no check of the kind " + kind.label() + " in this log",
                record,
                e -> e.run().probe(kind).isPresent());
    }

    static Blueprint blueprint(Examination examination) {
        return Blueprint.of(examination.run()).orElseThrow();
    }

    /** A fault of the plan lasts from the first step to the last. */
    static Where where(Run run, List<String> layers) {
        return Where.layers(layers, 0, run.lastStep());
    }

    /** The score of a fault that need not hurt: below medium once the run has shown that it learns all the same. */
    static int unlessLearned(Examination examination, int score) {
        return examination.convergence().hasLearned() ? Layers.mild(score) : score;
    }

    /** A number of a check; NaN if it was not measured. */
    static double number(Probe probe, String name) {
        OptionalDouble number = probe.number(name);
        return number.isPresent() ? number.getAsDouble() : Double.NaN;
    }

    /** A number of a part of a check; NaN if it was not measured. */
    static double number(Probe.Part part, String name) {
        OptionalDouble number = part.number(name);
        return number.isPresent() ? number.getAsDouble() : Double.NaN;
    }
}
