package dev.auscult.train.engine;

import java.nio.FloatBuffer;
import java.util.Optional;

/**
 * An array of numbers on a device that knows where it came from, so that gradients can flow back to it.
 *
 * <p>Methods give new tensors, which die with the {@link Scope} of {@link Engine#scope} that is open; those that end in
 * {@code InPlace} change this one and give it back. Shapes follow the rules of broadcasting. Every method throws
 * {@link EngineException} if the shapes or types do not fit.
 */
public interface Tensor extends AutoCloseable {
    // What it is

    long[] shape();

    DType type();

    /** Number of elements. */
    long count();

    // Its numbers

    /** The only element of a tensor of one element. */
    double item();

    /** A copy of the elements in row-major order, as float32. */
    float[] toFloats();

    /** A copy of the elements in row-major order, as float64. */
    double[] toDoubles();

    /** A copy of the elements in row-major order, as integers. */
    long[] toLongs();

    /**
     * The elements of a contiguous float32 tensor on the CPU without a copy; empty for any other. The view must not be
     * used after this tensor is closed or its scope ends.
     */
    Optional<FloatBuffer> view();

    /** Overwrites the elements in row-major order; {@code values} may be longer than the tensor. */
    void copyFrom(float[] values);

    /** Overwrites the elements in row-major order; {@code values} may be longer than the tensor. */
    void copyFrom(double[] values);

    /** Overwrites the elements in row-major order; {@code values} may be longer than the tensor. */
    void copyFrom(long[] values);

    /** Overwrites the elements with those of a tensor of the same shape. */
    void copyFrom(Tensor other);

    // Gradients

    boolean requiresGradient();

    /** Asks for a gradient of this leaf, or stops asking. */
    Tensor requiresGradient(boolean wanted);

    /** The gradient that backward passes have gathered; empty if there is none. */
    Optional<Tensor> gradient();

    /** Keeps the gradient of a tensor that is not a leaf, for {@link #gradient}. */
    void retainGradient();

    /** Forgets the gradient. */
    void clearGradient();

    /** Replaces the gradient. */
    void setGradient(Tensor gradient);

    /** Calls the hook when the gradient of this tensor is known; the engine keeps the hook alive until the scope ends. */
    void onGradient(GradientHook hook);

    /** Lets gradients flow from this tensor of one element to all leaves. */
    void backward();

    /** The same with a gradient to start from, and optionally keeps the graph for another pass. */
    void backward(Tensor gradient, boolean keepGraph);

    /** The same elements, from which no gradient flows. */
    Tensor detach();

    // Lifetime

    /** Lets this tensor outlive the scope that is open; it is then to be closed by hand. */
    Tensor keep();

    @Override
    void close();

    // Arithmetic

    Tensor add(Tensor other);

    Tensor add(double number);

    Tensor sub(Tensor other);

    Tensor mul(Tensor other);

    Tensor mul(double number);

    Tensor div(Tensor other);

    Tensor div(double number);

    Tensor neg();

    Tensor pow(double exponent);

    Tensor sqrt();

    Tensor exp();

    Tensor log();

    Tensor abs();

    Tensor sign();

    Tensor clamp(double low, double high);

    Tensor maximum(Tensor other);

    Tensor minimum(Tensor other);

    Tensor matmul(Tensor other);

    // Comparisons, which give BOOL

    Tensor equalTo(Tensor other);

    Tensor equalTo(double number);

    Tensor greaterThan(Tensor other);

    Tensor greaterThan(double number);

    Tensor isFinite();

    // Shape

    Tensor reshape(long... shape);

    Tensor transpose(int first, int second);

    Tensor permute(int... axes);

    Tensor squeeze(int axis);

    Tensor unsqueeze(int axis);

    Tensor expand(long... shape);

    /** The part from start (inclusive) of the given length along an axis. */
    Tensor narrow(int axis, long start, long length);

    /** One index along an axis, which disappears. */
    Tensor select(int axis, long index);

    /** The given indices (INT64 [n]) along an axis. */
    Tensor indexSelect(int axis, Tensor indices);

    /** The elements that INT64 indices of the same rank point to along an axis. */
    Tensor gather(int axis, Tensor indices);

    Tensor contiguous();

    Tensor copy();

    Tensor to(DType type);

    // Reductions

    Tensor sum();

    Tensor sum(boolean keepAxes, int... axes);

    Tensor mean();

    Tensor mean(boolean keepAxes, int... axes);

    Tensor max();

    Tensor min();

    /** Largest element along an axis. */
    Tensor max(int axis);

    /** INT64 index of the largest element along an axis. */
    Tensor argmax(int axis);

    /** Square root of the sum of squares of all elements. */
    Tensor norm();

    Tensor cumsum(int axis);

    // Activations

    Tensor relu();

    Tensor leakyRelu(double negativeSlope);

    Tensor elu(double alpha);

    Tensor selu();

    Tensor gelu();

    Tensor silu();

    Tensor tanh();

    Tensor sigmoid();

    Tensor softplus();

    Tensor softmax(int axis);

    Tensor logSoftmax(int axis);

    // In place

    Tensor zeroInPlace();

    Tensor fillInPlace(double number);

    Tensor addInPlace(Tensor other);

    /** this + scale · other. */
    Tensor addInPlace(Tensor other, double scale);

    Tensor addInPlace(double number);

    Tensor subInPlace(Tensor other);

    Tensor mulInPlace(double number);

    Tensor mulInPlace(Tensor other);

    Tensor divInPlace(Tensor other);

    Tensor divInPlace(double number);

    /** this + scale · first · second. */
    Tensor addProductInPlace(Tensor first, Tensor second, double scale);

    /** this + scale · numerator / denominator. */
    Tensor addQuotientInPlace(Tensor numerator, Tensor denominator, double scale);

    /** this + weight · (end − this). */
    Tensor lerpInPlace(Tensor end, double weight);

    Tensor sqrtInPlace();

    Tensor clampInPlace(double low, double high);

    Tensor maximumInPlace(Tensor other);
}
