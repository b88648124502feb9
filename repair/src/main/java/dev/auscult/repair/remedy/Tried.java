package dev.auscult.repair.remedy;

import java.util.List;

import dev.auscult.train.spec.Spec;
import dev.auscult.train.spec.SpecEdit;
import dev.auscult.train.spec.SpecEdit.Change;
import dev.auscult.train.spec.SpecException;
import dev.auscult.train.spec.SpecFile;

/**
 * Edits that were made on a copy first: what they give can be made, is a spec, and says something else than before. Whatever
 * else they proposed does not apply.
 */
record Tried(Edits edits) implements Edits {
    /** The same, tried; what no spec can say stays so. */
    static Edits of(Edits edits) {
        return edits == NONE || edits instanceof Tried ? edits : new Tried(edits);
    }

    @Override
    public List<Change> of(Patient patient) {
        List<Change> changes = edits.of(patient);
        if (changes.isEmpty()) {
            return changes;
        }
        try {
            String name = patient.spec().name();
            Spec before = SpecFile.parse("spec", patient.text(), name, List.of());
            Spec after = SpecFile.parse("spec", SpecEdit.apply("spec", patient.text(), changes), name, List.of());
            return after.equals(before) ? List.of() : List.copyOf(changes);
        } catch (SpecException e) {
            // Anchors, an unusual layout, or settings that exclude each other: for a person.
            return List.of();
        }
    }
}
