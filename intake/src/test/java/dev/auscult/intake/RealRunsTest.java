package dev.auscult.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.auscult.intake.Intake.Found;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

class RealRunsTest {
    /** Formats in which the index counts the points of the longest series, and how many it may count more. */
    private static final Map<String, Integer> COMPARABLE = Map.of(
            "detectron2-metrics-json", 0,
            "keras-history-json", 0,
            // Evaluations are rows of their own in the index, and so is the summary at the end.
            "hf-trainer-state", 200,
            "keras-csvlogger", 1,
            "yolo-results-csv", 1,
            "dvclive", 5);

    @Test
    void everyRealRunIsReadOrRefusedInOneLine() {
        Path runs = Shared.realRuns();
        List<Found> found = new Intake(ReadOptions.DEFAULT).read(List.of(runs));
        assertThat(found).hasSizeGreaterThan(60).allSatisfy(f -> {
            assertThat(f.refusal()).doesNotContain("fault in Auscult").doesNotContain("\n");
            assertThat(f.isRefused() || f.run().points() + f.run().tensors().size() > 0)
                    .isTrue();
            assertThat(f.run().metrics()).allSatisfy(s -> {
                for (int i = 1; i < s.size(); i++) {
                    assertThat(s.step(i)).isGreaterThan(s.step(i - 1));
                }
            });
        });
    }

    @Test
    void everyPathOfTheIndexIsFoundByASearch() throws IOException {
        Path runs = Shared.realRuns();
        Map<String, Found> byPath = new HashMap<>();
        List<Found> everything = new Intake(ReadOptions.DEFAULT).read(List.of(runs));
        for (Found one : everything) {
            byPath.putIfAbsent(Intake.idOf(one.path()), one);
            one.run().provenance().files().forEach(file -> byPath.putIfAbsent(file, one));
        }
        SoftAssertions all = new SoftAssertions();
        List<String> index = Files.readAllLines(runs.resolve("INDEX.tsv"));
        for (String line : index.subList(1, index.size())) {
            String[] cells = line.split("\t", -1);
            Found found = byPath.get(Intake.idOf(runs.resolve(cells[0])));
            all.assertThat(found).as(cells[0]).isNotNull();
            if (found == null) {
                continue;
            }
            boolean read = found.run().points() > 0;
            all.assertThat(read || !found.refusal().isEmpty()).as(cells[0]).isTrue();
            Integer more = COMPARABLE.get(cells[6]);
            if (read && more != null) {
                long indexed = Long.parseLong(cells[7]);
                long longest = everything.stream()
                        .filter(part -> part.path().equals(found.path()))
                        .mapToLong(RealRunsTest::longest)
                        .sum();
                all.assertThat(longest).as(cells[0]).isBetween(Math.max(1, indexed - more), indexed);
            }
        }
        all.assertThat(index).hasSizeGreaterThan(80);
        all.assertAll();
    }

    private static long longest(Found found) {
        return found.run().metrics().stream().mapToLong(s -> s.size()).max().orElse(0);
    }

    @Test
    void everyTextLogIsRead() {
        List<Found> found =
                new Intake(ReadOptions.DEFAULT).read(List.of(Shared.realRuns().resolve("stdout-log")));
        assertThat(found).noneMatch(Found::isRefused);
        assertThat(found.stream().filter(f -> f.path().toString().contains("FjordVision")))
                .hasSize(35);
        assertThat(found.stream().map(Found::path).distinct()).hasSize(10);
    }
}
