package dev.auscult.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

import dev.auscult.diagnose.Doctor;
import dev.auscult.diagnose.RuleBook;
import dev.auscult.intake.Intake;
import dev.auscult.intake.ReadOptions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One run that was logged in two formats has one diagnosis, remarks about the log itself aside. */
class SameRunTwoFormatsTest {
    private static Path realRuns() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path runs = at.resolve("shared").resolve("real-runs");
            if (Files.isDirectory(runs)) {
                return runs;
            }
        }
        Assumptions.abort("no folder shared/real-runs above the working directory: nothing real to read");
        throw new AssertionError();
    }

    private static SortedSet<String> findings(Path path) {
        Doctor doctor = new Doctor(new RuleChoice(RuleBook.rules()).choose(List.of(), List.of(), false), Map.of());
        SortedSet<String> findings = new TreeSet<>();
        new Intake(ReadOptions.DEFAULT).read(List.of(path), found -> {
            assertThat(found.refusal()).isEmpty();
            doctor.examine(found.run()).findings().stream()
                    .filter(f -> !f.rule().code().startsWith("LOG"))
                    .forEach(f ->
                            findings.add(f.rule().name() + " " + f.severity().label()));
        });
        return findings;
    }

    @ParameterizedTest
    @CsvSource({
        "hf-trainer-state/hsc748NLP__NSLLM__root/trainer_state.json, llama-factory-jsonl/hsc748NLP__NSLLM__root/trainer_log.jsonl",
        "yolo-results-csv/DeepPicEI__Elderly-fall-detection__runs-train-exp, tfevents-torch/DeepPicEI__Elderly-fall-detection__runs-train-exp",
        "yolo-results-csv/Kimiria__AIPI540-Team__runs-train-exp, tfevents-torch/Kimiria__AIPI540-Team__runs-train-exp",
        "yolo-results-csv/22pilarskil__yolov5_test__runs-train-exp9, wandb/22pilarskil__yolov5_test__ndb-offline-run-20210906-092904-2chc5x75"
    })
    void haveOneDiagnosis(String first, String second) {
        Path runs = realRuns();
        assertThat(findings(runs.resolve(first))).isEqualTo(findings(runs.resolve(second)));
    }
}
