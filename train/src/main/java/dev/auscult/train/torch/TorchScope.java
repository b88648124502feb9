package dev.auscult.train.torch;

import java.util.ArrayList;
import java.util.List;

import dev.auscult.train.engine.Scope;
import org.bytedeco.javacpp.PointerScope;
import org.jspecify.annotations.Nullable;

/** A stretch of work whose native objects are freed together, and whose hooks live as long. */
final class TorchScope implements Scope {
    private final TorchEngine engine;
    private final @Nullable TorchScope outer;
    private final PointerScope pointers;
    private @Nullable List<Hook> hooks;

    TorchScope(TorchEngine engine, @Nullable TorchScope outer) {
        this.engine = engine;
        this.outer = outer;
        this.pointers = new PointerScope();
    }

    /** A hook that nobody holds is collected and fails the backward pass. */
    void hold(Hook hook) {
        if (hooks == null) {
            hooks = new ArrayList<>();
        }
        hooks.add(hook);
    }

    @Override
    public void close() {
        if (hooks != null) {
            hooks.forEach(Hook::remove);
            hooks = null;
        }
        pointers.close();
        engine.left(outer);
    }
}
