package dev.auscult.train.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
    @TempDir
    private Path folder;

    @Test
    void readsBackWhatItWroteBitForBit() throws IOException {
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        tensors.put("weight", StoredTensor.of(new float[] {1, Float.NaN, -0f, Float.MIN_VALUE, 5, 6}, 2, 3));
        tensors.put("moment", StoredTensor.of(new double[] {Math.PI}, 1));
        tensors.put("scalar", StoredTensor.of(new float[] {7}));
        tensors.put("steps", StoredTensor.of(new long[] {Long.MIN_VALUE, 3}, 2));
        tensors.put("generator", StoredTensor.of(new byte[] {-1, 0, 1}));
        tensors.put("empty", StoredTensor.of(new float[0], 0, 4));
        Path file = folder.resolve("last.safetensors");

        Safetensors.write(file, new Safetensors.Content(tensors, Map.of("epoch", "3", "note", "ü \"quoted\"")));
        Safetensors.Content read = Safetensors.read(file);

        assertThat(read.metadata()).isEqualTo(Map.of("epoch", "3", "note", "ü \"quoted\""));
        assertThat(read.tensors().keySet()).containsExactlyElementsOf(tensors.keySet());
        tensors.forEach((name, tensor) -> {
            StoredTensor again = read.tensors().get(name);
            assertThat(again.shape()).isEqualTo(tensor.shape());
            assertThat(again.rawBytes()).isEqualTo(tensor.rawBytes());
        });
        assertThat(folder.toFile().list()).containsExactly("last.safetensors");
    }

    /** The bytes as the description of the format gives them. */
    @Test
    void readsTheBytesOfTheDescription() throws IOException {
        String header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
        byte[] bytes = new byte[8 + header.length() + 8];
        bytes[0] = (byte) header.length();
        System.arraycopy(header.getBytes(StandardCharsets.UTF_8), 0, bytes, 8, header.length());
        bytes[bytes.length - 1] = 0x40; // 2.0f little-endian
        Path file = Files.write(folder.resolve("a.safetensors"), bytes);

        assertThat(Safetensors.read(file).tensors().get("a").floats()).containsExactly(0f, 2f);
    }

    @Test
    void everyCutIsRefusedInOneLine() throws IOException {
        Path file = folder.resolve("whole");
        Safetensors.write(
                file, new Safetensors.Content(Map.of("a", StoredTensor.of(new float[] {1, 2}, 2)), Map.of("k", "v")));
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Safetensors.read(cut))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cut is not a whole safetensors file")
                    .hasMessageNotContaining("\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F99\",\"shape\":[2],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4000000000,4000000000],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":2,\"data_offsets\":[0,8]}}",
                "{\"a\":7}",
                "[1, 2]"
            })
    void liesInTheHeaderAreRefused(String header) throws IOException {
        byte[] bytes = new byte[8 + header.length() + 8];
        bytes[0] = (byte) header.length();
        System.arraycopy(header.getBytes(StandardCharsets.UTF_8), 0, bytes, 8, header.length());
        Path file = Files.write(folder.resolve("lies"), bytes);
        assertThatThrownBy(() -> Safetensors.read(file)).isInstanceOf(IOException.class);
    }

    @Test
    void randomBytesNeverDoHarm() throws IOException {
        Random random = new Random(5);
        for (int i = 0; i < 500; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            Path file = Files.write(folder.resolve("noise"), bytes);
            assertThatThrownBy(() -> Safetensors.read(file)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void whatCannotBeWrittenLeavesTheOldFile() throws IOException {
        Path file = folder.resolve("last.safetensors");
        Safetensors.write(file, new Safetensors.Content(Map.of("a", StoredTensor.of(new byte[] {1})), Map.of()));
        // A folder in the place of the new file cannot be opened for writing.
        Files.createDirectory(folder.resolve("last.safetensors.new"));
        assertThatThrownBy(() -> Safetensors.write(
                        file, new Safetensors.Content(Map.of("a", StoredTensor.of(new byte[] {2})), Map.of())))
                .isInstanceOf(IOException.class);
        assertThat(Safetensors.read(file).tensors().get("a").bytes()).containsExactly(1);
    }
}
