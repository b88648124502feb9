package dev.auscult.app.faults;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.auscult.data.DataSettings;
import dev.auscult.data.Task;
import org.jspecify.annotations.Nullable;

/**
 * Data on disk, ready for a check-up.
 *
 * @param base the folder that paths of the settings start from
 * @param settings what to read
 */
record Copy(Path base, DataSettings settings) {
    /** The defaults, but for what is said. */
    static DataSettings settings(
            String train,
            @Nullable String test,
            String format,
            String target,
            @Nullable Task task,
            @Nullable String time,
            DataSettings.@Nullable Text text) {
        return new DataSettings(
                train,
                test,
                format,
                List.of(target),
                task,
                null,
                null,
                List.of(),
                List.of(),
                Map.of(),
                new DataSettings.Validation(0.2, true, null, 0, 0, null, time),
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
