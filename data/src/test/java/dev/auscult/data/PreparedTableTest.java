package dev.auscult.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import dev.auscult.data.DataSettings.Validation;
import dev.auscult.data.error.DataException;
import dev.auscult.data.table.DistinctCount;
import dev.auscult.run.DataProfile;
import dev.auscult.run.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables made for the purpose, prepared. */
class PreparedTableTest {
    @TempDir
    Path folder;

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private PreparedData open(SettingsMaker settings) {
        return PreparedData.open(settings.make(), folder, 3, line -> {});
    }

    private static float[] example(Examples examples, int index) {
        float[] into = new float[examples.inputs().elements()];
        examples.inputs().read(index, into, 0);
        return into;
    }

    /** Two classes, one column whose last rows are far off. */
    private void writeShifted() throws IOException {
        StringBuilder text = new StringBuilder("x,when,who,y\n");
        Random random = new Random(4);
        for (int i = 0; i < 100; i++) {
            double x = random.nextGaussian() + (i >= 80 ? 1000 : 0);
            text.append(String.format(
                    Locale.ROOT, "%.6f,2024-%02d-01,p%d,%s%n", x, i / 10 + 1, i / 5, i % 2 == 0 ? "a" : "b"));
        }
        write("t.csv", text.toString());
    }

    @Test
    void statisticsComeFromTheTrainingPartOnly() throws IOException {
        writeShifted();
        PreparedData data = open(SettingsMaker.train("t.csv")
                .target("y")
                .drop("who")
                .validation(new Validation(0.2, true, null, 0, 0, null, "when")));
        assertThat(data.inputNames()).containsExactly("x");
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < 80; i++) {
            double x = example(data.train(), i)[0];
            sum += x;
            squares += x * x;
        }
        assertThat(sum / 80).isCloseTo(0, offset(1e-6));
        assertThat(squares / 80).isCloseTo(1, offset(1e-6));
        Examples validation = data.validation().orElseThrow();
        assertThat(validation.size()).isEqualTo(20);
        for (int i = 0; i < 20; i++) {
            // Had the validation part leaked into the mean, these would be near 2.
            assertThat(example(validation, i)[0]).isGreaterThan(500);
        }
    }

    @Test
    void changingValidationRowsChangesNoTrainingBit() throws IOException {
        writeShifted();
        SettingsMaker settings = SettingsMaker.train("t.csv")
                .target("y")
                .types(Map.of("who", "categorical"))
                .validation(new Validation(0.2, true, null, 0, 0, null, "when"));
        PreparedData before = open(settings);
        List<String> lines = Files.readAllLines(folder.resolve("t.csv"));
        for (int i = 81; i <= 100; i++) {
            String[] cells = lines.get(i).split(",", -1);
            lines.set(i, String.join(",", i % 3 == 0 ? "" : "-77", cells[1], "stranger" + i, cells[3]));
        }
        write("t.csv", String.join("\n", lines));
        PreparedData after = open(settings);
        assertThat(after.inputNames()).isEqualTo(before.inputNames());
        for (int i = 0; i < before.train().size(); i++) {
            assertThat(example(after.train(), i)).isEqualTo(example(before.train(), i));
        }
        assertThat(example(after.validation().orElseThrow(), 0))
                .isNotEqualTo(example(before.validation().orElseThrow(), 0));
        float[] stranger = example(after.validation().orElseThrow(), 0);
        assertThat(Arrays.copyOfRange(stranger, 1, stranger.length)).containsOnly(0f);
    }

    @Test
    void repeatsAreBitEqual() throws IOException {
        writeShifted();
        PreparedData first = open(SettingsMaker.train("t.csv").target("y"));
        PreparedData second = open(SettingsMaker.train("t.csv").target("y"));
        for (int i = 0; i < first.train().size(); i++) {
            assertThat(example(second.train(), i)).isEqualTo(example(first.train(), i));
            assertThat(second.train().target().classOf(i))
                    .isEqualTo(first.train().target().classOf(i));
        }
        assertThat(second.story()).isEqualTo(first.story());
    }

    @Test
    void theStoryIsTold() throws IOException {
        writeShifted();
        PreparedData data = open(SettingsMaker.train("t.csv").target("y").columns("x"));
        assertThat(data.story())
                .containsExactly(
                        "classification, 2 classes, from column y",
                        "100 rows and 4 columns in t.csv",
                        "80 training and 20 validation examples, stratified",
                        "inputs of 1 number from 1 column, standard");
        assertThat(data.profile().parts())
                .containsExactly(
                        new DataProfile.Part(Split.TRAIN, 80, Map.of("a", 40L, "b", 40L)),
                        new DataProfile.Part(Split.VALIDATION, 20, Map.of("a", 10L, "b", 10L)));
        assertThat(data.classCounts()).containsExactly(40, 40);
        assertThat(data.classWeights()).isEmpty();
        assertThat(data.shape()).isEqualTo(new DataShape(Task.CLASSIFICATION, Extents.of(1), false, 0, 2));
    }

    @Test
    void groupsStayTogetherAndAreNoInput() throws IOException {
        writeShifted();
        PreparedData data = open(SettingsMaker.train("t.csv")
                .target("y")
                .validation(new Validation(0.2, true, null, 0, 0, "who", null)));
        assertThat(data.inputNames()).containsExactly("x", "when");
        assertThat(data.validation().orElseThrow().size()).isEqualTo(20);
        assertThat(data.story()).anyMatch(s -> s.contains("4 of 20 groups"));
    }

    @Test
    void tasksAreDerived() throws IOException {
        StringBuilder text = new StringBuilder("few,many,real,word,flag,p,q,whole\n");
        for (int i = 0; i < 200; i++) {
            text.append(String.format(
                    Locale.ROOT,
                    "%d,%d,%.2f,%s,%s,%d,%d,%d%n",
                    i % 7 + 3,
                    i * i,
                    i / 7.0,
                    i % 3 == 0 ? "x" : "y",
                    i % 2 == 0 ? "yes" : "no",
                    i % 2,
                    i % 3 == 0 ? 1 : 0,
                    i % 30));
        }
        write("t.csv", text.toString());
        Map<String, Task> wanted = Map.of(
                "few",
                Task.CLASSIFICATION,
                "many",
                Task.REGRESSION,
                "real",
                Task.REGRESSION,
                "word",
                Task.CLASSIFICATION,
                "flag",
                Task.CLASSIFICATION,
                "whole",
                Task.CLASSIFICATION);
        wanted.forEach((column, task) -> assertThat(
                        open(SettingsMaker.train("t.csv").target(column)).task())
                .as(column)
                .isEqualTo(task));
        assertThat(open(SettingsMaker.train("t.csv").target("few")).targetNames())
                .first()
                .isEqualTo("3");
        assertThat(open(SettingsMaker.train("t.csv").target("flag")).targetNames())
                .containsExactly("no", "yes");
        assertThat(open(SettingsMaker.train("t.csv").target("few").task(Task.REGRESSION))
                        .task())
                .isEqualTo(Task.REGRESSION);
        PreparedData labels = open(SettingsMaker.train("t.csv").target("p", "q", "flag"));
        assertThat(labels.task()).isEqualTo(Task.MULTI_LABEL);
        assertThat(labels.targetNames()).containsExactly("p", "q", "flag");
        PreparedData numbers = open(SettingsMaker.train("t.csv").target("real", "-1"));
        assertThat(numbers.task()).isEqualTo(Task.REGRESSION);
        assertThat(numbers.shape().outputs()).isEqualTo(2);
        assertThat(numbers.targetNames()).containsExactly("real", "whole");
    }

    @Test
    void joinedLabelsAreTakenApart() throws IOException {
        write("t.csv", "x,tags\n1,sea|sky\n2,\n3,sky\n4,land | sea\n");
        PreparedData data = open(SettingsMaker.train("t.csv")
                .target("tags")
                .task(Task.MULTI_LABEL)
                .validation(SettingsMaker.NONE));
        assertThat(data.targetNames()).containsExactly("land", "sea", "sky");
        Target target = data.train().target();
        float[][] wanted = {{0, 1, 1}, {0, 0, 0}, {0, 0, 1}, {1, 1, 0}};
        for (int i = 0; i < 4; i++) {
            for (int o = 0; o < 3; o++) {
                assertThat(target.value(i, o)).isEqualTo(wanted[i][o]);
            }
        }
        assertThat(data.classCounts()).containsExactly(1, 2, 2);
    }

    @Test
    void targetsAreScaledByTheTrainingPart() throws IOException {
        write("t.csv", "x,when,y\n1,1,10.5\n2,2,20.5\n3,3,30.5\n4,4,40.5\n5,5,999.5\n");
        PreparedData data = open(SettingsMaker.train("t.csv")
                .target("y")
                .normalizeTarget()
                .validation(new Validation(0.2, true, null, 0, 0, null, "when")));
        assertThat(data.targetMean()).containsExactly(25.5);
        assertThat(data.targetDeviation()).containsExactly(new double[] {Math.sqrt(125)}, offset(1e-12));
        assertThat((double) data.train().target().value(0, 0)).isCloseTo(-15 / Math.sqrt(125), offset(1e-6));
        assertThat((double) data.validation().orElseThrow().target().value(0, 0))
                .isCloseTo((999.5 - 25.5) / Math.sqrt(125), offset(1e-4));
    }

    @Test
    void missingValuesAreRefusedDroppedOrImputed() throws IOException {
        write("t.csv", "x,c,y\n1,u,a\n,v,b\n3,NA,a\n4,u,b\n5,v,\n6,u,a\n");
        SettingsMaker settings = SettingsMaker.train("t.csv")
                .target("y")
                .validation(SettingsMaker.NONE)
                .normalize("none");
        assertThatThrownBy(() -> open(settings.missing("refuse")))
                .hasMessageContaining("row 2, column x: the value is missing");
        PreparedData dropped = open(settings.missing("drop-rows"));
        assertThat(dropped.train().size()).isEqualTo(3);
        assertThat(dropped.story())
                .contains("2 rows of t.csv with missing values left out", "1 row of t.csv without a target left out");
        PreparedData imputed = open(settings.missing("impute"));
        assertThat(imputed.inputNames()).containsExactly("x", "x missing", "c=u", "c=v", "c=missing");
        assertThat(example(imputed.train(), 1)).containsExactly(3.5f, 1, 0, 1, 0);
        assertThat(example(imputed.train(), 2)).containsExactly(3, 0, 0, 0, 1);
        assertThatThrownBy(() -> open(settings.missing("guess")))
                .hasMessageContaining("wanted impute, refuse or drop-rows");
    }

    @Test
    void categoriesAreCodesOrColumns() throws IOException {
        write("t.csv", "c,x,y\nlow,1,a\nhigh,2,b\n,3,a\nlow,4,b\n");
        write("v.csv", "c,x,y\nnew,1,a\nhigh,1,b\n,1,b\n");
        SettingsMaker settings = SettingsMaker.train("t.csv")
                .target("y")
                .columns("c")
                .normalize("none")
                .validation(new Validation(0.2, true, "v.csv", 0, 0, null, null));
        PreparedData codes = open(settings.encode("ordinal"));
        assertThat(codes.inputNames()).containsExactly("c");
        assertThat(IntStream.range(0, 4).mapToDouble(i -> example(codes.train(), i)[0]))
                .containsExactly(1.0, 0.0, 2.0, 1.0);
        Examples validation = codes.validation().orElseThrow();
        assertThat(IntStream.range(0, 3).mapToDouble(i -> example(validation, i)[0]))
                .containsExactly(3.0, 0.0, 2.0);
        PreparedData columns = open(settings.encode("one-hot"));
        assertThat(example(columns.validation().orElseThrow(), 0)).containsExactly(0, 0, 0);
        assertThat(example(columns.validation().orElseThrow(), 2)).containsExactly(0, 0, 1);
    }

    @Test
    void tooManyCategoriesAreCappedOrLeftOut() throws IOException {
        StringBuilder text = new StringBuilder("zone,name,x,y\n");
        for (int i = 0; i < 1000; i++) {
            text.append(String.format(
                    Locale.ROOT, "z%d,n%d,%d,%s%n", i % 150 * (i % 150) / 150, i, i, i % 2 == 0 ? "a" : "b"));
        }
        write("t.csv", text.toString());
        PreparedData data = open(SettingsMaker.train("t.csv").target("y"));
        assertThat(data.inputNames()).contains("zone=other", "x").hasSize(102);
        assertThat(data.story())
                .anyMatch(s -> s.contains("100 most frequent"))
                .anyMatch(s -> s.contains("column name has"));
        for (int i = 0; i < data.train().size(); i++) {
            float[] example = example(data.train(), i);
            double ones = 0;
            for (int j = 0; j < 101; j++) {
                ones += example[j];
            }
            assertThat(ones).isEqualTo(1);
        }
    }

    @Test
    void constantColumnsAndDivisionStayFinite() throws IOException {
        write("t.csv", "k,d,x,y\n0.1,2024-01-01,0,a\n0.1,2024-01-02,255,b\n0.1,2024-01-03,51,a\n");
        for (String how : List.of("standard", "min-max", "none")) {
            PreparedData data = open(SettingsMaker.train("t.csv")
                    .target("y")
                    .validation(SettingsMaker.NONE)
                    .normalize(how));
            assertThat(example(data.train(), 0)[0]).as(how).isEqualTo(how.equals("none") ? 0.1f : 0f);
            assertThat(data.story()).anyMatch(s -> s.equals("1 column constant in the training part: k"));
        }
        PreparedData divided = open(SettingsMaker.train("t.csv")
                .target("y")
                .columns("x")
                .validation(SettingsMaker.NONE)
                .divide(255));
        assertThat(example(divided.train(), 2)).containsExactly(0.2f);
        PreparedData dates = open(SettingsMaker.train("t.csv")
                .target("y")
                .columns("d")
                .validation(SettingsMaker.NONE)
                .normalize("none"));
        assertThat(example(dates.train(), 1)[0] - example(dates.train(), 0)[0]).isEqualTo(1);
        assertThatThrownBy(() -> open(SettingsMaker.train("t.csv").target("y").divide(0)))
                .hasMessageContaining("divides by 0.0");
        assertThatThrownBy(() -> open(SettingsMaker.train("t.csv").target("y").normalize("robust")))
                .hasMessageContaining("wanted none, standard, min-max");
    }

    @Test
    void errorsNameThePlaceAndTheNearestName() throws IOException {
        write("t.csv", "width,height,species\n1,2,cat\n3,4,dog\n5,x,cat\n7,8,dog\n");
        write("v.csv", "width,height,species\n1,2,cow\n");
        write("w.csv", "width,heigth,species\n1,2,cat\n");
        write("h.csv", "x,y\n1,a\ninf,b\n2,a\n");
        assertThatThrownBy(() -> open(SettingsMaker.train("t.csv").target("specis")))
                .isInstanceOf(DataException.class)
                .hasMessageEndingWith("no column 'specis' among 3 (width, height, species); did you mean 'species'?");
        assertThatThrownBy(() ->
                        open(SettingsMaker.train("t.csv").target("species").types(Map.of("height", "numeric"))))
                .hasMessageContaining("t.csv: line 4, column height: found 'x', wanted a number");
        assertThatThrownBy(() ->
                        open(SettingsMaker.train("t.csv").target("species").types(Map.of("height", "number"))))
                .hasMessageContaining("found 'number', wanted one of");
        assertThatThrownBy(() ->
                        open(SettingsMaker.train("t.csv").target("species").test("v.csv")))
                .hasMessageContaining("v.csv: row 1, column species: found class 'cow'");
        assertThatThrownBy(() ->
                        open(SettingsMaker.train("t.csv").target("species").test("w.csv")))
                .hasMessageContaining("w.csv")
                .hasMessageContaining("did you mean 'heigth'?");
        assertThatThrownBy(() -> open(SettingsMaker.train("h.csv").target("y")))
                .hasMessageContaining("h.csv: line 3, column x: found 'inf', wanted a finite number");
        assertThatThrownBy(() -> open(SettingsMaker.train("gone.csv"))).hasMessageContaining("does not exist");
        assertThatThrownBy(() -> open(SettingsMaker.train("t.csv").format("cvs")))
                .hasMessageContaining("wanted one of csv, tsv");
        assertThatThrownBy(() ->
                        open(SettingsMaker.train("t.csv").target("species").task(Task.REGRESSION)))
                .hasMessageContaining("holds words such as 'cat'");
        assertThatThrownBy(() ->
                        open(SettingsMaker.train("t.csv").target("species").columns("species")))
                .hasMessageContaining("no column is left");
    }

    @Test
    void aFileOfTargetsIsReadBeside() throws IOException {
        write("x.csv", "1.5 2\n3 4\n5 6\n7 8\n");
        write("y.csv", "1.5e1\n2.5e1\n3.5e1\n4.5e1\n");
        write("z.csv", "1\n2\n");
        PreparedData data = open(SettingsMaker.train("x.csv").target("y.csv").validation(SettingsMaker.NONE));
        assertThat(data.task()).isEqualTo(Task.REGRESSION);
        assertThat(data.shape().inputShape()).isEqualTo(Extents.of(2));
        assertThat(data.train().target().value(3, 0)).isEqualTo(45);
        assertThat(data.story().get(0)).isEqualTo("regression, 1 number, from y.csv");
        assertThatThrownBy(() -> open(SettingsMaker.train("x.csv").target("z.csv")))
                .hasMessageContaining("z.csv has 2 rows, wanted 4");
    }

    @Test
    void aTableLargerThanMemoryIsPreparedTheSame() throws IOException {
        StringBuilder text = new StringBuilder("a,b,c,d,y\n");
        Random random = new Random(12);
        for (int i = 0; i < 40_000; i++) {
            text.append(random.nextInt(100))
                    .append(',')
                    .append(i % 11 == 0 ? "" : random.nextInt(9))
                    .append(',')
                    .append(random.nextDouble())
                    .append(",k")
                    .append(random.nextInt(4))
                    .append(',')
                    .append(random.nextInt(3))
                    .append('\n');
        }
        write("t.csv", text.toString());
        PreparedData memory = open(SettingsMaker.train("t.csv").target("y"));
        PreparedData disk = open(SettingsMaker.train("t.csv").target("y").memory(1));
        assertThat(disk.story()).anyMatch(s -> s.endsWith("held on disk"));
        assertThat(((PackedInputs) disk.train().inputs()).onDisk()).isTrue();
        for (int i = 0; i < memory.train().size(); i += 3) {
            assertThat(example(disk.train(), i)).isEqualTo(example(memory.train(), i));
        }
    }

    @Test
    void rareClassesWeighOrComeMore() throws IOException {
        StringBuilder text = new StringBuilder("x,y\n");
        for (int i = 0; i < 60; i++) {
            text.append(i).append(i % 6 == 0 ? ",rare\n" : ",usual\n");
        }
        write("t.csv", text.toString());
        SettingsMaker settings = SettingsMaker.train("t.csv").target("y").validation(SettingsMaker.NONE);
        PreparedData weighed = open(settings.imbalance("class-weights"));
        assertThat(weighed.classWeights()).containsExactly(3.0, 0.6);
        assertThat(weighed.train().size()).isEqualTo(60);
        for (String how : List.of("oversample", "smote")) {
            PreparedData more = open(settings.imbalance(how));
            assertThat(more.classCounts()).as(how).containsExactly(10, 50);
            assertThat(more.train().size()).as(how).isEqualTo(100);
            assertThat(more.story()).anyMatch(s -> s.equals(how + ": 60 training examples became 100"));
        }
        assertThatThrownBy(() -> open(SettingsMaker.train("t.csv").target("x").imbalance("class-weights")))
                .hasMessageContaining("needs a classification, found regression");
    }

    @Test
    void aTargetThatNeverChangesIsSaid() throws IOException {
        write("t.csv", "x,y\n1,cat\n2,cat\n3,cat\n");
        assertThatThrownBy(() -> open(SettingsMaker.train("t.csv").target("y")))
                .isInstanceOf(DataException.class)
                .hasMessage("found only the class 'cat' in column y, wanted at least 2");
        write("t.csv", "x,y\n1,2.5\n2,2.5\n3,2.5\n");
        assertThat(open(SettingsMaker.train("t.csv").target("y")).story())
                .contains("the number to predict, y, is the same in all training examples: there is nothing to learn");
    }

    private void writeNumbers(String bad, boolean inTarget) throws IOException {
        StringBuilder text = new StringBuilder("x,y\n");
        for (int i = 0; i < 60; i++) {
            String number = i == 7 ? bad : String.format(Locale.ROOT, "%d.25", i);
            text.append(inTarget ? i + "," + number : number + "," + i * 1.5).append('\n');
        }
        write("t.csv", text.toString());
    }

    @Test
    void oneBadCellAmongNumbersIsNamed() throws IOException {
        for (boolean inTarget : new boolean[] {true, false}) {
            writeNumbers("12O", inTarget);
            String column = inTarget ? "y" : "x";
            SettingsMaker settings = SettingsMaker.train("t.csv").target("y");
            assertThatThrownBy(() -> open(settings))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("line 9: '12O' is no number, as 59 of 60 cells of column " + column)
                    .hasMessageEndingWith("correct it, empty it, or say data.types: {" + column + ": categorical}");
        }
        assertThat(open(SettingsMaker.train("t.csv").target("y").types(Map.of("x", "categorical")))
                        .task())
                .isEqualTo(Task.REGRESSION);
        writeNumbers("1,250.5", false);
        write("t.csv", Files.readString(folder.resolve("t.csv")).replace("1,250.5", "\"1,250.5\""));
        assertThatThrownBy(() -> open(SettingsMaker.train("t.csv").target("y")))
                .hasMessageContaining("separators of thousands");
    }

    @Test
    void wordsThatLookLikeNumbersAreSaid() throws IOException {
        StringBuilder text = new StringBuilder("a;b;y\n");
        for (int i = 0; i < 40; i++) {
            text.append(i % 3).append(",5;").append(i).append(i % 2 == 0 ? ";u\n" : ";v\n");
        }
        write("t.csv", text.toString());
        assertThat(open(SettingsMaker.train("t.csv").target("y").separator(";")).story())
                .contains("column a is read as words: '0,5' in line 2 has a decimal comma; write 1.5");
    }

    @Test
    void moreClassesThanHalfTheRowsAreRefused() throws IOException {
        StringBuilder text = new StringBuilder("x,y\n");
        for (int i = 0; i < 40; i++) {
            text.append(i).append(",w").append(i % 30).append('\n');
        }
        write("t.csv", text.toString());
        assertThatThrownBy(() -> open(SettingsMaker.train("t.csv").target("y")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("column y holds 30 different values in 40 examples");
        assertThat(open(SettingsMaker.train("t.csv").target("y").task(Task.CLASSIFICATION))
                        .targetNames())
                .hasSize(30);
    }

    @Test
    void markersAreMissingInTextTablesOnly() throws IOException {
        StringBuilder csv = new StringBuilder("x,y\n");
        StringBuilder json = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            String y = i % 3 == 0 ? i % 2 == 0 ? "mild" : "strong" : "None";
            csv.append(i).append(',').append(y).append('\n');
            json.append("{\"x\": ").append(i).append(", \"y\": \"").append(y).append("\"}\n");
        }
        write("t.csv", csv.toString());
        write("t.jsonl", json.toString());
        PreparedData dropped = open(SettingsMaker.train("t.csv").target("y"));
        assertThat(dropped.targetNames()).containsExactly("mild", "strong");
        assertThat(dropped.story()).contains("20 rows of t.csv without a target ('None' read as missing) left out");
        assertThat(open(SettingsMaker.train("t.jsonl").target("y")).targetNames())
                .containsExactly("None", "mild", "strong");
    }

    @Test
    void whatOnlyTheValidationPartHoldsIsCounted() throws IOException {
        StringBuilder text = new StringBuilder("when,c,x,y\n");
        for (int i = 0; i < 20; i++) {
            text.append(i).append(i < 17 ? i % 2 == 0 ? ",a," : ",b," : ",z,");
            text.append(i == 19 ? "" : "" + i).append(i % 2 == 0 ? ",u\n" : ",v\n");
        }
        write("t.csv", text.toString());
        assertThat(open(SettingsMaker.train("t.csv")
                                .target("y")
                                .validation(new Validation(0.2, true, null, 0, 0, null, "when")))
                        .story())
                .anyMatch(s -> s.startsWith("the validation part: 4 cells of a category") && s.endsWith("in c, x"));
    }

    @Test
    void aMissingGroupIsRefused() throws IOException {
        write("t.csv", "g,x,y\na,1,u\n,2,v\nb,3,u\nb,4,v\n");
        assertThatThrownBy(() -> open(SettingsMaker.train("t.csv")
                        .target("y")
                        .validation(new Validation(0.2, true, null, 0, 0, "g", null))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("row 2, column g: the group is missing");
    }

    @Test
    void namesThatNeverComeAgainAreNotRead() throws IOException {
        StringBuilder text = new StringBuilder("id,x,y\n");
        for (int i = 0; i < 5000; i++) {
            text.append("id-").append(i).append(',').append(i * 37 % 11).append(i % 2 == 0 ? ",u\n" : ",v\n");
        }
        write("t.csv", text.toString());
        PreparedData data = open(SettingsMaker.train("t.csv").target("y"));
        assertThat(data.inputNames()).containsExactly("x");
        assertThat(data.story())
                .anyMatch(s -> s.matches("column id has about (4,9|5,0)\\d\\d different values in 5,000 rows.*"));
        assertThat(open(SettingsMaker.train("t.csv").target("y").columns("id", "x"))
                        .inputNames())
                .contains("id=other", "x");
    }

    @Test
    void differentWordsAreCountedWithinTwoInAHundred() {
        DistinctCount count = new DistinctCount();
        for (int i = 0; i < 600_000; i++) {
            count.add("w" + i % 300_000);
        }
        assertThat((double) count.estimate()).isBetween(294_000.0, 306_000.0);
    }
}
