package dev.auscult.intake.timm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import dev.auscult.intake.LogFile;
import dev.auscult.intake.table.Tables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimmSummaryReaderTest {
    @TempDir
    Path folder;

    @Test
    void readsASummary() throws Exception {
        TimmSummaryReader reader = new TimmSummaryReader();
        LogFile file = Tables.file(
                folder,
                "summary.csv",
                "epoch,train_loss,eval_loss,eval_top1,eval_top5,lr\n0,6.5,6,1.5,5,1e-05\n1,6,5.5,3,9,0.0002\n");
        Tables tables = Tables.read(reader, file);

        assertThat(reader.recognise(file)).isEqualTo(85);
        assertThat(tables.values("eval_top1")).containsExactly(1.5, 3);
        assertThat(tables.steps("lr")).containsExactly(0, 1);
    }
}
