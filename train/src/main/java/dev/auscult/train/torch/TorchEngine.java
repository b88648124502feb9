package dev.auscult.train.torch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import dev.auscult.train.engine.AdamKernel;
import dev.auscult.train.engine.DType;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.EngineException;
import dev.auscult.train.engine.RandomSource;
import dev.auscult.train.engine.Recurrent;
import dev.auscult.train.engine.Reduction;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.ScriptModule;
import dev.auscult.train.engine.Tensor;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** The engine on libtorch, on the CPU or on a graphics card with CUDA. */
@SuppressWarnings("try") // scopes are opened for what their end does
public final class TorchEngine implements Engine {
    private static final String VERSION = "2.10.0";

    private final int threads;
    private final boolean cuda;
    private final Device place;
    private final DeviceOptional somewhere;
    private final Map<DType, TensorOptions> options = new EnumMap<>(DType.class);
    private final Map<DType, TensorOptions> hostOptions = new EnumMap<>(DType.class);
    private final MemoryFormatOptional anyFormat;
    private final List<Pointer> owned = new ArrayList<>();
    private @Nullable TorchScope current;
    private @Nullable Throwable hookFailure;

    private final Many many = new Many();

    final Scalars scalars = new Scalars();
    final Device host;
    final ScalarTypeOptional sameType;

    private TorchEngine(boolean cuda, int threads) {
        this.cuda = cuda;
        this.threads = threads;
        host = own(new Device("cpu"));
        place = cuda ? own(new Device("cuda:0")) : host;
        somewhere = own(new DeviceOptional(place));
        sameType = own(new ScalarTypeOptional());
        anyFormat = own(new MemoryFormatOptional());
        try (PointerScope scope = new PointerScope()) {
            DeviceOptional atHome = new DeviceOptional(host);
            for (DType type : DType.values()) {
                TensorOptions plain = new TensorOptions(Types.scalar(type));
                options.put(type, own(plain.device(somewhere)));
                hostOptions.put(type, own(plain.device(atHome)));
            }
        }
    }

    /**
     * Starts libtorch.
     *
     * @param device {@code cpu}, {@code cuda}, or {@code auto}: cuda if there is one
     * @param threads that one operation may use, for the whole process: the last engine that is opened decides
     */
    public static TorchEngine open(String device, int threads) {
        if (threads < 1) {
            throw new EngineException("threads must be at least 1, found " + threads);
        }
        Natives.start(threads);
        boolean cuda = switch (device) {
            case "cpu" -> false;
            case "auto" -> torch.cuda_is_available();
            case "cuda" -> {
                if (!torch.cuda_is_available()) {
                    throw new EngineException(
                            torch.hasCUDA()
                                    ? "device cuda: there is none that CUDA can use; ask for cpu or auto"
                                    : "device cuda: this build has no CUDA; build it with mvn -Pgpu, or ask for cpu");
                }
                yield true;
            }
            default -> throw new EngineException("device " + device + ": not one of cpu, cuda, auto");
        };
        return new TorchEngine(cuda, threads);
    }

    @Override
    public String description() {
        return String.format(
                Locale.ROOT,
                "libtorch %s, %s, %d %s",
                VERSION,
                cuda ? "CUDA device 0" : "CPU",
                threads,
                threads == 1 ? "thread" : "threads");
    }

    @Override
    public String device() {
        return cuda ? "cuda:0" : "cpu";
    }

    @Override
    public int threads() {
        return threads;
    }

    private <P extends Pointer> P own(P pointer) {
        owned.add(Natives.lasting(pointer));
        return pointer;
    }

    // Lifetimes and modes

    @Override
    public Scope scope() {
        TorchScope scope = new TorchScope(this, current);
        current = scope;
        return scope;
    }

    void left(@Nullable TorchScope outer) {
        current = outer;
    }

    void hold(Hook hook) {
        if (current == null) {
            hook.remove();
            throw new EngineException("a hook needs an open scope, which keeps it alive");
        }
        current.hold(hook);
    }

    void hookFailed(Throwable failure) {
        hookFailure = failure;
    }

    /** The exception to throw for a backward pass that failed: a hook's own exception comes through as it was. */
    RuntimeException backwardFailed(RuntimeException failure, org.bytedeco.pytorch.Tensor... operands) {
        Throwable hooks = hookFailure;
        hookFailure = null;
        if (hooks instanceof Error error) {
            throw error;
        }
        return hooks instanceof RuntimeException own ? own : Calls.refused(failure, "backward", operands);
    }

    @Override
    public Scope withoutGradients() {
        boolean before = GradMode.is_enabled();
        GradMode.set_enabled(false);
        return () -> GradMode.set_enabled(before);
    }

    @Override
    public Scope autocast(DType type) {
        torch.DeviceType kind = cuda ? torch.DeviceType.CUDA : torch.DeviceType.CPU;
        boolean before = torch.is_autocast_enabled(kind);
        torch.ScalarType typeBefore = torch.get_autocast_dtype(kind);
        boolean wanted = switch (type) {
            case FLOAT32 -> false;
            case FLOAT16, BFLOAT16 -> true;
            case FLOAT64, INT64, BOOL ->
                throw new EngineException("autocast: wanted FLOAT16, BFLOAT16 or FLOAT32, found " + type);
        };
        torch.set_autocast_enabled(kind, wanted);
        if (wanted) {
            torch.set_autocast_dtype(kind, Types.scalar(type));
        }
        torch.increment_nesting();
        return () -> {
            // Weights that were cast are remembered; after an update they would be old ones.
            if (torch.decrement_nesting() == 0) {
                torch.clear_cache();
            }
            torch.set_autocast_enabled(kind, before);
            torch.set_autocast_dtype(kind, typeBefore);
        };
    }

    // Tensors

    private TensorOptions options(DType type) {
        return Objects.requireNonNull(options.get(type));
    }

    private Tensor wrap(org.bytedeco.pytorch.Tensor raw) {
        return new TorchTensor(this, raw);
    }

    private static org.bytedeco.pytorch.Tensor raw(Tensor tensor) {
        return TorchTensor.raw(tensor);
    }

    @Override
    public Tensor zeros(DType type, long... shape) {
        try {
            return wrap(torch.zeros(shape, options(type)));
        } catch (RuntimeException e) {
            throw Calls.refused(e, "zeros");
        }
    }

    @Override
    public Tensor ones(DType type, long... shape) {
        try {
            return wrap(torch.ones(shape, options(type)));
        } catch (RuntimeException e) {
            throw Calls.refused(e, "ones");
        }
    }

    @Override
    public Tensor full(double number, long... shape) {
        try {
            return wrap(torch.full(shape, scalars.number(number), options(DType.FLOAT32)));
        } catch (RuntimeException e) {
            throw Calls.refused(e, "full");
        }
    }

    @Override
    public Tensor of(float[] values, long... shape) {
        try {
            org.bytedeco.pytorch.Tensor made = blank(DType.FLOAT32, values.length, shape);
            int count = (int) made.numel();
            if (count > 0) {
                made.data_ptr_float().put(values, 0, count);
            }
            return wrap(placed(made));
        } catch (RuntimeException e) {
            throw Calls.refused(e, "of");
        }
    }

    @Override
    public Tensor of(double[] values, long... shape) {
        try {
            org.bytedeco.pytorch.Tensor made = blank(DType.FLOAT64, values.length, shape);
            int count = (int) made.numel();
            if (count > 0) {
                made.data_ptr_double().put(values, 0, count);
            }
            return wrap(placed(made));
        } catch (RuntimeException e) {
            throw Calls.refused(e, "of");
        }
    }

    @Override
    public Tensor of(long[] values, long... shape) {
        try {
            org.bytedeco.pytorch.Tensor made = blank(DType.INT64, values.length, shape);
            int count = (int) made.numel();
            if (count > 0) {
                made.data_ptr_long().put(values, 0, count);
            }
            return wrap(placed(made));
        } catch (RuntimeException e) {
            throw Calls.refused(e, "of");
        }
    }

    /** An uninitialised tensor on the CPU. */
    private org.bytedeco.pytorch.Tensor blank(DType type, long available, long[] shape) {
        long count = 1;
        for (long extent : shape) {
            count = Math.multiplyExact(count, extent);
        }
        check(available, count);
        return torch.empty(shape, Objects.requireNonNull(hostOptions.get(type)), anyFormat);
    }

    void check(long available, long wanted) {
        if (available < wanted) {
            throw new EngineException("a tensor of " + wanted + " elements cannot be filled from " + available);
        }
    }

    /** The tensor on this engine's device. */
    org.bytedeco.pytorch.Tensor placed(org.bytedeco.pytorch.Tensor made) {
        if (!cuda) {
            return made;
        }
        try (made) {
            return made.to(place, made.scalar_type());
        }
    }

    /** An uninitialised float32 tensor on the CPU. */
    org.bytedeco.pytorch.Tensor blank(long[] shape) {
        return torch.empty(shape, Objects.requireNonNull(hostOptions.get(DType.FLOAT32)), anyFormat);
    }

    @Override
    public Tensor range(long count) {
        try {
            return wrap(torch.arange(scalars.number((double) count), options(DType.INT64)));
        } catch (RuntimeException e) {
            throw Calls.refused(e, "range");
        }
    }

    @Override
    public Tensor identity(long size) {
        try {
            return wrap(torch.eye(size, options(DType.FLOAT32)));
        } catch (RuntimeException e) {
            throw Calls.refused(e, "identity");
        }
    }

    /** A list as libtorch takes it, to be closed. */
    private static TensorVector vector(List<Tensor> tensors) {
        TensorVector vector = new TensorVector();
        for (Tensor tensor : tensors) {
            vector.push_back(raw(tensor));
        }
        return vector;
    }

    private static org.bytedeco.pytorch.Tensor[] raws(List<Tensor> tensors) {
        return tensors.stream().map(TorchTensor::raw).toArray(org.bytedeco.pytorch.Tensor[]::new);
    }

    @Override
    public Tensor cat(List<Tensor> tensors, int axis) {
        try (TensorVector parts = vector(tensors)) {
            return wrap(torch.cat(parts, axis));
        } catch (RuntimeException e) {
            throw Calls.refused(e, "cat", raws(tensors));
        }
    }

    @Override
    public Tensor stack(List<Tensor> tensors, int axis) {
        try (TensorVector parts = vector(tensors)) {
            return wrap(torch.stack(parts, axis));
        } catch (RuntimeException e) {
            throw Calls.refused(e, "stack", raws(tensors));
        }
    }

    @Override
    public Tensor where(Tensor condition, Tensor yes, Tensor no) {
        try {
            return wrap(torch.where(raw(condition), raw(yes), raw(no)));
        } catch (RuntimeException e) {
            throw Calls.refused(e, "where", raw(condition), raw(yes), raw(no));
        }
    }

    @Override
    public Tensor orthonormal(Tensor matrix) {
        org.bytedeco.pytorch.Tensor kept;
        try (PointerScope scope = new PointerScope()) {
            T_TensorTensor_T factors = torch.linalg_qr(raw(matrix));
            // With the diagonal of R made positive the factor is unique, and uniform for a normal matrix.
            org.bytedeco.pytorch.Tensor half = torch.full(new long[0], scalars.number(0.5), options(DType.FLOAT32));
            org.bytedeco.pytorch.Tensor signs =
                    factors.get1().diagonal().sign().add(half).sign();
            kept = Natives.lasting(factors.get0().mul(signs));
        } catch (RuntimeException e) {
            throw Calls.refused(e, "orthonormal", raw(matrix));
        }
        return wrap(Natives.adopted(kept));
    }

    @Override
    public RandomSource random(long seed) {
        try {
            return new TorchRandom(this, seed);
        } catch (RuntimeException e) {
            throw Calls.refused(e, "random");
        }
    }

    @Override
    public List<Tensor> gradients(Tensor output, List<Tensor> inputs, boolean createGraph) {
        try (TensorVector outputs = new TensorVector(raw(output));
                TensorVector leaves = vector(inputs);
                TensorVector ones = new TensorVector();
                BoolOptional keep = new BoolOptional(createGraph);
                TensorVector found = torch.grad(outputs, leaves, ones, keep, createGraph, true)) {
            List<Tensor> gradients = new ArrayList<>(inputs.size());
            for (int i = 0; i < inputs.size(); i++) {
                org.bytedeco.pytorch.Tensor gradient = found.get(i);
                // What the output does not depend on has gradient zero.
                gradients.add(wrap(
                        gradient.defined()
                                ? new org.bytedeco.pytorch.Tensor(gradient)
                                : torch.zeros_like(raw(inputs.get(i)))));
            }
            return gradients;
        } catch (RuntimeException e) {
            throw backwardFailed(e, raw(output));
        }
    }

    // Layers

    @Override
    public Tensor linear(Tensor input, Tensor weight, @Nullable Tensor bias) {
        try {
            return wrap(
                    bias == null
                            ? torch.linear(raw(input), raw(weight))
                            : torch.linear(raw(input), raw(weight), raw(bias)));
        } catch (RuntimeException e) {
            throw Calls.refused(e, "linear", raw(input), raw(weight), Layers.rawOrNull(bias));
        }
    }

    @Override
    public Tensor conv1d(
            Tensor input, Tensor weight, @Nullable Tensor bias, long stride, long padding, long dilation, long groups) {
        try {
            return wrap(
                    Layers.conv1d(raw(input), raw(weight), Layers.rawOrNull(bias), stride, padding, dilation, groups));
        } catch (RuntimeException e) {
            throw Calls.refused(e, "conv1d", raw(input), raw(weight), Layers.rawOrNull(bias));
        }
    }

    @Override
    public Tensor conv2d(
            Tensor input,
            Tensor weight,
            @Nullable Tensor bias,
            long[] stride,
            long[] padding,
            long[] dilation,
            long groups) {
        try {
            return wrap(
                    Layers.conv2d(raw(input), raw(weight), Layers.rawOrNull(bias), stride, padding, dilation, groups));
        } catch (RuntimeException e) {
            throw Calls.refused(e, "conv2d", raw(input), raw(weight), Layers.rawOrNull(bias));
        }
    }

    @Override
    public Tensor maxPool(Tensor input, long[] kernel, long[] stride, long[] padding) {
        try {
            return wrap(Layers.maxPool(raw(input), kernel, stride, padding));
        } catch (RuntimeException e) {
            throw Calls.refused(e, "maxPool", raw(input));
        }
    }

    @Override
    public Tensor averagePool(Tensor input, long[] kernel, long[] stride, long[] padding) {
        try {
            return wrap(Layers.averagePool(raw(input), kernel, stride, padding));
        } catch (RuntimeException e) {
            throw Calls.refused(e, "averagePool", raw(input));
        }
    }

    @Override
    public Tensor batchNorm(
            Tensor input,
            @Nullable Tensor weight,
            @Nullable Tensor bias,
            Tensor runningMean,
            Tensor runningVariance,
            boolean training,
            double momentum,
            double epsilon) {
        try {
            long[] shape = raw(input).shape();
            if (training && shape.length > 1 && raw(input).numel() == shape[1]) {
                throw new EngineException("batch normalisation got one value per channel, of which there is no spread;"
                        + " set training.drop-last: true or another training.batch-size");
            }
            return wrap(Layers.batchNorm(
                    raw(input),
                    Layers.rawOrNull(weight),
                    Layers.rawOrNull(bias),
                    raw(runningMean),
                    raw(runningVariance),
                    training,
                    momentum,
                    epsilon));
        } catch (RuntimeException e) {
            throw Calls.refused(e, "batchNorm", raw(input), raw(runningMean), raw(runningVariance));
        }
    }

    @Override
    public Tensor layerNorm(
            Tensor input, long[] shape, @Nullable Tensor weight, @Nullable Tensor bias, double epsilon) {
        try {
            return wrap(Layers.layerNorm(raw(input), shape, Layers.rawOrNull(weight), Layers.rawOrNull(bias), epsilon));
        } catch (RuntimeException e) {
            throw Calls.refused(e, "layerNorm", raw(input), Layers.rawOrNull(weight));
        }
    }

    @Override
    public Tensor embedding(Tensor weight, Tensor tokens, long padding) {
        try {
            return wrap(torch.embedding(raw(weight), raw(tokens), padding, false, false));
        } catch (RuntimeException e) {
            throw Calls.refused(e, "embedding", raw(weight), raw(tokens));
        }
    }

    @Override
    public List<Tensor> recurrent(Recurrent kind, Tensor input, List<Tensor> parameters, boolean bidirectional) {
        try (TensorVector weights = vector(parameters)) {
            org.bytedeco.pytorch.Tensor[] results = Layers.recurrent(kind, raw(input), weights, bidirectional);
            return List.of(wrap(results[0]), wrap(results[1]));
        } catch (RuntimeException e) {
            throw Calls.refused(e, kind.name().toLowerCase(Locale.ROOT), raw(input));
        }
    }

    @Override
    public Tensor attention(Tensor query, Tensor key, Tensor value, @Nullable Tensor mask, boolean causal) {
        try {
            return wrap(Layers.attention(raw(query), raw(key), raw(value), Layers.rawOrNull(mask), causal));
        } catch (RuntimeException e) {
            throw Calls.refused(e, "attention", raw(query), raw(key), raw(value), Layers.rawOrNull(mask));
        }
    }

    // Losses

    @Override
    public Tensor crossEntropy(
            Tensor logits,
            Tensor target,
            @Nullable Tensor weights,
            long ignore,
            double labelSmoothing,
            Reduction reduction) {
        try {
            return wrap(Losses.crossEntropy(
                    raw(logits), raw(target), Layers.rawOrNull(weights), ignore, labelSmoothing, reduction));
        } catch (RuntimeException e) {
            throw Calls.refused(e, "crossEntropy", raw(logits), raw(target), Layers.rawOrNull(weights));
        }
    }

    @Override
    public Tensor binaryCrossEntropyWithLogits(
            Tensor logits, Tensor target, @Nullable Tensor positiveWeights, Reduction reduction) {
        try {
            return wrap(Losses.binaryCrossEntropyWithLogits(
                    raw(logits), raw(target), Layers.rawOrNull(positiveWeights), reduction));
        } catch (RuntimeException e) {
            throw Calls.refused(
                    e, "binaryCrossEntropyWithLogits", raw(logits), raw(target), Layers.rawOrNull(positiveWeights));
        }
    }

    @Override
    public Tensor meanSquaredError(Tensor output, Tensor target, Reduction reduction) {
        try {
            return wrap(
                    torch.mse_loss(raw(output), Losses.sameShape(raw(output), raw(target)), Losses.code(reduction)));
        } catch (RuntimeException e) {
            throw Calls.refused(e, "meanSquaredError", raw(output), raw(target));
        }
    }

    @Override
    public Tensor meanAbsoluteError(Tensor output, Tensor target, Reduction reduction) {
        try {
            return wrap(torch.l1_loss(raw(output), Losses.sameShape(raw(output), raw(target)), Losses.code(reduction)));
        } catch (RuntimeException e) {
            throw Calls.refused(e, "meanAbsoluteError", raw(output), raw(target));
        }
    }

    @Override
    public Tensor huber(Tensor output, Tensor target, double delta, Reduction reduction) {
        try {
            return wrap(torch.huber_loss(
                    raw(output), Losses.sameShape(raw(output), raw(target)), Losses.code(reduction), delta));
        } catch (RuntimeException e) {
            throw Calls.refused(e, "huber", raw(output), raw(target));
        }
    }

    // Many tensors at once

    @Override
    public double globalNorm(List<Tensor> tensors) {
        try {
            return Many.globalNorm(tensors);
        } catch (RuntimeException e) {
            throw Calls.refused(e, "globalNorm", raws(tensors));
        }
    }

    @Override
    public boolean unscale(List<Tensor> gradients, double inverseScale) {
        try {
            return many.unscale(this, gradients, inverseScale);
        } catch (RuntimeException e) {
            throw Calls.refused(e, "unscale", raws(gradients));
        }
    }

    @Override
    public AdamKernel adam(List<Tensor> parameters, List<Tensor> means, List<Tensor> squares, boolean decoupledDecay) {
        try {
            return new TorchAdamKernel(this, parameters, means, squares, decoupledDecay);
        } catch (RuntimeException e) {
            throw Calls.refused(e, "adam", raws(parameters));
        }
    }

    @Override
    public void seedScripts(long seed) {
        try {
            torch.manual_seed(seed);
        } catch (RuntimeException e) {
            throw Calls.refused(e, "seedScripts");
        }
    }

    @Override
    public ScriptModule script(Path file) {
        try {
            return TorchScriptModule.read(this, file, somewhere);
        } catch (RuntimeException e) {
            throw Calls.refused(e, "script " + file);
        }
    }

    @Override
    public long availableMemory() {
        return cuda ? -1 : Pointer.availablePhysicalBytes();
    }

    @Override
    public void close() {
        many.close();
        scalars.close();
        owned.forEach(Pointer::deallocate);
        owned.clear();
    }
}
