package dev.auscult.intake.fastai;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import dev.auscult.intake.LogFile;
import dev.auscult.intake.table.Tables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FastaiHistoryReaderTest {
    @TempDir
    Path folder;

    @Test
    void readsFitsOneAfterTheOther() throws Exception {
        FastaiHistoryReader reader = new FastaiHistoryReader();
        String header = "epoch,train_loss,valid_loss,accuracy,time\n";
        LogFile file = Tables.file(
                folder, "history.csv", header + "0,3,4,0.5,04:39\n1,2,3,0.6,04:41\n" + header + "0,1,2,0.7,1:00:00\n");
        Tables tables = Tables.read(reader, file);

        assertThat(reader.recognise(file)).isEqualTo(85);
        assertThat(tables.runs()).hasSize(2);
        assertThat(Tables.series(tables.runs().get(0), "valid_loss").values()).containsExactly(4, 3);
        assertThat(Tables.series(tables.runs().get(0), "valid_loss").wallTime(1))
                .isEqualTo(279 + 281);
        assertThat(Tables.series(tables.runs().get(1), "accuracy").wallTime(0)).isEqualTo(3600);
    }
}
