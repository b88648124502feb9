package dev.auscult.data.media;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.auscult.data.ArraySource;
import dev.auscult.data.DataSettings;
import dev.auscult.data.FolderFiles;
import dev.auscult.data.profile.Progress;
import dev.auscult.run.DataProfile;
import dev.auscult.run.Observation;
import dev.auscult.run.Split;

/** Profiles pictures, sounds and arrays: sizes, labels, damage, copies, and what is unlike the rest. */
public final class MediaProfiler {
    private MediaProfiler() {}

    /** Whether a file or folder is profiled here; what is not is a table or a text. */
    public static boolean accepts(DataSettings settings, Path file) {
        return ArraySource.accepts(settings, file);
    }

    /**
     * Profiles the training part and, where the settings name one, the test part.
     *
     * @param base the folder to which paths in the settings are relative
     * @throws dev.auscult.data.error.DataException where a folder or array file cannot be used at all, in one line; single
     *     files of a folder that cannot be read are an observation
     */
    public static MediaProfile profile(DataSettings settings, Path base, Progress progress) {
        Path train = base.resolve(settings.train()).normalize();
        String testName = settings.test();
        Path test = testName == null ? null : base.resolve(testName).normalize();
        List<MediaPart> parts = new ArrayList<>();
        if (Files.isDirectory(train)) {
            FolderFiles files = FolderFiles.of(settings, train);
            parts.add(FolderPart.read(settings, files, settings.train(), Split.TRAIN, progress));
            if (test != null && testName != null) {
                parts.add(FolderPart.read(settings, FolderFiles.of(settings, test), testName, Split.TEST, progress));
            }
        } else {
            ArraySource source = ArraySource.open(settings, train, base);
            parts.add(ArrayPart.read(source, settings.train(), Split.TRAIN, progress));
            if (test != null && testName != null) {
                ArraySource other = ArraySource.openLike(settings, test, base, Split.TEST, source);
                parts.add(ArrayPart.read(other, testName, Split.TEST, progress));
            }
        }
        List<DataProfile.Part> profiles = new ArrayList<>();
        List<Observation> observations = new ArrayList<>();
        for (MediaPart part : parts) {
            profiles.add(part.part());
            observations.addAll(part.observations());
            progress.at("looking for copies in " + part.part().source(), Double.NaN);
            observations.addAll(part.copies().within());
        }
        if (parts.size() > 1) {
            progress.at("looking for " + parts.get(1).part().source() + " in " + settings.train(), Double.NaN);
            observations.addAll(parts.get(0).copies().leaked(parts.get(1).copies()));
        }
        return new MediaProfile(parts.get(0).kind(), parts.get(0).task(), profiles, observations);
    }
}
