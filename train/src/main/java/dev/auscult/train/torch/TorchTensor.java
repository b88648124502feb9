package dev.auscult.train.torch;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;

import dev.auscult.train.engine.DType;
import dev.auscult.train.engine.EngineException;
import dev.auscult.train.engine.GradientHook;
import dev.auscult.train.engine.Tensor;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.global.torch;

/** A tensor of libtorch. */
@SuppressWarnings("try") // scopes are opened for what their end does
final class TorchTensor implements Tensor {
    private final TorchEngine engine;
    private final org.bytedeco.pytorch.Tensor raw;
    private boolean kept;

    TorchTensor(TorchEngine engine, org.bytedeco.pytorch.Tensor raw) {
        this.engine = engine;
        this.raw = raw;
    }

    /** The tensor of libtorch inside one of ours. */
    static org.bytedeco.pytorch.Tensor raw(Tensor tensor) {
        return ((TorchTensor) tensor).raw;
    }

    // Calls: method references that capture nothing cost no object

    @FunctionalInterface
    private interface Unary {
        org.bytedeco.pytorch.Tensor apply(org.bytedeco.pytorch.Tensor operand);
    }

    @FunctionalInterface
    private interface Binary {
        org.bytedeco.pytorch.Tensor apply(org.bytedeco.pytorch.Tensor first, org.bytedeco.pytorch.Tensor second);
    }

    @FunctionalInterface
    private interface Scaled {
        org.bytedeco.pytorch.Tensor apply(org.bytedeco.pytorch.Tensor operand, Scalar number);
    }

    @FunctionalInterface
    private interface Along {
        org.bytedeco.pytorch.Tensor apply(org.bytedeco.pytorch.Tensor operand, long axis);
    }

    private Tensor unary(String name, Unary operation) {
        try {
            return new TorchTensor(engine, operation.apply(raw));
        } catch (RuntimeException e) {
            throw Calls.refused(e, name, raw);
        }
    }

    private Tensor binary(String name, Binary operation, Tensor other) {
        org.bytedeco.pytorch.Tensor second = raw(other);
        try {
            return new TorchTensor(engine, operation.apply(raw, second));
        } catch (RuntimeException e) {
            throw Calls.refused(e, name, raw, second);
        }
    }

    private Tensor scaled(String name, Scaled operation, double number) {
        try {
            return new TorchTensor(engine, operation.apply(raw, engine.scalars.of(number, raw)));
        } catch (RuntimeException e) {
            throw Calls.refused(e, name, raw);
        }
    }

    private Tensor along(String name, Along operation, long axis) {
        try {
            return new TorchTensor(engine, operation.apply(raw, axis));
        } catch (RuntimeException e) {
            throw Calls.refused(e, name, raw);
        }
    }

    private Tensor unaryInPlace(String name, Unary operation) {
        try {
            operation.apply(raw);
            return this;
        } catch (RuntimeException e) {
            throw Calls.refused(e, name, raw);
        }
    }

    private Tensor binaryInPlace(String name, Binary operation, Tensor other) {
        org.bytedeco.pytorch.Tensor second = raw(other);
        try {
            operation.apply(raw, second);
            return this;
        } catch (RuntimeException e) {
            throw Calls.refused(e, name, raw, second);
        }
    }

    private Tensor scaledInPlace(String name, Scaled operation, double number) {
        try {
            operation.apply(raw, engine.scalars.of(number, raw));
            return this;
        } catch (RuntimeException e) {
            throw Calls.refused(e, name, raw);
        }
    }

    // What it is

    @Override
    public long[] shape() {
        try {
            return raw.shape();
        } catch (RuntimeException e) {
            throw Calls.refused(e, "shape", raw);
        }
    }

    @Override
    public DType type() {
        try {
            return Types.of(raw.scalar_type());
        } catch (RuntimeException e) {
            throw Calls.refused(e, "type", raw);
        }
    }

    @Override
    public long count() {
        try {
            return raw.numel();
        } catch (RuntimeException e) {
            throw Calls.refused(e, "count", raw);
        }
    }

    // Its numbers

    @Override
    public double item() {
        try {
            return raw.item_double();
        } catch (RuntimeException e) {
            throw Calls.refused(e, "item", raw);
        }
    }

    @Override
    public float[] toFloats() {
        try (PointerScope scope = new PointerScope()) {
            org.bytedeco.pytorch.Tensor plain = plain(torch.ScalarType.Float);
            float[] values = new float[Math.toIntExact(plain.numel())];
            if (values.length > 0) {
                plain.data_ptr_float().get(values);
            }
            return values;
        } catch (RuntimeException e) {
            throw Calls.refused(e, "toFloats", raw);
        }
    }

    @Override
    public double[] toDoubles() {
        try (PointerScope scope = new PointerScope()) {
            org.bytedeco.pytorch.Tensor plain = plain(torch.ScalarType.Double);
            double[] values = new double[Math.toIntExact(plain.numel())];
            if (values.length > 0) {
                plain.data_ptr_double().get(values);
            }
            return values;
        } catch (RuntimeException e) {
            throw Calls.refused(e, "toDoubles", raw);
        }
    }

    @Override
    public long[] toLongs() {
        try (PointerScope scope = new PointerScope()) {
            org.bytedeco.pytorch.Tensor plain = plain(torch.ScalarType.Long);
            long[] values = new long[Math.toIntExact(plain.numel())];
            if (values.length > 0) {
                plain.data_ptr_long().get(values);
            }
            return values;
        } catch (RuntimeException e) {
            throw Calls.refused(e, "toLongs", raw);
        }
    }

    /** The elements in row-major order on the CPU. */
    private org.bytedeco.pytorch.Tensor plain(torch.ScalarType type) {
        org.bytedeco.pytorch.Tensor detached = raw.detach();
        if (!detached.is_cpu() || detached.scalar_type().value != type.value) {
            detached = detached.to(engine.host, type);
        }
        return detached.contiguous();
    }

    @Override
    public Optional<FloatBuffer> view() {
        try {
            if (!plainly(torch.ScalarType.Float) || raw.numel() > Integer.MAX_VALUE / Float.BYTES) {
                return Optional.empty();
            }
            long count = raw.numel();
            if (count == 0) {
                return Optional.of(FloatBuffer.allocate(0));
            }
            return Optional.of(raw.data_ptr_float().capacity(count).asBuffer());
        } catch (RuntimeException e) {
            throw Calls.refused(e, "view", raw);
        }
    }

    /** Whether the elements of this type lie on the CPU in row-major order. */
    private boolean plainly(torch.ScalarType type) {
        return raw.scalar_type().value == type.value && raw.is_cpu() && raw.is_contiguous();
    }

    @Override
    public void copyFrom(float[] values) {
        try {
            if (plainly(torch.ScalarType.Float)) {
                int count = Math.toIntExact(raw.numel());
                engine.check(values.length, count);
                if (count > 0) {
                    raw.data_ptr_float().put(values, 0, count);
                }
            } else {
                try (PointerScope scope = new PointerScope()) {
                    overwrite(raw(engine.of(values, raw.shape())));
                }
            }
        } catch (RuntimeException e) {
            throw Calls.refused(e, "copyFrom", raw);
        }
    }

    @Override
    public void copyFrom(double[] values) {
        try {
            if (plainly(torch.ScalarType.Double)) {
                int count = Math.toIntExact(raw.numel());
                engine.check(values.length, count);
                if (count > 0) {
                    raw.data_ptr_double().put(values, 0, count);
                }
            } else {
                try (PointerScope scope = new PointerScope()) {
                    overwrite(raw(engine.of(values, raw.shape())));
                }
            }
        } catch (RuntimeException e) {
            throw Calls.refused(e, "copyFrom", raw);
        }
    }

    @Override
    public void copyFrom(long[] values) {
        try {
            if (plainly(torch.ScalarType.Long)) {
                int count = Math.toIntExact(raw.numel());
                engine.check(values.length, count);
                if (count > 0) {
                    raw.data_ptr_long().put(values, 0, count);
                }
            } else {
                try (PointerScope scope = new PointerScope()) {
                    overwrite(raw(engine.of(values, raw.shape())));
                }
            }
        } catch (RuntimeException e) {
            throw Calls.refused(e, "copyFrom", raw);
        }
    }

    @Override
    public void copyFrom(Tensor other) {
        org.bytedeco.pytorch.Tensor source = raw(other);
        try (PointerScope scope = new PointerScope()) {
            if (!Arrays.equals(raw.shape(), source.shape())) {
                throw new IllegalArgumentException("the shapes differ");
            }
            overwrite(source);
        } catch (RuntimeException e) {
            throw Calls.refused(e, "copyFrom", raw, source);
        }
    }

    /** To overwrite is no step of the computation: no gradient follows it, even into a parameter. */
    private void overwrite(org.bytedeco.pytorch.Tensor source) {
        raw.detach().copy_(source.detach());
    }

    // Gradients

    @Override
    public boolean requiresGradient() {
        try {
            return raw.requires_grad();
        } catch (RuntimeException e) {
            throw Calls.refused(e, "requiresGradient", raw);
        }
    }

    @Override
    public Tensor requiresGradient(boolean wanted) {
        try {
            raw.set_requires_grad(wanted);
            return this;
        } catch (RuntimeException e) {
            throw Calls.refused(e, "requiresGradient", raw);
        }
    }

    @Override
    public Optional<Tensor> gradient() {
        try {
            // Unlike grad(), this does not warn on stderr about tensors that are no leaves.
            org.bytedeco.pytorch.Tensor gradient = raw.mutable_grad();
            // A handle of its own: the reference would change under the holder when the gradient is cleared.
            return gradient.defined()
                    ? Optional.of(new TorchTensor(engine, new org.bytedeco.pytorch.Tensor(gradient)))
                    : Optional.empty();
        } catch (RuntimeException e) {
            throw Calls.refused(e, "gradient", raw);
        }
    }

    @Override
    public void retainGradient() {
        try {
            raw.retain_grad();
        } catch (RuntimeException e) {
            throw Calls.refused(e, "retainGradient", raw);
        }
    }

    @Override
    public void clearGradient() {
        try {
            raw.mutable_grad().reset();
        } catch (RuntimeException e) {
            throw Calls.refused(e, "clearGradient", raw);
        }
    }

    @Override
    public void setGradient(Tensor gradient) {
        org.bytedeco.pytorch.Tensor given = raw(gradient);
        try {
            if (!Arrays.equals(raw.shape(), given.shape())) {
                throw new IllegalArgumentException("the shapes differ");
            }
            raw.mutable_grad().put(given);
        } catch (RuntimeException e) {
            throw Calls.refused(e, "setGradient", raw, given);
        }
    }

    @Override
    public void onGradient(GradientHook hook) {
        try {
            engine.hold(new Hook(engine, raw, hook));
        } catch (RuntimeException e) {
            throw Calls.refused(e, "onGradient", raw);
        }
    }

    @Override
    public void backward() {
        try {
            raw.backward();
        } catch (RuntimeException e) {
            throw engine.backwardFailed(e, raw);
        }
    }

    @Override
    public void backward(Tensor gradient, boolean keepGraph) {
        org.bytedeco.pytorch.Tensor start = raw(gradient);
        try (BoolOptional keep = new BoolOptional(keepGraph);
                TensorArrayRefOptional leaves = new TensorArrayRefOptional()) {
            raw.backward(start, keep, false, leaves);
        } catch (RuntimeException e) {
            throw engine.backwardFailed(e, raw, start);
        }
    }

    @Override
    public Tensor detach() {
        return unary("detach", r -> r.detach());
    }

    // Lifetime

    @Override
    public Tensor keep() {
        if (raw.isNull()) {
            throw new EngineException("keep: the tensor is closed");
        }
        if (!kept) {
            Natives.lasting(raw);
            kept = true;
        }
        return this;
    }

    @Override
    public void close() {
        raw.deallocate();
    }

    // Arithmetic

    @Override
    public Tensor add(Tensor other) {
        return binary("add", (r, o) -> r.add(o), other);
    }

    @Override
    public Tensor add(double number) {
        return scaled("add", (r, n) -> r.add(n), number);
    }

    @Override
    public Tensor sub(Tensor other) {
        return binary("sub", (r, o) -> r.sub(o), other);
    }

    @Override
    public Tensor mul(Tensor other) {
        return binary("mul", (r, o) -> r.mul(o), other);
    }

    @Override
    public Tensor mul(double number) {
        return scaled("mul", (r, n) -> r.mul(n), number);
    }

    @Override
    public Tensor div(Tensor other) {
        return binary("div", (r, o) -> r.div(o), other);
    }

    @Override
    public Tensor div(double number) {
        return scaled("div", (r, n) -> r.div(n), number);
    }

    @Override
    public Tensor neg() {
        return unary("neg", r -> r.neg());
    }

    @Override
    public Tensor pow(double exponent) {
        return scaled("pow", (r, n) -> r.pow(n), exponent);
    }

    @Override
    public Tensor sqrt() {
        return unary("sqrt", r -> r.sqrt());
    }

    @Override
    public Tensor exp() {
        return unary("exp", r -> r.exp());
    }

    @Override
    public Tensor log() {
        return unary("log", r -> r.log());
    }

    @Override
    public Tensor abs() {
        return unary("abs", r -> r.abs());
    }

    @Override
    public Tensor sign() {
        return unary("sign", r -> r.sign());
    }

    @Override
    public Tensor clamp(double low, double high) {
        try (ScalarOptional least = new ScalarOptional(engine.scalars.of(low, raw));
                ScalarOptional most = new ScalarOptional(engine.scalars.of(high, raw))) {
            return new TorchTensor(engine, raw.clamp(least, most));
        } catch (RuntimeException e) {
            throw Calls.refused(e, "clamp", raw);
        }
    }

    @Override
    public Tensor maximum(Tensor other) {
        return binary("maximum", torch::maximum, other);
    }

    @Override
    public Tensor minimum(Tensor other) {
        return binary("minimum", torch::minimum, other);
    }

    @Override
    public Tensor matmul(Tensor other) {
        return binary("matmul", (r, o) -> r.matmul(o), other);
    }

    // Comparisons

    @Override
    public Tensor equalTo(Tensor other) {
        return binary("equalTo", (r, o) -> r.eq(o), other);
    }

    @Override
    public Tensor equalTo(double number) {
        return scaled("equalTo", (r, n) -> r.eq(n), number);
    }

    @Override
    public Tensor greaterThan(Tensor other) {
        return binary("greaterThan", (r, o) -> r.gt(o), other);
    }

    @Override
    public Tensor greaterThan(double number) {
        return scaled("greaterThan", (r, n) -> r.gt(n), number);
    }

    @Override
    public Tensor isFinite() {
        return unary("isFinite", torch::isfinite);
    }

    // Shape

    @Override
    public Tensor reshape(long... shape) {
        try {
            return new TorchTensor(engine, raw.reshape(shape));
        } catch (RuntimeException e) {
            throw Calls.refused(e, "reshape to " + Arrays.toString(shape), raw);
        }
    }

    @Override
    public Tensor transpose(int first, int second) {
        try {
            return new TorchTensor(engine, raw.transpose(first, second));
        } catch (RuntimeException e) {
            throw Calls.refused(e, "transpose", raw);
        }
    }

    @Override
    public Tensor permute(int... axes) {
        try {
            return new TorchTensor(engine, raw.permute(longs(axes)));
        } catch (RuntimeException e) {
            throw Calls.refused(e, "permute to " + Arrays.toString(axes), raw);
        }
    }

    @Override
    public Tensor squeeze(int axis) {
        return along("squeeze", (r, a) -> r.squeeze(a), axis);
    }

    @Override
    public Tensor unsqueeze(int axis) {
        return along("unsqueeze", (r, a) -> r.unsqueeze(a), axis);
    }

    @Override
    public Tensor expand(long... shape) {
        try {
            return new TorchTensor(engine, raw.expand(shape));
        } catch (RuntimeException e) {
            throw Calls.refused(e, "expand to " + Arrays.toString(shape), raw);
        }
    }

    @Override
    public Tensor narrow(int axis, long start, long length) {
        try {
            return new TorchTensor(engine, raw.narrow(axis, start, length));
        } catch (RuntimeException e) {
            throw Calls.refused(e, "narrow", raw);
        }
    }

    @Override
    public Tensor select(int axis, long index) {
        try {
            return new TorchTensor(engine, raw.select(axis, index));
        } catch (RuntimeException e) {
            throw Calls.refused(e, "select", raw);
        }
    }

    @Override
    public Tensor indexSelect(int axis, Tensor indices) {
        org.bytedeco.pytorch.Tensor chosen = raw(indices);
        try {
            return new TorchTensor(engine, raw.index_select(axis, chosen));
        } catch (RuntimeException e) {
            throw Calls.refused(e, "indexSelect", raw, chosen);
        }
    }

    @Override
    public Tensor gather(int axis, Tensor indices) {
        org.bytedeco.pytorch.Tensor chosen = raw(indices);
        try {
            return new TorchTensor(engine, raw.gather(axis, chosen));
        } catch (RuntimeException e) {
            throw Calls.refused(e, "gather", raw, chosen);
        }
    }

    @Override
    public Tensor contiguous() {
        return unary("contiguous", r -> r.contiguous());
    }

    @Override
    public Tensor copy() {
        return unary("copy", org.bytedeco.pytorch.Tensor::clone);
    }

    @Override
    public Tensor to(DType type) {
        try {
            return new TorchTensor(engine, raw.to(Types.scalar(type)));
        } catch (RuntimeException e) {
            throw Calls.refused(e, "to " + type, raw);
        }
    }

    // Reductions

    @Override
    public Tensor sum() {
        return unary("sum", r -> r.sum());
    }

    @Override
    public Tensor sum(boolean keepAxes, int... axes) {
        try {
            return new TorchTensor(engine, raw.sum(longs(axes), keepAxes, engine.sameType));
        } catch (RuntimeException e) {
            throw Calls.refused(e, "sum over " + Arrays.toString(axes), raw);
        }
    }

    @Override
    public Tensor mean() {
        return unary("mean", r -> r.mean());
    }

    @Override
    public Tensor mean(boolean keepAxes, int... axes) {
        try {
            return new TorchTensor(engine, raw.mean(longs(axes), keepAxes, engine.sameType));
        } catch (RuntimeException e) {
            throw Calls.refused(e, "mean over " + Arrays.toString(axes), raw);
        }
    }

    @Override
    public Tensor max() {
        return unary("max", r -> r.max());
    }

    @Override
    public Tensor min() {
        return unary("min", r -> r.min());
    }

    @Override
    public Tensor max(int axis) {
        try (T_TensorTensor_T valuesAndIndices = raw.max(axis, false)) {
            return new TorchTensor(engine, new org.bytedeco.pytorch.Tensor(valuesAndIndices.get0()));
        } catch (RuntimeException e) {
            throw Calls.refused(e, "max", raw);
        }
    }

    @Override
    public Tensor argmax(int axis) {
        try (LongOptional along = new LongOptional(axis)) {
            return new TorchTensor(engine, raw.argmax(along, false));
        } catch (RuntimeException e) {
            throw Calls.refused(e, "argmax", raw);
        }
    }

    @Override
    public Tensor norm() {
        return unary("norm", r -> r.norm());
    }

    @Override
    public Tensor cumsum(int axis) {
        return along("cumsum", (r, a) -> r.cumsum(a), axis);
    }

    private static long[] longs(int[] numbers) {
        long[] longs = new long[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            longs[i] = numbers[i];
        }
        return longs;
    }

    // Activations

    @Override
    public Tensor relu() {
        return unary("relu", r -> r.relu());
    }

    @Override
    public Tensor leakyRelu(double negativeSlope) {
        return scaled("leakyRelu", torch::leaky_relu, negativeSlope);
    }

    @Override
    public Tensor elu(double alpha) {
        try {
            Scalar one = engine.scalars.number(1);
            return new TorchTensor(engine, torch.elu(raw, engine.scalars.number(alpha), one, one));
        } catch (RuntimeException e) {
            throw Calls.refused(e, "elu", raw);
        }
    }

    @Override
    public Tensor selu() {
        return unary("selu", torch::selu);
    }

    @Override
    public Tensor gelu() {
        return unary("gelu", torch::gelu);
    }

    @Override
    public Tensor silu() {
        return unary("silu", torch::silu);
    }

    @Override
    public Tensor tanh() {
        return unary("tanh", r -> r.tanh());
    }

    @Override
    public Tensor sigmoid() {
        return unary("sigmoid", r -> r.sigmoid());
    }

    @Override
    public Tensor softplus() {
        return unary("softplus", torch::softplus);
    }

    @Override
    public Tensor softmax(int axis) {
        return along("softmax", (r, a) -> r.softmax(a), axis);
    }

    @Override
    public Tensor logSoftmax(int axis) {
        return along("logSoftmax", (r, a) -> r.log_softmax(a), axis);
    }

    // In place

    @Override
    public Tensor zeroInPlace() {
        return unaryInPlace("zeroInPlace", r -> r.zero_());
    }

    @Override
    public Tensor fillInPlace(double number) {
        return scaledInPlace("fillInPlace", (r, n) -> r.fill_(n), number);
    }

    @Override
    public Tensor addInPlace(Tensor other) {
        return binaryInPlace("addInPlace", (r, o) -> r.add_(o), other);
    }

    @Override
    public Tensor addInPlace(Tensor other, double scale) {
        org.bytedeco.pytorch.Tensor second = raw(other);
        try {
            raw.add_(second, engine.scalars.of(scale, raw));
            return this;
        } catch (RuntimeException e) {
            throw Calls.refused(e, "addInPlace", raw, second);
        }
    }

    @Override
    public Tensor addInPlace(double number) {
        return scaledInPlace("addInPlace", (r, n) -> r.add_(n), number);
    }

    @Override
    public Tensor subInPlace(Tensor other) {
        return binaryInPlace("subInPlace", (r, o) -> r.sub_(o), other);
    }

    @Override
    public Tensor mulInPlace(double number) {
        return scaledInPlace("mulInPlace", (r, n) -> r.mul_(n), number);
    }

    @Override
    public Tensor mulInPlace(Tensor other) {
        return binaryInPlace("mulInPlace", (r, o) -> r.mul_(o), other);
    }

    @Override
    public Tensor divInPlace(Tensor other) {
        return binaryInPlace("divInPlace", (r, o) -> r.div_(o), other);
    }

    @Override
    public Tensor divInPlace(double number) {
        return scaledInPlace("divInPlace", (r, n) -> r.div_(n), number);
    }

    @Override
    public Tensor addProductInPlace(Tensor first, Tensor second, double scale) {
        org.bytedeco.pytorch.Tensor a = raw(first);
        org.bytedeco.pytorch.Tensor b = raw(second);
        try {
            raw.addcmul_(a, b, engine.scalars.of(scale, raw));
            return this;
        } catch (RuntimeException e) {
            throw Calls.refused(e, "addProductInPlace", raw, a, b);
        }
    }

    @Override
    public Tensor addQuotientInPlace(Tensor numerator, Tensor denominator, double scale) {
        org.bytedeco.pytorch.Tensor a = raw(numerator);
        org.bytedeco.pytorch.Tensor b = raw(denominator);
        try {
            raw.addcdiv_(a, b, engine.scalars.of(scale, raw));
            return this;
        } catch (RuntimeException e) {
            throw Calls.refused(e, "addQuotientInPlace", raw, a, b);
        }
    }

    @Override
    public Tensor lerpInPlace(Tensor end, double weight) {
        org.bytedeco.pytorch.Tensor second = raw(end);
        try {
            raw.lerp_(second, engine.scalars.number(weight));
            return this;
        } catch (RuntimeException e) {
            throw Calls.refused(e, "lerpInPlace", raw, second);
        }
    }

    @Override
    public Tensor sqrtInPlace() {
        return unaryInPlace("sqrtInPlace", r -> r.sqrt_());
    }

    @Override
    public Tensor clampInPlace(double low, double high) {
        try (ScalarOptional least = new ScalarOptional(engine.scalars.of(low, raw));
                ScalarOptional most = new ScalarOptional(engine.scalars.of(high, raw))) {
            raw.clamp_(least, most);
            return this;
        } catch (RuntimeException e) {
            throw Calls.refused(e, "clampInPlace", raw);
        }
    }

    @Override
    public Tensor maximumInPlace(Tensor other) {
        return binaryInPlace("maximumInPlace", (r, o) -> torch.maximum_out(r, r, o), other);
    }

    @Override
    public String toString() {
        return Calls.describe(raw);
    }
}
