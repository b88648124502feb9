package dev.auscult.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.auscult.data.audio.LogMel;
import dev.auscult.data.audio.Resampler;
import dev.auscult.data.audio.Wav;
import dev.auscult.data.image.Picture;
import org.jspecify.annotations.Nullable;

/** Reads a folder of pictures or of sound files; the class is the subfolder or a part of the file's name. */
final class FolderSource {
    private static final Pattern NAME_PART = Pattern.compile("name\\[(\\d{1,3})]");
    private static final int DEEPEST = 32;
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
        List<Path> all = files();
        List<Path> sounds = all.stream().filter(Wav::named).toList();
        List<Path> pictures = all.stream().filter(Picture::named).toList();
        String format = settings.format();
        boolean sound = format == null ? sounds.size() > pictures.size() : format.equals("wav-folder");
        List<Path> files = sound ? sounds : pictures;
        if (files.isEmpty()) {
            throw new IOException("holds " + all.size() + " files, none of them "
                    + (settings.format() == null
                            ? "a picture (png, jpg, gif, bmp, webp) or sound (wav)"
                            : sound ? "sound (wav)" : "a picture (png, jpg, gif, bmp, webp)"));
        }
        Target target = target(files);
        List<String> groups = List.of();
        if (settings.validation().group() != null) {
            groups = Arrays.asList(keys(files, settings.validation().group(), "validation.group"));
        }
        return sound ? sounds(files, target, groups) : pictures(files, target, groups);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> walk = Files.walk(folder, DEEPEST, FileVisitOption.FOLLOW_LINKS)) {
            return walk.filter(Files::isRegularFile)
                    .filter(f -> !hidden(folder.relativize(f)))
                    .sorted((a, b) -> path(a).compareTo(path(b)))
                    .toList();
        } catch (UncheckedIOException e) {
            throw new IOException("cannot be listed (" + e.getMessage() + ")", e);
        }
    }

    private static boolean hidden(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith(".") || part.toString().equals("__MACOSX")) {
                return true;
            }
        }
        return false;
    }

    /** The path in the folder, with slashes: the same order on every system. */
    private String path(Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    private Target target(List<Path> files) throws IOException {
        String from;
        if (settings.target().isEmpty()) {
            from = files.stream().anyMatch(f -> path(f).indexOf('/') >= 0) ? "folder" : "name[0]";
        } else {
            from = settings.target().get(0);
        }
        String[] labels = keys(files, from, "data.target");
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

    /** What {@code folder} or {@code name[k]} is for each file. */
    private String[] keys(List<Path> files, String from, String setting) throws IOException {
        Matcher part = NAME_PART.matcher(from);
        boolean byFolder = from.equals("folder");
        if (!byFolder && !part.matches()) {
            throw new IOException(setting + " is '" + from + "', wanted folder or name[0], name[1], …");
        }
        String[] keys = new String[files.size()];
        for (int i = 0; i < keys.length; i++) {
            String path = path(files.get(i));
            if (byFolder) {
                int slash = path.indexOf('/');
                if (slash < 0) {
                    throw new IOException(path + " lies beside the folders that name the classes; move it, or set "
                            + setting + " to name[0]");
                }
                keys[i] = path.substring(0, slash);
                continue;
            }
            String name = path.substring(path.lastIndexOf('/') + 1);
            String[] parts = name.substring(0, name.lastIndexOf('.')).split("_", -1);
            int wanted = Integer.parseInt(part.group(1));
            if (wanted >= parts.length) {
                throw new IOException(
                        name + " has " + parts.length + " parts between underscores, " + setting + " asks for " + from);
            }
            keys[i] = parts[wanted];
        }
        return keys;
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
