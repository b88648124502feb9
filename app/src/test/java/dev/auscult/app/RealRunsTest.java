package dev.auscult.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.auscult.diagnose.Diagnosis;
import dev.auscult.diagnose.Doctor;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.RuleBook;
import dev.auscult.diagnose.RuleInfo;
import dev.auscult.intake.Intake;
import dev.auscult.intake.ReadOptions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** First, do no harm: runs that experts call healthy are called healthy, where the collection of real runs is there. */
class RealRunsTest {
    private static final Path COLLECTION = Path.of("..", "..", "shared", "real-runs");

    @Test
    void healthyRunsAreLeftInPeace() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(COLLECTION), "no collection of real runs beside this project");
        List<Rule> stable = RuleBook.rules().stream()
                .filter(r -> r.info().stage() == RuleInfo.Stage.STABLE)
                .toList();
        Doctor doctor = new Doctor(stable, Map.of());
        Intake intake = new Intake(ReadOptions.DEFAULT);
        List<String> alarms = new ArrayList<>();
        int healthy = 0;
        for (String line : Files.readAllLines(COLLECTION.resolve("LABELS.tsv"))) {
            String[] cells = line.split("\t", -1);
            if (!cells[1].startsWith("healthy") || cells[2].equals("low")) {
                continue;
            }
            List<Intake.Found> found = intake.read(List.of(COLLECTION.resolve(cells[0])));
            for (Intake.Found one : found) {
                healthy++;
                Diagnosis diagnosis = doctor.examine(one.run());
                if (diagnosis.status() == Diagnosis.Status.SICK) {
                    alarms.add(cells[0] + ": " + diagnosis.findings());
                }
            }
        }
        assertThat(healthy).as("healthy runs looked at").isGreaterThanOrEqualTo(20);
        assertThat(alarms).isEmpty();
    }
}
