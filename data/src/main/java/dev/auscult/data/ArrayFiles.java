package dev.auscult.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

import dev.auscult.data.array.ArrayFile;
import dev.auscult.data.array.Idx;
import dev.auscult.data.array.Npy;
import dev.auscult.run.Split;
import org.jspecify.annotations.Nullable;

/** Reads examples from NPY, NPZ and IDX files: which arrays are inputs and targets, and how they are laid out. */
final class ArrayFiles {
    /** Deflate cannot make anything smaller than by this factor (RFC 1951: 258 bytes in 2 bits), so more is a lie. */
    private static final long DEFLATE_LIMIT = 1032;

    private static final long SLACK = 1 << 16;
    private static final int MOST_OUTPUTS = 1 << 20;
    private static final int NAMES_SHOWN = 10;

    private static final List<String> INPUT_NAMES =
            List.of("x", "data", "images", "inputs", "features", "samples", "arr_0");
    private static final List<String> TARGET_NAMES =
            List.of("y", "labels", "target", "targets", "label", "classes", "class", "outputs", "arr_1");

    private final DataSettings settings;
    private final Path file;
    private final Path base;
    private final @Nullable ArraySource like;
    /** Which part of an archive of several is wanted. */
    private final Split split;

    ArrayFiles(DataSettings settings, Path file, Path base, Split split, @Nullable ArraySource like) {
        this.split = split;
        this.settings = settings;
        this.file = file;
        this.base = base;
        this.like = like;
    }

    ArraySource read(String format) throws IOException {
        switch (format) {
            case "npz" -> {
                try (ZipFile zip = new ZipFile(file.toFile())) {
                    return archive(zip);
                } catch (ZipException e) {
                    throw new IOException("is no npz archive, or was cut off (" + e.getMessage() + ")", e);
                }
            }
            default -> {
                return single(format);
            }
        }
    }

    /** One array, with the targets in another file or in a column. */
    private ArraySource single(String format) throws IOException {
        if (settings.validation().group() != null) {
            throw new IOException("validation.group '" + settings.validation().group()
                    + "', but a file of one array has no groups; use an npz archive with an array of that name");
        }
        Laid laid;
        try (InputStream in = stream(file)) {
            ArrayFile array = format.equals("idx") ? Idx.open(in) : Npy.open(in);
            laid = lay(array, limit(file, in), null);
            checkEnd(in);
        }
        String target = settings.target().isEmpty() ? null : settings.target().get(0);
        Integer column = target == null ? null : column(target, laid);
        if (column != null) {
            return source(splitColumn(laid, column), List.of());
        }
        Path labels = beside(target);
        try (InputStream in = stream(labels)) {
            ArrayFile array =
                    labels.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".npy")
                            ? Npy.open(in)
                            : Idx.open(in);
            String origin = labels.getFileName().toString();
            Target read = target(array, limit(labels, in), laid.size, origin);
            checkEnd(in);
            return source(laid, read, List.of());
        } catch (IOException e) {
            throw new IOException("targets from " + labels.getFileName() + ": " + ArraySource.reason(e), e);
        }
    }

    /** The file with the targets: the one that is given, or the one whose name fits. */
    private Path beside(@Nullable String given) throws IOException {
        String name = file.getFileName().toString();
        Set<String> names = new LinkedHashSet<>();
        for (String[] pair : new String[][] {
            {"images", "labels"},
            {"x_", "y_"},
            {"X_", "y_"},
            {"_x", "_y"},
            {"_X", "_y"},
            {"data", "labels"},
            {"data", "target"},
            {"inputs", "targets"},
            {"features", "labels"}
        }) {
            names.add(name.replace(pair[0], pair[1]).replaceAll("idx\\d", "idx1"));
        }
        if (name.equalsIgnoreCase("x.npy")) {
            names.add("y.npy");
        }
        names.remove(name);
        // The file that is given goes with the training examples; others have their own beside them.
        if (given != null && like == null) {
            Path fromBase = base.resolve(given);
            Path sibling = file.resolveSibling(given);
            if (Files.exists(fromBase)) {
                return fromBase;
            }
            if (Files.exists(sibling)) {
                return sibling;
            }
            throw new IOException("target '" + given + "' is no file in " + base + " nor beside the data");
        }
        for (String candidate : names) {
            for (String ending : new String[] {"", ".gz"}) {
                Path path = file.resolveSibling(candidate + ending);
                if (Files.exists(path)) {
                    return path;
                }
                Path unpacked = file.resolveSibling(candidate.replaceAll("\\.gz$", ""));
                if (Files.exists(unpacked) && !unpacked.equals(file)) {
                    return unpacked;
                }
            }
        }
        throw new IOException(
                "no targets beside it (looked for " + String.join(", ", names) + "); name the file in data.target");
    }

    private static InputStream stream(Path path) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
        try {
            in.mark(2);
            boolean gzip = in.read() == 0x1F && in.read() == 0x8B;
            in.reset();
            return gzip ? new GZIPInputStream(in, 1 << 16) : in;
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /** How many bytes can come of a file at most. */
    private static long limit(Path path, InputStream in) throws IOException {
        long size = Files.size(path);
        return in instanceof GZIPInputStream ? size * DEFLATE_LIMIT + SLACK : size;
    }

    /** Reading on to the end is also what checks the sum of a gzip file. */
    private static void checkEnd(InputStream in) throws IOException {
        if (in.read() >= 0) {
            throw new IOException("goes on after the last element");
        }
    }

    private ArraySource archive(ZipFile zip) throws IOException {
        List<String> names = new ArrayList<>();
        for (ZipEntry entry : Collections.list(zip.entries())) {
            if (entry.getName().endsWith(".npy")) {
                names.add(entry.getName().substring(0, entry.getName().length() - 4));
            }
        }
        String target = settings.target().isEmpty() ? null : settings.target().get(0);
        String named = target != null && names.contains(target) ? target : null;
        String group = settings.validation().group();
        List<String> free = new ArrayList<>(names);
        free.remove(named);
        free.remove(group);
        String inputs = pick(free, INPUT_NAMES);
        if (inputs == null && free.size() == 1) {
            inputs = free.get(0);
        }
        if (inputs == null) {
            throw new IOException(
                    "no array is named as inputs are (" + String.join(", ", INPUT_NAMES) + "), found " + shown(names));
        }
        Laid laid;
        try (Entry in = entry(zip, inputs)) {
            laid = lay(Npy.open(in), limit(zip, inputs), inputs);
            in.verify();
        } catch (IOException e) {
            throw new IOException("array " + inputs + ": " + ArraySource.reason(e), e);
        }
        List<String> groups = List.of();
        if (group != null) {
            if (!names.contains(group)) {
                throw new IOException("validation.group '" + group + "' is no array in it, found " + shown(names));
            }
            groups = Arrays.asList(labels(zip, group, laid.size));
        }
        Integer column = target == null || named != null ? null : column(target, laid);
        if (column != null) {
            return source(splitColumn(laid, column), groups);
        }
        if (target != null && named == null) {
            throw new IOException("target '" + target + "' is no array in it, found " + shown(names));
        }
        free.remove(inputs);
        String partner = partner(inputs, named, free);
        if (partner == null) {
            throw new IOException("no array is named as targets are (" + String.join(", ", TARGET_NAMES) + "), found "
                    + shown(names) + "; name it in data.target");
        }
        try (Entry in = entry(zip, partner)) {
            Target read = target(Npy.open(in), limit(zip, partner), laid.size, "array " + partner);
            in.verify();
            return source(laid, read, groups);
        } catch (IOException e) {
            throw new IOException("array " + partner + ": " + ArraySource.reason(e), e);
        }
    }

    /** The array whose name is one of these, with or without the name of a split. */
    private @Nullable String pick(List<String> from, List<String> wanted) {
        List<String> splits = switch (split) {
            case TRAIN -> List.of("train", "");
            case VALIDATION -> List.of("val", "valid", "validation", "test", "");
            default -> List.of("test", "");
        };
        for (String part : splits) {
            for (String name : wanted) {
                for (String found : from) {
                    String lower = found.toLowerCase(Locale.ROOT);
                    boolean fits = part.isEmpty()
                            ? lower.equals(name)
                            : lower.equals(name + "_" + part) || lower.equals(part + "_" + name);
                    if (fits) {
                        return found;
                    }
                }
            }
        }
        return null;
    }

    /** The targets that belong to the inputs. */
    private @Nullable String partner(String inputs, @Nullable String named, List<String> free) {
        if (named != null && like == null) {
            return named;
        }
        String part = split(inputs);
        for (String name : named == null ? TARGET_NAMES : List.of(withoutSplit(named))) {
            for (String found : free) {
                if (withoutSplit(found).equals(name) && split(found).equals(part)) {
                    return found;
                }
            }
        }
        return named != null ? named : pick(free, TARGET_NAMES);
    }

    private static String split(String name) {
        for (String part : name.toLowerCase(Locale.ROOT).split("_", -1)) {
            if (Set.of("train", "test", "val", "valid", "validation").contains(part)) {
                return part;
            }
        }
        return "";
    }

    private static String withoutSplit(String name) {
        String part = split(name);
        String lower = name.toLowerCase(Locale.ROOT);
        return part.isEmpty() ? lower : lower.replace("_" + part, "").replace(part + "_", "");
    }

    private static String shown(List<String> names) {
        if (names.isEmpty()) {
            return "no array";
        }
        String first = String.join(", ", names.subList(0, Math.min(NAMES_SHOWN, names.size())));
        return names.size() > NAMES_SHOWN ? first + " and " + (names.size() - NAMES_SHOWN) + " more" : first;
    }

    private static Entry entry(ZipFile zip, String name) throws IOException {
        ZipEntry entry = Objects.requireNonNull(zip.getEntry(name + ".npy"));
        return new Entry(new BufferedInputStream(zip.getInputStream(entry), 1 << 16), entry.getCrc());
    }

    /** An array in an archive, whose check sum is known. */
    private static final class Entry extends CheckedInputStream {
        private final long crc;

        Entry(InputStream in, long crc) {
            super(in, new CRC32());
            this.crc = crc;
        }

        /** Called when all was read. */
        void verify() throws IOException {
            checkEnd(this);
            if (crc >= 0 && getChecksum().getValue() != crc) {
                throw new IOException("is damaged: its check sum is not the one that the archive says");
            }
        }
    }

    private long limit(ZipFile zip, String name) throws IOException {
        ZipEntry entry = Objects.requireNonNull(zip.getEntry(name + ".npy"));
        long packed = Math.max(0, Math.min(entry.getCompressedSize(), Files.size(file)));
        return entry.getMethod() == ZipEntry.STORED ? packed : packed * DEFLATE_LIMIT + SLACK;
    }

    private static void checkSize(ArrayFile array, long limit) throws IOException {
        if (array.bytes() > limit) {
            throw new IOException(String.format(
                    Locale.ROOT,
                    "%s would take %,d bytes, the file holds %,d at most; it was cut off",
                    array,
                    array.bytes(),
                    limit));
        }
    }

    private String[] labels(ZipFile zip, String name, int size) throws IOException {
        try (Entry in = entry(zip, name)) {
            ArrayFile array = Npy.open(in);
            checkSize(array, limit(zip, name));
            if (array.elements() != size) {
                throw new IOException(array + " for " + size + " examples, wanted one for each");
            }
            String[] labels = new String[size];
            if (array.text()) {
                array.read(labels);
                return labels;
            }
            double[] values = new double[size];
            array.read(values, 0, size);
            for (int i = 0; i < size; i++) {
                labels[i] = values[i] == Math.rint(values[i])
                        ? String.format(Locale.ROOT, "%.0f", values[i] + 0.0)
                        : Double.toString(values[i]);
            }
            return labels;
        } catch (IOException e) {
            throw new IOException("array " + name + ": " + ArraySource.reason(e), e);
        }
    }

    private Target target(ArrayFile array, long limit, int size, String origin) throws IOException {
        checkSize(array, limit);
        long[] shape = array.shape();
        if (shape.length == 0 || shape[0] != size) {
            throw new IOException(array + " for " + size + " examples, wanted one row for each");
        }
        long outputs = 1;
        for (int i = 1; i < shape.length; i++) {
            outputs *= shape[i];
        }
        if (outputs < 1 || outputs > MOST_OUTPUTS || outputs * size > Integer.MAX_VALUE - 8) {
            throw new IOException(array + " has " + outputs + " targets for each example, wanted 1 to " + MOST_OUTPUTS);
        }
        Target training = like == null ? null : like.target();
        if (array.text()) {
            if (outputs != 1) {
                throw new IOException(array + " has " + outputs + " labels for each example, wanted one");
            }
            String[] labels = new String[size];
            array.read(labels);
            boolean numbers =
                    training == null ? settings.task() == Task.REGRESSION : training.task() == Task.REGRESSION;
            return numbers ? LabelTarget.ofNumbers(origin, labels) : LabelTarget.ofLabels(origin, labels, training);
        }
        double[] values = new double[(int) outputs * size];
        if (array.fortran()) {
            double[] column = new double[size];
            for (int o = 0; o < outputs; o++) {
                array.read(column, 0, size);
                int to = shape.length == 2 ? o : (int) rowMajor(o, shape);
                for (int i = 0; i < size; i++) {
                    values[i * (int) outputs + to] = column[i];
                }
            }
        } else {
            array.read(values, 0, values.length);
        }
        return LabelTarget.ofArray(origin, values, (int) outputs, array.whole(), settings.task(), training);
    }

    /** The place in row-major order of the element that comes so many-th where the first index changes fastest. */
    private static long rowMajor(long place, long[] shape) {
        long rest = place;
        long offset = 0;
        long stride = 1;
        long[] strides = new long[shape.length];
        for (int axis = shape.length - 1; axis >= 1; axis--) {
            strides[axis] = stride;
            stride *= shape[axis];
        }
        for (int axis = 1; axis < shape.length; axis++) {
            offset += rest % shape[axis] * strides[axis];
            rest /= shape[axis];
        }
        return offset;
    }

    /** Inputs as they were laid out. */
    private static final class Laid {
        private final PackedInputs inputs;
        private final int size;
        private final boolean images;
        private final boolean whole;
        private final @Nullable String name;
        private final long notFinite;

        Laid(PackedInputs inputs, boolean images, boolean whole, @Nullable String name, long notFinite) {
            this.inputs = inputs;
            this.size = inputs.size();
            this.images = images;
            this.whole = whole;
            this.name = name;
            this.notFinite = notFinite;
        }
    }

    /** Reads the inputs, images with their channels in front. */
    private Laid lay(ArrayFile array, long limit, @Nullable String name) throws IOException {
        checkSize(array, limit);
        long[] shape = array.shape();
        if (array.text()) {
            throw new IOException(array + " as inputs, wanted numbers");
        }
        if (shape.length == 0 || shape[0] == 0) {
            throw new IOException(array + " holds no examples");
        }
        if (shape[0] > Integer.MAX_VALUE - 8) {
            throw new IOException(array + " holds more than 2,147,483,639 examples");
        }
        long[] example = shape.length == 1 ? new long[] {1} : Arrays.copyOfRange(shape, 1, shape.length);
        boolean images =
                example.length == 3 || (example.length == 2 && (array.unsignedBytes() || settings.image() != null));
        boolean channelsLast = example.length == 3 && channels(example[2]) && !channels(example[0]);
        long[] laid = example;
        if (example.length == 2 && images) {
            laid = new long[] {1, example[0], example[1]};
        } else if (channelsLast) {
            laid = new long[] {example[2], example[0], example[1]};
        }
        checkImage(laid, images);
        boolean bytes = array.unsignedBytes();
        int size = (int) shape[0];
        try (PackedInputs.Builder builder = bytes
                ? PackedInputs.ofBytes(laid, settings.memory())
                : PackedInputs.ofFloats(laid, settings.memory())) {
            int elements = builder.elements();
            long notFinite = 0;
            if (array.fortran()) {
                notFinite = turn(array, size, elements, shape, channelsLast ? (int) example[2] : 1, builder, bytes);
            } else if (bytes) {
                byte[] one = new byte[elements];
                byte[] turned = new byte[elements];
                for (int i = 0; i < size; i++) {
                    array.read(one, 0, elements);
                    builder.add(channelsLast ? channelsFirst(one, turned, (int) example[2]) : one, 0);
                }
            } else {
                float[] one = new float[elements];
                float[] turned = new float[elements];
                for (int i = 0; i < size; i++) {
                    array.read(one, 0, elements);
                    notFinite += notFinite(one, i);
                    builder.add(channelsLast ? channelsFirst(one, turned, (int) example[2]) : one, 0);
                }
            }
            return new Laid(builder.build(), images, array.whole(), name, notFinite);
        }
    }

    private static boolean channels(long extent) {
        return extent == 1 || extent == 3 || extent == 4;
    }

    private void checkImage(long[] laid, boolean images) throws IOException {
        DataSettings.Image wanted = settings.image();
        if (wanted == null || !images) {
            return;
        }
        boolean fits = (wanted.channels() == 0 || wanted.channels() == laid[0])
                && (wanted.height() == 0 || wanted.height() == laid[1])
                && (wanted.width() == 0 || wanted.width() == laid[2]);
        if (!fits) {
            throw new IOException("images of " + Extents.of(laid) + " where data.image asks for " + wanted.channels()
                    + "×" + wanted.height() + "×" + wanted.width()
                    + "; arrays are read as they are, leave data.image out");
        }
    }

    private static byte[] channelsFirst(byte[] from, byte[] to, int channels) {
        int plane = from.length / channels;
        for (int p = 0; p < plane; p++) {
            for (int c = 0; c < channels; c++) {
                to[c * plane + p] = from[p * channels + c];
            }
        }
        return to;
    }

    private static float[] channelsFirst(float[] from, float[] to, int channels) {
        int plane = from.length / channels;
        for (int p = 0; p < plane; p++) {
            for (int c = 0; c < channels; c++) {
                to[c * plane + p] = from[p * channels + c];
            }
        }
        return to;
    }

    private long notFinite(float[] one, int example) throws IOException {
        long count = 0;
        for (float x : one) {
            if (!Float.isFinite(x)) {
                count++;
            }
        }
        if (count > 0 && !settings.missing().equals("impute")) {
            throw new IOException("example " + example + " holds " + count
                    + " values that are not finite; set data.missing to impute, or repair them");
        }
        return count;
    }

    /** Turns an array whose first index changes fastest, which must fit into memory for it. */
    private long turn(
            ArrayFile array, int size, int elements, long[] shape, int channels, PackedInputs.Builder to, boolean bytes)
            throws IOException {
        long needed = (long) size * elements * Float.BYTES;
        if ((long) size * elements > Integer.MAX_VALUE - 8 || needed > settings.memory()) {
            throw new IOException(String.format(
                    Locale.ROOT,
                    "%s is in Fortran order and needs %,d bytes to turn, data.memory allows %,d;"
                            + " save it with np.ascontiguousarray",
                    array,
                    needed,
                    settings.memory()));
        }
        float[] all = new float[size * elements];
        float[] column = new float[size];
        for (int e = 0; e < elements; e++) {
            array.read(column, 0, size);
            int place = (int) rowMajor(e, shape);
            for (int i = 0; i < size; i++) {
                all[i * elements + place] = column[i];
            }
        }
        float[] one = new float[elements];
        float[] turned = new float[elements];
        byte[] narrow = new byte[elements];
        long notFinite = 0;
        for (int i = 0; i < size; i++) {
            System.arraycopy(all, i * elements, one, 0, elements);
            notFinite += notFinite(one, i);
            float[] laid = channels > 1 ? channelsFirst(one, turned, channels) : one;
            if (bytes) {
                for (int e = 0; e < elements; e++) {
                    narrow[e] = (byte) (int) laid[e];
                }
                to.add(narrow, 0);
            } else {
                to.add(laid, 0);
            }
        }
        return notFinite;
    }

    /** The column of a two-dimensional array that a target names; null where it names something else. */
    private @Nullable Integer column(String target, Laid laid) throws IOException {
        boolean last = target.equals("last");
        if (!last && !target.matches("\\d{1,9}")) {
            return null;
        }
        long[] shape = laid.inputs.shape();
        int columns = (int) shape[0];
        int column = last ? columns - 1 : Integer.parseInt(target);
        if (shape.length != 1 || columns < 2 || column >= columns) {
            throw new IOException("target is column " + target + ", found examples of " + Extents.of(shape));
        }
        return column;
    }

    private record Cut(Laid laid, Target target) {}

    private ArraySource source(Cut cut, List<String> groups) {
        return source(cut.laid, cut.target, groups);
    }

    private Cut splitColumn(Laid laid, int column) throws IOException {
        int columns = laid.inputs.elements();
        float[] row = new float[columns];
        float[] rest = new float[columns - 1];
        double[] values = new double[laid.size];
        try (PackedInputs.Builder builder = PackedInputs.ofFloats(new long[] {columns - 1L}, settings.memory())) {
            boolean whole = true;
            for (int i = 0; i < laid.size; i++) {
                laid.inputs.read(i, row, 0);
                values[i] = row[column];
                whole &= values[i] == Math.rint(values[i]);
                System.arraycopy(row, 0, rest, 0, column);
                System.arraycopy(row, column + 1, rest, column, columns - 1 - column);
                builder.add(rest, 0);
            }
            Target target = LabelTarget.ofArray(
                    "column " + column, values, 1, whole, settings.task(), like == null ? null : like.target());
            return new Cut(new Laid(builder.build(), false, laid.whole, laid.name, laid.notFinite), target);
        }
    }

    private ArraySource source(Laid laid, Target target, List<String> groups) {
        String what = laid.images ? "images" : laid.inputs.shape().length == 1 ? "vectors" : "arrays";
        String description = String.format(
                Locale.ROOT,
                "%,d %s of %s from %s%s%s",
                laid.size,
                what,
                Extents.of(laid.inputs.shape()),
                laid.name == null ? "" : "array " + laid.name + " of ",
                file.getFileName(),
                laid.notFinite == 0 ? "" : String.format(Locale.ROOT, ", %,d values not finite", laid.notFinite));
        List<String> remarks = laid.name != null
                        && split == Split.VALIDATION
                        && split(laid.name).equals("test")
                ? List.of("validation is array " + laid.name + " of " + file.getFileName()
                        + ", for want of one for validation; it is no test any more")
                : List.of();
        String origin = file.toAbsolutePath().normalize() + (laid.name == null ? "" : ", array " + laid.name);
        return new ArraySource("", laid.inputs, target, groups, description, origin, remarks);
    }
}
