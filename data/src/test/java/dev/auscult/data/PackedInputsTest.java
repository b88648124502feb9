package dev.auscult.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.auscult.data.error.DataException;
import org.junit.jupiter.api.Test;

class PackedInputsTest {
    private static final int SIZE = 5000;

    private static float element(int example, int element) {
        return (example * 31 + element * 7) % 256;
    }

    /** Examples of 3×5 elements, added as they come. */
    private static PackedInputs packed(boolean bytes, long memory, int segment) throws IOException {
        try (PackedInputs.Builder builder = PackedInputs.builder(new long[] {3, 5}, bytes, memory, segment)) {
            byte[] narrow = new byte[20];
            float[] wide = new float[20];
            for (int i = 0; i < SIZE; i++) {
                for (int e = 0; e < 15; e++) {
                    narrow[5 + e] = (byte) (int) element(i, e);
                    wide[5 + e] = element(i, e);
                }
                if (bytes) {
                    builder.add(narrow, 5);
                } else {
                    builder.add(wide, 5);
                }
            }
            return builder.build();
        }
    }

    private static void check(PackedInputs inputs) {
        assertThat(inputs.size()).isEqualTo(SIZE);
        assertThat(inputs.shape()).containsExactly(3, 5);
        float[] read = new float[17];
        for (int i = SIZE - 1; i >= 0; i--) {
            inputs.read(i, read, 2);
            for (int e = 0; e < 15; e++) {
                assertThat(read[2 + e]).isEqualTo(element(i, e));
            }
        }
    }

    @Test
    void memoryAndManyMapsHoldTheSame() throws IOException {
        for (boolean bytes : new boolean[] {true, false}) {
            PackedInputs inMemory = packed(bytes, 1L << 30, 1 << 30);
            assertThat(inMemory.onDisk()).isFalse();
            assertThat(inMemory.bytes()).isEqualTo(bytes);
            check(inMemory);
            // Maps of 1,000 bytes: 16 or 66 examples each, with a rest that belongs to none.
            PackedInputs onDisk = packed(bytes, 10_000, 1_000);
            assertThat(onDisk.onDisk()).isTrue();
            check(onDisk);
            PackedInputs fromTheStart = packed(bytes, 0, 1 << 30);
            assertThat(fromTheStart.onDisk()).isTrue();
            check(fromTheStart);
        }
    }

    @Test
    void whatJustFitsStaysInMemory() throws IOException {
        assertThat(packed(true, SIZE * 15L, 1 << 30).onDisk()).isFalse();
        assertThat(packed(true, SIZE * 15L - 15, 1 << 30).onDisk()).isTrue();
    }

    @Test
    void threadsReadAtOnce() throws Exception {
        PackedInputs inputs = packed(false, 0, 4_096);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                done.add(threads.submit(() -> check(inputs)));
            }
            for (Future<?> one : done) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void anExampleIsNeitherEmptyNorLargerThanAMap() {
        assertThatThrownBy(() -> PackedInputs.ofFloats(new long[] {1 << 15, 1 << 15}, 1))
                .isInstanceOf(DataException.class)
                .hasMessage("an example of 32768×32768 has 4294967296 bytes, wanted between 1 and 1073741824");
        assertThatThrownBy(() -> PackedInputs.ofBytes(new long[] {0, 3}, 1)).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> PackedInputs.ofBytes(new long[] {1L << 40, 1L << 40}, 1))
                .isInstanceOf(DataException.class);
    }

    @Test
    void noneAtAllIsAllowed() throws IOException {
        try (PackedInputs.Builder builder = PackedInputs.ofFloats(new long[] {4}, 100)) {
            assertThat(builder.build().size()).isZero();
        }
    }
}
