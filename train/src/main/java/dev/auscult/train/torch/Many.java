package dev.auscult.train.torch;

import java.util.List;

import dev.auscult.train.engine.Tensor;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.IValue;
import org.jspecify.annotations.Nullable;

/** Operations on many tensors at once. */
@SuppressWarnings("try") // scopes are opened for what their end does
final class Many implements AutoCloseable {
    private @Nullable Operator unscale;
    private @Nullable TensorGroup group;

    /** One norm after the other: to list the tensors for {@code _foreach_norm} costs more than it saves. */
    static double globalNorm(List<Tensor> tensors) {
        double squares = 0;
        for (Tensor tensor : tensors) {
            try (org.bytedeco.pytorch.Tensor norm = TorchTensor.raw(tensor).norm()) {
                double number = norm.item_double();
                squares += number * number;
            }
        }
        return Math.sqrt(squares);
    }

    /** The operator of PyTorch's GradScaler: multiplies and looks for what is not finite in one pass. */
    boolean unscale(TorchEngine engine, List<Tensor> gradients, double inverseScale) {
        if (unscale == null) {
            unscale = new Operator("_amp_foreach_non_finite_check_and_unscale_", "");
        }
        if (group == null) {
            group = new TensorGroup();
        }
        Operator operator = unscale;
        TensorGroup list = group;
        try (PointerScope scope = new PointerScope()) {
            for (Tensor gradient : gradients) {
                list.add(TorchTensor.raw(gradient));
            }
            org.bytedeco.pytorch.Tensor found = TorchTensor.raw(engine.full(0, 1));
            org.bytedeco.pytorch.Tensor factor = TorchTensor.raw(engine.full(inverseScale, 1));
            operator.with(list.value())
                    .with(new IValue(found))
                    .with(new IValue(factor))
                    .call();
            operator.done();
            return found.item_double() != 0;
        } finally {
            list.clear();
        }
    }

    @Override
    public void close() {
        if (unscale != null) {
            unscale.close();
        }
        if (group != null) {
            group.close();
        }
    }
}
