package dev.auscult.intake.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import dev.auscult.intake.LogFile;
import dev.auscult.intake.LogReader;
import dev.auscult.intake.ReadOptions;
import dev.auscult.intake.UnreadableLogException;
import dev.auscult.intake.wandb.WandbReader;
import dev.auscult.run.Run;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every scalar tag that the collection's index names is found in its file. */
class RealEventFilesTest {
    /** Not metrics of their own here: they are the axis, or were never set. */
    private static final Set<String> AXES = Set.of("epoch", "hp_metric", "trainer/global_step");

    @TestFactory
    List<DynamicTest> findsTheTagsOfTheIndex() throws IOException {
        Path runs = runs();
        return Files.readAllLines(runs.resolve("INDEX.tsv")).stream()
                .map(line -> line.split("\t", -1))
                .filter(row -> row[6].startsWith("tfevents") || row[6].equals("wandb"))
                .map(row -> DynamicTest.dynamicTest(row[0], () -> check(runs.resolve(row[0]), row[8])))
                .toList();
    }

    private static void check(Path file, String tags) throws IOException {
        LogReader reader = file.toString().endsWith(".wandb") ? new WandbReader() : new TensorBoardReader();
        LogFile log = LogFile.of(file);
        assertThat(reader.recognise(log)).isEqualTo(100);
        TestSink sink = new TestSink();
        try {
            reader.read(log, ReadOptions.DEFAULT, sink);
        } catch (UnreadableLogException e) {
            assertThat(tags).as(e.getMessage()).isEmpty();
            return;
        }
        Run run = sink.run().build();
        Set<String> found = new TreeSet<>();
        run.metrics().forEach(series -> found.add(series.key().name()));
        Set<String> expected = new TreeSet<>(Arrays.asList(tags.split(",", -1)));
        expected.removeAll(AXES);
        expected.removeIf(tag ->
                tag.contains("._type") || tag.matches(".*\\.(values|bins|sha256|size|path|format|width|height)"));
        expected.removeAll(Set.of("Labels", "Mosaics", "Validation", "Results", "Bounding Box Debugger/Images"));
        assertThat(found).isEqualTo(expected);
        assertThat(run.points()).isPositive();
        if (System.getProperty("auscult.show") != null) {
            System.out.println(file.getFileName() + " " + run + " " + run.points() + " points " + run.events() + " "
                    + sink.problems + " " + run.provenance().framework() + " " + run.tensors());
        }
    }

    private static Path runs() {
        Path here = Path.of("").toAbsolutePath();
        for (Path folder = here; folder != null; folder = folder.getParent()) {
            Path runs = folder.resolve("shared/real-runs");
            if (Files.isDirectory(runs)) {
                return runs;
            }
        }
        return Assumptions.abort("no shared/real-runs above " + here.getFileName());
    }
}
