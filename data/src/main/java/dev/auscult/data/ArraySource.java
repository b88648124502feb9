package dev.auscult.data;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import dev.auscult.data.error.DataException;
import dev.auscult.run.Split;
import org.jspecify.annotations.Nullable;

/** Examples that are arrays from the start: NPY and NPZ, IDX, folders of images and of sound files. */
public final class ArraySource {
    private static final Set<String> FORMATS = Set.of("npy", "npz", "idx", "image-folder", "wav-folder");
    private static final Pattern IDX = Pattern.compile(".*[.-]idx\\d?(-[a-z]+)?(\\.gz)?");

    private final String form;
    private final Inputs inputs;
    private final Target target;
    private final List<String> groups;
    private final String description;
    private final String origin;
    private final List<String> remarks;
    private DataSettings.@Nullable Image image;
    private DataSettings.@Nullable Audio audio;

    /**
     * What was read.
     *
     * @param form what must be the same in other splits and shape does not say: the rate of sound
     * @param origin the file, and of an archive the array, that the inputs are
     * @param remarks what people should know of the choice
     */
    ArraySource(
            String form,
            Inputs inputs,
            Target target,
            List<String> groups,
            String description,
            String origin,
            List<String> remarks) {
        this.form = form;
        this.inputs = inputs;
        this.target = target;
        this.groups = List.copyOf(groups);
        this.description = description;
        this.origin = origin;
        this.remarks = List.copyOf(remarks);
    }

    /** Whether a file or folder is read here, by {@code format} or else by its name; what is not is a table. */
    public static boolean accepts(DataSettings settings, Path file) {
        String format = settings.format();
        return format != null ? FORMATS.contains(format) : formatOf(file) != null;
    }

    private static @Nullable String formatOf(Path file) {
        if (Files.isDirectory(file)) {
            return "folder";
        }
        Path last = file.getFileName();
        String name = last == null ? "" : last.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".npy")) {
            return "npy";
        }
        if (name.endsWith(".npz")) {
            return "npz";
        }
        return IDX.matcher(name).matches() ? "idx" : null;
    }

    /**
     * Reads training examples.
     *
     * @param file an {@code npy}, {@code npz} or IDX file, or a folder
     * @param base the folder to which paths in the settings are relative
     * @throws DataException where it cannot be used, in one line that begins with the file
     */
    public static ArraySource open(DataSettings settings, Path file, Path base) {
        return read(settings, file, base, Split.TRAIN, null);
    }

    /**
     * Reads examples of another split in the form of the training examples: same shape, same classes. Of an archive that
     * holds several splits it takes the arrays of the split: for testing {@code x_test} and {@code y_test}, for validation
     * {@code x_val} and {@code y_val}, and only where there are none those for testing.
     *
     * @param split which split is read
     * @param training what was read for training
     * @throws DataException where it cannot be used, also where it holds a class that the training examples lack
     */
    public static ArraySource openLike(DataSettings settings, Path file, Path base, Split split, ArraySource training) {
        ArraySource read = read(settings, file, base, split, training);
        if (read.origin.equals(training.origin)) {
            throw new DataException("data." + (split == Split.TEST ? "test" : "validation.file") + ": " + read.origin
                    + " is what data.train reads, wanted other examples");
        }
        Extents found = Extents.of(read.inputs.shape());
        Extents wanted = Extents.of(training.inputs.shape());
        if (!found.equals(wanted)) {
            throw new DataException(file.getFileName() + ": examples of " + found + ", wanted " + wanted
                    + " as the training examples have");
        }
        return read;
    }

    private static ArraySource read(
            DataSettings settings, Path file, Path base, Split split, @Nullable ArraySource like) {
        String given = Files.isDirectory(file) || settings.format() == null ? formatOf(file) : settings.format();
        String format = given == null ? "" : given;
        try {
            if (settings.target().size() > 1) {
                throw new IOException("target names " + settings.target() + ", wanted one name for arrays and folders");
            }
            if (settings.validation().time() != null) {
                throw new IOException("validation by time is for tables; use a fraction or a group");
            }
            if (!Files.exists(file)) {
                throw new NoSuchFileException(file.toString());
            }
            ArraySource read = switch (format == null ? "" : format) {
                case "npy", "npz", "idx" -> new ArrayFiles(settings, file, base, split, like).read(format);
                case "folder" -> new FolderSource(settings, file, like).read();
                default ->
                    throw new IOException("is no folder and no npy, npz or IDX file; give the format in data.format");
            };
            return read;
        } catch (NoSuchFileException e) {
            throw new DataException(e.getFile() + ": there is no such file or folder", e);
        } catch (IOException e) {
            throw new DataException(file.getFileName() + ": " + reason(e), e);
        }
    }

    /** What went wrong, also where the library says nothing. */
    static String reason(IOException e) {
        String message = e.getMessage();
        if (message != null) {
            return message;
        }
        return e instanceof EOFException
                ? "ends too early; it was cut off"
                : "is damaged (" + e.getClass().getSimpleName() + ")";
    }

    /** What other splits must share and shape does not say. */
    String form() {
        return form;
    }

    /** The raw numbers: images 0..255 [channels, height, width], sound [1, samples] or [1, bands, frames]. */
    public Inputs inputs() {
        return inputs;
    }

    public Target target() {
        return target;
    }

    /** The group of each example, where {@code validation.group} asks for one; else empty. */
    public List<String> groups() {
        return groups;
    }

    /** How the pictures of a folder were read. */
    ArraySource with(DataSettings.Image read) {
        image = read;
        return this;
    }

    /** How the sounds of a folder were read. */
    ArraySource with(DataSettings.Audio read) {
        audio = read;
        return this;
    }

    /** How the pictures of a folder were read; null where there are none. */
    DataSettings.@Nullable Image image() {
        return image;
    }

    /** How the sounds of a folder were read; null where there are none. */
    DataSettings.@Nullable Audio audio() {
        return audio;
    }

    /** The file, and of an archive the array, that the inputs are. */
    String origin() {
        return origin;
    }

    /** What people should know of the choice of arrays; else empty. */
    List<String> remarks() {
        return remarks;
    }

    /** For people: {@code 10,000 images of 1×28×28 from images-idx3-ubyte.gz}. */
    public String description() {
        return description;
    }
}
