package dev.auscult.intake.yolo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import dev.auscult.intake.LogFile;
import dev.auscult.intake.table.Tables;
import dev.auscult.run.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YoloReadersTest {
    @TempDir
    Path folder;

    private final YoloCsvReader csv = new YoloCsvReader();
    private final YoloTextReader txt = new YoloTextReader();

    @Test
    void readsPaddedNames() throws Exception {
        LogFile file = Tables.file(folder, "results.csv", """
                      epoch,   train/box_loss,  metrics/mAP_0.5,   val/box_loss,    x/lr0
                          0,             0.12,             0.5,           0.25,    8e-05
                          1,             0.11,             0.6,           0.2,   0.0001
                """);
        Tables tables = Tables.read(csv, file);

        assertThat(csv.recognise(file)).isEqualTo(92);
        assertThat(tables.values("train/box_loss")).containsExactly(0.12, 0.11);
        assertThat(tables.values("x/lr0")).containsExactly(8e-5, 1e-4);
        assertThat(tables.steps("val/box_loss")).containsExactly(0, 1);
    }

    @Test
    void takesTimeAsTheClockAndEpochsFromOne() throws Exception {
        LogFile file = Tables.file(
                folder, "results.csv", "epoch,time,train/box_loss,lr/pg0\n1,72.5,3,0.07\n2,123.25,2,0.04\n");
        Tables tables = Tables.read(csv, file);

        assertThat(tables.steps("train/box_loss")).containsExactly(1, 2);
        assertThat(Tables.series(tables.one(), "train/box_loss").wallTime(1)).isEqualTo(123.25);
    }

    @Test
    void leavesOutValidationLossesThatWereNotComputed() throws Exception {
        Tables tables = Tables.read(
                csv,
                Tables.file(
                        folder,
                        "results.csv",
                        "epoch,train/box_loss,val/box_loss,val/cls_loss\n0,3,0,0\n1,2,0,0.5\n2,2,0,0\n"));

        assertThat(tables.steps("val/box_loss")).containsExactly(1);
        assertThat(tables.steps("train/box_loss")).containsExactly(0, 1, 2);
        assertThat(tables.problems()).hasSize(1).allMatch(p -> p.startsWith("2: ") && p.endsWith("(2 times)"));
    }

    @Test
    void readsTheOldTextForm() throws Exception {
        LogFile file = Tables.file(folder, "results.txt", """
                     0/299     6.47G    0.125   0.0625   0.03125   0.21875        10       640    0.5    0.25    0.4    0.2   0.1   0.05   nan
                noise
                     1/299     6.47G    0.1     0.05     0.025     0.175        10       640    0.6    0.35    0.5    0.3   0   0   0
                """);
        Tables tables = Tables.read(txt, file);

        assertThat(txt.recognise(file)).isEqualTo(92);
        assertThat(tables.values("train/loss")).containsExactly(0.21875, 0.175);
        assertThat(tables.values("metrics/mAP_0.5")).containsExactly(0.4, 0.5);
        assertThat(tables.values("val/cls_loss")).containsExactly(Double.NaN);
        assertThat(tables.values("memory/gpu")).containsExactly(6.47, 6.47);
        assertThat(tables.one().settings().number(Setting.EPOCHS)).hasValue(300);
        assertThat(tables.problems()).containsExactly("2: a line is not one of 15 columns; it was skipped");
    }
}
