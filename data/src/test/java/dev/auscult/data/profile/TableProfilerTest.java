package dev.auscult.data.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.auscult.data.DataSettings;
import dev.auscult.data.SettingsMaker;
import dev.auscult.data.error.DataException;
import dev.auscult.run.ColumnProfile;
import dev.auscult.run.ColumnProfile.Frequent;
import dev.auscult.run.ColumnProfile.Role;
import dev.auscult.run.Split;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the profile says of small tables. */
class TableProfilerTest {
    private static final Path SHARED = Path.of("..", "..", "shared", "datasets");

    @TempDir
    Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static TableProfile profile(Path file, SettingsMaker settings) {
        return TableProfiler.profile(settings.make(), file, Split.TRAIN, null, 1, Progress.SILENT);
    }

    private static TableProfile profile(Path file) {
        return profile(file, SettingsMaker.train(file.toString()));
    }

    private static ColumnProfile column(TableProfile profile, String name) {
        return profile.part().column(name).orElseThrow();
    }

    private static FrameColumn frame(TableProfile profile, String name) {
        return profile.frame().column(name).orElseThrow();
    }

    @Test
    void everyTypeIsRecognisedAndCounted() throws IOException {
        Path file = file("all.csv", """
                n,b,c,d,t,y
                1.5,yes,red,2024-01-02,the quick brown fox jumps,a
                -2,no,red,2024-01-03,over the lazy dog again,b
                NA,yes,blue,2024-01-03 12:00,and then it goes to bed,a
                0,,red,,and sleeps till the morning,b
                inf,yes,,2024-01-05,wakes up and eats it all,b
                """);
        TableProfile profile = profile(file);
        assertThat(profile.part().rows()).isEqualTo(5);
        assertThat(profile.part().sampled()).isEqualTo(5);
        assertThat(profile.frame().isWhole()).isTrue();
        assertThat(profile.part().columns().stream().map(ColumnProfile::type))
                .containsExactly("numeric", "boolean", "categorical", "date", "text", "categorical");
        ColumnProfile n = column(profile, "n");
        ColumnProfile.Numbers numbers = n.numbers().orElseThrow();
        assertThat(n.missing()).isEqualTo(1);
        assertThat(n.distinct()).isEqualTo(4);
        assertThat(numbers.infinite()).isEqualTo(1);
        assertThat(numbers.zeros()).isEqualTo(1);
        assertThat(numbers.min()).isEqualTo(-2);
        assertThat(numbers.max()).isEqualTo(1.5);
        assertThat(numbers.mean()).isEqualTo(-0.5 / 3, within(1e-15));
        // NumPy: std([1.5, -2, 0], ddof=1); scipy.stats.skew.
        assertThat(numbers.deviation()).isEqualTo(1.755942292142123, within(1e-12));
        assertThat(numbers.skewness()).isEqualTo(-0.1728005440786501, within(1e-12));
        assertThat(numbers.quantile(0.5)).isEqualTo(0);
        assertThat(numbers.quantile(0.25)).isEqualTo(-1);
        assertThat(frame(profile, "n").markers()).isEqualTo(Map.of("NA", 1L));
        assertThat(frame(profile, "b").markers()).isEqualTo(Map.of("", 1L));
        assertThat(frame(profile, "b").words()).containsExactly("no", "yes");
        assertThat(frame(profile, "c").words()).containsExactly("red", "blue");
        assertThat(column(profile, "c").frequent()).containsExactly(new Frequent("red", 3));
        assertThat(frame(profile, "d").get(2)).isEqualTo(19725.5);
        assertThat(frame(profile, "t").text(1)).isEqualTo("over the lazy dog again");
        assertThat(profile.task()).isEqualTo("classification");
        assertThat(profile.targets()).containsExactly("y");
        assertThat(profile.part().labelCounts()).isEqualTo(Map.of("a", 2L, "b", 3L));
        assertThat(profile.frame().classes().orElseThrow().words()).containsExactly("a", "b");
        assertThat(frame(profile, "y").role()).isEqualTo(Role.TARGET);
    }

    @Test
    void badCellsAndRaggedRowsAreDescribedNotRefused() throws IOException {
        StringBuilder text = new StringBuilder("x,target\n");
        for (int i = 0; i < 40; i++) {
            text.append(i % 20 == 7 ? "bad" : String.valueOf(i)).append(',').append(i % 2);
            text.append(i == 3 ? ",more\n" : "\n");
        }
        text.append("5\n");
        TableProfile profile = profile(file("bad.csv", text.toString()));
        assertThat(column(profile, "x").type()).isEqualTo("numeric");
        assertThat(frame(profile, "x").strays()).isEqualTo(Map.of("bad", 2L));
        assertThat(frame(profile, "x").isMissing(7)).isTrue();
        assertThat(column(profile, "x").missing()).isZero();
        assertThat(column(profile, "target").missing()).isEqualTo(1);
        assertThat(profile.part().labelCounts()).isEqualTo(Map.of("0", 20L, "1", 20L));
        assertThat(profile.frame().classes()).isPresent();
        assertThat(String.join("\n", profile.story())).contains("2 of 41 rows", "line 5 has 3, wanted 2");
    }

    @Test
    void theTestPartIsReadLikeTheTrainingPart() throws IOException {
        Path train = file("train.csv", "id,x,y\n1,1,a\n2,2,b\n3,7,a\n4,3,b\n");
        Path test = file("test.csv", "id,x,y\n1,red,1\n2,4,2\n");
        SettingsMaker settings = SettingsMaker.train("train.csv").drop("id").target("y");
        TableProfile first = profile(train, settings);
        TableProfile second = TableProfiler.profile(settings.make(), test, Split.TEST, first, 1, Progress.SILENT);
        assertThat(column(second, "id").role()).isEqualTo(Role.DROPPED);
        assertThat(column(second, "x").type()).isEqualTo("numeric");
        assertThat(frame(second, "x").strays()).isEqualTo(Map.of("red", 1L));
        assertThat(frame(second, "y").words()).containsExactly("1", "2");
        assertThat(second.task()).isEqualTo("classification");
        assertThat(column(second, "x").numbers().orElseThrow().edges())
                .isEqualTo(column(first, "x").numbers().orElseThrow().edges());
    }

    @Test
    void aTargetIsAssumedOrNotAndThatIsSaid() throws IOException {
        Path plain = file("plain.csv", "a,b\n1,2.5\n2,3.5\n3,9.25\n");
        assertThat(profile(plain).targets()).containsExactly("b");
        assertThat(profile(plain).task()).isEqualTo("regression");
        assertThat(String.join(" ", profile(plain).story())).contains("the last column, b, is taken");
        Path dates = file("dates.csv", "a,when\n1,2024-01-01\n2,2024-01-02\n");
        assertThat(profile(dates).targets()).isEmpty();
        assertThat(profile(dates).task()).isEmpty();
        assertThat(String.join(" ", profile(dates).story())).contains("when, holds dates: nothing is predicted");
        assertThat(profile(plain, SettingsMaker.train("plain.csv").target("none"))
                        .targets())
                .isEmpty();
        assertThatThrownBy(() -> profile(plain, SettingsMaker.train("plain.csv").target("c")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no column 'c'");
    }

    @Test
    void numbersInAFormThatIsNotReadAreSaid() throws IOException {
        TableProfile profile = profile(
                file("comma.csv", "price;many;day;y\n1,5;1.234.567;03/04/2024;a\n2,5;2.000.000;28/02/2024;b\n"));
        assertThat(String.join("\n", profile.story()))
                .contains("column price is read as words: '1,5' has a decimal comma")
                .contains("column many is read as words: '1.234.567' has separators of thousands")
                .contains("column day is read as words: '03/04/2024' has a date whose order cannot be told")
                .doesNotContain("column y is");
    }

    @Test
    void jsonLinesAreATable() throws IOException {
        Path file = file("a.jsonl", """
                {"x": 1, "label": "a"}
                {"x": null, "label": "b"}
                {"label": "a"}
                """);
        TableProfile profile = profile(file);
        assertThat(column(profile, "x").missing()).isEqualTo(2);
        assertThat(profile.part().labelCounts()).isEqualTo(Map.of("a", 2L, "b", 1L));
    }

    @Test
    void duplicatesAndSharedRowsAreCounted() throws IOException {
        TableProfile first = profile(file("a.csv", "x,y\n1,a\n2,b\n1,a\n1.0,a\n3,c\n"));
        TableProfile second = profile(file("b.csv", "x,y\n3,c\n2,z\n3,c\n1,a\n"));
        assertThat(first.summary().duplicates()).isEqualTo(2);
        assertThat(first.summary().shared(second.summary())).isEqualTo(2);
    }

    @Test
    void titanic() {
        Path file = SHARED.resolve(Path.of("tabular", "titanic.csv"));
        Assumptions.assumeTrue(Files.isRegularFile(file), "the shared data sets are not here");
        DataSettings settings =
                SettingsMaker.train(file.toString()).target("survived").make();
        TableProfile profile = TableProfiler.profile(settings, file, Split.TRAIN, null, 1, Progress.SILENT);
        assertThat(profile.part().rows()).isEqualTo(891);
        assertThat(profile.part().labelCounts()).isEqualTo(Map.of("0", 549L, "1", 342L));
        assertThat(column(profile, "age").missing()).isEqualTo(177);
        assertThat(column(profile, "age").distinct()).isEqualTo(88);
        assertThat(column(profile, "deck").missing()).isEqualTo(688);
        // pandas: duplicated().sum()
        assertThat(profile.summary().duplicates()).isEqualTo(107);
        assertThat(List.of(
                        column(profile, "alone").type(), column(profile, "sex").type()))
                .containsExactly("boolean", "categorical");
    }
}
