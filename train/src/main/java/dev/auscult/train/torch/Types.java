package dev.auscult.train.torch;

import dev.auscult.train.engine.DType;
import dev.auscult.train.engine.EngineException;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Our element types beside those of torch. */
final class Types {
    private Types() {}

    static ScalarType scalar(DType type) {
        return switch (type) {
            case FLOAT32 -> ScalarType.Float;
            case FLOAT64 -> ScalarType.Double;
            case FLOAT16 -> ScalarType.Half;
            case BFLOAT16 -> ScalarType.BFloat16;
            case INT64 -> ScalarType.Long;
            case BOOL -> ScalarType.Bool;
        };
    }

    static DType of(ScalarType scalar) {
        byte value = scalar.value;
        for (DType type : DType.values()) {
            if (scalar(type).value == value) {
                return type;
            }
        }
        throw new EngineException("the element type " + scalar + " of libtorch has no equal here");
    }
}
