package dev.auscult.train.torch;

import dev.auscult.train.engine.GradientHook;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.VoidTensorHook;

/** Hands a gradient over from the backward pass, which may run in a thread of libtorch. */
@SuppressWarnings("try") // scopes are opened for what their end does
final class Hook extends VoidTensorHook {
    private final TorchEngine engine;
    private final GradientHook listener;
    private final org.bytedeco.pytorch.Tensor tensor;
    private final int place;

    /** Listens to a tensor, of which it takes a handle of its own, since the tensor may be closed before it. */
    Hook(TorchEngine engine, org.bytedeco.pytorch.Tensor heard, GradientHook listener) {
        this.engine = engine;
        this.listener = listener;
        Natives.lasting(this);
        this.tensor = Natives.lasting(new org.bytedeco.pytorch.Tensor(heard));
        this.place = heard.register_hook(this);
    }

    @Override
    public void call(TensorBase gradient) {
        try (PointerScope scope = new PointerScope()) {
            listener.gradient(new TorchTensor(engine, new org.bytedeco.pytorch.Tensor(gradient)));
        } catch (RuntimeException | Error e) {
            engine.hookFailed(e);
            throw e;
        }
    }

    void remove() {
        tensor.remove_hook(place);
        tensor.deallocate();
        deallocate();
    }
}
