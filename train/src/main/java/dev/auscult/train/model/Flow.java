package dev.auscult.train.model;

import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.Tensor;
import org.jspecify.annotations.Nullable;

/** What layers of one forward pass share: its circumstances, and which places of a padded sequence hold a token. */
final class Flow {
    private final Pass pass;
    private @Nullable Tensor present;

    Flow(Pass pass) {
        this.pass = pass;
    }

    Pass pass() {
        return pass;
    }

    Engine engine() {
        return pass.engine();
    }

    boolean training() {
        return pass.training();
    }

    /** Says which places hold a token: 1 or 0 [batch, length], at least one of each row. */
    void present(Tensor places) {
        present = places;
    }

    /** Which places of a sequence [batch, length, units] hold a token; null if all do. */
    @Nullable
    Tensor presentIn(Tensor sequence) {
        Tensor places = present;
        return places != null && places.shape()[1] == sequence.shape()[1] ? places : null;
    }
}
