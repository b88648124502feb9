package dev.auscult.train.torch;

import java.util.Arrays;
import java.util.Locale;

import dev.auscult.train.engine.EngineException;
import org.jspecify.annotations.Nullable;

/** Turns what libtorch throws into one line that names the operation and the shapes. */
final class Calls {
    private Calls() {}

    /** The exception to throw for an operation that failed. */
    static RuntimeException refused(
            RuntimeException failure, String operation, org.bytedeco.pytorch.@Nullable Tensor... operands) {
        if (failure instanceof EngineException) {
            return failure;
        }
        StringBuilder text = new StringBuilder(operation);
        String separator = " of ";
        for (org.bytedeco.pytorch.Tensor operand : operands) {
            if (operand != null) {
                text.append(separator).append(describe(operand));
                separator = ", ";
            }
        }
        return new EngineException(
                text.append(": ").append(reason(failure, operands)).toString(), failure);
    }

    /** Type and shape, such as {@code float32 [32, 10]}. */
    static String describe(org.bytedeco.pytorch.Tensor tensor) {
        if (tensor.isNull()) {
            return "a closed tensor";
        }
        if (!tensor.defined()) {
            return "no tensor";
        }
        return Types.of(tensor.scalar_type()).name().toLowerCase(Locale.ROOT) + " " + Arrays.toString(tensor.shape());
    }

    private static String reason(RuntimeException failure, org.bytedeco.pytorch.@Nullable Tensor[] operands) {
        for (org.bytedeco.pytorch.Tensor operand : operands) {
            if (operand != null && operand.isNull()) {
                return "the tensor is closed";
            }
        }
        String message = failure.getMessage();
        if (message == null || message.isBlank()) {
            return failure.getClass().getSimpleName();
        }
        String first = message.strip().lines().findFirst().orElse("").strip();
        int trace = first.indexOf("Exception raised from");
        return trace > 0 ? first.substring(0, trace).strip() : first;
    }
}
