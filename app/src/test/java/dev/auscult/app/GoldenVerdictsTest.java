package dev.auscult.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

import dev.auscult.diagnose.Diagnosis;
import dev.auscult.diagnose.Doctor;
import dev.auscult.diagnose.RuleBook;
import dev.auscult.intake.Intake;
import dev.auscult.intake.ReadOptions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The verdicts on {@code examples/}, and on the collection of real runs where it is there, are those in the golden files;
 * {@code -Dverdicts=write} writes them anew.
 */
class GoldenVerdictsTest {
    private static final Path EXAMPLES = Path.of("..", "examples");
    private static final Path REAL_RUNS = Path.of("..", "..", "shared", "real-runs");
    private static final Path GOLDEN_OF_REAL_RUNS = Path.of("src", "test", "resources", "real-runs-verdicts.txt");

    @Test
    void verdictsOnTheExamplesAreAsBefore() throws IOException {
        check(EXAMPLES, EXAMPLES.resolve("verdicts.txt"));
    }

    @Test
    void verdictsOnRealRunsAreAsBefore() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(REAL_RUNS), "no collection of real runs beside this project");
        check(REAL_RUNS, GOLDEN_OF_REAL_RUNS);
    }

    private static void check(Path folder, Path golden) throws IOException {
        String verdicts = verdicts(folder, golden);
        if ("write".equals(System.getProperty("verdicts"))) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, verdicts);
        }
        assertThat(verdicts).isEqualTo(Files.readString(golden));
    }

    private static String verdicts(Path folder, Path golden) {
        Doctor doctor = new Doctor(new RuleChoice(RuleBook.rules()).choose(List.of(), List.of(), false), Map.of());
        PathNames names = new PathNames(folder);
        SortedSet<String> verdicts = new TreeSet<>();
        new Intake(ReadOptions.DEFAULT).read(List.of(folder), found -> {
            if (!found.path().equals(golden)) {
                Diagnosis diagnosis = doctor.examine(found.run());
                StringBuilder verdict = new StringBuilder(names.show(found.path()))
                        .append(found.part() > 1 ? "#" + found.part() : "")
                        .append(": ")
                        .append(found.isRefused() ? "refused" : status(diagnosis))
                        .append('\n');
                diagnosis
                        .findings()
                        .forEach(f -> verdict.append("  ")
                                .append(f.rule().code())
                                .append(' ')
                                .append(f.rule().name())
                                .append(' ')
                                .append(f.severity().label())
                                .append('\n'));
                verdicts.add(verdict.toString());
            }
        });
        return String.join("", verdicts);
    }

    private static String status(Diagnosis diagnosis) {
        return diagnosis.status().name().toLowerCase(Locale.ROOT);
    }
}
