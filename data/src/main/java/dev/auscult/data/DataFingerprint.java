package dev.auscult.data;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Tells whether prepared data are those of before: the number of examples of each split and a checksum of their prepared
 * inputs and targets. Of more than 4,096 examples in a split as many, evenly spaced, are looked at.
 */
public final class DataFingerprint {
    private static final int MOST_EXAMPLES = 4096;

    private DataFingerprint() {}

    /** The fingerprint for people and for comparison: {@code 1,437 training, 360 validation, 0 test examples (9a3f06c1)}. */
    public static String of(PreparedData data) {
        CRC32C sum = new CRC32C();
        add(sum, data.train());
        data.validation().ifPresent(examples -> add(sum, examples));
        data.test().ifPresent(examples -> add(sum, examples));
        return String.format(
                Locale.ROOT,
                "%,d training, %,d validation, %,d test examples (%08x)",
                data.train().size(),
                size(data.validation()),
                size(data.test()),
                sum.getValue());
    }

    private static int size(Optional<Examples> examples) {
        return examples.map(Examples::size).orElse(0);
    }

    private static void add(CRC32C sum, Examples examples) {
        Inputs inputs = examples.inputs();
        int elements = inputs.elements();
        float[] numbers = new float[inputs.tokens() ? 0 : elements];
        long[] tokens = new long[inputs.tokens() ? elements : 0];
        ByteBuffer bytes = ByteBuffer.allocate(inputs.tokens() ? 8 * elements : 4 * elements);
        int size = examples.size();
        int looked = Math.min(size, MOST_EXAMPLES);
        for (int i = 0; i < looked; i++) {
            int index = (int) ((long) i * size / looked);
            if (inputs.tokens()) {
                inputs.readTokens(index, tokens, 0);
                bytes.asLongBuffer().put(tokens);
            } else {
                inputs.read(index, numbers, 0);
                bytes.asFloatBuffer().put(numbers);
            }
            sum.update(bytes.array());
            add(sum, examples.target(), index);
        }
    }

    private static void add(CRC32C sum, Target target, int index) {
        switch (target.task()) {
            case CLASSIFICATION -> addBits(sum, target.classOf(index));
            case REGRESSION, MULTI_LABEL -> {
                for (int output = 0; output < target.outputs(); output++) {
                    addBits(sum, Float.floatToRawIntBits(target.value(index, output)));
                }
            }
            case LANGUAGE_MODEL -> {
                // The targets are the inputs, one token later.
            }
        }
    }

    private static void addBits(CRC32C sum, int bits) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            sum.update(bits >>> shift & 0xff);
        }
    }
}
