package dev.auscult.train.engine;

import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What computes: makes tensors, runs the operations of networks on them, and follows gradients.
 *
 * <p>An engine is used by one thread at a time, but several engines may run side by side in threads of their own.
 * Operations throw {@link EngineException} if shapes or types do not fit.
 */
public interface Engine extends AutoCloseable {
    /** Engine, version and device, for people: {@code libtorch 2.10.0, CPU, 1 thread}. */
    String description();

    /** {@code cpu} or {@code cuda:0}. */
    String device();

    /** Threads that one operation may use. */
    int threads();

    // Lifetimes and modes

    /** Everything made from here on dies when the scope is closed, but for what was kept. */
    Scope scope();

    /** No gradients are followed until the scope is closed. */
    Scope withoutGradients();

    /** Matrix products and convolutions run in the given type until the scope is closed; FLOAT32 switches it off. */
    Scope autocast(DType type);

    // Tensors

    Tensor zeros(DType type, long... shape);

    Tensor ones(DType type, long... shape);

    Tensor full(double number, long... shape);

    /** A float32 tensor with a copy of the first elements, as many as the shape has. */
    Tensor of(float[] values, long... shape);

    /** A float64 tensor with a copy of the first elements, as many as the shape has. */
    Tensor of(double[] values, long... shape);

    /** An INT64 tensor with a copy of the first elements, as many as the shape has. */
    Tensor of(long[] values, long... shape);

    /** 0, 1, …, count − 1 as INT64. */
    Tensor range(long count);

    Tensor identity(long size);

    Tensor cat(List<Tensor> tensors, int axis);

    Tensor stack(List<Tensor> tensors, int axis);

    /** Elements of {@code yes} where the BOOL condition holds, else of {@code no}. */
    Tensor where(Tensor condition, Tensor yes, Tensor no);

    /**
     * An orthonormal matrix from the QR decomposition of a float32 matrix with at least as many rows as columns, with the
     * signs that make the diagonal of R positive, so that it is unique.
     */
    Tensor orthonormal(Tensor matrix);

    /** A stream of random numbers with its own seed. */
    RandomSource random(long seed);

    /** Gradients of a scalar output by the inputs; with {@code createGraph} they can be differentiated again. */
    List<Tensor> gradients(Tensor output, List<Tensor> inputs, boolean createGraph);

    // Layers

    /** input [batch…, in] · weightᵀ [out, in] + bias [out]. */
    Tensor linear(Tensor input, Tensor weight, @Nullable Tensor bias);

    /** input [batch, in, length], weight [out, in / groups, kernel]. */
    Tensor conv1d(
            Tensor input, Tensor weight, @Nullable Tensor bias, long stride, long padding, long dilation, long groups);

    /** input [batch, in, height, width], weight [out, in / groups, kernel height, kernel width]; two numbers each. */
    Tensor conv2d(
            Tensor input,
            Tensor weight,
            @Nullable Tensor bias,
            long[] stride,
            long[] padding,
            long[] dilation,
            long groups);

    /** Largest of each window; one number for sequences [batch, channels, length], two for images. */
    Tensor maxPool(Tensor input, long[] kernel, long[] stride, long[] padding);

    /** Mean of each window; one number for sequences, two for images; padding does not count. */
    Tensor averagePool(Tensor input, long[] kernel, long[] stride, long[] padding);

    /**
     * Batch normalisation over every axis but the second.
     *
     * @param momentum weight of the new statistics in the running ones, as PyTorch means it
     */
    Tensor batchNorm(
            Tensor input,
            @Nullable Tensor weight,
            @Nullable Tensor bias,
            Tensor runningMean,
            Tensor runningVariance,
            boolean training,
            double momentum,
            double epsilon);

    /** Layer normalisation over the last axes, of the given shape. */
    Tensor layerNorm(Tensor input, long[] shape, @Nullable Tensor weight, @Nullable Tensor bias, double epsilon);

    /** Rows of weight [vocabulary, width] for INT64 tokens of any shape; {@code padding} ≥ 0 gets no gradient. */
    Tensor embedding(Tensor weight, Tensor tokens, long padding);

    /**
     * A recurrent layer over input [batch, time, features].
     *
     * @param parameters for each direction: input weight, hidden weight, input bias, hidden bias, in PyTorch's layout
     * @return outputs [batch, time, hidden × directions] and the last hidden state [directions, batch, hidden]
     */
    List<Tensor> recurrent(Recurrent kind, Tensor input, List<Tensor> parameters, boolean bidirectional);

    /**
     * Scaled dot-product attention of query, key, value [batch, heads, time, width].
     *
     * @param mask added to the scores, broadcast to [batch, heads, time, time]; null for none
     */
    Tensor attention(Tensor query, Tensor key, Tensor value, @Nullable Tensor mask, boolean causal);

    // Losses

    /**
     * Cross-entropy of logits [batch, classes] or [batch, classes, places] with INT64 classes or float probabilities.
     *
     * @param weights weight of each class [classes]; null for equal ones
     * @param ignore class that counts for nothing (−100 by custom)
     */
    Tensor crossEntropy(
            Tensor logits,
            Tensor target,
            @Nullable Tensor weights,
            long ignore,
            double labelSmoothing,
            Reduction reduction);

    Tensor binaryCrossEntropyWithLogits(
            Tensor logits, Tensor target, @Nullable Tensor positiveWeights, Reduction reduction);

    Tensor meanSquaredError(Tensor output, Tensor target, Reduction reduction);

    Tensor meanAbsoluteError(Tensor output, Tensor target, Reduction reduction);

    Tensor huber(Tensor output, Tensor target, double delta, Reduction reduction);

    // Many tensors at once

    /** Square root of the sum of squares over all tensors; NaN or infinite if an element is. */
    double globalNorm(List<Tensor> tensors);

    /** Multiplies the gradients by {@code inverseScale}; whether any element is not finite. */
    boolean unscale(List<Tensor> gradients, double inverseScale);

    /**
     * Adam for all parameters at once, which costs a fraction of the same operation by operation.
     *
     * @param parameters leaves, whose gradients each step reads
     * @param means first moments, one for each parameter, of its shape
     * @param squares second moments
     * @param decoupledDecay whether the weight decay acts on the parameter (AdamW) and not on the gradient
     */
    AdamKernel adam(List<Tensor> parameters, List<Tensor> means, List<Tensor> squares, boolean decoupledDecay);

    /** A network saved as TorchScript. */
    ScriptModule script(Path file);

    /**
     * Seeds the generator from which TorchScript modules draw, on every device. It belongs to the whole process, so that it
     * is to be seeded right before a module draws.
     */
    void seedScripts(long seed);

    /** Bytes of memory that tensors may still take on the device; −1 if unknown. */
    long availableMemory();

    @Override
    void close();
}
