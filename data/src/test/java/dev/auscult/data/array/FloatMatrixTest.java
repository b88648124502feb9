package dev.auscult.data.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FloatMatrixTest {
    @TempDir
    Path folder;

    /** A file that NumPy wrote. */
    private Path numpy(String name) throws IOException {
        InputStream in = Objects.requireNonNull(FloatMatrixTest.class.getResourceAsStream("types.npz"));
        try (ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals(name + ".npy")) {
                    return Files.write(folder.resolve(name + ".npy"), zip.readAllBytes());
                }
            }
        }
        throw new AssertionError("no array " + name);
    }

    private Path write(String type, boolean fortran, int rows, int columns, byte[] elements) throws IOException {
        String header = "{'descr': '" + type + "', 'fortran_order': " + (fortran ? "True" : "False") + ", 'shape': ("
                + rows + ", " + columns + "), }\n";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0});
        bytes.write(header.getBytes(StandardCharsets.US_ASCII));
        bytes.write(elements);
        return Files.write(folder.resolve("matrix.npy"), bytes.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"f2", "f4", "f8", "big_f2", "big_f4", "big_f8"})
    void readsWhatNumPyWroteFromAnyRowOn(String name) throws IOException {
        Path file = numpy(name);
        double[] all = new double[12];
        try (InputStream in = Files.newInputStream(file)) {
            Npy.open(in).read(all, 0, 12);
        }
        try (FloatMatrix matrix = FloatMatrix.open(file)) {
            assertThat(matrix.rows()).isEqualTo(4);
            assertThat(matrix.columns()).isEqualTo(3);
            for (int first = 0; first < 4; first++) {
                for (int count = 1; count <= 4 - first; count++) {
                    double[] some = new double[count * 3];
                    matrix.read(first, count, some);
                    for (int i = 0; i < some.length; i++) {
                        assertThat(some[i]).isEqualTo(all[first * 3 + i]);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"<f4, false", "<f4, true", ">f8, false", ">f8, true"})
    void blocksLargerThanTheBuffer(String type, boolean fortran) throws IOException {
        int rows = 70_001;
        int columns = 3;
        boolean wide = type.endsWith("8");
        ByteBuffer elements = ByteBuffer.allocate(rows * columns * (wide ? 8 : 4))
                .order(type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[rows * columns];
        Random random = new Random(1);
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        for (int place = 0; place < values.length; place++) {
            float value = fortran ? values[place % rows * columns + place / rows] : values[place];
            if (wide) {
                elements.putDouble(value);
            } else {
                elements.putFloat(value);
            }
        }
        try (FloatMatrix matrix = FloatMatrix.open(write(type, fortran, rows, columns, elements.array()))) {
            double[] read = new double[(rows - 1) * columns];
            matrix.read(1, rows - 1, read);
            for (int i = 0; i < read.length; i++) {
                assertThat((float) read[i]).isEqualTo(values[columns + i]);
            }
        }
    }

    @Test
    void everyHalfIsWhatTheOtherReaderSays() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            assertThat(Float.floatToIntBits(FloatMatrix.half((short) bits)))
                    .isEqualTo(Float.floatToIntBits(ArrayFile.half((short) bits)));
        }
    }

    @Test
    void whatIsNoMatrixOfFloatsIsRefused() throws IOException {
        Path whole = write("<i4", false, 1, 2, new byte[8]);
        assertThatThrownBy(() -> FloatMatrix.open(whole))
                .hasMessage("found signed32 [1, 2], wanted a matrix of floats of 16, 32 or 64 bits");
        Path torn = write("<f4", false, 3, 2, new byte[20]);
        assertThatThrownBy(() -> FloatMatrix.open(torn))
                .hasMessage("float32 [3, 2] takes 24 bytes, the file holds 20; it was cut off");
        Path vast = write("<f8", false, 2_000_000_000, 2_000_000_000, new byte[20]);
        assertThatThrownBy(() -> FloatMatrix.open(vast)).isInstanceOf(IOException.class);
        Path text = Files.writeString(folder.resolve("p.csv"), "0.1,0.9\n");
        assertThatThrownBy(() -> FloatMatrix.open(text)).hasMessageContaining("does not begin as an npy array does");
    }
}
