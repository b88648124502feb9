package dev.auscult.repair.fix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

import dev.auscult.diagnose.cause.Cause;
import dev.auscult.diagnose.cause.Differential;
import dev.auscult.repair.experiment.ExperimentResult;
import dev.auscult.repair.fix.FixResult.Ending;
import dev.auscult.repair.fix.FixStep.Decision;
import dev.auscult.repair.remedy.Edits;
import dev.auscult.repair.remedy.Treatment;
import dev.auscult.repair.trial.InProcessTrials;
import dev.auscult.repair.trial.TrialRequest;
import dev.auscult.repair.trial.TrialResult;
import dev.auscult.repair.trial.Trials;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.spec.SpecEdit.Change;
import dev.auscult.train.torch.TorchEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loop on a small training, with a doctor and treatments that are known. */
class FixLoopTest {
    private static final String TOO_HIGH = Sick.spec(200);
    private static final Treatment LOWER =
            Sick.sets("lower", Cause.LEARNING_RATE_TOO_HIGH, "optimizer.learning-rate", "0.1");
    private static final Treatment IDLE =
            Sick.sets("clip-loosely", Cause.LEARNING_RATE_TOO_HIGH, "training.clip-value", "1e9");

    @TempDir
    Path folder;

    private Engine engine;
    private final List<String> made = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        Sick.writeData(folder);
        engine = TorchEngine.open("cpu", 1);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    /** Keeps the names of the trials that are made anew, and can be told to stop. */
    private Trials trials(int most) {
        Trials real = new InProcessTrials(engine, Sick.examiner());
        return new Trials() {
            @Override
            public List<TrialResult> run(List<TrialRequest> requests, Consumer<TrialResult> done)
                    throws IOException, InterruptedException {
                List<TrialResult> results = new ArrayList<>();
                for (TrialRequest request : requests) {
                    if (!Files.exists(request.folder().resolve("trial.json"))) {
                        if (made.size() == most) {
                            throw new InterruptedException("the test says stop");
                        }
                        made.add(request.name());
                    }
                    results.addAll(real.run(List.of(request), done));
                }
                return results;
            }
        };
    }

    private FixResult fix(FixOptions options, Treatment... known) throws IOException, InterruptedException {
        return loop(trials(Integer.MAX_VALUE), known).run(options, FixListener.NONE);
    }

    private static FixLoop loop(Trials trials, Treatment... known) {
        return new FixLoop(
                trials,
                (spec, base) -> OptionalDouble.of(0.1),
                cause -> List.of(known).stream().filter(t -> t.cause() == cause).toList(),
                Experimenter.NONE);
    }

    @Test
    void aLearningRateThatIsTooHighIsMendedWithProof() throws Exception {
        FixResult result = fix(Sick.options(folder, TOO_HIGH), LOWER);
        assertThat(result.ending()).isEqualTo(Ending.MENDED);
        assertThat(result.fixed())
                .contains("learning-rate: 0.1", "# points in the plane")
                .contains("mended");
        assertThat(result.steps()).singleElement().satisfies(step -> {
            assertThat(step.decision()).isEqualTo(Decision.ACCEPTED);
            assertThat(step.comparison().orElseThrow().p()).isEqualTo(1.0 / 32);
            assertThat(step.comparison().orElseThrow().gain()).isPositive();
            assertThat(step.before()).hasSize(5);
            assertThat(step.after()).hasSize(5);
            assertThat(step.gone()).isNotEmpty();
        });
        assertThat(result.overall().orElseThrow().metric()).isEqualTo("validation/accuracy");
        assertThat(result.left()).isEmpty();
    }

    @Test
    void aTrainingThatIsWellIsLeftAsItIs() throws Exception {
        String text = Sick.spec(0.1);
        FixResult result = fix(Sick.options(folder, text), LOWER);
        assertThat(result.ending()).isEqualTo(Ending.HEALTHY);
        assertThat(result.fixed()).isEqualTo(text);
        assertThat(result.steps()).isEmpty();
        assertThat(made).containsExactly("00-original/seed-3");
    }

    @Test
    void whatDoesNotHelpIsTakenBackAndTheNextIsTried() throws Exception {
        FixResult result = fix(Sick.options(folder, TOO_HIGH), IDLE, LOWER);
        assertThat(result.steps()).extracting(FixStep::decision).containsExactly(Decision.REJECTED, Decision.ACCEPTED);
        assertThat(result.fixed()).doesNotContain("clip-value");
        // After a look at the seed of the diagnosis the proof is made on others.
        assertThat(result.steps().get(1).after())
                .extracting(r -> r.request().seed())
                .containsExactly(4L, 5L, 6L, 7L, 8L);
    }

    @Test
    void whereNothingHelpsTheSpecStaysAndAPersonIsAdvised() throws Exception {
        Treatment look = Sick.treatment("look", Cause.LEARNING_RATE_TOO_HIGH, Edits.NONE);
        FixResult result = fix(Sick.options(folder, TOO_HIGH), IDLE, look);
        assertThat(result.ending()).isEqualTo(Ending.NOT_MENDED);
        assertThat(result.fixed()).isEqualTo(TOO_HIGH);
        assertThat(result.advice()).containsExactly(look);
        assertThat(result.left()).first().isEqualTo(Cause.LEARNING_RATE_TOO_HIGH);
    }

    @Test
    void editsThatDoNotFitAreSkippedWithAReason() throws Exception {
        Treatment unknown = Sick.sets("unknown", Cause.LEARNING_RATE_TOO_HIGH, "optimizer.sped", "3");
        Treatment untrainable = Sick.sets("untrainable", Cause.LEARNING_RATE_TOO_HIGH, "data.target", "nowhere");
        Treatment fails = Sick.treatment("fails", Cause.LEARNING_RATE_TOO_HIGH, patient -> {
            throw new IllegalStateException("no such layer");
        });
        FixResult result = fix(Sick.options(folder, TOO_HIGH), unknown, fails, untrainable, LOWER);
        assertThat(result.ending()).isEqualTo(Ending.MENDED);
        assertThat(result.steps()).hasSize(4);
        assertThat(result.steps().get(0).reason()).contains("does not fit", "sped");
        assertThat(result.steps().get(1).reason()).contains("no such layer");
        assertThat(result.steps().get(2).reason()).contains("cannot be trained", "nowhere");
    }

    @Test
    void theBudgetIsKept() throws Exception {
        List<String> said = new ArrayList<>();
        FixOptions endless = Sick.options(folder, TOO_HIGH);
        FixOptions options = new FixOptions(
                endless.source(),
                endless.text(),
                endless.base(),
                endless.folder(),
                endless.seeds(),
                Optional.of(4.0),
                Optional.empty());
        FixResult result = loop(trials(Integer.MAX_VALUE), LOWER).run(options, new FixListener() {
            @Override
            public void spent(String reason) {
                said.add(reason);
            }
        });
        assertThat(result.ending()).isEqualTo(Ending.SPENT);
        assertThat(result.fixed()).isEqualTo(TOO_HIGH);
        assertThat(result.cost()).isLessThanOrEqualTo(4);
        assertThat(said).singleElement().asString().contains("budget of 4.0");
    }

    @Test
    void aLoopThatWasInterruptedGoesOnWithTheTrialsThatAreThere() throws Exception {
        FixOptions options = Sick.options(folder, TOO_HIGH);
        FixResult straight = fix(
                new FixOptions(
                        options.source(),
                        options.text(),
                        options.base(),
                        folder.resolve("straight"),
                        5,
                        Optional.empty(),
                        Optional.empty()),
                IDLE,
                LOWER);
        int all = made.size();
        made.clear();
        assertThatThrownBy(() -> loop(trials(4), IDLE, LOWER).run(options, FixListener.NONE))
                .isInstanceOf(InterruptedException.class);
        Path journal = options.folder().resolve("journal.jsonl");
        Files.writeString(journal, "{\"event\":\"tri", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        FixResult resumed = fix(options, IDLE, LOWER);
        assertThat(made).hasSize(all).doesNotHaveDuplicates();
        assertThat(resumed.fixed()).isEqualTo(straight.fixed());
        assertThat(resumed.cost()).isEqualTo(straight.cost());
        assertThat(resumed.steps())
                .extracting(FixStep::reason)
                .isEqualTo(straight.steps().stream().map(FixStep::reason).toList());
        assertThat(journal).hasSameTextualContentAs(folder.resolve("straight").resolve("journal.jsonl"));
    }

    @Test
    void anotherSpecGetsAnotherFolder() throws Exception {
        FixResult one = fix(Sick.options(folder, Sick.spec(0.1)));
        FixResult other = fix(Sick.options(folder, Sick.spec(0.11)));
        assertThat(one.folder()).isEqualTo(folder.resolve("fix"));
        assertThat(other.folder()).isEqualTo(folder.resolve("fix-2"));
    }

    @Test
    void aSpecThatCannotBeTrainedIsRefusedInOneLine() {
        String text = Sick.spec(0.1).replace("target: cloud", "target: cluod");
        assertThatThrownBy(() -> fix(Sick.options(folder, text)))
                .isInstanceOf(TrialFailedException.class)
                .hasMessageContaining("cluod");
    }

    @Test
    void severalIllnessesAreMendedOneAfterTheOther() throws Exception {
        Treatment notFar = Sick.sets("not-far-enough", Cause.LEARNING_RATE_TOO_HIGH, "optimizer.learning-rate", "0.5");
        Treatment honest = Sick.sets("honest", Cause.DATA_LEAK, "optimizer.learning-rate", "0.09");
        FixResult result = fix(Sick.options(folder, Sick.spec(2000)), notFar, honest);
        assertThat(result.steps()).extracting(FixStep::decision).containsOnly(Decision.ACCEPTED);
        assertThat(result.steps()).hasSize(2);
        assertThat(result.ending()).isEqualTo(Ending.MENDED);
        assertThat(result.changes()).hasSize(2);
        assertThat(result.overall().orElseThrow().before()).hasSizeGreaterThanOrEqualTo(5);
        assertThat(result.steps().get(1).before())
                .extracting(r -> r.request().name())
                .allMatch(name -> name.startsWith("01-not-far-enough/"));
    }

    @Test
    void twoIllnessesOfWhichEachHidesTheOtherAreMendedTogether() throws Exception {
        Treatment lower = Sick.sets("lower", Cause.LEARNING_RATE_TOO_HIGH, "optimizer.learning-rate", "20");
        Treatment divide = Sick.treatment(
                "divide",
                Cause.OPTIMIZER_SETTING,
                patient -> List.of(new Change(
                        "optimizer.learning-rate",
                        String.valueOf(patient.spec().optimizer().learningRate() / 100),
                        "mended")));
        FixResult result = fix(Sick.options(folder, Sick.spec(2000)), lower, divide);
        assertThat(result.ending()).isEqualTo(Ending.MENDED);
        assertThat(result.steps()).extracting(FixStep::decision).containsExactly(Decision.REJECTED, Decision.ACCEPTED);
        assertThat(result.steps().get(1).treatment().name()).isEqualTo("lower-and-divide");
        assertThat(result.steps().get(1).changes()).hasSize(2);
        assertThat(result.fixed()).contains("learning-rate: 0.2");
    }

    @Test
    void aFolderInWhichALoopIsAtWorkIsRefused() throws Exception {
        FixOptions options = Sick.options(folder, TOO_HIGH);
        try (Journal busy = Journal.open(options.folder())) {
            assertThat(busy).isNotNull();
            assertThatThrownBy(() -> fix(options, LOWER))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another repair is at work");
        }
        assertThat(made).isEmpty();
    }

    @Test
    void aJournalThatIsNoneIsBegunAnew() throws Exception {
        FixOptions options = Sick.options(folder, TOO_HIGH);
        Files.createDirectories(options.folder());
        Path journal = options.folder().resolve("journal.jsonl");
        Files.write(journal, new byte[] {'"', (byte) 0xFF, '"', '\n', '7', '\n', 0, 1, 2});
        FixResult result = fix(options, LOWER);
        assertThat(result.ending()).isEqualTo(Ending.MENDED);
        assertThat(Files.readAllLines(journal)).allMatch(line -> line.startsWith("{\"event\":"));
    }

    @Test
    void whatIsDoneAboutALeakNeedNotRaiseTheFigure() throws Exception {
        Treatment honest = Sick.sets("honest", Cause.DATA_LEAK, "optimizer.learning-rate", "0.09");
        FixResult result = fix(Sick.options(folder, Sick.spec(0.5)), honest);
        assertThat(result.ending()).isEqualTo(Ending.MENDED);
        assertThat(result.steps().get(0).reason()).contains("the old figure was not true");
        assertThat(result.steps().get(0).after()).hasSize(2);
    }

    @Test
    void experimentsAreMadeOnceAndKept() throws Exception {
        int[] asked = {0};
        Experimenter settles = (patient, differential, most) -> {
            asked[0]++;
            Differential after = differential.observed(cause -> cause == Cause.LEARNING_RATE_TOO_HIGH ? 1 : 0.01);
            return List.of(new ExperimentResult("third", "cheap", "better", "it was", 7, differential, after));
        };
        FixOptions options = Sick.options(folder, TOO_HIGH);
        FixLoop loop = new FixLoop(
                trials(Integer.MAX_VALUE),
                (spec, base) -> OptionalDouble.empty(),
                cause -> cause == Cause.LEARNING_RATE_TOO_HIGH ? List.of(LOWER) : List.of(),
                settles);
        FixResult first = loop.run(options, FixListener.NONE);
        FixResult again = loop.run(options, FixListener.NONE);
        assertThat(asked[0]).isEqualTo(1);
        assertThat(first.steps().get(0).differential().isCertain()).isTrue();
        assertThat(again.steps().get(0).differential().probabilities())
                .isEqualTo(first.steps().get(0).differential().probabilities());
        assertThat(again.cost()).isEqualTo(first.cost());
    }
}
