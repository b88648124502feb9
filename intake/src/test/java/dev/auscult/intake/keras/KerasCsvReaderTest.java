package dev.auscult.intake.keras;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import dev.auscult.intake.LogFile;
import dev.auscult.intake.table.Tables;
import dev.auscult.run.Run;
import dev.auscult.run.RunEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KerasCsvReaderTest {
    @TempDir
    Path folder;

    private static final String HEADER = "epoch,accuracy,loss,val_accuracy,val_loss\n";

    private final KerasCsvReader reader = new KerasCsvReader();

    @Test
    void readsEpochsAndKeys() throws Exception {
        LogFile file = Tables.file(folder, "a.csv", HEADER + "0,0.1,2,NA,NA\n1,0.2,1,0.25,1.5\n");
        Tables tables = Tables.read(reader, file);

        assertThat(reader.recognise(file)).isEqualTo(70);
        assertThat(tables.values("loss")).containsExactly(2, 1);
        assertThat(tables.steps("val_loss")).containsExactly(1);
        assertThat(Tables.series(tables.one(), "val_loss").epoch(0)).isEqualTo(1);
        assertThat(tables.problems()).isEmpty();
    }

    @Test
    void readsOtherSeparators() throws Exception {
        String text = (HEADER + "0,0.1,2,0.3,NA\n1,0.2,1,0.25,1.5\n").replace(',', ';');
        LogFile file = Tables.file(folder, "a.csv", text);

        assertThat(reader.recognise(file)).isEqualTo(70);
        assertThat(Tables.read(reader, file).values("accuracy")).containsExactly(0.1, 0.2);
    }

    @Test
    void tellsTheRunsOfAGridApart() throws Exception {
        StringBuilder text = new StringBuilder(HEADER);
        for (int run = 0; run < 140; run++) {
            text.append("0,0.1,2,0.3,3\n1,0.2,1,0.25,").append(run).append('\n');
        }
        Tables tables = Tables.read(reader, Tables.file(folder, "a.csv", text.toString()));

        assertThat(tables.runs()).hasSize(140);
        assertThat(tables.reasons().get(0)).isEqualTo("epoch goes back to 0 at line 4");
        assertThat(Tables.series(tables.runs().get(139), "val_loss").values()).containsExactly(3, 139);
    }

    @Test
    void takesAnEpochInTheMiddleAsAResume() throws Exception {
        Run run = Tables.read(
                        reader,
                        Tables.file(
                                folder,
                                "a.csv",
                                HEADER + "0,1,9,1,1\n1,1,8,1,1\n2,1,7,1,1\n1,1,6,1,1\n2,1,5,1,1\n3,1,4,1,1\n"))
                .one();

        assertThat(Tables.series(run, "loss").values()).containsExactly(9, 6, 5, 4);
        assertThat(run.events()).anyMatch(e -> e.kind() == RunEvent.Kind.RESTART && e.step() == 1);
    }

    @Test
    void goesOnWhereAppendedEpochsGoOn() throws Exception {
        Run run = Tables.read(
                        reader,
                        Tables.file(folder, "a.csv", HEADER + "0,1,9,1,1\n1,1,8,1,1\n" + HEADER + "2,1,7,1,1\n"))
                .one();

        assertThat(Tables.series(run, "loss").values()).containsExactly(9, 8, 7);
        assertThat(run.events()).isEmpty();
    }

    @Test
    void leavesKeysOutOfOrderToOthers() throws Exception {
        assertThat(reader.recognise(Tables.file(folder, "a.csv", "epoch,loss,acc,test_loss\n1,2,0.1,3\n")))
                .isZero();
    }
}
