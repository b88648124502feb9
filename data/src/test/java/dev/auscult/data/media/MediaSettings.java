package dev.auscult.data.media;

import java.util.List;
import java.util.Map;

import dev.auscult.data.DataSettings;
import dev.auscult.data.DataSettings.Validation;
import org.jspecify.annotations.Nullable;

/** Settings for tests: the defaults, but for what is said. */
final class MediaSettings {
    private MediaSettings() {}

    static DataSettings of(String train, @Nullable String test, String... target) {
        return of(train, test, null, target);
    }

    static DataSettings of(String train, @Nullable String test, DataSettings.@Nullable Text text, String... target) {
        return new DataSettings(
                train,
                test,
                null,
                List.of(target),
                null,
                null,
                null,
                List.of(),
                List.of(),
                Map.of(),
                new Validation(0.2, true, null, 0, 0, null, null),
                "standard",
                1,
                false,
                "impute",
                "one-hot",
                true,
                List.of(),
                "none",
                null,
                text,
                null,
                null,
                null,
                1L << 28);
    }
}
