package dev.auscult.train.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import dev.auscult.data.generate.Feature;
import dev.auscult.data.generate.PreparedRows;
import dev.auscult.data.generate.RowSource;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.loop.Setup;
import dev.auscult.train.spec.SpecFile;
import dev.auscult.train.torch.TorchEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An autoencoder that learned rows whose distribution is known. */
class VariationalAutoencoderTest {
    private static final int WIDTH = 5;
    private static final Feature X = new Feature(0, 1, Feature.Kind.NUMBER);
    private static final Feature Y = new Feature(1, 2, Feature.Kind.NUMBER_OR_MISSING);
    private static final Feature COLOUR = new Feature(3, 2, Feature.Kind.CATEGORY);

    private static Engine engine;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() {
        engine = TorchEngine.open("cpu", 1);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    /**
     * Two clusters: x about ±4 with deviation 1 and 0.5, y as x with the sign changed, missing for one row in ten, and a colour
     * that is red for nine in ten of the first and one in ten of the second.
     *
     * @param told whether the cluster is the class of a row
     */
    private static PreparedRows clusters(int rows, boolean told) {
        Random random = new Random(8);
        float[] values = new float[rows * WIDTH];
        int[] labels = new int[rows];
        for (int i = 0; i < rows; i++) {
            boolean first = random.nextBoolean();
            double x = first ? 4 + random.nextGaussian() : -4 + 0.5 * random.nextGaussian();
            boolean missing = random.nextInt(10) == 0;
            values[i * WIDTH] = (float) x;
            values[i * WIDTH + 1] = missing ? 0.5f : (float) (-x + 0.5 * random.nextGaussian());
            values[i * WIDTH + 2] = missing ? 1 : 0;
            boolean red = random.nextInt(10) < (first ? 9 : 1);
            values[i * WIDTH + (red ? 3 : 4)] = 1;
            labels[i] = told && first ? 1 : 0;
        }
        return new PreparedRows(values, WIDTH, List.of(X, Y, COLOUR), labels, told ? 2 : 1);
    }

    private static float[] drawn(PreparedRows rows, int steps, int label, int count, long seed) {
        float[] made = new float[count * WIDTH];
        try (RowSource source = new VariationalAutoencoder(engine, steps).learn(rows, seed)) {
            for (int i = 0; i < count; i++) {
                source.draw(label, made, i * WIDTH);
            }
        }
        return made;
    }

    /**
     * Median of a number over rows on one side of x = 0, its deviation by its quartiles (those of a normal distribution are
     * 1.349 deviations apart), and how many they are: rows between the clusters, of which an autoencoder makes some, move means
     * and variances more than what they stand for.
     */
    private static double[] moments(float[] rows, int at, boolean positive) {
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < rows.length; i += WIDTH) {
            if (rows[i] > 0 == positive && !(at == 1 && rows[i + 2] == 1)) {
                values.add((double) rows[i + at]);
            }
        }
        values.sort(null);
        int size = values.size();
        double median = values.get(size / 2);
        double deviation = (values.get(3 * size / 4) - values.get(size / 4)) / 1.349;
        return new double[] {median, deviation, size};
    }

    /** Share of rows on one side of x = 0 that are red. */
    private static double red(float[] rows, boolean positive) {
        int count = 0;
        int red = 0;
        for (int i = 0; i < rows.length; i += WIDTH) {
            count += rows[i] > 0 == positive ? 1 : 0;
            red += rows[i] > 0 == positive && rows[i + 3] == 1 ? 1 : 0;
        }
        return (double) red / count;
    }

    /**
     * The encoder is not told the clusters, it finds them: medians within 0.4, where they are 8 apart, and
     * deviations within 0.5, since the variance that is decoded is the same for both.
     */
    @Test
    void bothClustersComeBackWithTheirMediansAndDeviations() {
        float[] made = drawn(clusters(1_000, false), 1_500, 0, 2_000, 1);

        double[] first = moments(made, 0, true);
        double[] second = moments(made, 0, false);
        assertThat(first[0]).isCloseTo(4, within(0.4));
        assertThat(second[0]).isCloseTo(-4, within(0.4));
        assertThat(first[1]).isCloseTo(1, within(0.5));
        assertThat(second[1]).isCloseTo(0.5, within(0.5));
        assertThat(first[2] / 2_000).isCloseTo(0.5, within(0.1));
        assertThat(moments(made, 1, true)[0]).isCloseTo(-4, within(0.4));
        assertThat(moments(made, 1, false)[0]).isCloseTo(4, within(0.4));
        assertThat(red(made, true)).isCloseTo(0.9, within(0.15));
        assertThat(red(made, false)).isCloseTo(0.1, within(0.15));
        double gaps = 0;
        for (int i = 0; i < made.length; i += WIDTH) {
            assertThat(made[i + 3] + made[i + 4]).isEqualTo(1);
            if (Y.isMissing(made, i)) {
                gaps++;
                assertThat(made[i + 1]).isEqualTo(0.5f);
            }
        }
        assertThat(gaps / 2_000).isCloseTo(0.1, within(0.05));
    }

    @Test
    void rowsOfAClassAreLikeTheRowsOfThatClass() {
        PreparedRows rows = clusters(600, true);
        for (int label = 0; label < 2; label++) {
            float[] made = drawn(rows, 600, label, 400, 2);
            assertThat(moments(made, 0, label == 1)[2]).isGreaterThan(370);
        }
    }

    @Test
    void theSameSeedMakesTheSameRowsAndAnotherSeedOthers() {
        PreparedRows rows = clusters(200, true);
        float[] once = drawn(rows, 50, 1, 300, 5);

        assertThat(drawn(rows, 50, 1, 300, 5)).isEqualTo(once);
        assertThat(drawn(rows, 50, 1, 300, 6)).isNotEqualTo(once);
    }

    @Test
    void aSpecCanAskForIt() throws IOException {
        Random random = new Random(3);
        StringBuilder csv = new StringBuilder("x,y,side\n");
        for (int i = 0; i < 200; i++) {
            int side = i % 2;
            csv.append(String.format(
                    Locale.ROOT, "%.4f,%.4f,%s%n", 3 * side + random.nextGaussian(), random.nextGaussian(), side));
        }
        Files.writeString(folder.resolve("sides.csv"), csv);
        var spec = SpecFile.parse("s.yaml", """
                data: {train: sides.csv, target: side, generate: {type: vae, rows: 100, steps: 400, tolerance: 0.1}}
                """, "s", List.of());
        try (Setup setup = Setup.open(spec, folder, engine, sentence -> {})) {
            assertThat(setup.data().train().size()).isEqualTo(260);
            assertThat(setup.story())
                    .anyMatch(s ->
                            s.startsWith("100 rows made by a variational autoencoder, added to the training part: "));
        }
    }
}
