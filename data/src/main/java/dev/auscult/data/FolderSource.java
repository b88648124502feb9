package dev.auscult.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.auscult.data.audio.LogMel;
import dev.auscult.data.audio.Resampler;
import dev.auscult.data.audio.Wav;
import dev.auscult.data.image.Picture;
import org.jspecify.annotations.Nullable;

/** Reads a folder of pictures or of sound files; the class is the subfolder or a part of the file's name. */
final class FolderSource {
    private static final int BANDS = 40;
    private static final long MOST_SAMPLES = 1L << 28;

    private final DataSettings settings;
    private final Path folder;
    private final @Nullable ArraySource like;
    /** To the one rate of all, by the rate of the file. */
    private final Map<Integer, Resampler> resamplers = new HashMap<>();

    FolderSource(DataSettings settings, Path folder, @Nullable ArraySource like) {
        this.settings = settings;
        this.folder = folder;
        this.like = like;
    }

    ArraySource read() throws IOException {
        FolderFiles found = FolderFiles.list(settings, folder);
        List<Path> files = found.files();
        Target target = target(found);
        List<String> groups = List.of();
        if (settings.validation().group() != null) {
            groups = Arrays.asList(found.keys(settings.validation().group(), "validation.group"));
        }
        return found.sound() ? sounds(files, target, groups) : pictures(files, target, groups);
    }

    /** The path in the folder, with slashes. */
    private String path(Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    private Target target(FolderFiles found) throws IOException {
        String from = found.naming(settings);
        String[] labels = found.keys(from, "data.target");
        String origin = from.equals("folder") ? "the name of the folder" : "part " + from + " of the file name";
        Task task = like == null ? settings.task() : like.target().task();
        if (task == Task.REGRESSION) {
            return LabelTarget.ofNumbers(origin, labels);
        }
        if (task != null && task != Task.CLASSIFICATION) {
            throw new IOException("task " + task.label() + ", but a folder gives one class for each file");
        }
        return LabelTarget.ofLabels(origin, labels, like == null ? null : like.target());
    }

    private ArraySource pictures(List<Path> files, Target target, List<String> groups) throws IOException {
        DataSettings.Image wanted = settings.image();
        long[] given = like == null ? new long[3] : like.inputs().shape();
        if (like == null && wanted != null) {
            given = new long[] {wanted.channels(), wanted.height(), wanted.width()};
        }
        if (given.length != 3 || given[0] < 0 || given[0] == 2 || given[0] > 3 || given[1] < 0 || given[2] < 0) {
            throw new IOException("images of " + Arrays.toString(given) + ", wanted 1 or 3 channels, height, width");
        }
        PackedInputs.Builder builder = null;
        int channels = 0;
        int height = 0;
        int width = 0;
        try {
            for (Path file : files) {
                Picture picture;
                try {
                    picture = Picture.read(file);
                } catch (IOException e) {
                    throw new IOException(path(file) + " " + ArraySource.reason(e), e);
                }
                if (builder == null) {
                    channels = given[0] == 0 ? picture.channels() : (int) given[0];
                    height = given[1] == 0 ? picture.height() : (int) given[1];
                    width = given[2] == 0 ? picture.width() : (int) given[2];
                    builder = PackedInputs.ofBytes(new long[] {channels, height, width}, settings.memory());
                }
                builder.add(
                        picture.withChannels(channels).resized(height, width).pixels(), 0);
            }
            if (builder == null) {
                throw new IOException("holds no picture");
            }
            PackedInputs inputs = builder.build();
            String description = String.format(
                    Locale.ROOT,
                    "%,d images of %s from %s",
                    inputs.size(),
                    Extents.of(inputs.shape()),
                    folder.getFileName());
            return new ArraySource(
                            "",
                            inputs,
                            target,
                            groups,
                            description,
                            folder.toAbsolutePath().normalize().toString(),
                            List.of())
                    .with(new DataSettings.Image(width, height, channels));
        } finally {
            if (builder != null) {
                builder.close();
            }
        }
    }

    private ArraySource sounds(List<Path> files, Target target, List<String> groups) throws IOException {
        DataSettings.Audio wanted = settings.audio();
        List<Wav> heads = new ArrayList<>();
        for (Path file : files) {
            heads.add(head(file));
        }
        String features = wanted == null ? "log-mel" : wanted.features();
        boolean mel = features.equals("log-mel");
        if (!mel && !features.equals("waveform")) {
            throw new IOException("data.audio.features is '" + features + "', wanted waveform or log-mel");
        }
        int rate = wanted == null || wanted.rate() == 0 ? heads.get(0).rate() : wanted.rate();
        long samples = 0;
        if (like != null) {
            String[] form = like.form().split(" ", -1);
            rate = Integer.parseInt(form[0]);
            samples = Long.parseLong(form[1]);
        } else if (wanted != null && wanted.seconds() > 0) {
            samples = Math.max(1, Math.round(wanted.seconds() * rate));
        } else {
            for (Wav head : heads) {
                samples = Math.max(samples, -Math.floorDiv(-(long) head.frames() * rate, head.rate()));
            }
        }
        if (samples < 1 || samples > MOST_SAMPLES) {
            throw new IOException(String.format(
                    Locale.ROOT,
                    "sounds of %,d samples at %,d Hz, wanted 1 to %,d; set data.audio.seconds",
                    samples,
                    rate,
                    MOST_SAMPLES));
        }
        int bands = wanted == null || wanted.bands() == 0 ? BANDS : wanted.bands();
        LogMel spectrum = mel ? new LogMel(rate, bands) : null;
        int length = (int) samples;
        long[] shape = spectrum == null ? new long[] {1, length} : new long[] {1, bands, spectrum.frames(length)};
        try (PackedInputs.Builder builder = PackedInputs.ofFloats(shape, settings.memory())) {
            for (int i = 0; i < files.size(); i++) {
                float[] sound = sound(files.get(i), heads.get(i), rate, length);
                builder.add(spectrum == null ? sound : spectrum.apply(sound), 0);
            }
            PackedInputs inputs = builder.build();
            String description = String.format(
                    Locale.ROOT,
                    "%,d sounds of %.2f s at %,d Hz as %s %s from %s",
                    inputs.size(),
                    (double) length / rate,
                    rate,
                    features,
                    Extents.of(shape),
                    folder.getFileName());
            return new ArraySource(
                            rate + " " + length,
                            inputs,
                            target,
                            groups,
                            description,
                            folder.toAbsolutePath().normalize().toString(),
                            List.of())
                    .with(new DataSettings.Audio(rate, (double) length / rate, features, bands));
        }
    }

    private Wav head(Path file) throws IOException {
        try {
            return Wav.open(file);
        } catch (IOException e) {
            throw new IOException(path(file) + " " + ArraySource.reason(e), e);
        }
    }

    /** One sound at the rate and length of all. */
    private float[] sound(Path file, Wav head, int rate, int length) throws IOException {
        float[] samples;
        try {
            samples = head.samples(file);
        } catch (IOException e) {
            throw new IOException(path(file) + " " + ArraySource.reason(e), e);
        }
        for (float sample : samples) {
            if (!Float.isFinite(sample)) {
                throw new IOException(path(file) + " holds samples that are not finite; repair or remove it");
            }
        }
        if (head.rate() != rate) {
            samples = resamplers
                    .computeIfAbsent(head.rate(), from -> new Resampler(from, rate))
                    .apply(samples, length);
        }
        return samples.length == length ? samples : Arrays.copyOf(samples, length);
    }
}
