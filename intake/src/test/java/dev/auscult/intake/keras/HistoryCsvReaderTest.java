package dev.auscult.intake.keras;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import dev.auscult.intake.LogFile;
import dev.auscult.intake.table.Tables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryCsvReaderTest {
    @TempDir
    Path folder;

    private final HistoryCsvReader reader = new HistoryCsvReader();

    @Test
    void takesTheIndexOfPandasForNoMetric() throws Exception {
        LogFile file = Tables.file(folder, "a.csv", ",loss,val_loss\n0,3,4\n1,2,nan\n2,1,3\n");
        Tables tables = Tables.read(reader, file);

        assertThat(reader.recognise(file)).isEqualTo(60);
        assertThat(tables.one().metrics()).hasSize(2);
        assertThat(tables.steps("loss")).containsExactly(0, 1, 2);
        assertThat(tables.values("val_loss")).containsExactly(4, Double.NaN, 3);
    }

    @Test
    void countsRowsWithoutAnEpoch() throws Exception {
        LogFile file = Tables.file(folder, "model_history.csv", "train_loss,valid_loss\n3,4\n2,3\n");

        assertThat(reader.recognise(file)).isEqualTo(60);
        assertThat(Tables.read(reader, file).steps("valid_loss")).containsExactly(0, 1);
    }

    @Test
    void readsNamesWithBlanks() throws Exception {
        LogFile file = Tables.file(folder, "a.csv", "Epoch,Train Loss,Validation Loss\n1,3,4\n2,2,3\n");

        assertThat(reader.recognise(file)).isEqualTo(60);
        assertThat(Tables.read(reader, file).steps("Validation Loss")).containsExactly(1, 2);
    }

    @Test
    void leavesTablesWithStepsAndDataSetsToOthers() throws Exception {
        assertThat(reader.recognise(Tables.file(folder, "log.csv", "step,loss\n1,3\n2,2\n")))
                .isZero();
        assertThat(reader.recognise(Tables.file(folder, "log.csv", "epoch,loss,target\n1,3,1\n2,2,0\n")))
                .isZero();
        assertThat(reader.recognise(Tables.file(folder, "houses.csv", "accuracy,price\n1,3\n2,2\n")))
                .isZero();
    }
}
