package dev.auscult.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import dev.auscult.data.DataSettings.Validation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of a table as sequences. */
class SequenceTest {
    @TempDir
    Path folder;

    private PreparedData open(SettingsMaker settings) {
        return PreparedData.open(settings.make(), folder, 3, line -> {});
    }

    /** Row i holds x = i and y = i + 0.5; ten rows of each series. */
    private void write(int rows) throws IOException {
        StringBuilder text = new StringBuilder("series,x,y\n");
        for (int i = 0; i < rows; i++) {
            text.append(String.format(Locale.ROOT, "s%d,%d,%d.5%n", i / 10, i, i));
        }
        Files.writeString(folder.resolve("t.csv"), text.toString());
    }

    private static float[] example(Examples examples, int index) {
        float[] into = new float[examples.inputs().elements()];
        examples.inputs().read(index, into, 0);
        return into;
    }

    @Test
    void runsEndBeforeWhatTheyPredict() throws IOException {
        write(50);
        PreparedData data = open(SettingsMaker.train("t.csv")
                .target("y")
                .drop("series")
                .normalize("none")
                .sequence(4, 3, 2)
                .validation(SettingsMaker.NONE));
        assertThat(data.shape().inputShape()).isEqualTo(Extents.of(4, 2));
        assertThat(data.inputNames()).containsExactly("x", "y");
        assertThat(data.train().size()).isEqualTo(15);
        for (int i = 0; i < 15; i++) {
            int s = 3 * i;
            assertThat(example(data.train(), i))
                    .containsExactly(s, s + 0.5f, s + 1, s + 1.5f, s + 2, s + 2.5f, s + 3, s + 3.5f);
            assertThat(data.train().target().value(i, 0)).isEqualTo(s + 5.5f);
        }
    }

    @Test
    void trainingAndValidationShareNoRow() throws IOException {
        write(100);
        PreparedData data = open(SettingsMaker.train("t.csv")
                .target("y")
                .columns("x")
                .normalize("none")
                .sequence(5, 1, 1));
        float lastSeen = 0;
        for (int i = 0; i < data.train().size(); i++) {
            lastSeen = Math.max(lastSeen, data.train().target().value(i, 0));
        }
        Examples validation = data.validation().orElseThrow();
        assertThat(validation.size()).isEqualTo(19);
        assertThat(example(validation, 0)[0]).isGreaterThan(lastSeen - 0.5f);
        assertThat(data.story()).anyMatch(s -> s.contains("5 runs across the border left out"));
        boolean[] held = new boolean[95];
        for (int fold = 0; fold < 4; fold++) {
            PreparedData part = open(SettingsMaker.train("t.csv")
                    .target("y")
                    .columns("x")
                    .normalize("none")
                    .sequence(5, 1, 1)
                    .validation(new Validation(0, true, null, 4, fold, null, null)));
            Examples out = part.validation().orElseThrow();
            for (int i = 0; i < out.size(); i++) {
                int start = (int) example(out, i)[0];
                assertThat(held[start]).isFalse();
                held[start] = true;
                for (int j = 0; j < part.train().size(); j++) {
                    int other = (int) example(part.train(), j)[0];
                    assertThat(Math.abs(other - start)).isGreaterThan(5);
                }
            }
        }
        assertThat(held).doesNotContain(false);
    }

    @Test
    void runsStayInTheirGroup() throws IOException {
        write(50);
        PreparedData data = open(SettingsMaker.train("t.csv")
                .target("y")
                .columns("x")
                .normalize("none")
                .sequence(4, 1, 0)
                .validation(new Validation(0.2, true, null, 0, 0, "series", null)));
        assertThat(data.train().size()).isEqualTo(4 * 7);
        Examples validation = data.validation().orElseThrow();
        assertThat(validation.size()).isEqualTo(7);
        int series = (int) example(validation, 0)[0] / 10;
        for (int i = 0; i < data.train().size(); i++) {
            float[] run = example(data.train(), i);
            assertThat((int) run[0] / 10).isEqualTo((int) run[3] / 10).isNotEqualTo(series);
        }
    }

    @Test
    void whatCannotBeARunIsSaid() throws IOException {
        write(10);
        assertThatThrownBy(() -> open(SettingsMaker.train("t.csv").target("y").sequence(10, 1, 1)))
                .hasMessageContaining("has 10 rows, wanted runs of 11 rows");
        assertThatThrownBy(() -> open(SettingsMaker.train("t.csv").target("y").sequence(0, 1, 1)))
                .hasMessageContaining("length 0");
        assertThatThrownBy(() -> open(SettingsMaker.train("t.csv")
                        .target("y")
                        .sequence(2, 1, 1)
                        .missing("drop-rows")))
                .hasMessageContaining("tear sequences apart");
    }

    @Test
    void runsFollowTheTimeNotTheFile() throws IOException {
        StringBuilder text = new StringBuilder("when,x,y\n");
        for (int i = 0; i < 40; i++) {
            int at = i * 27 % 40;
            text.append(String.format(Locale.ROOT, "%d,%d,%d.5%n", 1000 + at, at, at));
        }
        Files.writeString(folder.resolve("t.csv"), text.toString());
        PreparedData data = open(SettingsMaker.train("t.csv")
                .target("y")
                .columns("x")
                .normalize("none")
                .sequence(3, 1, 1)
                .validation(new Validation(0.2, true, null, 0, 0, null, "when")));
        assertThat(data.train().size()).isEqualTo(26);
        for (int i = 0; i < 26; i++) {
            assertThat(example(data.train(), i)).containsExactly(i, i + 1, i + 2);
            assertThat(data.train().target().value(i, 0)).isEqualTo(i + 3.5f);
        }
        assertThat(data.story()).anyMatch(s -> s.contains("the last in time held out"));
    }
}
