package dev.auscult.intake.tensorboard;

import java.util.function.BiConsumer;

import dev.auscult.intake.protobuf.MalformedMessageException;
import dev.auscult.intake.protobuf.ProtoCursor;

/**
 * Reads the settings that the hparams plugin keeps (TensorBoard: {@code plugins/hparams/plugin_data.proto}):
 * HParamsPluginData.session_start_info = 3, SessionStartInfo.hparams = 1, a map from string to google.protobuf.Value.
 */
final class HyperParameters {
    private static final int SESSION_START = 3 << 3 | ProtoCursor.BYTES;
    private static final int ENTRY = 1 << 3 | ProtoCursor.BYTES;
    private static final int NAME = 1 << 3 | ProtoCursor.BYTES;
    private static final int VALUE = 2 << 3 | ProtoCursor.BYTES;
    private static final int NUMBER = 2 << 3 | ProtoCursor.FIXED64;
    private static final int TEXT = 3 << 3 | ProtoCursor.BYTES;
    private static final int TRUTH = 4 << 3 | ProtoCursor.VARINT;

    private HyperParameters() {}

    /** Reads an HParamsPluginData that ends at {@code end}. */
    static void read(ProtoCursor in, int end, BiConsumer<String, String> settings) throws MalformedMessageException {
        while (in.before(end)) {
            int key = in.key();
            if (key != SESSION_START) {
                in.skip(key);
                continue;
            }
            int sessionEnd = in.inside();
            while (in.before(sessionEnd)) {
                int field = in.key();
                if (field == ENTRY) {
                    entry(in, settings);
                } else {
                    in.skip(field);
                }
            }
        }
    }

    private static void entry(ProtoCursor in, BiConsumer<String, String> settings) throws MalformedMessageException {
        int end = in.inside();
        String name = "";
        String value = "";
        while (in.before(end)) {
            int key = in.key();
            switch (key) {
                case NAME -> name = in.text();
                case VALUE -> value = value(in);
                default -> in.skip(key);
            }
        }
        if (!name.isEmpty() && !value.isEmpty()) {
            settings.accept(name, value);
        }
    }

    private static String value(ProtoCursor in) throws MalformedMessageException {
        int end = in.inside();
        String value = "";
        while (in.before(end)) {
            int key = in.key();
            switch (key) {
                case NUMBER -> value = number(in.float64());
                case TEXT -> value = in.text();
                case TRUTH -> value = Boolean.toString(in.varint() != 0);
                default -> in.skip(key);
            }
        }
        return value;
    }

    /** The plugin keeps every number as a double: 32.0 was written as 32. */
    private static String number(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return whole ? Long.toString((long) value) : Double.toString(value);
    }
}
