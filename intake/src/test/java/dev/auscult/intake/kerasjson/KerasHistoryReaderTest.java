package dev.auscult.intake.kerasjson;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import dev.auscult.intake.json.Reading;
import dev.auscult.run.Setting;
import dev.auscult.run.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KerasHistoryReaderTest {
    private static final String LISTS =
            "{\"loss\": [2.0, 1.5, 1.25], \"val_loss\": [2.5, NaN, 1.75], \"lr\": [[0.1], [0.1], [0.01]]}";

    private final KerasHistoryReader reader = new KerasHistoryReader();

    @TempDir
    Path folder;

    private Reading read(String text) {
        return Reading.of(reader, folder, "history.json", text);
    }

    /** One history in the shapes that people save it in. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'loss': [2.0, 1.5, 1.25], 'val_loss': [2.5, 2.0, 1.75]}",
                "{'history': {'loss': [2.0, 1.5, 1.25], 'val_loss': [2.5, 2.0, 1.75]}, 'params': {'epochs': 3}}",
                "{'loss': ['2.0', '1.5', '1.25'], 'val_loss': ['2.5', '2.0', '1.75']}",
                "{'loss': {'0': 2.0, '1': 1.5, '2': 1.25}, 'val_loss': {'0': 2.5, '1': 2.0, '2': 1.75}}",
                "{'0': {'loss': 2.0, 'val_loss': 2.5}, '1': {'loss': 1.5, 'val_loss': 2.0}, '2': {'loss': 1.25, 'val_loss': 1.75}}",
                "[{'loss': 2.0, 'val_loss': 2.5}, {'loss': 1.5, 'val_loss': 2.0}, {'loss': 1.25, 'val_loss': 1.75}]",
                "{'log': [{'epoch': 0, 'loss': 2.0, 'val_loss': 2.5}, {'epoch': 1, 'loss': 1.5, 'val_loss': 2.0},"
                        + " {'epoch': 2, 'loss': 1.25, 'val_loss': 1.75}]}",
                "{'loss': [2.0, 1.5, 1.25], 'val_loss': [2.5, 2.0, 1.75], 'epochs': [0, 1, 2], 'best_val_loss': 1.75}",
                "{'epoch_0': {'loss': 2.0, 'val_loss': 2.5}, 'epoch_1': {'loss': 1.5, 'val_loss': 2.0},"
                        + " 'epoch_2': {'loss': 1.25, 'val_loss': 1.75}}",
                "{'loss': 2.0, 'val_loss': 2.5}\n\n{'loss': 1.5,\n 'val_loss': 2.0}\n{'loss': 1.25, 'val_loss': 1.75}"
            })
    void everyShapeIsTheSameRun(String shape) {
        Reading reading = read(shape.replace('\'', '"'));

        assertThat(reading.refusal()).isEmpty();
        assertThat(reading.runs()).isEqualTo(1);
        assertThat(reading.values("loss")).containsExactly(2.0, 1.5, 1.25);
        assertThat(reading.values("val_loss")).containsExactly(2.5, 2.0, 1.75);
        assertThat(reading.steps("loss")).containsExactly(0, 1, 2);
        assertThat(reading.series("val_loss").key().split()).isEqualTo(Split.VALIDATION);
        assertThat(reading.problems()).isEmpty();
    }

    @Test
    void sectionsNamedAfterSplitsAreOneRun() {
        Reading reading =
                read("{\"train\": {\"loss\": [2.0, 1.0], \"acc\": [0.5, 0.75]}, \"val\": {\"acc\": [0.25, 0.5]}}");

        assertThat(reading.runs()).isEqualTo(1);
        assertThat(reading.run(0).metrics(Split.VALIDATION, dev.auscult.run.Quantity.ACCURACY))
                .singleElement()
                .satisfies(series -> assertThat(series.value(1)).isEqualTo(0.5));
        assertThat(reading.values("loss")).containsExactly(2.0, 1.0);
    }

    @Test
    void severalModelsInOneFileAreSeveralRuns() {
        Reading reading = read("{\"resnet\": " + LISTS + ", \"vgg\": " + LISTS.replace("1.25]", "9]") + "}");

        assertThat(reading.runs()).isEqualTo(2);
        assertThat(reading.reasons()).containsExactly("the file goes on with vgg");
        assertThat(reading.run(0).settings().text(Setting.MODEL)).hasValue("resnet");
        assertThat(reading.series(1, "loss").value(2)).isEqualTo(9);
    }

    @Test
    void isolatedNaNAndListsOfOneNumberAreRead() {
        Reading reading = read(LISTS);

        assertThat(reading.values("val_loss")).containsExactly(2.5, Double.NaN, 1.75);
        assertThat(reading.values("lr")).containsExactly(0.1, 0.1, 0.01);
    }

    @Test
    void listsPerStepAndPerEpochKeepTheirOwnAxes() {
        Reading reading = read("{\"train_loss\": [6, 5, 4, 3, 2, 1], \"val_loss\": [5, 3, 1.5]}");

        assertThat(reading.steps("train_loss")).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(reading.steps("val_loss")).containsExactly(1, 3, 5);
    }

    @Test
    void epochsThatGoBackAreAnotherRun() {
        String run = "{\"epoch\": 0, \"loss\": 2}, {\"epoch\": 1, \"loss\": 1}, {\"epoch\": 2, \"loss\": 0.5}";
        Reading reading = read("[" + run + ", " + run + "]");

        assertThat(reading.runs()).isEqualTo(2);
        assertThat(reading.reasons()).containsExactly("epoch goes back to 0");
        assertThat(reading.values("loss")).containsExactly(2, 1, 0.5);
    }

    @Test
    void scalarsBesideListsAreSettingsOrResults() {
        Reading reading = read("{\"loss\": [2, 1], \"val_loss\": [2, 1], \"learning_rate\": 0.5, \"final_loss\": 1,"
                + " \"config\": {\"batch_size\": 32}, \"confusion\": [[1, 2], [3, 4]]}");

        assertThat(reading.run(0).settings().raw())
                .containsEntry("learning_rate", "0.5")
                .containsEntry("batch_size", "32")
                .doesNotContainKey("final_loss");
        assertThat(reading.run(0).metrics()).hasSize(2);
    }

    @Test
    void recognisesHistoriesAndNothingElse() {
        assertThat(Reading.recognise(reader, folder, "a.json", LISTS)).isGreaterThan(30);
        assertThat(Reading.recognise(reader, folder, "history.json", "{\"loss\": [2, 1]}"))
                .isGreaterThan(30);
        assertThat(Reading.recognise(reader, folder, "a.json", "{\"loss\": [2, 1]}"))
                .isZero();
        assertThat(Reading.recognise(reader, folder, "history.json", "{\"messages\": [{\"text\": \"hello\"}]}"))
                .isZero();
        assertThat(Reading.recognise(reader, folder, "history.json", "loss: [1, 2]"))
                .isZero();
    }

    @Test
    void aDocumentWithoutHistoryIsRefused() {
        assertThat(read("{\"names\": [\"a\", \"b\"]}").refusal()).startsWith("JSON without a history");
        assertThat(read("{\"names\": [").refusal()).contains("cut off or broken");
        assertThat(read("").refusal()).isNotEmpty();
    }

    @Test
    void tornAndChangedFilesNeverCrash() {
        String records =
                "[{\"epoch\": 1, \"loss\": 2.5, \"val_loss\": 2.75},\n{\"epoch\": 2, \"loss\": 1.5, \"val_loss\": 1.75}]";
        Reading.cutEverywhere(reader, folder, "history.json", records);
        // Of lists side by side the axis of a shorter one may change, so only survival is asked for.
        for (int cut = 0; cut < LISTS.length(); cut++) {
            read(LISTS.substring(0, cut));
        }
        Reading.fuzz(reader, folder, "history.json", records.getBytes(StandardCharsets.UTF_8), 200);
        Reading.fuzz(reader, folder, "history.json", LISTS.getBytes(StandardCharsets.UTF_8), 200);
    }

    @Test
    void aTornListLosesTheNumberAtTheCut() {
        Reading reading = read("{\"loss\": [2.5, 1.75, 1.2");

        assertThat(reading.values("loss")).containsExactly(2.5, 1.75);
        assertThat(reading.problems()).singleElement().asString().contains("cut off");
    }

    @Test
    void depthAndNamesOfHostileDocumentsAreBounded() {
        assertThat(read("[".repeat(100_000)).refusal()).isNotEmpty();
        assertThat(read("{\"a\":".repeat(100_000)).refusal()).isNotEmpty();
        StringBuilder wide = new StringBuilder("{\"loss\": [2, 1]");
        for (int i = 0; i < 20_000; i++) {
            wide.append(", \"x").append(i).append("\": [1, 2]");
        }
        assertThat(read(wide.append('}').toString()).run(0).metrics()).hasSizeLessThan(5000);
    }
}
