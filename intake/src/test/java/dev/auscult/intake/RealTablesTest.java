package dev.auscult.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.auscult.intake.dvclive.DvcliveReader;
import dev.auscult.intake.table.Tables;
import dev.auscult.run.Run;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Reads the collected tables of real runs, and leaves real data sets alone. */
class RealTablesTest {
    private static final Map<String, String> FORMATS = Map.of(
            "keras-csvlogger", "keras-csv",
            "history-csv", "history-csv",
            "lightning-csv", "lightning-csv",
            "yolo-results-csv", "yolo-results");

    private static Path shared(String name) {
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.isDirectory(at.resolve("shared/real-runs"))) {
            at = at.getParent();
        }
        Assumptions.assumeTrue(at != null, "the collection of real runs is not here");
        return at == null ? Path.of(name) : at.resolve("shared").resolve(name);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return new ArrayList<>(files.filter(Files::isRegularFile).sorted().toList());
        }
    }

    @Test
    void findsTheRowsOfEveryTable() throws Exception {
        SoftAssertions all = new SoftAssertions();
        for (String line : Files.readAllLines(shared("real-runs/INDEX.tsv"))) {
            String[] cells = line.split("\t", -1);
            String format = FORMATS.get(cells[6]);
            if (format == null) {
                continue;
            }
            LogFile file = LogFile.of(shared("real-runs").resolve(cells[0]));
            Readers.Choice choice = Readers.choose(Readers.FILES, file);
            LogReader reader = choice.reader();
            if (reader == null) {
                all.fail("no reader for " + cells[0]);
                continue;
            }
            Tables tables = Tables.read(reader, file);
            long rows =
                    tables.runs().stream().mapToLong(RealTablesTest::longest).sum();
            all.assertThat(choice.sureness()).as(cells[0]).isGreaterThanOrEqualTo(Readers.SURE_IN_FOLDER);
            all.assertThat(tables.runs()).as(cells[0]).allMatch(run -> run.points() > 0);
            long indexed = Long.parseLong(cells[7]);
            if (cells[6].equals("lightning-csv")) {
                // Rows are sparse there: the index counts rows, a series has one of a few kinds of row.
                all.assertThat(rows).as(cells[0]).isBetween(indexed / 4, indexed);
            } else {
                // The index counts both sides of a merge conflict, a repeated step twice, and not the first row of a
                // table without a header.
                long counted = indexed - leftOut(tables.problems());
                all.assertThat(rows).as(cells[0]).isBetween(counted - 2, counted + 1);
            }
        }
        all.assertAll();
    }

    private static long leftOut(List<String> problems) {
        Matcher lines = Pattern.compile("left out lines (\\d+) to (\\d+)").matcher(problems.toString());
        return lines.find() ? Long.parseLong(lines.group(2)) - Long.parseLong(lines.group(1)) + 1 : 0;
    }

    private static long longest(Run run) {
        return run.metrics().stream().mapToLong(s -> s.size()).max().orElse(0);
    }

    @Test
    void findsTheStepsOfEveryDvcliveFolder() throws Exception {
        FolderReader reader = new DvcliveReader();
        for (String line : Files.readAllLines(shared("real-runs/INDEX.tsv"))) {
            String[] cells = line.split("\t", -1);
            if (cells[6].equals("dvclive")) {
                Path folder = shared("real-runs").resolve(cells[0]);
                Tables tables = new Tables();
                reader.read(folder, ReadOptions.DEFAULT, tables);

                assertThat(reader.recognise(folder)).isTrue();
                assertThat(longest(tables.one())).isLessThanOrEqualTo(Long.parseLong(cells[7]));
                List<String> names = new ArrayList<>(List.of(cells[8].split(",", -1)));
                names.remove("epoch"); // an axis
                assertThat(tables.one().metrics()).hasSize(names.size());
            }
        }
    }

    @Test
    void takesNoDataSetForARun() throws Exception {
        for (Path path : files(shared("datasets"))) {
            LogFile file = LogFile.of(path);
            assertThat(Readers.choose(Readers.FILES, file).sureness())
                    .as(path.toString())
                    .isLessThan(Readers.SURE_IN_FOLDER);
        }
    }

    @Test
    void findsTheRunsWhenAFolderIsSearched() {
        List<Path> folders = Stream.of("keras-csvlogger", "history-csv", "lightning-csv", "yolo-results-csv", "dvclive")
                .map(name -> shared("real-runs").resolve(name))
                .toList();
        List<Intake.Found> found = new ArrayList<>();
        new Intake(ReadOptions.DEFAULT).read(folders, found::add);

        assertThat(found).filteredOn(Intake.Found::isRefused).isEmpty();
        // 34 logs, one of which holds four runs.
        assertThat(found).hasSize(34 + 3);
    }
}
