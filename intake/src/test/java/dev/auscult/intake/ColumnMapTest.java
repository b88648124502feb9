package dev.auscult.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.auscult.intake.Intake.Found;
import dev.auscult.run.Series;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the user says about columns decides how a file that he names is read. */
class ColumnMapTest {
    @TempDir
    Path root;

    private Found read(String name, String text, Map<String, String> columns) throws IOException {
        Path file =
                Files.writeString(root.resolve(name), text.replace("|", "\n").replace("~", "\t"));
        List<Found> found = new Intake(new ReadOptions(true, columns)).read(List.of(file));
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static double[] values(Found found, String label) {
        assertThat(found.refusal()).isEmpty();
        return found.run().metrics().stream()
                .filter(series -> series.key().label().equals(label))
                .findFirst()
                .map(Series::values)
                .orElseThrow(() -> new AssertionError(found.run().metrics().toString()));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '!',
            value = {
                "ob.csv ! epoch,objective,held_out|0,3,4|1,2,3|2,1,2",
                "ob.tsv ! epoch~objective~held_out|0~3~4|1~2~3|2~1~2",
                "ob.json ! {\"epoch\": [0, 1, 2], \"objective\": [3, 2, 1], \"held_out\": [4, 3, 2]}",
                "ob.json ! [{\"objective\": 3, \"held_out\": 4}, {\"objective\": 2, \"held_out\": 3},"
                        + " {\"objective\": 1, \"held_out\": 2}]",
                "ob.jsonl ! {\"objective\": 3, \"held_out\": 4}|{\"objective\": 2, \"held_out\": 3}|"
                        + "{\"objective\": 1, \"held_out\": 2}",
                // Keras' own table, in which the names would say something else.
                "keras.csv ! epoch,held_out,loss,objective,val_loss|0,4,9,3,9|1,3,9,2,9|2,2,9,1,9",
            })
    void namedColumnsAreRead(String name, String text) throws IOException {
        Found found = read(name, text, Map.of("loss", "objective", "val_loss", "held_out"));

        assertThat(values(found, "train/loss")).containsExactly(3, 2, 1);
        assertThat(values(found, "validation/loss")).containsExactly(4, 3, 2);
    }

    @Test
    void columnsWithoutATellingNameAndWithoutAHeaderAreRead() throws IOException {
        String rows = "10,0.5,4|20,0.25,3|30,0.125,2";
        Found plain = read("m1.csv", "a,b,c|" + rows, Map.of("loss", "b", "val_loss", "c"));
        Found stepped = read("m1.csv", "a,b,c|" + rows, Map.of("step", "a", "loss", "b"));
        Found headerless = read("headerless.csv", rows, Map.of("loss", "1", "val_loss", "2"));

        assertThat(values(plain, "validation/loss")).containsExactly(4, 3, 2);
        assertThat(values(stepped, "train/loss")).containsExactly(0.5, 0.25, 0.125);
        assertThat(stepped.run().metrics().get(0).steps()).containsExactly(10, 20, 30);
        assertThat(values(headerless, "train/loss")).containsExactly(0.5, 0.25, 0.125);
        assertThat(values(headerless, "validation/loss")).containsExactly(4, 3, 2);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '!',
            value = {"a.csv ! a,b,c|1,2,3|2,3,4", "a.json ! {\"a\": [1, 2], \"b\": [2, 3], \"c\": [3, 4]}"})
    void whatIsNotThereIsRefused(String name, String text) throws IOException {
        assertThat(read(name, text, Map.of("loss", "zzz")).refusal())
                .isEqualTo("there is no column zzz; there are a, b, c");
        assertThat(read(name, text, Map.of("frobnication", "b")).refusal())
                .startsWith("nothing is known to be called frobnication (--map frobnication=b); wanted: step,");
    }

    @Test
    void otherFilesAreReadAsEver() throws IOException {
        Found found = read(
                "train.log",
                "epoch 1, loss 0.5, val_loss 0.6|epoch 2, loss 0.4, val_loss 0.5|epoch 3, loss 0.3, val_loss 0.4",
                Map.of("loss", "objective"));

        assertThat(values(found, "train/loss")).containsExactly(0.5, 0.4, 0.3);
    }
}
