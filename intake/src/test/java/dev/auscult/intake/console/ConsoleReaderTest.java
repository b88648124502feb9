package dev.auscult.intake.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.auscult.intake.Intake;
import dev.auscult.intake.LogFile;
import dev.auscult.intake.Mutations;
import dev.auscult.intake.ReadOptions;
import dev.auscult.run.Run;
import dev.auscult.run.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleReaderTest {
    @TempDir
    Path folder;

    private List<Run> runs(String... lines) throws IOException {
        Path file = folder.resolve("train.log");
        Files.writeString(file, String.join("\n", lines) + "\n");
        return new Intake(ReadOptions.DEFAULT)
                .read(List.of(file)).stream().map(Intake.Found::run).toList();
    }

    /** The only run as "name grain step:value …" per series. */
    private List<String> series(String... lines) throws IOException {
        List<Run> runs = runs(lines);
        assertThat(runs).hasSize(1);
        List<String> all = new ArrayList<>();
        runs.get(0).metrics().forEach(s -> {
            StringBuilder text =
                    new StringBuilder(s.key().name() + " " + s.key().grain());
            for (int i = 0; i < s.size(); i++) {
                text.append(' ').append(s.step(i)).append(':').append(s.value(i));
            }
            all.add(text.toString());
        });
        return all;
    }

    @Test
    void keras() throws IOException {
        assertThat(series(
                        "Epoch 1/2",
                        " 1/60 [>.....] - ETA: 3s - loss: 9.0",
                        "60/60 [=====] - 3s 4ms/step - loss: 0.53 - acc: 0.9 - val_loss: 6.1e-1",
                        "Epoch 2/2",
                        "60/60 ━━━━━ 3s 5ms/step - loss: 0.43 - acc: 0.95 - val_loss: nan"))
                .containsExactly(
                        "ms/step EPOCH 1:4.0 2:5.0",
                        "loss EPOCH 1:0.53 2:0.43",
                        "acc EPOCH 1:0.9 2:0.95",
                        "val_loss EPOCH 1:0.61 2:NaN");
    }

    @Test
    void nanoGpt() throws IOException {
        assertThat(series(
                        "step 0: train loss 4.2, val loss 4.3",
                        "iter 0: loss 4.25, time 100.50ms, mfu -100.00%",
                        "iter 10: loss 3.5, time 90ms, mfu 12.50%"))
                .contains("val loss UNKNOWN 0:4.3", "loss STEP 0:4.25 10:3.5", "ms/step STEP 0:100.5 10:90.0");
    }

    @Test
    void speedrunsAndLlmC() throws IOException {
        assertThat(series("s:0 tel:10.9", "s:0 trl:10.8", "s:1 trl:10.1"))
                .containsExactly("tel STEP 0:10.9", "trl STEP 0:10.8 1:10.1");
        assertThat(series("step:0/100 val_loss:10.8 train_time:0ms", "step:1/100 train_loss:9.9 train_time:50ms"))
                .containsExactly("val_loss UNKNOWN 0:10.8", "train_loss STEP 1:9.9");
        assertThat(series("step    1/100 | train loss 4.3 | norm 15.2 | lr 1.0e-04 | 300 ms"))
                .containsExactly("train loss STEP 1:4.3", "norm STEP 1:15.2", "lr STEP 1:1.0E-4");
    }

    @Test
    void megatron() throws IOException {
        assertThat(series(
                        " iteration       10/     500 | elapsed time per iteration (ms): 2931.1 | learning rate: 6.0E-06"
                                + " | lm loss: 8.3E+00 | grad norm: 1.5 |",
                        " validation loss at iteration 10 | lm loss value: 2.8E+00 | lm loss PPL: 1.7E+01 |"))
                .contains("learning rate STEP 10:6.0E-6", "lm loss STEP 10:8.3", "lm loss value UNKNOWN 10:2.8");
    }

    @Test
    void wordLanguageModel() throws IOException {
        assertThat(series(
                        "| epoch   1 |   200/  400 batches | lr 20.00 | ms/batch 15.2 | loss  7.63 | ppl  2000.00",
                        "| end of epoch   1 | time: 9.1s | valid loss  5.50 | valid ppl   244.0",
                        "| epoch   2 |   200/  400 batches | lr 20.00 | ms/batch 15.2 | loss   nan | ppl  nan",
                        "| end of epoch   2 | time: 9.1s | valid loss   nan | valid ppl   nan",
                        "| End of training | test loss  5.00 | test ppl 148.4"))
                .contains(
                        "loss STEP 200:7.63 600:NaN",
                        "valid loss EPOCH 400:5.5 800:NaN",
                        "ms/batch STEP 200:15.2 600:15.2",
                        "test loss EPOCH 800:5.0");
    }

    @Test
    void imageNetExampleKeepsValueAndRunningMean() throws IOException {
        assertThat(series(
                        "Epoch: [0][0/20]\tTime 1.1 (1.1)\tLoss 2.5 (2.5)\tPrec@1 10.0 (10.0)",
                        "Epoch: [0][10/20]\tTime 1.1 (1.1)\tLoss 2.3 (2.4)\tPrec@1 20.0 (15.0)",
                        "Test: [0/5]\tLoss 2.2 (2.2)",
                        "Test: [4/5]\tLoss 2.0 (2.1)",
                        "Epoch: [1][0/20]\tTime 1.1 (1.1)\tLoss 2.1 (2.1)\tPrec@1 30.0 (30.0)"))
                .contains("Loss STEP 0:2.5 10:2.3 20:2.1", "Loss EPOCH 20:2.4 40:2.1", "Loss EPOCH 20:2.1");
    }

    @Test
    void plainLinesOfManyKinds() throws IOException {
        assertThat(series("2025-03-02 05:16:20,962 - INFO - Epoch 1: train_loss=0.5 val_loss=0.6 acc=91.2%"))
                .containsExactly("train_loss EPOCH 1:0.5", "val_loss EPOCH 1:0.6", "acc EPOCH 1:91.2");
        assertThat(series("[3/50] train_loss=0.5 val_loss=inf"))
                .containsExactly("train_loss EPOCH 3:0.5", "val_loss EPOCH 3:Infinity");
        assertThat(series("Epoch [1/2], Step [100/200], Loss: 0.5", "Epoch [2/2], Step [100/200], Loss: 0.4"))
                .containsExactly("Loss STEP 100:0.5 300:0.4");
        assertThat(series(
                        "Epoch[0] Batch [20]\tSpeed: 100.5 samples/sec\tTrain-accuracy=0.5",
                        "Epoch[0] Validation-accuracy=0.4"))
                .contains("Train-accuracy STEP 20:0.5", "Validation-accuracy EPOCH 20:0.4");
        assertThat(series("06:38 [main] INFO o.S - Score at iteration 0 is 1.5", "Score at iteration 100 is 2.5E-1"))
                .containsExactly("Score STEP 0:1.5 100:0.25");
    }

    @Test
    void stableBaselinesTables() throws IOException {
        assertThat(series(
                        "---------------------------------",
                        "| rollout/           |          |",
                        "|    ep_rew_mean     | -21.3    |",
                        "| time/              |          |",
                        "|    total_timesteps | 2048     |",
                        "---------------------------------"))
                .containsExactly("rollout/ep_rew_mean UNKNOWN 2048:-21.3");
    }

    @Test
    void huggingFaceDictionaries() throws IOException {
        assertThat(series(
                        "{'loss': 0.53, 'learning_rate': 1e-05, 'epoch': 0.5}",
                        "{'eval_loss': 0.6, 'epoch': 1.0}",
                        "{'loss': 0.43, 'learning_rate': 5e-06, 'epoch': 1.5}"))
                .contains("loss STEP 0:0.53 1:0.43", "eval_loss UNKNOWN 0:0.6");
    }

    @Test
    void aCounterAtItsStartBeginsARunAndAResumedOneDoesNot() throws IOException {
        assertThat(runs("epoch 1 loss 3", "epoch 2 loss 2", "epoch 1 loss 3", "epoch 2 loss 2"))
                .hasSize(2);
        assertThat(series("epoch 1 loss 3", "epoch 2 loss 2", "epoch 3 loss 1", "epoch 2 loss 1.5", "epoch 3 loss 1.2"))
                .containsExactly("loss EPOCH 1:3.0 2:1.5 3:1.2");
        assertThat(series("epoch 50 loss 3", "epoch 51 loss 2")).containsExactly("loss EPOCH 50:3.0 51:2.0");
    }

    @Test
    void settingsFromTheText() throws IOException {
        Run run = runs(
                        "Namespace(lr=20, save='a, b.pt', layers=[1, 2])",
                        "batch_size: 32",
                        "Epoch 1/7",
                        "epoch 1 loss 3")
                .get(0);
        assertThat(run.settings().raw())
                .containsEntry("lr", "20")
                .containsEntry("save", "a, b.pt")
                .containsEntry("layers", "[1, 2]")
                .containsEntry("batch_size", "32");
        assertThat(run.settings().text(Setting.EPOCHS)).contains("7");
    }

    @Test
    void recognisesByContent() throws IOException {
        ConsoleReader reader = new ConsoleReader();
        Path table = Files.writeString(folder.resolve("a.csv"), "epoch,loss\n1,0.5\n2,0.4\n");
        Path log = Files.writeString(folder.resolve("loss.csv"), "Epoch[1](0/5): Loss: 2\nEpoch[1](1/5): Loss: 1\n");
        assertThat(reader.recognise(LogFile.of(table))).isZero();
        assertThat(reader.recognise(LogFile.of(log))).isEqualTo(50);
    }

    @Test
    void damagedLogsNeverEscape() throws IOException {
        byte[] log = """
                Epoch 1/2
                60/60 [==] - 3s 4ms/step - loss: 0.5
                epoch 2 | 3/40 batches | loss 0.4 (0.5)
                {'loss': 0.5, 'epoch': 1.0}
                | a/ | |
                |   b | 3 |
                -------
                s:5 trl:3
                """.repeat(5).getBytes(StandardCharsets.UTF_8);
        Mutations mutations = new Mutations(7);
        Path file = folder.resolve("x.log");
        for (int i = 0; i < 500; i++) {
            byte[] damaged = mutations.mutate(log);
            Files.write(file, damaged);
            List<Intake.Found> found = new Intake(ReadOptions.DEFAULT).read(List.of(file));
            assertThat(found)
                    .as(() -> Arrays.toString(damaged))
                    .isNotEmpty()
                    .noneMatch(f -> f.refusal().contains("fault in Auscult"));
        }
    }
}
