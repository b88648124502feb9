package dev.auscult.intake.dvclive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;

import dev.auscult.intake.ReadOptions;
import dev.auscult.intake.table.Tables;
import dev.auscult.run.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DvcliveReaderTest {
    @TempDir
    Path folder;

    private final DvcliveReader reader = new DvcliveReader();

    private void write(String path, String text) throws Exception {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void readsATableForEveryMetric() throws Exception {
        write("plots/metrics/train/loss.tsv", "step\tloss\n0\t3\n1\t2\n2\t1\n");
        write("plots/metrics/lr.tsv", "timestamp\tstep\tlr\n1600000000000\t0\t0.5\n1600000001000\t1\t0.25\n");
        write("plots/metrics/empty.tsv", "step\tempty\n");
        write("metrics.json", "{\"train\": {\"loss\": 1, \"best\": NaN}, \"test_acc\": 0.5, \"step\": 2}");
        Tables tables = new Tables();
        reader.read(folder, ReadOptions.DEFAULT, tables);
        Run run = tables.one();

        assertThat(reader.recognise(folder)).isTrue();
        assertThat(Tables.series(run, "train/loss").values()).containsExactly(3, 2, 1);
        assertThat(Tables.series(run, "lr").wallTime(1)).isEqualTo(1600000001.0);
        assertThat(Tables.series(run, "test_acc").steps()).containsExactly(2);
        assertThat(Tables.series(run, "train/best").values()).containsExactly(Double.NaN);
        assertThat(tables.problems()).hasSize(1).allMatch(p -> p.startsWith("0: empty.tsv: a table with a header"));
    }

    @Test
    void doesNotTakeOneTableGoingBackForARestartOfAll() throws Exception {
        write("plots/metrics/a.tsv", "step\ta\n0\t3\n1\t2\n2\t1\n");
        write("plots/metrics/b.tsv", "step\tb\n0\t3\n2\t2\n1\t1\n");
        Tables tables = new Tables();
        reader.read(folder, ReadOptions.DEFAULT, tables);

        assertThat(tables.values("a")).containsExactly(3, 2, 1);
        assertThat(tables.values("b")).containsExactly(3, 1, 2);
    }

    @Test
    void theEpochIsAnAxis() throws Exception {
        write("plots/metrics/epoch.tsv", "step\tepoch\n10\t0\n10\t0\n20\t1\n20\t1\n30\t2\n30\t2\n");
        write("plots/metrics/train/loss.tsv", "step\tloss\n10\t3\n20\t2\n30\t1\n31\t1\n");
        Tables tables = new Tables();
        reader.read(folder, ReadOptions.DEFAULT, tables);
        Run run = tables.one();

        assertThat(run.metrics()).hasSize(1);
        assertThat(run.metrics().get(0).epoch(1)).isEqualTo(1);
        assertThat(run.metrics().get(0).epoch(3)).isNaN();
        assertThat(run.events()).isEmpty();
    }

    @Test
    void leavesOtherFoldersAlone() throws Exception {
        write("plots/metrics/readme.txt", "nothing");

        assertThat(reader.recognise(folder)).isFalse();
        assertThat(reader.recognise(folder.resolve("plots"))).isFalse();
    }
}
