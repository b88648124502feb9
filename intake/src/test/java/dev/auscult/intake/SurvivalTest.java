package dev.auscult.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import dev.auscult.intake.Intake.Found;
import dev.auscult.intake.tensorboard.EventFileWriter;
import dev.auscult.run.Direction;
import dev.auscult.run.ReadProblem;
import dev.auscult.run.Run;
import dev.auscult.run.RunEvent;
import dev.auscult.run.Series;
import dev.auscult.run.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the logs of real people hold and a reader must survive, by number; all through {@link Intake}, as a user does.
 *
 * <ol>
 *   <li>a Git LFS pointer instead of the file
 *   <li>event files without a scalar
 *   <li>a file cut inside a record
 *   <li>several runs in one file
 *   <li>a resumed run in several files, steps repeated, two ranks writing one file
 *   <li>git conflict markers
 *   <li>tracebacks, plain text, no header, no name of a column, no epoch
 *   <li>nan, NaN, inf, Infinity, NA; one NaN that recovers; losses of 0 that were not computed
 *   <li>padded names, quoted cells with line breaks
 *   <li>sparse rows, series of different length and axis
 *   <li>a first evaluation before training, the last one written twice
 *   <li>only the tail or only the head of a log
 *   <li>warm-up spikes
 *   <li>validation below training
 *   <li>metrics of which lower is better, rewards that rise from below zero
 *   <li>tiny validation sets
 *   <li>a loss that rises while the score improves
 *   <li>names that are not ASCII, paths of other systems in settings
 *   <li>a loss on an unknown scale
 * </ol>
 *
 * <p>Items 13, 14, 16, 17 and 19 are for the rules to judge; here they must arrive as they were written.
 */
class SurvivalTest {
    @TempDir
    Path root;

    private Path write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private Path events(String name, long from, long to) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        try (EventFileWriter out = new EventFileWriter(file)) {
            out.header();
            for (long step = from; step < to; step++) {
                out.scalar("loss", step, 1.7e9 + 100 * from + step, 1f / (1 + step));
            }
        }
        return file;
    }

    private static void cut(Path file, int bytes) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - bytes));
    }

    private List<Found> found() {
        return new Intake(ReadOptions.DEFAULT).read(List.of(root));
    }

    private Run run() {
        List<Found> found = found();
        assertThat(found).hasSize(1);
        assertThat(found.get(0).refusal()).isEmpty();
        return found.get(0).run();
    }

    private static Series series(Run run, String name) {
        return run.metrics().stream()
                .filter(s -> s.key().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not in " + run.metrics()));
    }

    private static List<String> problems(Run run) {
        return run.problems().stream().map(ReadProblem::problem).toList();
    }

    @Test
    void item01PointersAreNamed() throws IOException {
        String pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n";
        write("a/events.out.tfevents.1.host", pointer);
        write("b/results.csv", pointer);
        write("c/run-x.wandb", pointer);
        assertThat(found()).hasSize(3).allMatch(f -> f.refusal().contains("Git LFS pointer"));
    }

    @Test
    void item02AnEventFileWithoutScalarsIsANoteBesideOneThatHasSome() throws IOException {
        events("a/events.out.tfevents.1.host", 0, 0);
        events("b/events.out.tfevents.1.host", 0, 0);
        events("b/events.out.tfevents.2.host", 0, 5);
        events("b/events.out.tfevents.3.host", 0, 0);
        List<Found> found = found();
        assertThat(found).hasSize(2);
        assertThat(found.get(0).isRefused()).isTrue();
        assertThat(found.get(1).isRefused()).isFalse();
        assertThat(found.get(1).run().points()).isEqualTo(5);
        assertThat(found.get(1).run().provenance().files()).hasSize(3);
        assertThat(problems(found.get(1).run())).hasSize(2);
    }

    @Test
    void item03WhatStandsBeforeATearIsKept() throws IOException {
        cut(events("a/events.out.tfevents.1.host", 0, 9), 7);
        events("a/events.out.tfevents.2.host", 9, 12);
        cut(write("b/metrics.jsonl", "{\"step\": 1, \"loss\": 2.5}\n{\"step\": 2, \"loss\": 1.5}\n"), 4);
        cut(write("c/log.csv", "epoch,loss,val_loss\n0,3,3\n1,2,2\n2,1,1.5\n"), 5);
        cut(write("d/trainer_state.json", """
                {"global_step": 20, "max_steps": 40, "log_history": [
                {"step": 10, "epoch": 1, "loss": 2.5}, {"step": 20, "epoch": 2, "loss": 1.5}]}
                """), 12);
        cut(write("e/train.log", "epoch 1 loss 0.5\nepoch 2 loss 0.4\nepoch 3 loss 0.3\n"), 9);
        List<Found> found = found();
        assertThat(found).hasSize(5).noneMatch(Found::isRefused);
        assertThat(found).extracting(f -> f.run().metrics().get(0).size()).containsExactly(11, 1, 2, 1, 2);
        assertThat(found.subList(0, 4))
                .allSatisfy(f -> assertThat(problems(f.run())).isNotEmpty());
    }

    @Test
    void item04SeveralRunsOfOneFileAreSeveralRuns() throws IOException {
        write("a/training_log.csv", "epoch,loss\n" + "0,3\n1,2\n2,1\n".repeat(4));
        write("b/loop.log", "epoch 1 loss 0.5\nepoch 2 loss 0.4\n".repeat(35));
        List<Found> found = found();
        assertThat(found.stream().filter(f -> f.path().endsWith("training_log.csv")))
                .hasSize(4);
        assertThat(found.stream().filter(f -> f.path().endsWith("loop.log"))).hasSize(35);
        assertThat(found).allMatch(f -> f.run().has(RunEvent.Kind.ONE_OF_SEVERAL_RUNS));
    }

    @Test
    void item05AResumedRunInSeveralFilesIsOneRun() throws IOException {
        events("a/events.out.tfevents.1000.host", 0, 60);
        events("a/events.out.tfevents.2000.host", 50, 100);
        Run run = run();
        assertThat(series(run, "loss").size()).isEqualTo(100);
        assertThat(run.has(RunEvent.Kind.RESTART) || run.has(RunEvent.Kind.RESUMED))
                .isTrue();
    }

    @Test
    void item05TwoRanksWritingOneFileAreOneRun() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int step = 10; step <= 50; step += 10) {
            for (int rank = 0; rank < 2; rank++) {
                text.append("{\"current_steps\": " + step + ", \"total_steps\": 50, \"loss\": " + (2 + rank)
                        + ", \"epoch\": 0.1, \"elapsed_time\": \"0:00:" + step + "\"}\n");
            }
        }
        write("trainer_log.jsonl", text.toString());
        Run run = run();
        assertThat(series(run, "loss").steps()).containsExactly(10, 20, 30, 40, 50);
        assertThat(run.has(RunEvent.Kind.DUPLICATE_STEPS)).isTrue();
    }

    @Test
    void item06OneSideOfAConflictIsRead() throws IOException {
        write("log.csv", "epoch,loss\n0,9\n<<<<<<< HEAD\n1,8\n=======\n1,7\n2,6\n3,5\n>>>>>>> 1bfc12ad\n");
        Run run = run();
        assertThat(series(run, "loss").values()).containsExactly(9, 7, 6, 5);
        assertThat(problems(run))
                .singleElement()
                .asString()
                .contains("git conflict")
                .contains("lines 4 to 4");
    }

    @Test
    void item07WhatIsNoTableIsSaidOrReadAsWhatItIs() throws IOException {
        write("a/results.csv", "Traceback (most recent call last):\n  File \"t.py\", line 1\nValueError: no\n");
        write("b/loss.csv", "Epoch: 1 \tLoss: 0.9\nEpoch: 2 \tLoss: 0.8\nEpoch: 3 \tLoss: 0.7\n");
        write("c/history.csv", ",loss,val_loss\n0,3,4\n1,2,3\n");
        write("d/history.csv", "loss,val_loss\n3,4\n2,3\n");
        List<Found> found = found();
        assertThat(found).hasSize(4);
        assertThat(found.get(0).refusal()).contains("traceback");
        for (Found one : found.subList(1, 4)) {
            assertThat(one.isRefused()).as(one.path().toString()).isFalse();
        }
        assertThat(found.get(1).run().metrics()).hasSize(1);
        assertThat(found.get(2).run().metrics()).hasSize(2);
        assertThat(series(found.get(3).run(), "loss").steps()).containsExactly(0, 1);
    }

    @Test
    void item07ATableWithoutHeaderIsReadIfAskedFor() throws IOException {
        Path file = write("log.csv", "0,3.5\n1,2.5\n2,1.5\n");
        List<Found> found = new Intake(ReadOptions.DEFAULT).read(List.of(file));
        assertThat(found)
                .singleElement()
                .satisfies(f -> assertThat(f.run().points()).isGreaterThanOrEqualTo(3));
    }

    @Test
    void item08NumbersThatAreNone() throws IOException {
        write(
                "log.csv",
                "epoch,loss,val_loss,acc\n0,nan,0,0.1\n1,NaN,0,NA\n2,inf,0,0.2\n3,-Infinity,0,\n4,0.5,0,0.3\n");
        Run run = run();
        assertThat(series(run, "loss").values())
                .containsExactly(Double.NaN, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0.5);
        assertThat(series(run, "val_loss").values()).containsOnly(0);
        assertThat(series(run, "acc").value(series(run, "acc").size() - 1)).isEqualTo(0.3);
    }

    @Test
    void item09PaddedNamesAndLineBreaksInCells() throws IOException {
        write("history.csv", "epoch,   loss ,weights,  val_loss\n0, 3 ,\"[1 2\n 3 4]\",  4\n1, 2 ,\"[5\n6]\",  3\n");
        Run run = run();
        assertThat(series(run, "loss").values()).containsExactly(3, 2);
        assertThat(series(run, "val_loss").values()).containsExactly(4, 3);
    }

    @Test
    void item10SparseRowsAreSeriesOfTheirOwnLength() throws IOException {
        write("version_0/metrics.csv", """
                epoch,step,train_loss_step,train_loss_epoch,val_loss
                0,49,2.5,,
                0,99,2.0,,
                0,99,,,2.2
                0,99,,2.25,
                1,149,1.5,,
                1,199,1.0,,
                1,199,,,1.9
                1,199,,1.25,
                """);
        Run run = run();
        assertThat(series(run, "train_loss_step").steps()).containsExactly(49, 99, 149, 199);
        assertThat(series(run, "train_loss_epoch").values()).containsExactly(2.25, 1.25);
        assertThat(series(run, "val_loss").steps()).containsExactly(99, 199);
        assertThat(run.has(RunEvent.Kind.DUPLICATE_STEPS)).isFalse();
    }

    @Test
    void item11EvaluationsAtBothEnds() throws IOException {
        write("trainer_state.json", """
                {"global_step": 20, "max_steps": 20, "log_history": [
                {"step": 0, "epoch": 0, "eval_loss": 3}, {"step": 10, "epoch": 1, "loss": 2.5},
                {"step": 20, "epoch": 2, "loss": 1.5}, {"step": 20, "epoch": 2, "eval_loss": 1.75},
                {"step": 20, "epoch": 2, "eval_loss": 1.75}]}
                """);
        Run run = run();
        assertThat(series(run, "eval_loss").steps()).containsExactly(0, 20);
        assertThat(run.has(RunEvent.Kind.DUPLICATE_STEPS)).isFalse();
    }

    @Test
    void item12AHeadOrATailIsRead() throws IOException {
        write(
                "a/train.log",
                "lidation done\nEpoch 78/100 loss: 0.5 val_loss: 0.6\nEpoch 79/100 loss: 0.4 val_loss: 0.5\n");
        write("b/log.csv", "epoch,loss\n77,0.5\n78,0.4\n79,0.3\n");
        List<Found> found = found();
        assertThat(found).hasSize(2).noneMatch(Found::isRefused);
        assertThat(series(found.get(0).run(), "loss").values()).containsExactly(0.5, 0.4);
        assertThat(series(found.get(1).run(), "loss").steps()).containsExactly(77, 78, 79);
    }

    @Test
    void items13To17And19ArriveAsWritten() throws IOException {
        write(
                "a/log.csv",
                "epoch,loss,val_loss,val_acc\n0,83,3.6,0.0625\n1,80,20,0.125\n2,60,2,0.1875\n3,50,2.5,0.25\n");
        Run run = run();
        assertThat(series(run, "loss").values()).containsExactly(83, 80, 60, 50);
        assertThat(series(run, "val_loss").values()).containsExactly(3.6, 20, 2, 2.5);
        assertThat(series(run, "val_acc").values()).containsExactly(0.0625, 0.125, 0.1875, 0.25);
        assertThat(series(run, "val_acc").key().split()).isEqualTo(Split.VALIDATION);
    }

    @Test
    void item15DirectionsAreKnown() throws IOException {
        write(
                "log.csv",
                "step,loss,wer,rmse,perplexity,accuracy,episode_reward\n1,2,90,5,50,0.1,-200\n2,1,80,4,40,0.2,-100\n");
        Run run = run();
        for (String lower : List.of("loss", "wer", "rmse", "perplexity")) {
            assertThat(series(run, lower).key().direction()).as(lower).isEqualTo(Direction.LOWER_IS_BETTER);
        }
        for (String higher : List.of("accuracy", "episode_reward")) {
            assertThat(series(run, higher).key().direction()).as(higher).isEqualTo(Direction.HIGHER_IS_BETTER);
        }
        assertThat(series(run, "episode_reward").values()).containsExactly(-200, -100);
    }

    @Test
    void item18NamesInAnyAlphabetAndPathsOfOtherSystems() throws IOException {
        events("実験 1/größe/events.out.tfevents.1.Müllers-MacBook.местный", 0, 5);
        write(
                "実験 1/größe/opt.yaml",
                "weights: C:\\Users\\jörg\\runs\\best.pt\nlr0: 0.01\ndata: /content/drive/MyDrive/données\n");
        write("é/training_log.csv", "epoch,loss,точность\n0,3,0.5\n1,2,0.6\n");
        List<Found> found = found();
        assertThat(found).hasSize(2).noneMatch(Found::isRefused);
        Found table = found.get(0);
        Found events = found.get(1);
        assertThat(events.run().settings().raw())
                .containsEntry("weights", "C:\\Users\\jörg\\runs\\best.pt")
                .containsEntry("data", "/content/drive/MyDrive/données");
        assertThat(series(table.run(), "точность").values()).containsExactly(0.5, 0.6);
    }

    @Test
    void filesOfOneRunAreMergedWhateverTheirFormat() throws IOException {
        events("r/events.out.tfevents.1.host", 0, 5);
        write("r/results.csv", "epoch, train/box_loss, metrics/precision, val/box_loss\n0,3,0.5,4\n1,2,0.6,3\n");
        write("r/args.yaml", "epochs: 2\nlr0: 0.01\n");
        Run run = run();
        assertThat(run.provenance().files()).hasSize(2);
        assertThat(series(run, "loss").size()).isEqualTo(5);
        assertThat(series(run, "val/box_loss").values()).containsExactly(4, 3);
        assertThat(run.settings().raw()).containsEntry("epochs", "2");
    }

    @Test
    void anUnknownTimeIsUnknown() throws IOException {
        Path file = root.resolve("events.out.tfevents.1.host");
        try (EventFileWriter out = new EventFileWriter(file)) {
            out.header();
            for (long step = 0; step < 3; step++) {
                out.scalar("loss", step, Double.NaN, 1f);
            }
        }
        assertThat(series(run(), "loss").wallTime(1)).isNaN();
    }

    @Test
    void aZippedSessionIsFoundInAFolder() throws IOException {
        Path file = root.resolve("backup/offline-1.zip");
        Files.createDirectories(file.getParent());
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("task.json"));
            zip.write("{\"name\": \"fit\", \"status\": \"stopped\"}".getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("metrics.jsonl"));
            zip.write(("[{\"type\": \"training_stats_scalar\", \"iter\": 1, \"timestamp\": 1000, \"metric\": \"train\","
                            + " \"variant\": \"loss\", \"value\": 2.0}]\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(root.resolve("data.zip")))) {
            zip.putNextEntry(new ZipEntry("images/1.png"));
            zip.write(new byte[100]);
        }
        assertThat(run().provenance().format()).isEqualTo("clearml");
    }
}
