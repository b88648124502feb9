package dev.auscult.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import dev.auscult.data.error.DataException;
import dev.auscult.data.generate.PreparedRows;
import dev.auscult.data.generate.RowMaker;
import dev.auscult.data.generate.RowSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Made rows beside real ones: which are used, and what they may be made of. */
class GenerationTest {
    private static final DataSettings.Generate COPULA = new DataSettings.Generate("copula", 90, 0.1, 1);

    @TempDir
    Path folder;

    private SettingsMaker clouds(int rows, DataSettings.Generate generate) throws IOException {
        Random random = new Random(2);
        StringBuilder csv = new StringBuilder("x,y,colour,cloud\n");
        for (int i = 0; i < rows; i++) {
            int cloud = i % 3;
            csv.append(String.format(
                    Locale.ROOT,
                    "%.4f,%s,%s,%s%n",
                    3 * cloud + random.nextGaussian(),
                    random.nextInt(8) == 0 ? "" : String.format(Locale.ROOT, "%.4f", random.nextGaussian() - cloud),
                    random.nextInt(3) <= cloud ? "red" : "blue",
                    "abc".charAt(cloud)));
        }
        Files.writeString(folder.resolve("clouds.csv"), csv);
        return SettingsMaker.train("clouds.csv").target("cloud").generate(generate);
    }

    private PreparedData open(SettingsMaker maker) {
        return PreparedData.open(maker.make(), folder, 7, sentence -> {});
    }

    private static List<List<Float>> vectors(Examples examples) {
        List<List<Float>> all = new ArrayList<>();
        float[] row = new float[examples.inputs().elements()];
        for (int i = 0; i < examples.size(); i++) {
            examples.inputs().read(i, row, 0);
            List<Float> one = new ArrayList<>();
            for (float value : row) {
                one.add(value);
            }
            all.add(one);
        }
        return all;
    }

    @Test
    void rowsAreAddedBehindTheRealOnesInTheSharesOfTheClasses() throws IOException {
        PreparedData plain = open(clouds(300, null));
        PreparedData more = open(clouds(300, COPULA));

        assertThat(more.train().size()).isEqualTo(plain.train().size() + 90);
        assertThat(vectors(more.train()).subList(0, 240)).isEqualTo(vectors(plain.train()));
        int[] counts = new int[3];
        for (int i = 240; i < more.train().size(); i++) {
            counts[more.train().target().classOf(i)]++;
        }
        assertThat(counts).containsExactly(30, 30, 30);
        assertThat(vectors(more.validation().orElseThrow()))
                .isEqualTo(vectors(plain.validation().orElseThrow()));
        assertThat(more.story())
                .anyMatch(s -> s.startsWith("90 rows made by a Gaussian copula, added to the training part: ")
                        && s.contains("% of 240 real rows that they did not see, and of 9"));
    }

    @Test
    void noRowEqualsARealOne() throws IOException {
        PreparedData more = open(clouds(300, new DataSettings.Generate("copula", 500, 0.2, 1)));
        List<List<Float>> all = vectors(more.train());
        Set<List<Float>> real = new HashSet<>(all.subList(0, 240));

        assertThat(all.subList(240, all.size())).hasSize(500).noneMatch(real::contains);
    }

    /** Whatever the validation rows hold, the made rows are the same. */
    @Test
    void noRowOfTheValidationPartIsLookedAt() throws IOException {
        clouds(300, COPULA);
        List<String> lines = Files.readAllLines(folder.resolve("clouds.csv"));
        Files.write(folder.resolve("train.csv"), lines.subList(0, 241));
        List<List<List<Float>>> made = new ArrayList<>();
        for (int from : new int[] {241, 261}) {
            List<String> held = new ArrayList<>(List.of(lines.get(0)));
            held.addAll(lines.subList(from, from + 20));
            Files.write(folder.resolve("held.csv"), held);
            PreparedData data = open(SettingsMaker.train("train.csv")
                    .target("cloud")
                    .validation(new DataSettings.Validation(0, false, "held.csv", 0, 0, null, null))
                    .generate(COPULA));
            made.add(vectors(data.train()));
        }
        assertThat(made.get(0)).hasSize(330).isEqualTo(made.get(1));
    }

    @Test
    void numbersToPredictAreMadeWithTheirInputs() throws IOException {
        Random random = new Random(4);
        StringBuilder csv = new StringBuilder("x,z,price\n");
        for (int i = 0; i < 400; i++) {
            double x = random.nextGaussian();
            csv.append(String.format(
                    Locale.ROOT, "%.4f,%.4f,%.4f%n", x, random.nextGaussian(), 100 + 20 * x + random.nextGaussian()));
        }
        Files.writeString(folder.resolve("prices.csv"), csv);
        PreparedData data = open(SettingsMaker.train("prices.csv")
                .target("price")
                .normalizeTarget()
                .generate(new DataSettings.Generate("copula", 0, 0.1, 1)));

        assertThat(data.train().size()).isEqualTo(640);
        double errors = 0;
        float[] row = new float[2];
        for (int i = 320; i < 640; i++) {
            data.train().inputs().read(i, row, 0);
            double error = data.train().target().value(i, 0) - row[0];
            errors += error * error;
        }
        assertThat(Math.sqrt(errors / 320)).isLessThan(0.25);
        assertThat(data.story()).anyMatch(s -> s.contains("reach an R² of 0.9"));
    }

    /** Rows of nothing but noise are measured, and left out. */
    @Test
    void rowsThatTeachTheWrongThingAreNotUsed() throws IOException {
        RowMaker noise = new RowMaker() {
            @Override
            public RowSource learn(PreparedRows rows, long seed) {
                Random random = new Random(seed);
                return (label, into, offset) -> {
                    for (int i = 0; i < rows.width(); i++) {
                        into[offset + i] = (float) random.nextGaussian();
                    }
                };
            }

            @Override
            public String name() {
                return "source of noise";
            }
        };
        DataSettings settings =
                clouds(300, new DataSettings.Generate("vae", 90, 0.1, 1)).make();
        PreparedData data = PreparedData.open(settings, folder, 7, sentence -> {}, Map.of("vae", noise));

        assertThat(data.train().size()).isEqualTo(240);
        assertThat(data.story())
                .anyMatch(s -> s.startsWith("rows made by a source of noise are not used: ")
                        && s.endsWith("less by 10.0 % would do (data.generate.tolerance)"));
    }

    @Test
    void fewRowsAreLeftAlone() throws IOException {
        PreparedData data = open(clouds(18, COPULA));

        assertThat(data.train().size()).isLessThan(18);
        assertThat(data.story()).anyMatch(s -> s.startsWith("no rows made"));
    }

    @Test
    void whereAllRowsAreCopiesFewerAreMade() throws IOException {
        StringBuilder csv = new StringBuilder("colour,shape,class\n");
        for (int i = 0; i < 120; i++) {
            csv.append("rgb".charAt(i % 3))
                    .append(',')
                    .append("sq".charAt(i / 3 % 2))
                    .append(',');
            csv.append(i % 3 == 0 ? "yes" : "no").append('\n');
        }
        Files.writeString(folder.resolve("cards.csv"), csv);
        PreparedData data =
                open(SettingsMaker.train("cards.csv").target("class").generate(COPULA));

        assertThat(data.train().size()).isEqualTo(96);
        assertThat(data.story())
                .anyMatch(s -> s.startsWith("0 rows made") && s.contains("fewer than the 90 asked for"));
    }

    @Test
    void sequencesAreRefused() throws IOException {
        Files.writeString(folder.resolve("series.csv"), "t,x\n" + "1,2\n".repeat(60));
        DataSettings settings = SettingsMaker.train("series.csv")
                .target("x")
                .task(Task.REGRESSION)
                .sequence(3, 1, 1)
                .generate(COPULA)
                .make();
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> PreparedData.open(settings, folder, 7, sentence -> {}))
                .withMessageContaining("data.generate is for rows of a table, found examples of shape 3×2");
    }
}
