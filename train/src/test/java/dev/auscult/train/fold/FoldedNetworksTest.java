package dev.auscult.train.fold;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

import dev.auscult.data.DataSettings;
import dev.auscult.data.profile.Progress;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.spec.SpecFile;
import dev.auscult.train.torch.TorchEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldedNetworksTest {
    private static final int EACH = 60;

    /** Stripes across and stripes down; the first picture of each kind lies in the folder of the other. */
    @Test
    void picturesInTheWrongFolderAreImprobable(@TempDir Path folder) throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        for (int kind = 0; kind < 2; kind++) {
            for (int i = 0; i < EACH; i++) {
                String name = (kind == 0) == (i != 0) ? "across" : "down";
                Path file = Files.createDirectories(folder.resolve(name)).resolve(kind + "-" + (100 + i) + ".png");
                ImageIO.write(stripes(kind == 0, random), "png", file.toFile());
            }
        }
        DataSettings settings =
                SpecFile.parse("s.yaml", "data: {train: .}", "s", List.of()).data();
        try (Engine engine = TorchEngine.open("cpu", 1)) {
            float[][] p = new FoldedNetworks(engine).probabilities(settings, folder, 1, Progress.SILENT);
            assertEquals(2 * EACH, p.length);
            // The folder "across" holds 0-101 to 0-159 and then 1-100; "down" holds 0-100 and then 1-101 to 1-159.
            assertTrue(p[EACH - 1][0] < 0.3, "1-100 in across: " + p[EACH - 1][0]);
            assertTrue(p[EACH][1] < 0.3, "0-100 in down: " + p[EACH][1]);
            int right = 0;
            for (int i = 0; i < p.length; i++) {
                right += p[i][i < EACH ? 0 : 1] > 0.5 ? 1 : 0;
            }
            assertTrue(right >= 2 * EACH - 6, right + " of " + p.length);
            assertArrayEquals(p, new FoldedNetworks(engine).probabilities(settings, folder, 1, Progress.SILENT));
        }
    }

    private static BufferedImage stripes(boolean across, SplittableRandom random) {
        int side = 16;
        int shift = random.nextInt(4);
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int along = (across ? y : x) + shift;
                int grey = (along / 2 % 2 == 0 ? 180 : 40) + random.nextInt(60);
                image.getRaster().setSample(x, y, 0, grey);
            }
        }
        return image;
    }
}
