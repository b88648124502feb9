package dev.auscult.intake.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyReaderTest {
    private static NpyReader reader(byte[] bytes) throws Exception {
        return new NpyReader(new ByteArrayInputStream(bytes));
    }

    /** Bytes as NumPy writes these numbers: 1.5 as half, single and double; whole numbers with and without sign. */
    @ParameterizedTest
    @CsvSource({
        "<f2, 003e, 1.5",
        "<f2, 0100, 5.9604644775390625e-8",
        "<f2, 00fc, -Infinity",
        "<f4, 0000c03f, 1.5",
        ">f4, 3fc00000, 1.5",
        ">f8, 3ff8000000000000, 1.5",
        "|i1, ff, -1",
        "|u1, ff, 255",
        "<i2, feff, -2",
        "<u2, feff, 65534",
        "<u4, ffffffff, 4294967295",
        "<u8, ffffffffffffffff, 18446744073709551616",
        "|b1, 01, 1"
    })
    void readsEveryType(String type, String hex, double expected) throws Exception {
        byte[] data = new byte[hex.length() / 2];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
        }

        assertThat(reader(NpyBytes.array(1, type, "(1,)", data)).next()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void readsEveryVersion(int version) throws Exception {
        NpyReader reader = reader(NpyBytes.array(version, "|u1", "(2, 3)", new byte[] {1, 2, 3, 4, 5, 6}));

        assertThat(reader.shape()).containsExactly(2L, 3L);
        assertThat(reader.next()).isEqualTo(1);
    }

    @Test
    void saysWhenTheDataEnds() throws Exception {
        NpyReader reader = reader(NpyBytes.array(1, "<i4", "(9,)", new byte[] {1, 0, 0}));

        assertThatThrownBy(reader::next).isInstanceOf(EOFException.class);
    }

    @Test
    void neverOpensAPickle() {
        assertThatThrownBy(() -> reader(NpyBytes.objects("(2,)")))
                .isInstanceOf(NpyException.class)
                .hasMessageContaining("never opened");
    }

    @Test
    void refusesWhatIsNoArrayOfNumbers() {
        assertThatThrownBy(() -> reader(new byte[0])).hasMessage("not a NumPy array");
        assertThatThrownBy(() -> reader(NpyBytes.array(9, "<f8", "(1,)", new byte[8])))
                .hasMessageContaining("version");
        assertThatThrownBy(() -> reader(NpyBytes.array(1, "<U9", "(1,)", new byte[8])))
                .hasMessageContaining("no number");
        assertThatThrownBy(() -> reader(NpyBytes.array(1, "<f8", "(99999999999999999999,)", new byte[8])))
                .hasMessageContaining("shape");
    }
}
