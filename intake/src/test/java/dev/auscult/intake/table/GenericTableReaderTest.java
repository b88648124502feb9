package dev.auscult.intake.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.auscult.intake.LogFile;
import dev.auscult.intake.UnreadableLogException;
import dev.auscult.run.Quantity;
import dev.auscult.run.Run;
import dev.auscult.run.RunEvent;
import dev.auscult.run.Series;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenericTableReaderTest {
    private final GenericTableReader reader = GenericTableReader.csv();

    @TempDir
    Path folder;

    private Tables read(String name, String text) throws Exception {
        return Tables.read(reader, Tables.file(folder, name, text));
    }

    private int recognise(String name, String text) throws Exception {
        return reader.recognise(Tables.file(folder, name, text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "step,loss\n1,0.5\n2,0.25\n",
                "step;loss\n1;0,5\n2;0,25\n",
                "\ufeffstep|loss\r\n1|0.5\r\n2|0.25\r\n",
                "\"step\",\"loss\"\n\"1\",\"0.5\"\n\"2\",\"0.25\"",
                "   step,      loss\n      1,       0.5\n      2,      0.25\n",
                "# step,loss\n1,0.5\n2,0.25\n",
                "step\tloss\n1\t0.5\n2\t0.25\n"
            })
    void readsEveryDialectAlike(String text) throws Exception {
        Tables tables = read("table.csv", text);

        assertThat(tables.values("loss")).containsExactly(0.5, 0.25);
        assertThat(tables.steps("loss")).containsExactly(1, 2);
    }

    @Test
    void leavesTabsToTheOtherOne() throws Exception {
        LogFile file = Tables.file(folder, "log.tsv", "step\tloss\n1\t0.5\n2\t0.25\n");

        assertThat(reader.recognise(file)).isZero();
        assertThat(GenericTableReader.tsv().recognise(file)).isPositive();
    }

    @Test
    void readsUtf16() throws Exception {
        Path file = folder.resolve("log.csv");
        Files.write(file, "\ufeffstep,loss\n1,0.5\n2,0.25\n".getBytes(StandardCharsets.UTF_16LE));

        assertThat(Tables.read(reader, LogFile.of(file)).values("loss")).containsExactly(0.5, 0.25);
    }

    @Test
    void keepsTheFirstOfEqualSidesOfAConflictAndSaysSoOnce() throws Exception {
        Tables tables = read("log.csv", "step,loss\n1,5\n<<<<<<< HEAD\n2,4\n=======\n2,3\n>>>>>>> 1bfc12ad\n3,2\n");

        assertThat(tables.values("loss")).containsExactly(5, 4, 2);
        assertThat(tables.problems())
                .hasSize(1)
                .allMatch(p -> p.startsWith("3: a git conflict, lines 3 to 7: kept its first side of 1 rows"));
    }

    @Test
    void keepsTheLongerSideOfAConflict() throws Exception {
        Tables tables = read(
                "log.csv",
                String.join(
                        "\r\n",
                        "step,loss",
                        "1,5",
                        "<<<<<<< HEAD",
                        "2,4",
                        "||||||| base",
                        "2,9",
                        "3,9",
                        "4,9",
                        "=======",
                        "2,3",
                        "3,2",
                        ">>>>>>> 1bfc12ad",
                        "4,1",
                        ""));

        assertThat(tables.values("loss")).containsExactly(5, 3, 2, 1);
        assertThat(tables.problems())
                .singleElement()
                .asString()
                .contains("kept its second side of 2 rows and left out lines 4 to 8");
    }

    @Test
    void aConflictThatDoesNotEndGoesOnToTheEnd() throws Exception {
        assertThat(read("a.csv", "step,loss\n1,5\n<<<<<<< HEAD\n2,4\n=======\n2,3\n3,2\n")
                        .values("loss"))
                .containsExactly(5, 3, 2);
        assertThat(read("b.csv", "step,loss\n1,5\n<<<<<<< HEAD\n2,4\n3,3\n").values("loss"))
                .containsExactly(5, 4, 3);
    }

    @Test
    void keepsIsolatedNaN() throws Exception {
        assertThat(read("log.csv", "step,loss,acc\n1,5,0.1\n2,nan,nan\n3,2,0.3\n")
                        .values("loss"))
                .containsExactly(5, Double.NaN, 2);
    }

    @Test
    void skipsArraysInQuotedCells() throws Exception {
        Tables tables = read("log.csv", "step,loss,weights\n1,0.5,\"[0.1 0.2\n 0.3]\"\n2,0.25,\"[0.1, 0.2]\"\n");

        assertThat(tables.values("loss")).containsExactly(0.5, 0.25);
        assertThat(tables.problems()).containsExactly("0: columns without a number were left out: weights");
    }

    @Test
    void readsTheRowsBehindAStrayQuote() throws Exception {
        StringBuilder text = new StringBuilder("step,loss,note\n");
        for (int i = 0; i < 40; i++) {
            text.append(i).append(',').append(40 - i).append(i == 10 ? ",\"ok\n" : i == 30 ? ",\"fine\"\n" : ",ok\n");
        }
        Tables tables = read("log.csv", text.toString());
        Tables withoutEnd = read("log.csv", text.toString().replace("\"fine\"", "fine"));

        for (Tables all : List.of(tables, withoutEnd)) {
            assertThat(all.values("loss")).hasSize(40).endsWith(3, 2, 1);
            assertThat(all.problems())
                    .contains("12: a quote opens here and does not close in its row;"
                            + " from here on quotes were not heeded");
        }
    }

    @Test
    void readsNumbersInQuotesBehindAQuoteWithoutEndInALongFile() throws Exception {
        StringBuilder text = new StringBuilder("step,loss,note\n0,9,\"[ok\n");
        for (int i = 1; i < 150_000; i++) {
            text.append(i).append(",0.5,ok\n");
        }

        assertThat(read("log.csv", text.toString()).values("loss")).hasSize(150_000);
    }

    @Test
    void takesTheErrorOfARegressionForItsLoss() throws Exception {
        String text = "epoch,train_mse,val_mse,val_mae\n0,4,5,2\n1,3,4,1.5\n2,2,3,1\n";
        Run run = read("log.csv", text).one();

        assertThat(recognise("log.csv", text)).isEqualTo(40);
        assertThat(run.metrics())
                .extracting(s -> s.key().label())
                .containsExactly("train/loss", "validation/loss", "validation/val_mae");
        assertThat(Tables.series(
                                read("log.csv", "epoch,loss,mse\n0,4,4\n1,3,3\n")
                                        .one(),
                                "mse")
                        .key()
                        .quantity())
                .isEqualTo(Quantity.OTHER);
    }

    @Test
    void takesTheOrderOfTheRowsForThatOfTheEpochsIfTheUserNamesTheFile() throws Exception {
        assertThat(recognise("a.csv", "loss\n0.5\n0.4\n0.3\n")).isBetween(1, 29);
        assertThat(recognise("a.csv", "loss,val_loss\n0.5,0.6\n0.4,0.5\n")).isBetween(1, 29);
        assertThat(read("a.csv", "loss\n0.5\n0.4\n0.3\n").values("loss")).containsExactly(0.5, 0.4, 0.3);
    }

    @Test
    void leavesOutATornLastLine() throws Exception {
        Tables tables = read("log.csv", "step,loss,acc\n1,0.5,0.1\n2,0.25,0.2\n3,0.1");

        assertThat(tables.values("loss")).containsExactly(0.5, 0.25);
        assertThat(tables.problems()).containsExactly("4: the last line is cut; it was left out");
    }

    @Test
    void countsRaggedRowsAsOneProblemEach() throws Exception {
        Tables tables = read("log.csv", "step,loss,acc\n1,5\n2,4,0.2,9\n3,3\n4,2,0.4,9\n5,1,0.5\n");

        assertThat(tables.values("loss")).containsExactly(5, 4, 3, 2, 1);
        assertThat(tables.problems()).hasSize(2).allMatch(p -> p.endsWith("(2 times)"));
    }

    @Test
    void endsAtATracebackAndSaysThatTheRunWasInterrupted() throws Exception {
        Run run = read(
                        "log.csv",
                        "step,loss\n1,5\n2,4\nTraceback (most recent call last):\n  File \"a.py\", line 3, in f\nKeyError: 'x'\n")
                .one();

        assertThat(Tables.series(run, "loss").values()).containsExactly(5, 4);
        assertThat(run.has(RunEvent.Kind.INTERRUPTED)).isTrue();
    }

    @Test
    void refusesATracebackAloneWithItsLastLine() throws Exception {
        String text = "Traceback (most recent call last):\n  File \"a.py\", line 3, in f\nKeyError: 'x'\n";

        assertThat(recognise("log.csv", text)).isBetween(1, 20);
        assertThatThrownBy(() -> read("log.csv", text))
                .isInstanceOf(UnreadableLogException.class)
                .hasMessage("a Python traceback instead of a table: KeyError: 'x'");
    }

    @Test
    void refusesAHeaderAlone() {
        assertThatThrownBy(() -> read("log.csv", "step,loss\n"))
                .isInstanceOf(UnreadableLogException.class)
                .hasMessageContaining("no rows");
    }

    @Test
    void tellsRunsApartWhereTheCounterBeginsAgain() throws Exception {
        Tables tables = read("log.csv", "step,loss\n0,5\n1,4\n2,3\n0,6\n1,5\n");

        assertThat(tables.runs()).hasSize(2);
        assertThat(tables.reasons()).containsExactly("step goes back to 0 at line 5");
        assertThat(Tables.series(tables.runs().get(1), "loss").values()).containsExactly(6, 5);
    }

    @Test
    void takesAStepInTheMiddleAsARestart() throws Exception {
        Run run = read("log.csv", "step,loss\n0,5\n1,4\n2,3\n3,2\n2,9\n3,8\n4,7\n")
                .one();

        assertThat(Tables.series(run, "loss").values()).containsExactly(5, 4, 9, 8, 7);
        assertThat(run.has(RunEvent.Kind.RESTART)).isTrue();
    }

    @Test
    void continuesBatchesThatBeginAgainInEveryEpoch() throws Exception {
        Tables tables = read("log.csv", "epoch,batch,loss\n1,1,6\n1,2,5\n1,3,4\n2,1,3\n2,2,2\n2,3,1\n");

        assertThat(tables.steps("loss")).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(Tables.series(tables.one(), "loss").epoch(4)).isEqualTo(2);
    }

    @Test
    void countsRowsWhereTheEpochStandsForMany() throws Exception {
        Tables tables = read("log.csv", "epoch,loss\n0,6\n0,5\n0,4\n1,3\n1,2\n1,1\n");

        assertThat(tables.steps("loss")).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(Tables.series(tables.one(), "loss").epoch(3)).isEqualTo(1);
    }

    @Test
    void readsTheNewestRowFirstToo() throws Exception {
        assertThat(read("log.csv", "step,loss\n40,1\n39,2\n38,3\n").values("loss"))
                .containsExactly(3, 2, 1);
    }

    @Test
    void takesColumnsByTheNamesThatTheUserGives() throws Exception {
        LogFile file = Tables.file(folder, "log.csv", "when,cost\n10,5\n20,4\n");
        Series cost = Tables.series(
                Tables.read(reader, file, Map.of("loss", "cost", "step", "when"))
                        .one(),
                "cost");

        assertThat(cost.steps()).containsExactly(10, 20);
        assertThat(cost.values()).containsExactly(5, 4);
    }

    @Test
    void saysWhichColumnsThereAreIfTheUserNamesAnother() throws Exception {
        Tables tables =
                Tables.read(reader, Tables.file(folder, "log.csv", "step,cost\n1,5\n2,4\n"), Map.of("loss", "costs"));

        assertThat(tables.problems())
                .containsExactly("0: there is no column costs to take as loss; there are step, cost");
    }

    @Test
    void takesTheFirstColumnOfALossFileAsTheLoss() throws Exception {
        Tables tables = read("loss.csv", "0.75,0.5,0.25\n0.5,0.375,0.125\n0.25,0.125,0.125\n");

        assertThat(tables.values("loss")).containsExactly(0.75, 0.5, 0.25);
        assertThat(tables.values("column 1")).containsExactly(0.5, 0.375, 0.125);
        assertThat(tables.problems()).hasSize(1).allMatch(p -> p.contains("the sum of the others"));
    }

    @Test
    void asksWhatAColumnWithoutNameMeans() throws Exception {
        Tables tables = read("history.csv", "0.75,0.5\n0.5,0.25\n0.25,0.1\n");

        assertThat(tables.values("column 0")).containsExactly(0.75, 0.5, 0.25);
        assertThat(tables.problems()).hasSize(1).allMatch(p -> p.contains("--map loss=0"));
    }

    @Test
    void takesUnnamedColumnsByTheirNumber() throws Exception {
        LogFile file = Tables.file(folder, "history.csv", "0.75,0.5\n0.5,0.25\n0.25,0.1\n");
        Run run = Tables.read(reader, file, Map.of("loss", "1")).one();

        assertThat(Tables.series(run, "column 1").values()).containsExactly(0.5, 0.25, 0.1);
    }

    @Test
    void leavesTextLogsAndDataSetsAlone() throws Exception {
        assertThat(recognise("log.csv", "Epoch 1/10, loss: 0.5, acc: 0.6\nEpoch 2/10, loss: 0.4, acc: 0.7\n"))
                .isZero();
        assertThat(recognise("train.csv", "5.1,3.5,0\n4.9,3.0,1\n4.7,3.2,0\n")).isZero();
        assertThat(recognise("train.csv", "length,width,species\n5.1,3.5,0\n4.9,3.0,1\n"))
                .isZero();
        assertThat(recognise("training.csv", "loss,label\n5.1,0\n4.9,1\n")).isZero();
        assertThat(recognise("taxis.csv", "distance,fare,total\n1.6,7,12.9\n0.8,5,9.3\n"))
                .isZero();
    }

    @Test
    void readsManyRows() throws Exception {
        StringBuilder text = new StringBuilder(1 << 22).append("step,loss\n");
        for (int i = 0; i < 200_000; i++) {
            text.append(i).append(",0.").append(1000 + i % 9000).append('\n');
        }

        Series loss = Tables.series(read("log.csv", text.toString()).one(), "loss");

        assertThat(loss.size()).isEqualTo(200_000);
        // 199,999 mod 9,000 is 1,999.
        assertThat(loss.last()).isEqualTo(0.2999);
    }

    @Test
    void survivesAnything() throws Exception {
        String seed = "epoch,step,loss,val_loss\n0,1,0.5,\"[1\n2]\"\n0,2,nan,NA\n<<<<<<< HEAD\n1,3,0.4,0.3\n";
        char[] noise = ",;\t|\"\n\r#<=>0123456789.eE+-naN\0\ufeff[]:%x ".toCharArray();
        Random random = new Random(11);
        for (int round = 0; round < 400; round++) {
            StringBuilder text = new StringBuilder(seed.repeat(1 + random.nextInt(4)));
            for (int i = random.nextInt(30); i > 0; i--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, noise[random.nextInt(noise.length)]);
                    case 1 -> text.insert(at, noise[random.nextInt(noise.length)]);
                    default -> text.delete(at, Math.min(text.length(), at + random.nextInt(5)));
                }
                if (text.length() == 0) {
                    text.append('\n');
                }
            }
            LogFile file = Tables.file(folder, "log.csv", text.toString());
            assertThat(reader.recognise(file)).isBetween(0, 100);
            try {
                Tables tables = Tables.read(reader, file);
                assertThat(tables.runs()).anyMatch(run -> run.points() > 0);
                assertThat(tables.problems()).hasSizeLessThan(40).allMatch(p -> p.indexOf('\n') < 0);
            } catch (UnreadableLogException refused) {
                assertThat(refused).hasMessageNotContaining("\n");
            }
        }
    }

    @Test
    void knowsTheLossByItsName() throws Exception {
        assertThat(recognise("table.csv", "step,loss\n1,0.5\n2,0.25\n")).isEqualTo(40);
        assertThat(Tables.series(read("table.csv", "step,loss\n1,0.5\n2,0.25\n").one(), "loss")
                        .key()
                        .quantity())
                .isEqualTo(Quantity.LOSS);
    }
}
