package dev.auscult.repair.remedy;

import java.util.List;

import dev.auscult.train.spec.SpecEdit.Change;

/** What a treatment changes in the spec of a patient. */
@FunctionalInterface
public interface Edits {
    /** Nothing a spec can say. */
    Edits NONE = patient -> List.of();

    /** The changes, each with its reason, to be made together; empty where the treatment does not apply to this patient. */
    List<Change> of(Patient patient);
}
