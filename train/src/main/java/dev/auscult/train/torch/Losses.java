package dev.auscult.train.torch;

import java.util.Arrays;

import dev.auscult.train.engine.Reduction;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** The losses of libtorch. */
final class Losses {
    private Losses() {}

    /** at::Reduction of libtorch. */
    static long code(Reduction reduction) {
        return switch (reduction) {
            case NONE -> 0;
            case MEAN -> 1;
            case SUM -> 2;
        };
    }

    /** The target, if its shape is that of the output: broadcasting would give a loss that means nothing. */
    static Tensor sameShape(Tensor output, Tensor target) {
        if (!Arrays.equals(output.shape(), target.shape())) {
            throw new IllegalArgumentException("output and target must have the same shape");
        }
        return target;
    }

    static Tensor crossEntropy(
            Tensor logits,
            Tensor target,
            @Nullable Tensor weights,
            long ignore,
            double labelSmoothing,
            Reduction reduction) {
        try (TensorOptional maybeWeights = Layers.optional(weights)) {
            return torch.cross_entropy_loss(logits, target, maybeWeights, code(reduction), ignore, labelSmoothing);
        }
    }

    static Tensor binaryCrossEntropyWithLogits(
            Tensor logits, Tensor target, @Nullable Tensor positiveWeights, Reduction reduction) {
        try (TensorOptional examples = new TensorOptional();
                TensorOptional maybePositive = Layers.optional(positiveWeights)) {
            return torch.binary_cross_entropy_with_logits(
                    logits, sameShape(logits, target), examples, maybePositive, code(reduction));
        }
    }
}
