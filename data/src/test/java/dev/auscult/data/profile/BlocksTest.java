package dev.auscult.data.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

import dev.auscult.data.SettingsMaker;
import dev.auscult.data.error.DataException;
import dev.auscult.data.profile.TableProfiler.Limits;
import dev.auscult.run.ColumnProfile;
import dev.auscult.run.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A text table that is read block by block is what it is when read at once, and nothing in it fills the memory. */
class BlocksTest {
    private static final int ALL = 1 << 20;
    /** Blocks as large as in use, but small tables are read in them too. */
    private static final Limits LARGE = blocks(1 << 20, ALL);

    private static final Limits AT_ONCE = new Limits(ALL, Long.MAX_VALUE, 1 << 20);

    @TempDir
    Path folder;

    private static TableProfile profile(Path file, Limits limits) {
        return new TableProfiler(SettingsMaker.train(file.toString()).make(), file, 7, limits, Progress.SILENT)
                .profile(Split.TRAIN, null);
    }

    private static Limits blocks(int bytes, int rows) {
        return new Limits(rows, 0, bytes);
    }

    private static String cell(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> "";
            case 1 -> "NA";
            case 2 -> "\"a, quoted\"";
            case 3 -> "\"two\nlines \"\"said\"\" he\"";
            case 4 -> "5\" pipe";
            case 5 -> " padded ";
            case 6 -> "été €𝄞";
            case 7 -> String.valueOf(random.nextInt(30));
            case 8 -> "yes";
            case 9 -> "2024-01-0" + (1 + random.nextInt(9));
            default -> String.valueOf(random.nextGaussian());
        };
    }

    private static String table(Random random, int rows, String newline) {
        StringBuilder text = new StringBuilder("number,mixed,word,label" + newline);
        for (int row = 0; row < rows; row++) {
            text.append(random.nextDouble() * 100)
                    .append(',')
                    .append(cell(random))
                    .append(',');
            text.append("word").append(random.nextInt(50)).append(',').append(random.nextInt(3));
            if (random.nextInt(60) == 0) {
                text.append(",more");
            }
            text.append(newline);
            if (random.nextInt(40) == 0) {
                text.append(newline);
            }
        }
        return text.toString();
    }

    private static void assertSame(TableProfile expected, TableProfile actual) {
        assertThat(actual.part().rows()).isEqualTo(expected.part().rows());
        assertThat(actual.part().labelCounts()).isEqualTo(expected.part().labelCounts());
        assertThat(actual.story()).isEqualTo(expected.story());
        assertThat(actual.summary().duplicates()).isEqualTo(expected.summary().duplicates());
        for (int i = 0; i < expected.part().columns().size(); i++) {
            ColumnProfile a = expected.part().columns().get(i);
            ColumnProfile b = actual.part().columns().get(i);
            assertThat(rounded(b)).isEqualTo(rounded(a));
            FrameColumn here = expected.frame().columns().get(i);
            FrameColumn there = actual.frame().columns().get(i);
            assertThat(there.values()).containsExactly(here.values());
            assertThat(there.words()).isEqualTo(here.words());
            assertThat(there.strays()).isEqualTo(here.strays());
            assertThat(there.markers()).isEqualTo(here.markers());
        }
        for (int row = 0; row < expected.frame().rows(); row++) {
            assertThat(actual.frame().rowNumber(row)).isEqualTo(expected.frame().rowNumber(row));
        }
    }

    /** Sums are joined in another order, which their last digits show. */
    private static String rounded(ColumnProfile column) {
        return column.toString().replaceAll("(mean|deviation|skewness)=(-?\\d+\\.\\d{9})\\d*", "$1=$2");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void blocksAreTheWhole(long seed) throws IOException {
        Random random = new Random(seed);
        String newline = seed % 2 == 0 ? "\n" : "\r\n";
        Path file = Files.writeString(folder.resolve("a.csv"), table(random, 3000, newline));
        assertSame(profile(file, AT_ONCE), profile(file, blocks(100 + random.nextInt(5000), ALL)));
    }

    @Test
    void aSampleIsOfTheSameRowsWhateverTheBlocks() throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), table(new Random(5), 5000, "\n"));
        TableProfile some = profile(file, blocks(3000, 400));
        TableProfile again = profile(file, blocks(3000, 400));
        assertThat(some.part()).isEqualTo(again.part());
        assertThat(some.part().sampled()).isEqualTo(400);
        assertThat(some.part().rows()).isEqualTo(5000);
        TableProfile whole = profile(file, AT_ONCE);
        FrameColumn all = whole.frame().column("number").orElseThrow();
        FrameColumn few = some.frame().column("number").orElseThrow();
        for (int row = 0; row < 400; row++) {
            assertThat(few.get(row)).isEqualTo(all.get((int) some.frame().rowNumber(row) - 1));
        }
        // 400 rows know the median to 0.1 of the range: four standard errors of the sign test.
        assertThat(some.part().columns().get(0).numbers().orElseThrow().quantile(0.5))
                .isBetween(40.0, 60.0);
        assertThat(some.part().labelCounts()).isEqualTo(whole.part().labelCounts());
    }

    @Test
    void packedFilesAndMarksAreRead() throws IOException {
        String text = "\uFEFF" + table(new Random(6), 800, "\n");
        Path plain = Files.writeString(folder.resolve("a.csv"), text);
        Path packed = folder.resolve("b.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        assertSame(profile(plain, AT_ONCE), profile(packed, blocks(777, ALL)));
    }

    @Test
    void otherEncodingsAreFoundOut() throws IOException {
        String text = "wort,y\n" + "grün,1\nblau,0\n".repeat(2000);
        Path old = Files.write(folder.resolve("old.csv"), text.getBytes(Charset.forName("windows-1252")));
        TableProfile profile = profile(old, blocks(1000, ALL));
        assertThat(profile.frame().columns().get(0).words()).containsExactly("grün", "blau");
        assertThat(String.join(" ", profile.story())).contains("windows-1252");
        byte[] mixed = ("wort,y\n" + "grün,1\n".repeat(500) + "x").getBytes(StandardCharsets.UTF_8);
        mixed[mixed.length - 1] = (byte) 0xE4;
        assertRefused(Files.write(folder.resolve("mixed.csv"), mixed), "encodings are mixed");
        byte[] binary = text.replace('b', '\0').getBytes(StandardCharsets.UTF_8);
        assertRefused(Files.write(folder.resolve("nul.csv"), binary), "NUL byte");
    }

    private static void assertRefused(Path file, String why) {
        assertRefused(file, blocks(1000, ALL), why);
    }

    private static void assertRefused(Path file, Limits limits, String why) {
        assertThatThrownBy(() -> profile(file, limits))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("\n");
    }

    @Test
    void whatIsNoTableIsSaidInOneLine() throws IOException {
        assertRefused(Files.writeString(folder.resolve("empty.csv"), ""), "is empty");
        assertRefused(Files.writeString(folder.resolve("names.csv"), "a,b\n"), "column names and no rows");
        assertRefused(
                Files.writeString(
                        folder.resolve("open.csv"), "a,b\n" + "1,2\n".repeat(900) + "3,\"" + "4\n".repeat(900)),
                "never closed");
        assertRefused(
                Files.writeString(folder.resolve("long.csv"), "a,b\n1,2\n3," + "x".repeat(17_000_000) + "\n"),
                LARGE,
                "16 million");
        Path bomb = folder.resolve("bomb.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(bomb))) {
            out.write("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
            byte[] newlines = "\n".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 300; i++) {
                out.write(newlines);
            }
        }
        assertRefused(bomb, LARGE, "unpack to more than");
    }

    @Test
    void veryManyColumnsAndOneAndTheSameName() throws IOException {
        int columns = 20_000;
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < 4; row++) {
            for (int i = 0; i < columns; i++) {
                text.append(i == 0 ? "" : ",").append(row == 0 ? "c" + i : String.valueOf(row * i));
            }
            text.append('\n');
        }
        TableProfile wide = profile(Files.writeString(folder.resolve("wide.csv"), text), blocks(1000, ALL));
        assertThat(wide.part().columns()).hasSize(columns);
        assertThat(wide.part()
                        .columns()
                        .get(columns - 1)
                        .numbers()
                        .orElseThrow()
                        .max())
                .isEqualTo(3.0 * (columns - 1));
        Path one = Files.writeString(folder.resolve("one.csv"), "y\n1\n2\n\n2\n");
        assertThat(profile(one, blocks(3, ALL)).part().labelCounts()).isEqualTo(Map.of("1", 1L, "2", 2L));
        Path twice = Files.writeString(folder.resolve("twice.csv"), "x,x,y\n1,2,3\n4,5,6\n");
        TableProfile named = profile(twice, blocks(10, ALL));
        assertThat(named.summary().names()).containsExactly("x", "x.1", "y");
        assertThat(String.join(" ", named.story())).contains("several columns called x");
    }
}
