package dev.auscult.repair.remedy;

import java.util.ArrayList;
import java.util.List;

import dev.auscult.train.spec.SpecEdit.Change;

/** Gathers changes that belong together; those of one kind are explained once, by the first. */
final class Changes {
    private final List<Change> changes = new ArrayList<>();
    private String said = "";

    Changes set(String key, String value, String why) {
        changes.add(new Change(key, value, why.equals(said) ? "" : why));
        said = why;
        return this;
    }

    Changes set(boolean needed, String key, String value, String why) {
        return needed ? set(key, value, why) : this;
    }

    Changes addAll(List<Change> more) {
        changes.addAll(more);
        return this;
    }

    boolean isEmpty() {
        return changes.isEmpty();
    }

    List<Change> list() {
        return List.copyOf(changes);
    }

    static List<Change> one(String key, String value, String why) {
        return List.of(new Change(key, value, why));
    }
}
