package dev.auscult.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.auscult.data.DataSettings;
import dev.auscult.data.profile.Progress;
import dev.auscult.data.profile.TableProfile;
import dev.auscult.data.profile.TableProfiler;
import dev.auscult.data.quality.Quality;
import dev.auscult.run.DataProfile;
import dev.auscult.run.Run;
import dev.auscult.run.Split;

/** Makes runs of which only the table they would be trained on is known, looked at for its quality. */
final class TableRuns {
    private TableRuns() {}

    /** A run on a table in a file, of which the last named column is to be predicted; without a name nothing is. */
    static Run of(Path file, String... target) {
        DataSettings settings = new DataSettings(
                file.toString(),
                null,
                null,
                List.of(target),
                null,
                null,
                null,
                List.of(),
                List.of(),
                Map.of(),
                new DataSettings.Validation(0.2, true, null, 0, 0, null, null),
                "standard",
                1,
                true,
                "impute",
                "one-hot",
                true,
                List.of(),
                "none",
                null,
                null,
                null,
                null,
                null,
                1L << 30);
        TableProfile profile = TableProfiler.profile(settings, file, Split.TRAIN, null, 7, Progress.SILENT);
        return Run.builder(String.valueOf(file.getFileName()))
                .data(new DataProfile(
                        "table",
                        profile.frame().task(),
                        profile.targets(),
                        List.of(profile.part()),
                        Quality.observe(profile.frame(), Progress.SILENT)))
                .build();
    }
}
