package dev.auscult.data.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;

import org.junit.jupiter.api.Test;

class IdxTest {
    private static ArrayFile idx(int... bytes) throws IOException {
        byte[] all = new byte[bytes.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) bytes[i];
        }
        return Idx.open(new ByteArrayInputStream(all));
    }

    @Test
    void everyTypeIsRead() throws IOException {
        check(idx(0, 0, 8, 1, 0, 0, 0, 2, 1, 255), 1, 255);
        check(idx(0, 0, 9, 1, 0, 0, 0, 2, 1, 255), 1, -1);
        check(idx(0, 0, 0xB, 1, 0, 0, 0, 2, 1, 2, 255, 255), 258, -1);
        check(idx(0, 0, 0xC, 1, 0, 0, 0, 2, 0, 1, 0, 0, 255, 255, 255, 254), 65536, -2);
        check(idx(0, 0, 0xD, 1, 0, 0, 0, 2, 0x3F, 0x80, 0, 0, 0xC0, 0, 0, 0), 1, -2);
        check(idx(0, 0, 0xE, 1, 0, 0, 0, 2, 0x3F, 0xF0, 0, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0), 1, -2);
    }

    private static void check(ArrayFile array, float first, float second) throws IOException {
        float[] values = new float[2];
        array.read(values, 0, 2);
        assertThat(values).containsExactly(first, second);
        assertThat(array.shape()).containsExactly(2);
    }

    @Test
    void axesComeOutermostFirst() throws IOException {
        assertThat(idx(0, 0, 8, 3, 0, 0, 0x27, 0x10, 0, 0, 0, 28, 0, 0, 0, 29).shape())
                .containsExactly(10_000, 28, 29);
    }

    @Test
    void whatIsNoIdxIsRefused() {
        assertThatThrownBy(() -> idx(1, 0, 8, 1)).hasMessage("does not begin as an IDX file does (two zeros)");
        assertThatThrownBy(() -> idx(0, 0)).hasMessage("does not begin as an IDX file does (two zeros)");
        assertThatThrownBy(() -> idx(0, 0, 7, 1)).hasMessage("IDX type 0x7, wanted 8, 9, b, c, d or e");
        assertThatThrownBy(() -> idx(0, 0, 8, 0)).hasMessage("IDX with 0 axes, wanted 1 to 8");
        assertThatThrownBy(() -> idx(0, 0, 8, 200)).hasMessage("IDX with -56 axes, wanted 1 to 8");
        assertThatThrownBy(() -> idx(0, 0, 8, 2, 0, 0, 0, 1)).hasMessage("IDX header was cut off");
        assertThatThrownBy(() -> idx(0, 0, 0xE, 3, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("is no size that an array can have");
    }
}
