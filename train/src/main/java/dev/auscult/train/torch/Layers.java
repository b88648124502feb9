package dev.auscult.train.torch;

import dev.auscult.train.engine.Recurrent;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** The layers of libtorch, with the optional parts and tuples that its functions want. */
@SuppressWarnings("try") // scopes are opened for what their end does
final class Layers {
    private static final long[] ONE = {1};
    private static final long[] ONE_ONE = {1, 1};

    private Layers() {}

    static @Nullable Tensor rawOrNull(dev.auscult.train.engine.@Nullable Tensor tensor) {
        return tensor == null ? null : TorchTensor.raw(tensor);
    }

    static TensorOptional optional(@Nullable Tensor tensor) {
        return tensor == null ? new TensorOptional() : new TensorOptional(tensor);
    }

    static Tensor conv1d(
            Tensor input, Tensor weight, @Nullable Tensor bias, long stride, long padding, long dilation, long groups) {
        try (TensorOptional maybeBias = optional(bias)) {
            return torch.conv1d(
                    input, weight, maybeBias, new long[] {stride}, new long[] {padding}, new long[] {dilation}, groups);
        }
    }

    static Tensor conv2d(
            Tensor input,
            Tensor weight,
            @Nullable Tensor bias,
            long[] stride,
            long[] padding,
            long[] dilation,
            long groups) {
        try (TensorOptional maybeBias = optional(bias)) {
            return torch.conv2d(input, weight, maybeBias, stride, padding, dilation, groups);
        }
    }

    static Tensor maxPool(Tensor input, long[] kernel, long[] stride, long[] padding) {
        return kernel.length == 1
                ? torch.max_pool1d(input, kernel, stride, padding, ONE, false)
                : torch.max_pool2d(input, kernel, stride, padding, ONE_ONE, false);
    }

    static Tensor averagePool(Tensor input, long[] kernel, long[] stride, long[] padding) {
        if (kernel.length == 1) {
            return torch.avg_pool1d(input, kernel, stride, padding, false, false);
        }
        try (LongOptional divisor = new LongOptional()) {
            return torch.avg_pool2d(input, kernel, stride, padding, false, false, divisor);
        }
    }

    static Tensor batchNorm(
            Tensor input,
            @Nullable Tensor weight,
            @Nullable Tensor bias,
            Tensor runningMean,
            Tensor runningVariance,
            boolean training,
            double momentum,
            double epsilon) {
        try (TensorOptional maybeWeight = optional(weight);
                TensorOptional maybeBias = optional(bias);
                TensorOptional mean = new TensorOptional(runningMean);
                TensorOptional variance = new TensorOptional(runningVariance)) {
            return torch.batch_norm(input, maybeWeight, maybeBias, mean, variance, training, momentum, epsilon, false);
        }
    }

    static Tensor layerNorm(
            Tensor input, long[] shape, @Nullable Tensor weight, @Nullable Tensor bias, double epsilon) {
        try (TensorOptional maybeWeight = optional(weight);
                TensorOptional maybeBias = optional(bias)) {
            return torch.layer_norm(input, shape, maybeWeight, maybeBias, epsilon, false);
        }
    }

    /** Outputs and the last hidden state. */
    static Tensor[] recurrent(Recurrent kind, Tensor input, TensorVector parameters, boolean bidirectional) {
        long perDirection = 4;
        int directions = bidirectional ? 2 : 1;
        if (parameters.size() != perDirection * directions) {
            throw new IllegalArgumentException(
                    "wanted " + perDirection * directions + " parameters, found " + parameters.size());
        }
        if (input.dim() != 3) {
            throw new IllegalArgumentException("wanted an input [batch, time, features]");
        }
        long hidden = parameters.get(1).size(1);
        Tensor[] results;
        try (PointerScope scope = new PointerScope()) {
            Tensor start = torch.zeros(new long[] {directions, input.size(0), hidden}, input.options());
            if (kind == Recurrent.LSTM) {
                TensorVector states = new TensorVector();
                states.push_back(start);
                states.push_back(start);
                T_TensorTensorTensor_T found =
                        torch.lstm(input, states, parameters, true, 1, 0, true, bidirectional, true);
                results = new Tensor[] {lasting(found.get0()), lasting(found.get1())};
            } else {
                T_TensorTensor_T found = kind == Recurrent.GRU
                        ? torch.gru(input, start, parameters, true, 1, 0, true, bidirectional, true)
                        : torch.rnn_tanh(input, start, parameters, true, 1, 0, true, bidirectional, true);
                results = new Tensor[] {lasting(found.get0()), lasting(found.get1())};
            }
        }
        for (Tensor result : results) {
            Natives.adopted(result);
        }
        return results;
    }

    /** A handle of its own for a part of a tuple, which dies with the tuple. */
    private static Tensor lasting(Tensor part) {
        return Natives.lasting(new Tensor(part));
    }

    static Tensor attention(Tensor query, Tensor key, Tensor value, @Nullable Tensor mask, boolean causal) {
        if (mask == null && !causal) {
            return torch.scaled_dot_product_attention(query, key, value);
        }
        try (TensorOptional maybeMask = optional(mask);
                DoubleOptional scale = new DoubleOptional()) {
            return torch.scaled_dot_product_attention(query, key, value, maybeMask, 0, causal, scale, false);
        }
    }
}
