package dev.auscult.data;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/** Words for what was done to the data. */
final class Story {
    private static final int SHOWN = 6;

    private Story() {}

    /** {@code 1 column}, {@code 1,437 examples}. */
    static String count(long number, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
    }

    /** The first of some names. */
    static String some(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(SHOWN, names.size()))) + (names.size() > SHOWN ? ", …" : "");
    }

    /** {@code 10 classes}, {@code 3 labels}, {@code 1 number}. */
    static String outputs(Task task, int outputs) {
        return switch (task) {
            case CLASSIFICATION -> String.format(Locale.ROOT, "%,d class%s", outputs, outputs == 1 ? "" : "es");
            case MULTI_LABEL -> count(outputs, "label");
            default -> count(outputs, "number");
        };
    }

    /** {@code 1,437 training and 360 validation examples, stratified}. */
    static String parts(Examples train, @Nullable Examples validation, @Nullable Examples test, String how) {
        String sizes = validation == null
                ? count(train.size(), "training example")
                : String.format(
                        Locale.ROOT, "%,d training and %,d validation examples", train.size(), validation.size());
        return sizes + ", " + how + (test == null ? "" : "; " + count(test.size(), "test example"));
    }
}
