package dev.auscult.train.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.auscult.intake.Intake;
import dev.auscult.intake.ReadOptions;
import dev.auscult.run.Run;
import dev.auscult.run.RunEvent;
import dev.auscult.run.Series;
import dev.auscult.train.checkpoint.Safetensors;
import dev.auscult.train.spec.Spec;
import dev.auscult.train.spec.SpecException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {
    @TempDir
    private Path folder;

    private Trainings trainings;

    @BeforeEach
    void writeData() throws IOException {
        trainings = new Trainings(folder);
    }

    @Test
    void learnsAndKeepsWhatItDid() throws IOException {
        Outcome outcome = trainings.train(trainings.spec("", "training.epochs=20"), "a");

        assertThat(outcome.ending()).isEqualTo(Outcome.Ending.COMPLETED);
        assertThat(outcome.epochs()).isEqualTo(20);
        assertThat(outcome.step()).isEqualTo(20 * 9);
        assertThat(outcome.best().get("validation/accuracy")).isGreaterThan(0.7);
        Run run = read(outcome.directory());
        assertThat(run.has(RunEvent.Kind.COMPLETED)).isTrue();
        Series loss = series(run, "train/loss");
        assertThat(loss.size()).isEqualTo(180);
        assertThat(loss.value(0)).isBetween(0.7, 2.0);
        assertThat(loss.value(loss.size() - 1)).isLessThan(loss.value(0));
        assertThat(series(run, "validation/loss").size()).isEqualTo(20);
        assertThat(run.tensors()).isNotEmpty();
        assertThat(run.graph()).isPresent();
        assertThat(outcome.directory().resolve("checkpoints/best.safetensors")).exists();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "optimizer.type=sgd optimizer.learning-rate=0.05 optimizer.momentum=0.9 optimizer.nesterov=true",
                "optimizer.type=schedule-free-adamw",
                "regularization.ema=0.9 regularization.l1=0.0001 regularization.max-norm=3",
                "regularization.swa-start=0.5",
                "schedule.type=plateau schedule.patience=0",
                "schedule.type=cosine schedule.warm-up=1 schedule.per=epoch",
                "training.precision=float16",
                "training.early-stopping.patience=2",
                "training.pruning.share=0.6 training.pruning.every=4 regularization.ema=0.9",
                "training.pruning.type=structured training.pruning.every=3 optimizer.type=sgd optimizer.momentum=0.9"
            })
    void stoppedAnywhereAndResumedGivesTheSameBits(String overrides) throws IOException {
        Spec spec = trainings.spec("", overrides.isEmpty() ? new String[0] : overrides.split(" ", -1));
        Path whole = trainings.train(spec, "whole").directory();
        for (int stopAt : new int[] {1, 9, 13, 30}) {
            int[] steps = {0};
            Trainings.Circumstances stopping = new Trainings.Circumstances();
            stopping.stop = () -> ++steps[0] == stopAt;
            Outcome stopped = trainings.train(spec, "stopped", stopping);
            assertThat(stopped.ending()).isEqualTo(Outcome.Ending.INTERRUPTED);
            Outcome resumed = trainings.resume(stopped.directory(), new Trainings.Circumstances());

            assertThat(resumed.ending()).isEqualTo(Outcome.Ending.COMPLETED);
            assertSameState(whole, resumed.directory());
            assertThat(scalars(resumed.directory())).as("stopped at " + stopAt).isEqualTo(scalars(whole));
        }
    }

    @Test
    void theSameSeedGivesTheSameBitsAndAnotherSeedOthers() throws IOException {
        Path first = trainings.train(trainings.spec(""), "a").directory();
        Path second = trainings.train(trainings.spec(""), "b").directory();
        Path other = trainings.train(trainings.spec("", "seed=4"), "c").directory();

        assertSameState(first, second);
        assertThat(scalars(first)).isEqualTo(scalars(second));
        assertThat(scalars(other)).isNotEqualTo(scalars(first));
    }

    @Test
    void accumulatedBatchesGiveWhatOneLargeBatchGives() throws IOException {
        String[] still = {"data.shuffle=false", "model.layers.2.dropout=0", "training.epochs=2"};
        Path large = trainings
                .train(trainings.spec("", with(still, "training.batch-size=32")), "large")
                .directory();
        Path small = trainings
                .train(trainings.spec("", with(still, "training.batch-size=8", "training.accumulate=4")), "small")
                .directory();

        Safetensors.Content a = Safetensors.read(new RunDirectory(large).last());
        Safetensors.Content b = Safetensors.read(new RunDirectory(small).last());
        a.tensors().forEach((name, tensor) -> {
            if (name.startsWith("parameters/")) {
                float[] x = tensor.floats();
                float[] y = b.tensors().get(name).floats();
                for (int i = 0; i < x.length; i++) {
                    assertThat(y[i]).as(name).isCloseTo(x[i], offset(2e-4f));
                }
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "loss.class-weights=[1,5,2]"})
    void evaluationDoesNotDependOnTheSizeOfItsBatches(String weights) {
        List<String> overrides = new ArrayList<>(List.of("training.epochs=2"));
        if (!weights.isEmpty()) {
            overrides.add(weights);
        }
        overrides.add("training.evaluate-batch=5");
        double small = trainings
                .train(trainings.spec("", overrides.toArray(String[]::new)), "small")
                .last()
                .get("validation/loss");
        overrides.set(overrides.size() - 1, "training.evaluate-batch=1000");
        double large = trainings
                .train(trainings.spec("", overrides.toArray(String[]::new)), "large")
                .last()
                .get("validation/loss");
        assertThat(small).isCloseTo(large, offset(1e-6));
    }

    @Test
    void accumulatedBatchesWeighClassesAsOneLargeBatchDoes() throws IOException {
        String[] still = {
            "data.shuffle=false", "model.layers.2.dropout=0", "training.epochs=1", "loss.class-weights=[1,5,2]"
        };
        Path large = trainings
                .train(trainings.spec("", with(still, "training.batch-size=40")), "large")
                .directory();
        Path small = trainings
                .train(trainings.spec("", with(still, "training.batch-size=8", "training.accumulate=5")), "small")
                .directory();
        float[] x = Safetensors.read(new RunDirectory(large).last())
                .tensors()
                .get("parameters/0-dense.weight")
                .floats();
        float[] y = Safetensors.read(new RunDirectory(small).last())
                .tensors()
                .get("parameters/0-dense.weight")
                .floats();
        for (int i = 0; i < x.length; i++) {
            assertThat(y[i]).isCloseTo(x[i], offset(2e-4f));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"regularization.ema=0.9", "regularization.swa-start=0.2", "optimizer.type=schedule-free-adamw"})
    void theWeightsThatWereBestAreThoseThatAreTested(String averaging) throws IOException {
        // The validation examples again as test: what was best must be measured again.
        Files.copy(folder.resolve("clouds.csv"), folder.resolve("held.csv"));
        Outcome outcome = trainings.train(
                trainings.spec(
                        "",
                        averaging,
                        "data.validation.file=held.csv",
                        "data.test=held.csv",
                        "training.epochs=60",
                        "optimizer.learning-rate=0.2",
                        "training.early-stopping.patience=3",
                        "training.early-stopping.restore-best=true"),
                "a");
        assertThat(outcome.test().get("test/loss")).isCloseTo(outcome.best().get("validation/loss"), offset(1e-6));
    }

    @Test
    void whatCannotWorkIsSaidBeforeTheFirstStep() {
        assertThatThrownBy(() ->
                        trainings.train(trainings.spec("", "training.early-stopping.monitor=validation/acuracy"), "a"))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("validation/acuracy")
                .hasMessageContaining("validation/accuracy");
        assertThatThrownBy(() ->
                        trainings.train(trainings.spec("", "model.layers.1=batch-norm", "training.batch-size=1"), "b"))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("batch-norm");
        assertThatThrownBy(() ->
                        trainings.train(trainings.spec("", "optimizer.groups=[{match: \"*\", frozen: true}]"), "c"))
                .hasMessageContaining("frozen");
    }

    @Test
    void aJudgeCanStopTheTraining() throws IOException {
        Trainings.Circumstances judged = new Trainings.Circumstances();
        judged.judge = run -> new Judge.Judgement(Advice.STOP, "critical: LOS101 too bad");
        Outcome outcome = trainings.train(trainings.spec(""), "a", judged);

        // Asked when the second epoch begins, answered for when it ends.
        assertThat(outcome.ending()).isEqualTo(Outcome.Ending.STOPPED);
        assertThat(outcome.epochs()).isEqualTo(2);
        assertThat(outcome.reason()).contains("LOS101");
    }

    @Test
    void aJudgeCanLowerTheLearningRate() throws IOException {
        Trainings.Circumstances judged = new Trainings.Circumstances();
        judged.judge = run -> new Judge.Judgement(
                run.has(RunEvent.Kind.LEARNING_RATE_CHANGE) ? Advice.GO_ON : Advice.LOWER_LEARNING_RATE, "high: X");
        List<Double> rates = new ArrayList<>();
        judged.listener = new TrainingListener() {
            @Override
            public void step(Step step) {
                rates.add(step.learningRate());
            }
        };
        trainings.train(trainings.spec(""), "a", judged);

        assertThat(rates.get(17)).isEqualTo(0.01);
        assertThat(rates.get(18)).isCloseTo(0.01 / 3, offset(1e-12));
        assertThat(rates.get(35)).isEqualTo(rates.get(18));
    }

    @Test
    void rollingBackTakesTheBestWeights() throws IOException {
        Map<String, Integer> said = new HashMap<>();
        Trainings.Circumstances judged = new Trainings.Circumstances();
        judged.judge = run -> new Judge.Judgement(Advice.ROLL_BACK, "critical: X");
        judged.listener = new TrainingListener() {
            @Override
            public void note(String sentence) {
                said.merge(sentence.replaceAll("\\d+", "#"), 1, Integer::sum);
            }
        };
        Outcome outcome = trainings.train(trainings.spec(""), "a", judged);

        assertThat(outcome.ending()).isEqualTo(Outcome.Ending.COMPLETED);
        assertThat(said).containsEntry("back to the weights after epoch #", 3);
    }

    @Test
    void stopsEarlyAndKeepsTheBestWeights() throws IOException {
        Outcome outcome = trainings.train(
                trainings.spec(
                        "",
                        "training.epochs=200",
                        "optimizer.learning-rate=0.1",
                        "training.early-stopping.patience=3",
                        "training.early-stopping.restore-best=true"),
                "a");

        assertThat(outcome.ending()).isEqualTo(Outcome.Ending.EARLY_STOP);
        assertThat(outcome.epochs()).isLessThan(200);
        RunDirectory directory = new RunDirectory(outcome.directory());
        Safetensors.Content best = Safetensors.read(directory.best());
        Safetensors.Content last = Safetensors.read(directory.last());
        assertThat(last.tensors().get("parameters/0-dense.weight").floats())
                .isEqualTo(best.tensors().get("parameters/0-dense.weight").floats());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bfloat16", "float16"})
    void mixedPrecisionLearns(String precision) throws IOException {
        Outcome outcome =
                trainings.train(trainings.spec("", "training.precision=" + precision, "training.epochs=10"), "a");
        assertThat(outcome.best().get("validation/accuracy")).isGreaterThan(0.7);
        if (precision.equals("float16")) {
            assertThat(series(read(outcome.directory()), "train/loss_scale").value(0))
                    .isEqualTo(65536);
        }
    }

    @Test
    void lbfgsLearnsOnTheWholeSet() throws IOException {
        Outcome outcome = trainings.train(
                trainings.spec(
                        "",
                        "optimizer.type=lbfgs",
                        "optimizer.learning-rate=1",
                        "training.batch-size=full",
                        "training.epochs=10"),
                "a");
        assertThat(outcome.last().get("train/loss")).isLessThan(0.6);
    }

    @Test
    void aFolderThatCannotBeWrittenEndsTheTrainingInOneLine() throws IOException {
        Path[] made = new Path[1];
        Trainings.Circumstances sabotaged = new Trainings.Circumstances();
        sabotaged.listener = new TrainingListener() {
            @Override
            public void step(Step step) {
                if (step.step() == 3) {
                    // A folder in the place of the file that is to be written.
                    made[0] = folder.resolve("runs/a/checkpoints/last.safetensors.new");
                    made[0].toFile().mkdir();
                }
            }
        };
        Outcome outcome = trainings.train(trainings.spec(""), "a", sabotaged);

        assertThat(outcome.ending()).isEqualTo(Outcome.Ending.UNWRITABLE);
        assertThat(outcome.reason()).contains("cannot be written").doesNotContain("\n");
        Files.deleteIfExists(made[0]);
        assertThat(read(outcome.directory()).lastStep()).isPositive();
    }

    @Test
    void aFolderThatCannotBeWrittenCanBeIgnored() throws IOException {
        List<String> notes = new ArrayList<>();
        Trainings.Circumstances sabotaged = new Trainings.Circumstances();
        sabotaged.listener = new TrainingListener() {
            @Override
            public void step(Step step) {
                if (step.step() == 3) {
                    folder.resolve("runs/a/checkpoints/last.safetensors.new")
                            .toFile()
                            .mkdir();
                }
            }

            @Override
            public void note(String sentence) {
                notes.add(sentence);
            }
        };
        Outcome outcome = trainings.train(trainings.spec("policy: {unwritable: go-on}\n"), "a", sabotaged);

        assertThat(outcome.ending()).isEqualTo(Outcome.Ending.COMPLETED);
        assertThat(notes).filteredOn(n -> n.startsWith("cannot write")).hasSize(1);
    }

    private static String[] with(String[] some, String... more) {
        List<String> all = new ArrayList<>(List.of(some));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static Run read(Path directory) {
        List<Run> runs = new ArrayList<>();
        new Intake(ReadOptions.DEFAULT).read(List.of(directory), found -> runs.add(found.run()));
        assertThat(runs).hasSize(1);
        return runs.get(0);
    }

    private static Series series(Run run, String name) {
        return run.metrics().stream()
                .filter(s -> s.key().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Every point of every metric but times, as bits. */
    private static Map<String, List<String>> scalars(Path directory) {
        Map<String, List<String>> scalars = new TreeMap<>();
        for (Series series : read(directory).metrics()) {
            if (!series.key().name().startsWith("time/")) {
                List<String> points = new ArrayList<>();
                for (int i = 0; i < series.size(); i++) {
                    points.add(series.step(i) + ":" + Double.toHexString(series.value(i)));
                }
                scalars.put(series.key().name(), points);
            }
        }
        return scalars;
    }

    private static void assertSameState(Path first, Path second) throws IOException {
        for (String name : List.of("last", "best")) {
            String file = "checkpoints/" + name + ".safetensors";
            assertThat(Files.mismatch(first.resolve(file), second.resolve(file)))
                    .as(file)
                    .isEqualTo(-1);
        }
    }
}
