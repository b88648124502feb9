package dev.auscult.data.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.auscult.data.error.DataException;
import dev.auscult.data.profile.Progress;
import dev.auscult.data.repair.RepairPlan.Treatment;
import dev.auscult.data.table.RowSink;
import dev.auscult.data.table.Rows;
import dev.auscult.data.table.TableFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepairTest {
    private static final String TABLE = """
            id,age,city,kind
            1,10,Rome,a
            2,-999,"rome, it",b
            3,NA,ROME,a
            4,30,Oslo,b
            4,30,Oslo,b
            5,20,,a
            """;

    @TempDir
    Path folder;

    private Rows rows;

    @BeforeEach
    void write() throws IOException {
        Path file = Files.writeString(folder.resolve("train.csv"), TABLE);
        rows = TableFiles.open(file, null, null, null);
    }

    private static RepairPlan plan(Map<Long, Double> suspects, Treatment treatment) {
        return new RepairPlan(
                Map.of("age", Set.of("NA")),
                Map.of("age", Set.of(-999.0)),
                Map.of("city", Map.of("ROME", "Rome")),
                List.of("age"),
                List.of("city"),
                List.of("id", "age", "city", "kind"),
                suspects,
                treatment);
    }

    @Test
    void cleansAndTellsWhatItChanged() throws IOException {
        Path target = folder.resolve("clean.csv");
        ChangeLog log = Repair.write(rows, "train.csv", target, plan(Map.of(), Treatment.KEEP), Progress.SILENT);
        assertThat(Files.readString(target)).isEqualTo("""
                id,age,city,kind
                1,10,Rome,a
                2,20,"rome, it",b
                3,20,Rome,a
                4,30,Oslo,b
                5,20,missing,a
                """);
        assertThat(log.rowsBefore()).isEqualTo(6);
        assertThat(log.rowsAfter()).isEqualTo(5);
        assertThat(log.changes())
                .containsExactly(
                        new Change("sentinel to missing", "age", "-999 to an empty cell", 1, List.of(2L)),
                        new Change("marked as missing", "age", "'NA' to an empty cell", 1, List.of(3L)),
                        new Change("spelling unified", "city", "'ROME' to 'Rome'", 1, List.of(3L)),
                        new Change(
                                "duplicate dropped",
                                "",
                                "the row repeats an earlier one in every column",
                                1,
                                List.of(5L)),
                        new Change("imputed", "age", "empty cell to the median, 20", 2, List.of(2L, 3L)),
                        new Change("imputed", "city", "empty cell to the category 'missing'", 1, List.of(6L)));
        assertThat(log.markdown())
                .contains("6 rows of the training set were read, 5 were written", "| imputed | age |");
    }

    @Test
    void suspectsAreDroppedOrCountForLess() throws IOException {
        Path dropped = folder.resolve("dropped.csv");
        ChangeLog log =
                Repair.write(rows, "train.csv", dropped, plan(Map.of(1L, 0.25), Treatment.DROP), Progress.SILENT);
        assertThat(Files.readString(dropped)).doesNotContain("1,10,Rome").contains("5,20,missing,a");
        assertThat(log.rowsAfter()).isEqualTo(4);
        Path weighted = folder.resolve("weighted.csv");
        Repair.write(rows, "train.csv", weighted, plan(Map.of(1L, 0.25), Treatment.WEIGHT), Progress.SILENT);
        assertThat(Files.readString(weighted))
                .startsWith("id,age,city,kind,weight\n1,10,Rome,a,0.25\n2,20,\"rome, it\",b,1.0\n");
    }

    @Test
    void parquetKeepsNumbersAsNumbers() {
        Path target = folder.resolve("clean.parquet");
        Repair.write(rows, "train.csv", target, plan(Map.of(), Treatment.KEEP), Progress.SILENT);
        Rows back = TableFiles.open(target, null, null, null);
        assertThat(back.names()).containsExactly("id", "age", "city", "kind");
        StringBuilder cells = new StringBuilder();
        back.read(new RowSink() {
            @Override
            public void text(int column, char[] chars, int offset, int length) {
                cells.append(column).append('"').append(chars, offset, length).append(' ');
            }

            @Override
            public void number(int column, double value) {
                cells.append(column).append('=').append(value).append(' ');
            }

            @Override
            public void missing(int column) {
                cells.append(column).append("? ");
            }

            @Override
            public void end(long line) {
                cells.append('\n');
            }
        });
        assertThat(cells.toString()).startsWith("0=1.0 1=10.0 2\"Rome 3\"a \n0=2.0 1=20.0 2\"rome, it 3\"b \n");
    }

    @Test
    void overwritesNothing() throws IOException {
        Path there = Files.writeString(folder.resolve("mine.csv"), "mine");
        assertThatThrownBy(
                        () -> Repair.write(rows, "train.csv", there, plan(Map.of(), Treatment.KEEP), Progress.SILENT))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is there already");
        assertThat(Files.readString(there)).isEqualTo("mine");
        assertThatThrownBy(() -> Repair.check(folder.resolve("clean.xlsx")))
                .hasMessageContaining(".parquet, .csv, .tsv");
    }

    @Test
    void whatFailsLeavesNothingBehind() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.csv"), "a,b\n1,2\n3\n");
        Path target = folder.resolve("clean.csv");
        RepairPlan plan = plan(Map.of(), Treatment.KEEP);
        assertThatThrownBy(() -> Repair.write(
                        TableFiles.open(broken, null, null, true), "broken.csv", target, plan, Progress.SILENT))
                .isInstanceOf(DataException.class);
        try (var files = Files.list(folder)) {
            assertThat(files.map(f -> f.getFileName().toString())).containsExactlyInAnyOrder("train.csv", "broken.csv");
        }
    }
}
