package dev.auscult.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

import dev.auscult.data.error.DataException;
import dev.auscult.run.Split;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ArraySourceTest {
    private static final Path SHARED = Path.of("").toAbsolutePath().resolve("../../shared/datasets");

    @TempDir
    private Path folder;

    private ArraySource open(String name, ArraySettings settings) {
        return ArraySource.open(settings.settings(), folder.resolve(name), folder);
    }

    private ArraySource open(String name) {
        return open(name, new ArraySettings());
    }

    private void refused(String name, ArraySettings settings, String message) {
        assertThatThrownBy(() -> open(name, settings))
                .isInstanceOf(DataException.class)
                .hasMessage(message);
    }

    private static int[] classes(ArraySource source) {
        int[] classes = new int[source.target().size()];
        Arrays.setAll(classes, source.target()::classOf);
        return classes;
    }

    /** An array in NumPy's format, of float32 or uint8 or int64 numbers. */
    private static byte[] npy(String type, boolean fortran, int[] shape, double... values) {
        String extents = Arrays.toString(shape).replace('[', '(').replace("]", ",)");
        String header = "{'descr': '" + type + "', 'fortran_order': " + (fortran ? "True" : "False") + ", 'shape': "
                + extents + ", }\n";
        int width = Integer.parseInt(type.substring(2));
        ByteBuffer out = ByteBuffer.allocate(10 + header.length() + values.length * width)
                .order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 0);
        out.putShort((short) header.length()).put(header.getBytes(StandardCharsets.US_ASCII));
        for (double value : values) {
            switch (type) {
                case "|u1" -> out.put((byte) (int) value);
                case "<i8" -> out.putLong((long) value);
                default -> out.putFloat((float) value);
            }
        }
        return out.array();
    }

    private static double[] counted(int count) {
        double[] values = new double[count];
        Arrays.setAll(values, i -> i);
        return values;
    }

    private Path npz(String name, Map<String, byte[]> arrays) throws IOException {
        Path file = folder.resolve(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
                zip.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
                zip.write(array.getValue());
            }
        }
        return file;
    }

    private static Map<String, byte[]> arrays(Object... namesAndArrays) {
        Map<String, byte[]> arrays = new LinkedHashMap<>();
        for (int i = 0; i < namesAndArrays.length; i += 2) {
            arrays.put((String) namesAndArrays[i], (byte[]) namesAndArrays[i + 1]);
        }
        return arrays;
    }

    @Test
    void anArchiveGivesInputsAndClassesByTheirNames() throws IOException {
        for (String[] names : new String[][] {
            {"x", "y"},
            {"X", "y"},
            {"x_train", "y_train"},
            {"data", "labels"},
            {"train_images", "train_labels"},
            {"arr_0", "arr_1"}
        }) {
            npz(
                    "a.npz",
                    arrays(
                            names[1], npy("<i8", false, new int[] {4}, 5, -1, 5, 10),
                            names[0], npy("<f4", false, new int[] {4, 2}, counted(8))));
            ArraySource source = open("a.npz");
            assertThat(Vectors.all(source.inputs())).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
            assertThat(source.inputs().shape()).containsExactly(2);
            assertThat(source.target().task()).isEqualTo(Task.CLASSIFICATION);
            assertThat(source.target().names()).as("by number").containsExactly("-1", "5", "10");
            assertThat(classes(source)).containsExactly(1, 0, 1, 2);
            assertThat(source.target().origin()).isEqualTo("array " + names[1]);
            assertThat(source.description()).isEqualTo("4 vectors of 2 from array " + names[0] + " of a.npz");
            assertThat(source.groups()).isEmpty();
        }
    }

    @Test
    void anArchiveOfSeveralSplitsGivesEachItsOwn() throws IOException {
        npz(
                "m.npz",
                arrays(
                        "x_test", npy("|u1", false, new int[] {1, 2, 2}, 9, 8, 7, 6),
                        "x_train", npy("|u1", false, new int[] {2, 2, 2}, 0, 1, 2, 3, 4, 255, 6, 7),
                        "y_train", npy("|u1", false, new int[] {2}, 3, 8),
                        "y_test", npy("|u1", false, new int[] {1}, 8)));
        ArraySource training = open("m.npz");
        assertThat(training.inputs().shape()).containsExactly(1, 2, 2);
        assertThat(Vectors.all(training.inputs())).containsExactly(0, 1, 2, 3, 4, 255, 6, 7);
        assertThat(((PackedInputs) training.inputs()).bytes()).isTrue();
        assertThat(training.description()).isEqualTo("2 images of 1×2×2 from array x_train of m.npz");
        for (String target : new String[] {"", "y_train"}) {
            DataSettings settings = new ArraySettings().target(target).settings();
            ArraySource test = ArraySource.openLike(settings, folder.resolve("m.npz"), folder, Split.TEST, training);
            assertThat(Vectors.all(test.inputs())).containsExactly(9, 8, 7, 6);
            assertThat(test.target().names()).containsExactly("3", "8");
            assertThat(classes(test)).containsExactly(1);
        }
    }

    @Test
    void aClassThatTrainingLacksIsRefused() throws IOException {
        npz(
                "a.npz",
                arrays(
                        "x",
                        npy("<f4", false, new int[] {4, 1}, counted(4)),
                        "y",
                        npy("<i8", false, new int[] {4}, 0, 1, 0, 1)));
        npz(
                "b.npz",
                arrays(
                        "x",
                        npy("<f4", false, new int[] {2, 1}, counted(2)),
                        "y",
                        npy("<i8", false, new int[] {2}, 0, 2)));
        npz(
                "c.npz",
                arrays(
                        "x",
                        npy("<f4", false, new int[] {2, 2}, counted(4)),
                        "y",
                        npy("<i8", false, new int[] {2}, 0, 1)));
        ArraySource training = open("a.npz");
        assertThatThrownBy(() -> ArraySource.openLike(
                        new ArraySettings().settings(), folder.resolve("b.npz"), folder, Split.TEST, training))
                .hasMessage(
                        "b.npz: array y: example 1 is of class '2', which none of the 2 classes of the training examples is");
        assertThatThrownBy(() -> ArraySource.openLike(
                        new ArraySettings().settings(), folder.resolve("c.npz"), folder, Split.TEST, training))
                .hasMessage("c.npz: examples of 2, wanted 1 as the training examples have");
    }

    @Test
    void theTaskFollowsFromTheTargets() throws IOException {
        byte[] x = npy("<f4", false, new int[] {4, 1}, counted(4));
        npz("r.npz", arrays("x", x, "y", npy("<f4", false, new int[] {4}, 0.5, 1, 2, 3)));
        assertThat(open("r.npz").target().task()).isEqualTo(Task.REGRESSION);
        assertThat(open("r.npz").target().value(0, 0)).isEqualTo(0.5f);
        npz("w.npz", arrays("x", x, "y", npy("<f4", false, new int[] {4}, 0, 1, 0, 1)));
        assertThat(open("w.npz").target().task()).isEqualTo(Task.REGRESSION);
        assertThat(classes(open("w.npz", new ArraySettings().task(Task.CLASSIFICATION))))
                .containsExactly(0, 1, 0, 1);
        double[] ages = counted(60);
        npz(
                "i.npz",
                arrays("x", npy("<f4", false, new int[] {60, 1}, ages), "y", npy("<i8", false, new int[] {60}, ages)));
        assertThat(open("i.npz").target().task()).as("one example of each").isEqualTo(Task.REGRESSION);
        double[] words = new double[200];
        Arrays.setAll(words, k -> k % 40);
        npz(
                "k.npz",
                arrays(
                        "x",
                        npy("<f4", false, new int[] {200, 1}, words),
                        "y",
                        npy("<i8", false, new int[] {200}, words)));
        assertThat(open("k.npz").target().outputs())
                .as("forty classes without a gap")
                .isEqualTo(40);
        words[0] = 1000;
        npz(
                "g.npz",
                arrays(
                        "x",
                        npy("<f4", false, new int[] {200, 1}, words),
                        "y",
                        npy("<i8", false, new int[] {200}, words)));
        assertThat(open("g.npz").target().task()).as("with a gap").isEqualTo(Task.REGRESSION);
        npz("o.npz", arrays("x", x, "y", npy("|u1", false, new int[] {4, 3}, 0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0)));
        assertThat(open("o.npz").target().task()).isEqualTo(Task.CLASSIFICATION);
        assertThat(classes(open("o.npz"))).containsExactly(1, 0, 2, 1);
        npz("m.npz", arrays("x", x, "y", npy("<f4", true, new int[] {4, 2}, 0, 1, 1, 0, 1, 1, 0, 0)));
        ArraySource labels = open("m.npz");
        assertThat(labels.target().task()).isEqualTo(Task.MULTI_LABEL);
        assertThat(labels.target().value(0, 1)).as("columns first").isEqualTo(1);
        assertThat(labels.target().value(3, 0)).isZero();
        npz("v.npz", arrays("x", x, "y", npy("<f4", false, new int[] {4, 2}, counted(8))));
        assertThat(open("v.npz").target().outputs()).isEqualTo(2);
        assertThat(open("v.npz").target().value(3, 1)).isEqualTo(7);
    }

    @Test
    void imagesHaveTheirChannelsInFront() throws IOException {
        npz(
                "a.npz",
                arrays(
                        "x", npy("|u1", false, new int[] {2, 2, 2, 3}, counted(24)),
                        "y", npy("|u1", false, new int[] {2}, 0, 1)));
        ArraySource source = open("a.npz");
        assertThat(source.inputs().shape()).containsExactly(3, 2, 2);
        assertThat(Arrays.copyOf(Vectors.all(source.inputs()), 12))
                .containsExactly(0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11);
        npz(
                "f.npz",
                arrays(
                        "x", npy("<f4", false, new int[] {2, 3, 2, 2}, counted(24)),
                        "y", npy("|u1", false, new int[] {2}, 0, 1)));
        assertThat(open("f.npz").inputs().shape()).containsExactly(3, 2, 2);
        assertThat(Vectors.all(open("f.npz").inputs())[5]).isEqualTo(5);
    }

    @Test
    void fortranOrderIsTurned() throws IOException {
        // Element (i, h, w, c) is its place in row-major order.
        int[] shape = {3, 2, 4, 3};
        double[] columns = new double[72];
        int next = 0;
        for (int c = 0; c < 3; c++) {
            for (int w = 0; w < 4; w++) {
                for (int h = 0; h < 2; h++) {
                    for (int i = 0; i < 3; i++) {
                        columns[next++] = ((i * 2 + h) * 4 + w) * 3 + c;
                    }
                }
            }
        }
        byte[] y = npy("|u1", false, new int[] {3}, 0, 1, 1);
        for (String type : new String[] {"|u1", "<f4"}) {
            npz("c.npz", arrays("x", npy(type, false, shape, counted(72)), "y", y));
            npz("f.npz", arrays("x", npy(type, true, shape, columns), "y", y));
            assertThat(Vectors.all(open("f.npz").inputs()))
                    .isEqualTo(Vectors.all(open("c.npz").inputs()));
        }
        refused(
                "f.npz",
                new ArraySettings().memory(100),
                "f.npz: array x: float32 [3, 2, 4, 3] is in Fortran order and needs 288 bytes to turn, data.memory allows 100;"
                        + " save it with np.ascontiguousarray");
    }

    @Test
    void groupsAndColumnsAreFoundByName() throws IOException {
        npz(
                "g.npz",
                arrays(
                        "x", npy("<f4", false, new int[] {3, 2}, counted(6)),
                        "y", npy("<i8", false, new int[] {3}, 0, 1, 1),
                        "patient", npy("<i8", false, new int[] {3}, 12, 7, 12)));
        assertThat(open("g.npz", new ArraySettings().group("patient")).groups()).containsExactly("12", "7", "12");
        refused(
                "g.npz",
                new ArraySettings().group("site"),
                "g.npz: validation.group 'site' is no array in it, found x, y, patient");
        refused("g.npz", new ArraySettings().target("z"), "g.npz: target 'z' is no array in it, found x, y, patient");
        Files.write(folder.resolve("t.npy"), npy("<f4", false, new int[] {3, 3}, 1, 2, 0.5, 3, 4, 0.25, 5, 6, 0));
        ArraySource last = open("t.npy", new ArraySettings().target("last"));
        assertThat(Vectors.all(last.inputs())).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(last.target().value(1, 0)).isEqualTo(0.25f);
        assertThat(last.target().origin()).isEqualTo("column 2");
        assertThat(Vectors.all(open("t.npy", new ArraySettings().target("0")).inputs()))
                .containsExactly(2, 0.5f, 4, 0.25f, 6, 0);
        refused("t.npy", new ArraySettings().target("3"), "t.npy: target is column 3, found examples of 3");
    }

    @Test
    void arraysInFilesOfTheirOwnFindEachOther() throws IOException {
        Files.write(folder.resolve("X_train.npy"), npy("<f4", false, new int[] {2, 1}, 1, 2));
        refused(
                "X_train.npy",
                new ArraySettings(),
                "X_train.npy: no targets beside it (looked for y_train.npy); name the file in data.target");
        Files.write(folder.resolve("y_train.npy"), npy("<i8", false, new int[] {2}, 0, 1));
        assertThat(classes(open("X_train.npy"))).containsExactly(0, 1);
        Files.write(folder.resolve("given.npy"), npy("<i8", false, new int[] {2}, 1, 0));
        assertThat(classes(open("X_train.npy", new ArraySettings().target("given.npy"))))
                .containsExactly(1, 0);
        Files.write(folder.resolve("short.npy"), npy("<i8", false, new int[] {1}, 1));
        refused(
                "X_train.npy",
                new ArraySettings().target("short.npy"),
                "X_train.npy: targets from short.npy: signed64 [1] for 2 examples, wanted one row for each");
    }

    private static byte[] idx(int type, int[] shape, int... values) {
        ByteBuffer out = ByteBuffer.allocate(4 + 4 * shape.length + values.length);
        out.put(new byte[] {0, 0, (byte) type, (byte) shape.length});
        for (int extent : shape) {
            out.putInt(extent);
        }
        for (int value : values) {
            out.put((byte) value);
        }
        return out.array();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    @Test
    void idxFilesFindTheirLabels() throws IOException {
        byte[] images = idx(8, new int[] {2, 1, 3}, 1, 2, 3, 4, 5, 255);
        byte[] labels = idx(8, new int[] {2}, 7, 2);
        for (String[] names : new String[][] {
            {"train-images-idx3-ubyte", "train-labels-idx1-ubyte"}, {"images.idx3-ubyte", "labels.idx1-ubyte"}
        }) {
            for (boolean zipped : new boolean[] {false, true}) {
                String ending = zipped ? ".gz" : "";
                Files.write(folder.resolve(names[0] + ending), zipped ? gzip(images) : images);
                Files.write(folder.resolve(names[1] + ending), zipped ? gzip(labels) : labels);
                assertThat(ArraySource.accepts(new ArraySettings().settings(), folder.resolve(names[0] + ending)))
                        .isTrue();
                ArraySource source = open(names[0] + ending);
                assertThat(source.inputs().shape()).containsExactly(1, 1, 3);
                assertThat(Vectors.all(source.inputs())).containsExactly(1, 2, 3, 4, 5, 255);
                assertThat(source.target().names()).containsExactly("2", "7");
                assertThat(classes(source)).containsExactly(1, 0);
                assertThat(source.description()).isEqualTo("2 images of 1×1×3 from " + names[0] + ending);
            }
        }
        Files.write(folder.resolve("mine"), labels);
        assertThat(classes(open("images.idx3-ubyte", new ArraySettings().target("mine"))))
                .containsExactly(1, 0);
        Files.write(folder.resolve("odd.name"), images);
        assertThat(classes(open("odd.name", new ArraySettings().format("idx").target("mine"))))
                .containsExactly(1, 0);
    }

    @Test
    void sizesThatLieAreRefusedBeforeMemoryIsTaken() throws IOException {
        byte[] lie = idx(8, new int[] {2_000_000_000, 28, 28}, 1, 2, 3);
        Files.write(folder.resolve("a-idx3-ubyte"), lie);
        refused(
                "a-idx3-ubyte",
                new ArraySettings(),
                "a-idx3-ubyte: unsigned8 [2000000000, 28, 28] would take 1,568,000,000,000 bytes, the file holds 19 at most;"
                        + " it was cut off");
        Files.write(folder.resolve("a-idx3-ubyte.gz"), gzip(lie));
        assertThatThrownBy(() -> open("a-idx3-ubyte.gz"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("would take 1,568,000,000,000 bytes");
        npz(
                "a.npz",
                arrays(
                        "x",
                        npy("<f4", false, new int[] {1 << 30, 64}, 1, 2),
                        "y",
                        npy("|u1", false, new int[] {2}, 0, 1)));
        assertThatThrownBy(() -> open("a.npz"))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("a.npz: array x: float32 [1073741824, 64] would take 274,877,906,944 bytes");
        npz(
                "b.npz",
                arrays("x", npy("<f4", false, new int[] {2, 1}, 1, 2, 3), "y", npy("|u1", false, new int[] {2}, 0, 1)));
        refused("b.npz", new ArraySettings(), "b.npz: array x: goes on after the last element");
    }

    @Test
    void aBombIsUnpackedOnlyAsFarAsItsHeaderSays() throws IOException {
        Path file = folder.resolve("bomb.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("y.npy"));
            zip.write(npy("|u1", false, new int[] {2}, 0, 1));
            zip.putNextEntry(new ZipEntry("x.npy"));
            zip.write(npy("<f4", false, new int[] {2, 1}, 1, 2));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 200; i++) {
                zip.write(zeros);
            }
        }
        refused("bomb.npz", new ArraySettings(), "bomb.npz: array x: goes on after the last element");
    }

    @Test
    void whateverIsCutOffOrDamagedIsOneLine() throws IOException {
        byte[] images = gzip(idx(8, new int[] {4, 5, 5}, new int[100]));
        Files.write(folder.resolve("labels-idx1-ubyte.gz"), gzip(idx(8, new int[] {4}, 0, 1, 0, 1)));
        Path archive = npz(
                "whole.npz",
                arrays(
                        "x",
                        npy("<f4", false, new int[] {20, 5}, counted(100)),
                        "y",
                        npy("<i8", false, new int[] {20}, new double[20])));
        byte[] whole = Files.readAllBytes(archive);
        for (int kept = 0; kept < images.length; kept++) {
            Files.write(folder.resolve("images-idx3-ubyte.gz"), Arrays.copyOf(images, kept));
            oneLineOrFine("images-idx3-ubyte.gz", false);
        }
        for (int kept = 0; kept < whole.length; kept += 3) {
            Files.write(folder.resolve("cut.npz"), Arrays.copyOf(whole, kept));
            oneLineOrFine("cut.npz", false);
        }
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            byte[] damaged = whole.clone();
            for (int d = 0; d <= i % 3; d++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            Files.write(folder.resolve("cut.npz"), damaged);
            oneLineOrFine("cut.npz", true);
        }
    }

    private void oneLineOrFine(String name, boolean mayBeFine) throws IOException {
        try {
            open(name);
            assertThat(mayBeFine)
                    .as("refused: %s of %s bytes", name, Files.size(folder.resolve(name)))
                    .isTrue();
        } catch (DataException e) {
            assertThat(e.getMessage()).startsWith(name).doesNotContain("\n").doesNotEndWith("null");
        }
    }

    @Test
    void numbersThatAreNotFiniteAreRefusedOrSaid() throws IOException {
        npz(
                "a.npz",
                arrays(
                        "x",
                        npy("<f4", false, new int[] {2, 2}, 1, Double.NaN, 2, 3),
                        "y",
                        npy("<i8", false, new int[] {2}, 0, 1)));
        assertThat(open("a.npz").description()).isEqualTo("2 vectors of 2 from array x of a.npz, 1 values not finite");
        refused(
                "a.npz",
                new ArraySettings().missing("refuse"),
                "a.npz: array x: example 0 holds 1 values that are not finite; set data.missing to impute, or repair them");
    }

    private void picture(String name, int width, int height, int rgb) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, rgb);
        }
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }

    @Test
    void aFolderOfImagesGivesItsSubfoldersAsClasses() throws IOException {
        picture("pets/dog/1.png", 4, 3, 0x0A141E);
        picture("pets/cat/deep/2.png", 8, 6, 0x010203);
        picture("pets/cat/1.png", 2, 2, 0xFFFFFF);
        picture("pets/.hidden/9.png", 2, 2, 0);
        Files.writeString(folder.resolve("pets/notes.txt"), "no picture");
        ArraySource source = open("pets");
        assertThat(source.target().names()).containsExactly("cat", "dog");
        assertThat(classes(source)).containsExactly(0, 0, 1);
        // As the first: cat/1.png of 2×2.
        assertThat(source.inputs().shape()).containsExactly(3, 2, 2);
        assertThat(Vectors.all(source.inputs()))
                .containsExactly(
                        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3,
                        10, 10, 10, 10, 20, 20, 20, 20, 30, 30, 30, 30);
        assertThat(source.description()).isEqualTo("3 images of 3×2×2 from pets");
        ArraySource grey = open("pets", new ArraySettings().image(5, 4, 1));
        assertThat(grey.inputs().shape()).containsExactly(1, 4, 5);
        picture("more/dog/1.png", 9, 9, 0x0A141E);
        ArraySource test =
                ArraySource.openLike(new ArraySettings().settings(), folder.resolve("more"), folder, Split.TEST, grey);
        assertThat(test.inputs().shape()).containsExactly(1, 4, 5);
        assertThat(classes(test)).containsExactly(1);
    }

    @Test
    void aDamagedImageIsRefusedByItsName() throws IOException {
        picture("pets/dog/1.png", 4, 3, 1);
        Files.write(folder.resolve("pets/dog/2.png"), new byte[] {1, 2, 3});
        refused(
                "pets",
                new ArraySettings(),
                "pets: dog/2.png is no PNG, JPEG, GIF, BMP or WebP picture, or was cut off");
        Files.delete(folder.resolve("pets/dog/2.png"));
        picture("pets/3.png", 4, 3, 1);
        refused(
                "pets",
                new ArraySettings(),
                "pets: 3.png lies beside the folders that name the classes; move it, or set data.target to name[0]");
    }

    @Test
    void aFolderWithoutAnythingOfUseSaysSo() throws IOException {
        Files.createDirectories(folder.resolve("empty"));
        refused(
                "empty",
                new ArraySettings(),
                "empty: holds 0 files, none of them a picture (png, jpg, gif, bmp, webp) or sound (wav)");
        refused(
                "nowhere.npz",
                new ArraySettings(),
                folder.resolve("nowhere.npz") + ": there is no such file or folder");
        assertThat(ArraySource.accepts(new ArraySettings().settings(), folder.resolve("table.csv")))
                .isFalse();
        assertThat(ArraySource.accepts(new ArraySettings().settings(), folder.resolve("empty")))
                .isTrue();
    }

    private void sound(String name, int rate, int samples, int value) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(44 + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
        out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples);
        out.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                .putInt(16)
                .putShort((short) 1)
                .putShort((short) 1);
        out.putInt(rate).putInt(2 * rate).putShort((short) 2).putShort((short) 16);
        out.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples);
        for (int i = 0; i < samples; i++) {
            out.putShort((short) value);
        }
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, out.array());
    }

    @Test
    void aFolderOfSoundsTakesClassAndGroupFromTheName() throws IOException {
        sound("said/10_ann_0.wav", 1000, 3, 16_384);
        sound("said/9_bob_0.wav", 1000, 5, -16_384);
        sound("said/9_ann_1.wav", 2000, 4, 8_192);
        ArraySource source = open("said", new ArraySettings().group("name[1]").audio(0, 0, "waveform", 0));
        assertThat(source.audio()).isEqualTo(new DataSettings.Audio(1000, 0.005, "waveform", 40));
        assertThat(source.target().names()).as("by number").containsExactly("9", "10");
        assertThat(classes(source)).containsExactly(1, 0, 0);
        assertThat(source.groups()).containsExactly("ann", "ann", "bob");
        // As long as the longest, at the rate of the first.
        assertThat(source.inputs().shape()).containsExactly(1, 5);
        float[] x = Vectors.all(source.inputs());
        assertThat(Arrays.copyOf(x, 5)).containsExactly(0.5f, 0.5f, 0.5f, 0, 0);
        assertThat(Arrays.copyOfRange(x, 10, 15)).containsOnly(-0.5f);
        assertThat(Arrays.copyOfRange(x, 7, 10))
                .as("two samples at half the rate")
                .containsOnly(0);
        assertThat(source.description()).isEqualTo("3 sounds of 0.01 s at 1,000 Hz as waveform 1×5 from said");
        ArraySource cut = open("said", new ArraySettings().audio(0, 0.002, "waveform", 0));
        assertThat(cut.inputs().shape()).containsExactly(1, 2);
        sound("more/9_eve_0.wav", 1000, 900, 1);
        ArraySource test = ArraySource.openLike(
                new ArraySettings().audio(0, 0, "waveform", 0).settings(),
                folder.resolve("more"),
                folder,
                Split.TEST,
                source);
        assertThat(test.inputs().shape()).containsExactly(1, 5);
        refused(
                "said",
                new ArraySettings().group("name[3]"),
                "said: 10_ann_0.wav has 3 parts between underscores, validation.group asks for name[3]");
        refused(
                "said",
                new ArraySettings().target("speaker"),
                "said: data.target is 'speaker', wanted folder or name[0], name[1], …");
        refused(
                "said",
                new ArraySettings().audio(0, 1e9, "waveform", 0),
                "said: sounds of 1,000,000,000,000 samples at 1,000 Hz, wanted 1 to 268,435,456; set data.audio.seconds");
        refused(
                "said",
                new ArraySettings().audio(0, 0, "mfcc", 0),
                "said: data.audio.features is 'mfcc', wanted waveform or log-mel");
        assertThat(open("said", new ArraySettings().task(Task.REGRESSION))
                        .target()
                        .value(0, 0))
                .isEqualTo(10);
    }

    @Test
    void moreThanMemoryAllowsLiesOnDiskAndReadsTheSame() throws IOException {
        byte[] images = new byte[16 + 200_000];
        new Random(2).nextBytes(images);
        System.arraycopy(idx(8, new int[] {2000, 10, 10}), 0, images, 0, 16);
        Files.write(folder.resolve("images-idx3-ubyte"), images);
        int[] labels = new int[2000];
        Arrays.setAll(labels, i -> i % 10);
        Files.write(folder.resolve("labels-idx1-ubyte"), idx(8, new int[] {2000}, labels));
        PackedInputs inMemory = (PackedInputs) open("images-idx3-ubyte").inputs();
        PackedInputs onDisk = (PackedInputs)
                open("images-idx3-ubyte", new ArraySettings().memory(100_000)).inputs();
        assertThat(inMemory.onDisk()).isFalse();
        assertThat(onDisk.onDisk()).isTrue();
        assertThat(Vectors.all(onDisk)).isEqualTo(Vectors.all(inMemory));
    }

    @Test
    void theDigitsOfMnist() {
        Path images = SHARED.resolve("mnist-10k/images-idx3-ubyte.gz");
        Assumptions.assumeTrue(Files.exists(images), "needs ../shared/datasets/mnist-10k");
        ArraySource source = ArraySource.open(new ArraySettings().settings(), images, SHARED);
        assertThat(source.description()).isEqualTo("10,000 images of 1×28×28 from images-idx3-ubyte.gz");
        // The test set of MNIST: its first labels and its counts are known.
        assertThat(Arrays.copyOf(classes(source), 10)).containsExactly(7, 2, 1, 0, 4, 1, 4, 9, 5, 9);
        int[] counts = new int[10];
        for (int c : classes(source)) {
            counts[c]++;
        }
        assertThat(counts).containsExactly(980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009);
        // Mean 33.79 of 255, as published (0.1325).
        assertThat(ArrayNormalizer.fit(source.inputs(), new ArraySettings().settings())
                        .description())
                .isEqualTo("standard per channel, mean 33.79, standard deviation 79.17");
    }

    @Test
    void theDigitsThatWereSpoken() {
        Path sounds = SHARED.resolve("spoken-digits");
        Assumptions.assumeTrue(Files.isDirectory(sounds), "needs ../shared/datasets/spoken-digits");
        ArraySettings settings = new ArraySettings().group("name[1]").audio(0, 1, "log-mel", 32);
        ArraySource source = ArraySource.open(settings.settings(), sounds, SHARED);
        assertThat(source.description())
                .isEqualTo("450 sounds of 1.00 s at 8,000 Hz as log-mel 1×32×98 from spoken-digits");
        assertThat(source.target().names()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        assertThat(source.groups().stream().distinct()).containsExactly("jackson", "nicolas", "theo");
    }

    private PreparedData prepared(SettingsMaker settings) {
        return PreparedData.open(settings.normalize("none").make(), folder, 3, line -> {});
    }

    private static DataSettings.Validation file(String name) {
        return new DataSettings.Validation(0.2, true, name, 0, 0, null, null);
    }

    private static float first(java.util.Optional<Examples> examples) {
        return Vectors.all(examples.orElseThrow().inputs())[0];
    }

    @Test
    void validationReadsItsOwnArraysAndNotThoseForTesting() throws IOException {
        byte[] y = npy("<i8", false, new int[] {2}, 0, 1);
        Map<String, byte[]> all = arrays(
                "x_train",
                npy("<f4", false, new int[] {2, 1}, 1, 2),
                "y_train",
                y,
                "x_test",
                npy("<f4", false, new int[] {2, 1}, 30, 40),
                "y_test",
                y);
        npz("two.npz", all);
        all.putAll(arrays("x_val", npy("<f4", false, new int[] {2, 1}, 500, 600), "y_val", y));
        npz("three.npz", all);
        PreparedData three = prepared(
                SettingsMaker.train("three.npz").validation(file("three.npz")).test("three.npz"));
        assertThat(first(three.validation())).isEqualTo(500);
        assertThat(first(three.test())).isEqualTo(30);
        PreparedData two = prepared(SettingsMaker.train("two.npz").validation(file("two.npz")));
        assertThat(first(two.validation())).isEqualTo(30);
        assertThat(two.story())
                .contains(
                        "validation is array x_test of two.npz, for want of one for validation; it is no test any more");
        assertThatThrownBy(() -> prepared(SettingsMaker.train("two.npz")
                        .validation(file("two.npz"))
                        .test("two.npz")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is read for validation, too");
        npz("one.npz", arrays("x", npy("<f4", false, new int[] {2, 1}, 1, 2), "y", y));
        assertThatThrownBy(() -> prepared(SettingsMaker.train("one.npz").validation(file("one.npz"))))
                .hasMessageContaining("is what data.train reads");
    }

    @Test
    void numbersToPredictAreScaledByTheTrainingPart() throws IOException {
        npz(
                "r.npz",
                arrays(
                        "x_train", npy("<f4", false, new int[] {2, 1}, 1, 2),
                        "y_train", npy("<f4", false, new int[] {2}, 10.5, 14.5),
                        "x_val", npy("<f4", false, new int[] {1, 1}, 1),
                        "y_val", npy("<f4", false, new int[] {1}, 16.5)));
        PreparedData data =
                prepared(SettingsMaker.train("r.npz").validation(file("r.npz")).normalizeTarget());
        assertThat(data.targetMean()).containsExactly(12.5);
        assertThat(data.targetDeviation()).containsExactly(2);
        assertThat(data.train().target().value(0, 0)).isEqualTo(-1);
        assertThat(data.validation().orElseThrow().target().value(0, 0)).isEqualTo(2);
    }
}
