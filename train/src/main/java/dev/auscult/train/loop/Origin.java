package dev.auscult.train.loop;

import java.util.List;

import dev.auscult.data.DataFingerprint;
import dev.auscult.data.error.DataException;
import dev.auscult.train.checkpoint.State;
import dev.auscult.train.spec.Spec;
import dev.auscult.train.spec.SpecDifference;
import dev.auscult.train.spec.SpecException;
import dev.auscult.train.spec.SpecFile;
import dev.auscult.train.spec.SpecWriter;

/**
 * What a checkpoint was made from, spec and data, so that a training goes on with the same or says what is not.
 *
 * @param spec the spec as YAML, complete
 * @param data {@linkplain DataFingerprint fingerprint} of the data
 */
record Origin(String spec, String data) {
    private static final String SPEC = "origin/spec";
    private static final String DATA = "origin/data";

    /** Keys that may change between, or beginnings of such keys; all others would make it another training. */
    private static final List<String> FREE = List.of(
            "name",
            "training.epochs",
            "training.evaluate-every",
            "training.evaluate-batch",
            "training.checkpoint-every",
            "record.",
            "policy.");

    static Origin of(Setup setup) {
        return new Origin(SpecWriter.write(setup.spec()), DataFingerprint.of(setup.data()));
    }

    void save(State state) {
        state.put(SPEC, spec);
        state.put(DATA, data);
    }

    /**
     * What differs from a checkpoint without making it another training.
     *
     * @param now the spec in force
     * @throws SpecException if the spec was changed where it must not
     * @throws DataException if the data are others
     */
    List<SpecDifference> changesSince(State checkpoint, Spec now) {
        Spec before = SpecFile.parse("the checkpoint", checkpoint.text(SPEC).orElse(""), now.name(), List.of());
        List<SpecDifference> changes = SpecDifference.between(before, now);
        List<String> refused = changes.stream()
                .filter(change -> FREE.stream().noneMatch(change.key()::startsWith))
                .map(change -> "spec.yaml was changed since the checkpoint: " + change
                        + "; change it back, or begin anew with auscult train")
                .toList();
        if (!refused.isEmpty()) {
            throw new SpecException(refused);
        }
        String then = checkpoint.text(DATA).orElse("");
        if (!then.equals(data)) {
            throw new DataException("the data are not those of the checkpoint: found " + data + ", wanted " + then
                    + "; put them back, or begin anew with auscult train");
        }
        return changes;
    }
}
