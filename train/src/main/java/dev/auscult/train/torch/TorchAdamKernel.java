package dev.auscult.train.torch;

import java.util.ArrayList;
import java.util.List;

import dev.auscult.train.engine.AdamKernel;
import dev.auscult.train.engine.EngineException;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Tensor;

/**
 * The fused kernel of libtorch: one pass over each parameter instead of eight operations.
 *
 * <p>The lists of parameters and moments stay as long as the same parameters have a gradient; only the gradients, new
 * ones after each backward pass, are listed every time.
 */
@SuppressWarnings("try") // scopes are opened for what their end does
final class TorchAdamKernel implements AdamKernel {
    private final TorchEngine engine;
    private final List<Tensor> parameters;
    private final List<Tensor> means;
    private final List<Tensor> squares;
    private final boolean[] listed;
    private final Operator operator;
    private final TensorGroup parameterGroup = new TensorGroup();
    private final TensorGroup gradientGroup = new TensorGroup();
    private final TensorGroup meanGroup = new TensorGroup();
    private final TensorGroup squareGroup = new TensorGroup();
    private final TensorGroup stepGroup = new TensorGroup();
    private final TensorGroup noGroup = new TensorGroup();
    private final IValue nothing = Natives.lasting(new IValue());
    private final Tensor count;

    TorchAdamKernel(
            TorchEngine engine,
            List<dev.auscult.train.engine.Tensor> parameters,
            List<dev.auscult.train.engine.Tensor> means,
            List<dev.auscult.train.engine.Tensor> squares,
            boolean decoupledDecay) {
        if (parameters.size() != means.size() || parameters.size() != squares.size()) {
            throw new EngineException("adam: as many parameters, means and squares are needed, found "
                    + parameters.size() + ", " + means.size() + " and " + squares.size());
        }
        this.engine = engine;
        this.parameters = dense(parameters);
        this.means = dense(means);
        this.squares = dense(squares);
        this.listed = new boolean[parameters.size()];
        this.operator = new Operator(decoupledDecay ? "_fused_adamw_" : "_fused_adam_", "");
        this.count = TorchTensor.raw(engine.full(0).keep());
    }

    /** The kernel walks the memory of its operands side by side. */
    private static List<Tensor> dense(List<dev.auscult.train.engine.Tensor> tensors) {
        List<Tensor> raws = new ArrayList<>(tensors.size());
        for (dev.auscult.train.engine.Tensor tensor : tensors) {
            Tensor raw = TorchTensor.raw(tensor);
            if (!raw.is_contiguous()) {
                throw new EngineException("adam: contiguous tensors are needed, found " + Calls.describe(raw));
            }
            raws.add(raw);
        }
        return raws;
    }

    @Override
    public void step(long step, double learningRate, double beta1, double beta2, double epsilon, double weightDecay) {
        boolean followed = GradMode.is_enabled();
        GradMode.set_enabled(false);
        try (PointerScope scope = new PointerScope()) {
            list();
            if (gradientGroup.size() == 0) {
                return;
            }
            count.fill_(engine.scalars.number((double) step));
            operator.with(parameterGroup.value())
                    .with(gradientGroup.value())
                    .with(meanGroup.value())
                    .with(squareGroup.value())
                    .with(noGroup.value())
                    .with(stepGroup.value())
                    .with(learningRate)
                    .with(beta1)
                    .with(beta2)
                    .with(weightDecay)
                    .with(epsilon)
                    .with(false)
                    .with(false)
                    .with(nothing)
                    .with(nothing)
                    .call();
            operator.done();
        } catch (RuntimeException e) {
            throw Calls.refused(e, "adam", parameters.toArray(new Tensor[0]));
        } finally {
            gradientGroup.clear();
            GradMode.set_enabled(followed);
        }
    }

    private void list() {
        boolean same = stepGroup.size() > 0;
        for (int i = 0; i < listed.length; i++) {
            Tensor gradient = parameters.get(i).mutable_grad();
            boolean present = gradient.defined();
            if (present) {
                gradientGroup.add(gradient.is_contiguous() ? gradient : gradient.contiguous());
            }
            same &= present == listed[i];
            listed[i] = present;
        }
        if (same) {
            return;
        }
        parameterGroup.clear();
        meanGroup.clear();
        squareGroup.clear();
        stepGroup.clear();
        for (int i = 0; i < listed.length; i++) {
            if (listed[i]) {
                parameterGroup.add(parameters.get(i));
                meanGroup.add(means.get(i));
                squareGroup.add(squares.get(i));
                stepGroup.add(count);
            }
        }
    }

    @Override
    public void close() {
        for (TensorGroup group : List.of(parameterGroup, gradientGroup, meanGroup, squareGroup, stepGroup, noGroup)) {
            group.close();
        }
        operator.close();
        nothing.deallocate();
        count.deallocate();
    }
}
