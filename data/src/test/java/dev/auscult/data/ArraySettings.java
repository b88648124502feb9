package dev.auscult.data;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Settings for tests of arrays: all at their defaults but for what a test names. */
final class ArraySettings {
    private String target = "";
    private @Nullable String format;
    private @Nullable Task task;
    private @Nullable String group;
    private String normalize = "standard";
    private double divide = 1;
    private String imbalance = "none";
    private String missing = "impute";
    private DataSettings.@Nullable Image image;
    private DataSettings.@Nullable Audio audio;
    private long memory = 1L << 30;

    ArraySettings target(String value) {
        target = value;
        return this;
    }

    ArraySettings format(String value) {
        format = value;
        return this;
    }

    ArraySettings task(Task value) {
        task = value;
        return this;
    }

    ArraySettings group(String value) {
        group = value;
        return this;
    }

    ArraySettings normalize(String value) {
        normalize = value;
        return this;
    }

    ArraySettings divide(double value) {
        normalize = "divide";
        divide = value;
        return this;
    }

    ArraySettings imbalance(String value) {
        imbalance = value;
        return this;
    }

    ArraySettings missing(String value) {
        missing = value;
        return this;
    }

    ArraySettings image(int width, int height, int channels) {
        image = new DataSettings.Image(width, height, channels);
        return this;
    }

    ArraySettings audio(int rate, double seconds, String features, int bands) {
        audio = new DataSettings.Audio(rate, seconds, features, bands);
        return this;
    }

    ArraySettings memory(long bytes) {
        memory = bytes;
        return this;
    }

    DataSettings settings() {
        return new DataSettings(
                "train",
                null,
                format,
                target.isEmpty() ? List.of() : List.of(target),
                task,
                null,
                null,
                List.of(),
                List.of(),
                Map.of(),
                new DataSettings.Validation(0.2, true, null, 0, 0, group, null),
                normalize,
                divide,
                false,
                missing,
                "one-hot",
                true,
                List.of(),
                imbalance,
                null,
                null,
                image,
                audio,
                null,
                memory);
    }
}
