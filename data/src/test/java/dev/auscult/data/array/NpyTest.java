package dev.auscult.data.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import dev.auscult.data.Oracle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {
    /** The array of an archive that NumPy wrote. */
    private static ArrayFile array(String archive, String name) throws IOException {
        InputStream in = Objects.requireNonNull(NpyTest.class.getResourceAsStream(archive));
        ZipInputStream zip = new ZipInputStream(in);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (entry.getName().equals(name + ".npy")) {
                return Npy.open(zip);
            }
        }
        throw new AssertionError("no array " + name);
    }

    private static int unsigned(int i, int j) {
        return (7 * i + 3 * j) % 11;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "i1", "i2", "i4", "i8", "f2", "f4", "f8", "u1", "u2", "u4", "u8", "big_i2", "big_i4", "big_i8",
                "big_f2", "big_f4", "big_f8", "big_u2", "big_u4", "big_u8"
            })
    void everyTypeOfNumPyIsRead(String name) throws IOException {
        int less = name.contains("u") ? 0 : 5;
        float[] floats = new float[14];
        array("types.npz", name).read(floats, 1, 12);
        double[] doubles = new double[12];
        ArrayFile array = array("types.npz", name);
        array.read(doubles, 0, 12);
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 3; j++) {
                assertThat(floats[1 + i * 3 + j]).isEqualTo(unsigned(i, j) - less);
                assertThat(doubles[i * 3 + j]).isEqualTo(unsigned(i, j) - less);
            }
        }
        assertThat(array.shape()).containsExactly(4, 3);
        assertThat(array.fortran()).isFalse();
        assertThat(array.whole()).isEqualTo(!name.contains("f"));
        assertThat(array.unsignedBytes()).isEqualTo(name.equals("u1"));
    }

    @Test
    void booleansTextAndFortranOrder() throws IOException {
        float[] floats = new float[12];
        array("types.npz", "bool").read(floats, 0, 12);
        String[] text = new String[12];
        array("types.npz", "text").read(text);
        String[] bytes = new String[12];
        array("types.npz", "bytes").read(bytes);
        float[] columns = new float[12];
        ArrayFile fortran = array("types.npz", "fortran");
        fortran.read(columns, 0, 12);
        assertThat(fortran.fortran()).isTrue();
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 3; j++) {
                assertThat(floats[i * 3 + j]).isEqualTo(unsigned(i, j) % 2);
                assertThat(text[i * 3 + j]).isEqualTo(String.valueOf(unsigned(i, j) - 5));
                assertThat(bytes[i * 3 + j]).isEqualTo(String.valueOf(unsigned(i, j) - 5));
                assertThat(columns[j * 4 + i]).isEqualTo(unsigned(i, j) - 5);
            }
        }
    }

    @Test
    void halfPrecisionIsExact() throws IOException {
        Oracle oracle = Oracle.of(NpyTest.class, "half.txt");
        double[] bits = oracle.get("bits");
        double[] values = oracle.get("values");
        for (int i = 0; i < bits.length; i++) {
            assertThat((double) ArrayFile.half((short) bits[i])).isEqualTo(values[i]);
            assertThat((double) ArrayFile.half((short) ((int) bits[i] | 0x8000)))
                    .isEqualTo(-values[i]);
        }
        assertThat(ArrayFile.half((short) 0x7E00)).isNaN();
    }

    @Test
    void largeUnsignedNumbersStayPositive() throws IOException {
        byte[] all = {-1, -1, -1, -1, -1, -1, -1, -1};
        double[] value = new double[1];
        Npy.open(npy("{'descr': '<u8', 'fortran_order': False, 'shape': (1,), }", all))
                .read(value, 0, 1);
        assertThat(value[0]).isEqualTo(0x1p64, org.assertj.core.data.Offset.offset(1e5));
    }

    @Test
    void objectsAreNeverRead() {
        assertThatThrownBy(() -> array("objects.npz", "x"))
                .isInstanceOf(IOException.class)
                .hasMessage("an array of Python objects (pickle), which may run code and is never read;"
                        + " save numbers instead: np.save(file, array.astype(np.float32))");
    }

    @Test
    void whatIsNoArrayIsRefusedInOneLine() {
        refused("'descr': '<c8', 'fortran_order': False, 'shape': (1,)", "elements of type '<c8'");
        refused("'descr': '<f16', 'fortran_order': False, 'shape': (1,)", "elements of type '<f16'");
        refused("'descr': '<M8[ns]', 'fortran_order': False, 'shape': (1,)", "elements of type '<M8[ns]'");
        refused("'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)", "an array of records");
        refused("'descr': '<f4', 'fortran_order': False, 'shape': (-1,)", "npy header without");
        refused("'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)", "is no size");
        refused("'descr': '<f8', 'fortran_order': False, 'shape': (4611686018427387904, 8)", "is no size");
        refused("'descr': '<f4', 'shape': (1,)", "npy header without");
        refused("'descr': '<U99999999999', 'fortran_order': False, 'shape': (1,)", "elements of type");
        refused("x".repeat(70_000), "npy header");
        assertThatThrownBy(() -> Npy.open(new ByteArrayInputStream(new byte[100])))
                .isInstanceOf(IOException.class)
                .hasMessage("does not begin as an npy array does");
        assertThatThrownBy(() -> Npy.open(new ByteArrayInputStream(new byte[3])))
                .isInstanceOf(IOException.class);
    }

    private static void refused(String header, String message) {
        assertThatThrownBy(() -> {
                    ArrayFile array = Npy.open(npy("{" + header + ", }", new byte[0]));
                    array.read(new float[1], 0, 1);
                })
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(message.startsWith("is no") ? "shape" : message)
                .hasMessageContaining(message)
                .hasMessageMatching("[^\\n]*");
    }

    @Test
    void anArrayThatEndsEarlySaysSo() throws IOException {
        ArrayFile array = Npy.open(npy("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", new byte[8]));
        assertThat(array.bytes()).isEqualTo(12);
        assertThatThrownBy(() -> array.read(new float[3], 0, 3))
                .isInstanceOf(IOException.class)
                .hasMessage("the file ends before the float32 [3] that it announces; it was cut off");
    }

    private static InputStream npy(String header, byte[] data) {
        byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = new byte[12 + text.length + data.length];
        byte[] start = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0};
        System.arraycopy(start, 0, all, 0, 8);
        for (int i = 0; i < 4; i++) {
            all[8 + i] = (byte) (text.length >> (8 * i));
        }
        System.arraycopy(text, 0, all, 12, text.length);
        System.arraycopy(data, 0, all, 12 + text.length, data.length);
        return new ByteArrayInputStream(all);
    }
}
