package dev.auscult.repair.fix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.auscult.repair.trial.InProcessTrials;
import dev.auscult.repair.trial.ProcessTrials;
import dev.auscult.repair.trial.TrialRequest;
import dev.auscult.repair.trial.TrialRequest.Stop;
import dev.auscult.repair.trial.TrialResult;
import dev.auscult.repair.trial.Trials;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.torch.TorchEngine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trials within this process and in others. */
class TrialsTest {
    @TempDir
    Path folder;

    @BeforeEach
    void writeTheData() throws IOException {
        Sick.writeData(folder);
    }

    private TrialRequest request(String name, String text, long seed, Stop stop) {
        return new TrialRequest(name, text, folder, seed, folder.resolve(name), stop);
    }

    @Test
    void processesGiveTheFiguresThatThisOneGives() throws Exception {
        List<TrialResult> there;
        List<String> heard = new ArrayList<>();
        try (Trials trials = new ProcessTrials("cpu", 1, 2, folder.resolve("logs"), Sick.examiner())) {
            there = trials.run(
                    List.of(
                            request("p/1", Sick.spec(0.1), 1, Stop.NEVER),
                            request("p/2", Sick.spec(0.1).replace("cloud", "nowhere"), 2, Stop.NEVER),
                            request("p/3", Sick.spec(0.1), 3, Stop.NEVER)),
                    result -> heard.add(result.request().name()));
        }
        assertThat(heard).containsExactlyInAnyOrder("p/1", "p/2", "p/3");
        assertThat(there).extracting(r -> r.request().name()).containsExactly("p/1", "p/2", "p/3");
        assertThat(there.get(1).failed()).isTrue();
        assertThat(there.get(1).reason()).contains("nowhere").doesNotContain("\n");
        try (Engine engine = TorchEngine.open("cpu", 1)) {
            List<TrialResult> here = new InProcessTrials(engine, Sick.examiner())
                    .run(
                            List.of(
                                    request("i/1", Sick.spec(0.1), 1, Stop.NEVER),
                                    request("i/3", Sick.spec(0.1), 3, Stop.NEVER)),
                            result -> {});
            assertThat(here.get(0).kept()).isEqualTo(there.get(0).kept());
            assertThat(here.get(1).kept()).isEqualTo(there.get(2).kept());
            assertThat(here.get(0).kept()).isNotEqualTo(here.get(1).kept());
            assertThat(here.get(0).kept()).containsKeys("validation/accuracy", "validation/perplexity");
            assertThat(here.get(0).steps()).isEqualTo(here.get(0).planned());
        }
    }

    @Test
    void nothingFiniteIsTheEndAndCountsAsNothing() throws Exception {
        String overflow = Sick.spec(1e30).replace("tanh", "relu").replace("epochs: 8", "epochs: 60");
        try (Engine engine = TorchEngine.open("cpu", 1)) {
            TrialResult result = new InProcessTrials(engine, Sick.examiner())
                    .run(List.of(request("lost", overflow, 1, Stop.NEVER)), r -> {})
                    .get(0);
            assertThat(result.ended()).isEqualTo("lost");
            assertThat(result.isWhole()).isTrue();
            assertThat(result.steps()).isLessThan(result.planned());
            assertThat(result.figure("validation/accuracy")).isEmpty();
        }
    }

    @Test
    void aTrainingThatIsWellIsNeverStopped() throws Exception {
        try (Engine engine = TorchEngine.open("cpu", 1)) {
            TrialResult result = new InProcessTrials(engine, Sick.examiner())
                    .run(List.of(request("well", Sick.spec(0.1), 1, Stop.WHEN_CERTAIN)), r -> {})
                    .get(0);
            assertThat(result.ended()).isEqualTo("completed");
        }
    }

    @Test
    void aTrialThatIsThereIsReadAndOneThatIsTornIsMadeAgain() throws Exception {
        try (Engine engine = TorchEngine.open("cpu", 1)) {
            InProcessTrials trials = new InProcessTrials(engine, Sick.examiner());
            TrialRequest request = request("once", Sick.spec(0.1), 1, Stop.NEVER);
            TrialResult first = trials.run(List.of(request), r -> {}).get(0);
            Path end = folder.resolve("once/trial.json");
            long written = Files.getLastModifiedTime(end).toMillis();
            TrialResult again = trials.run(List.of(request), r -> {}).get(0);
            assertThat(Files.getLastModifiedTime(end).toMillis()).isEqualTo(written);
            assertThat(again.kept()).isEqualTo(first.kept());
            Files.writeString(end, "{\"identity\":");
            Files.write(folder.resolve("once/checkpoints/last.safetensors"), new byte[7]);
            assertThat(trials.run(List.of(request), r -> {}).get(0).kept()).isEqualTo(first.kept());
        }
    }
}
