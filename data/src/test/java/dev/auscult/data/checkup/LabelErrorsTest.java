package dev.auscult.data.checkup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

import dev.auscult.data.error.DataException;
import dev.auscult.data.learn.RealFrame;
import dev.auscult.data.profile.Frame;
import dev.auscult.data.profile.FrameMaker;
import dev.auscult.data.profile.Progress;
import dev.auscult.run.Observation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelErrorsTest {
    private static RealFrame table(String name) {
        return name.equals("penguins") ? RealFrame.of(name, "species", List.of()) : RealFrame.numbers(name);
    }

    private static boolean isCertain(Observation look) {
        return look.get("p-value") < 1e-4 && look.get("floor") >= 0.02 && look.get("floor") * look.get("rows") >= 5;
    }

    @ParameterizedTest
    @ValueSource(strings = {"penguins", "wine", "breast_cancer", "digits"})
    void isQuietOnRealTables(String name) {
        Frame frame = table(name).make();
        Observation look =
                LabelErrors.observe(frame, 7, Progress.SILENT).orElseThrow().observation();
        assertTrue(!isCertain(look), look.numbers().toString());
        assertTrue(look.get("noise-high") < 0.02, look.numbers().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"penguins", "breast_cancer", "digits"})
    void findsLabelsThatWereFlipped(String name) {
        RealFrame table = table(name).flip(0.1, 5);
        LabelErrors found =
                LabelErrors.observe(table.make(), 7, Progress.SILENT).orElseThrow();
        Observation look = found.observation();
        assertTrue(isCertain(look), look.numbers().toString());
        assertTrue(look.get("unexplained") < 0.2, look.numbers().toString());
        assertTrue(
                look.get("noise-low") <= 0.1 && look.get("noise-high") >= 0.1,
                look.numbers().toString());
        long flipped = found.suspects().stream()
                .limit(20)
                .filter(s -> table.isFlipped((int) s.row() - 1))
                .count();
        assertTrue(flipped >= 18, flipped + " of the first 20 suspects were flipped");
        for (int i = 1; i < found.suspects().size(); i++) {
            assertTrue(found.suspects().get(i - 1).selfConfidence()
                    <= found.suspects().get(i).selfConfidence());
        }
    }

    @Test
    void saysNothingOfLabelsThatNoColumnExplains() {
        SplittableRandom random = new SplittableRandom(2);
        int n = 2_000;
        double[] x = new double[n];
        String[] rare = new String[n];
        String[] even = new String[n];
        for (int i = 0; i < n; i++) {
            x[i] = random.nextDouble();
            rare[i] = random.nextDouble() < 0.05 ? "yes" : "no";
            even[i] = random.nextBoolean() ? "yes" : "no";
        }
        for (String[] labels : List.of(rare, even)) {
            Frame frame = FrameMaker.train()
                    .numeric("x", x)
                    .target("classification")
                    .categories("y", labels)
                    .make();
            Observation look =
                    LabelErrors.observe(frame, 7, Progress.SILENT).orElseThrow().observation();
            assertTrue(
                    look.get("recognised") < 0.5 * n || !isCertain(look),
                    look.numbers().toString());
        }
    }

    @Test
    void takesProbabilitiesOfAFile(@TempDir Path folder) throws IOException {
        Frame frame = FrameMaker.train()
                .numeric("x", 1, 2, 3, 4)
                .target("classification")
                .categories("y", "b", "a", "b", "a")
                .make();
        // Classes in the order of their names: a, b.
        Path file = npy(folder, 4, 0.1f, 0.9f, 0.8f, 0.2f, 0.95f, 0.05f, 0.9f, 0.1f);
        LabelErrors found = LabelErrors.observe(frame, file, Progress.SILENT);
        assertEquals(
                List.of(new LabelSuspect(3, "", "x 3", "b", "a", 0.05f, 0.05f - (double) 0.95f)), found.suspects());
        assertEquals(0.75, found.observation().get("accuracy"), 1e-12);
        DataException error = assertThrows(
                DataException.class,
                () -> LabelErrors.observe(frame, npy(folder, 2, 0.1f, 0.9f, 0.8f, 0.2f), Progress.SILENT));
        assertTrue(error.getMessage().contains("wanted [4, 2]"), error.getMessage());
    }

    private static Path npy(Path folder, int rows, float... values) throws IOException {
        String header =
                "{'descr': '<f4', 'fortran_order': False, 'shape': (" + rows + ", " + values.length / rows + "), }";
        byte[] text = (header + " ".repeat(117 - header.length()) + "\n").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer bytes =
                ByteBuffer.allocate(10 + text.length + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 0);
        bytes.putShort((short) text.length).put(text);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return Files.write(folder.resolve(rows + ".npy"), bytes.array());
    }
}
