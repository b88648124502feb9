package dev.auscult.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import dev.auscult.intake.Intake.Found;
import dev.auscult.intake.tensorboard.EventFileWriter;
import dev.auscult.run.Run;
import dev.auscult.run.Series;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading logs on while they grow, wherever they were cut, must give what reading them at the end gives. */
class FollowTest {
    @TempDir
    Path root;

    private static byte[] events(long from, long to) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (EventFileWriter out = new EventFileWriter(bytes)) {
            out.header();
            for (long step = from; step < to; step++) {
                out.scalar("train/loss", step, 1.7e9 + step, 1f / (1 + step));
                out.scalar("epoch", step, 1.7e9 + step, step / 10f);
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] console() {
        StringBuilder text = new StringBuilder("Namespace(lr=0.1, epochs=30)\n");
        for (int epoch = 1; epoch <= 30; epoch++) {
            text.append("Epoch " + epoch + "/30\n");
            for (int batch = 1; batch <= 3; batch++) {
                text.append("\r" + batch + "/3 [====] - loss: " + 3.0 / (epoch * batch));
            }
            text.append(" - val_loss: " + 4.0 / epoch + "\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] lines() {
        StringBuilder text = new StringBuilder();
        for (int step = 0; step < 40; step++) {
            text.append("{\"step\": " + step + ", \"loss\": " + 1.0 / (1 + step) + ", \"val_loss\": " + step + "}\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Found found) {
        Run run = found.run();
        StringBuilder text = new StringBuilder(found.path() + "#" + found.part() + " " + found.refusal() + "\n");
        for (Series series : run.metrics()) {
            text.append(series.key()).append(Arrays.toString(series.steps()));
            for (int i = 0; i < series.size(); i++) {
                text.append(' ').append(series.value(i)).append('@').append(series.epoch(i));
            }
            text.append('\n');
        }
        return text.append(run.settings().raw())
                .append(run.events())
                .append(run.problems())
                .toString();
    }

    @Test
    void whatWasRefusedOnceIsNotRefusedForEver() throws IOException {
        Path file = root.resolve("train.log");
        Files.writeString(root.resolve("hparams.yaml"), "lr: [1\n");
        Files.writeString(file, "Namespace(lr=0.1)\n");
        Followed followed = new Intake(ReadOptions.DEFAULT).follow(file);
        followed.poll();
        for (int i = 1; i <= 4; i++) {
            Files.writeString(file, "epoch " + i + " loss 0.5 val_loss 0.6\n", StandardOpenOption.APPEND);
            followed.poll();
        }
        Found now = followed.poll().get(0);
        assertThat(now.refusal()).isEmpty();
        assertThat(now.run().problems()).doesNotHaveDuplicates();
    }

    @Test
    void growingFilesEndAsTheSameRuns() throws IOException {
        List<String> names = List.of(
                "a/events.out.tfevents.1.host", "b/train.log", "c/metrics.jsonl", "a/events.out.tfevents.2.host");
        List<byte[]> contents = List.of(events(0, 40), console(), lines(), events(30, 60));
        Random random = new Random(3);
        int[] sizes = new int[names.size()];
        Followed followed = new Intake(ReadOptions.DEFAULT).follow(root);
        followed.poll();
        for (int round = 0; round < 60; round++) {
            for (int i = 0; i < sizes.length; i++) {
                // The second event file begins when the first one has ended, as after a restart.
                if (i < 3 || sizes[0] == contents.get(0).length) {
                    sizes[i] = Math.min(contents.get(i).length, sizes[i] + random.nextInt(contents.get(i).length / 15));
                    Path file = root.resolve(names.get(i));
                    Files.createDirectories(file.getParent());
                    Files.write(file, Arrays.copyOf(contents.get(i), sizes[i]));
                }
            }
            assertThat(followed.poll()).allSatisfy(f -> assertThat(f.refusal()).doesNotContain("fault"));
        }
        for (int i = 0; i < sizes.length; i++) {
            Files.write(root.resolve(names.get(i)), contents.get(i));
        }
        List<Found> now = followed.poll();
        List<Found> fresh = new Intake(ReadOptions.DEFAULT).read(List.of(root));
        assertThat(fresh).hasSize(3).noneMatch(Found::isRefused);
        assertThat(now)
                .extracting(FollowTest::text)
                .containsExactlyElementsOf(fresh.stream().map(FollowTest::text).toList());
    }
}
