package dev.auscult.intake.lightning;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import dev.auscult.intake.LogFile;
import dev.auscult.intake.table.Tables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LightningCsvReaderTest {
    @TempDir
    Path folder;

    private final LightningCsvReader reader = new LightningCsvReader();

    @Test
    void readsSparseRowsOfStepsAndEpochs() throws Exception {
        LogFile file = Tables.file(folder, "metrics.csv", """
                epoch,lr-Adam,step,train_loss_epoch,train_loss_step,val_loss
                ,0.1,0,,,
                0,,9,,2.5,
                0,,19,,2.25,
                0,,19,,,3
                0,,19,2.4,,
                1,,29,,2,
                """);
        Tables tables = Tables.read(reader, file);

        assertThat(reader.recognise(file)).isEqualTo(85);
        assertThat(tables.values("train_loss_step")).containsExactly(2.5, 2.25, 2);
        assertThat(tables.steps("train_loss_step")).containsExactly(9, 19, 29);
        assertThat(tables.values("val_loss")).containsExactly(3);
        assertThat(tables.steps("lr-Adam")).containsExactly(0);
        assertThat(Tables.series(tables.one(), "train_loss_epoch").epoch(0)).isZero();
        assertThat(tables.problems()).isEmpty();
    }

    @Test
    void isNoRestartIfAnotherSeriesIsBehind() throws Exception {
        Tables tables = Tables.read(
                reader,
                Tables.file(
                        folder, "metrics.csv", "epoch,step,train_loss,val_loss\n0,9,3,\n0,19,2,\n0,10,,5\n1,29,1,\n"));

        assertThat(tables.steps("train_loss")).containsExactly(9, 19, 29);
        assertThat(tables.one().events()).isEmpty();
    }
}
