package dev.auscult.app.faults;

import java.util.Optional;

import dev.auscult.data.checkup.CheckupOptions;
import dev.auscult.data.checkup.CheckupOptions.Depth;
import dev.auscult.data.checkup.DataCheckup;
import dev.auscult.data.profile.Progress;
import dev.auscult.run.DataProfile;

/** Examines a copy as {@code auscult data} does, but for the small networks on pictures and sounds. */
final class Checkup {
    private static final long SEED = 1;

    private Checkup() {}

    static DataProfile profile(Copy copy, Depth depth) {
        CheckupOptions options = new CheckupOptions(depth, SEED, Optional.empty(), Optional.empty());
        return DataCheckup.of(copy.settings(), copy.base(), options, Progress.SILENT)
                .profile();
    }
}
