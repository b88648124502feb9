package dev.auscult.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.auscult.intake.Intake.Found;
import dev.auscult.intake.console.ConsoleReader;
import dev.auscult.run.MetricKey;
import dev.auscult.run.Quantity;
import dev.auscult.run.RunEvent;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntakeTest {
    /** Event files as text, one "tag step value" per line: grouping is about names, not about bytes. */
    private static final class Events implements LogReader {
        @Override
        public String format() {
            return "events";
        }

        @Override
        public int recognise(LogFile file) {
            return LogNames.isEventFile(file.name()) || file.name().startsWith("trainer_state") ? 100 : 0;
        }

        @Override
        public void read(LogFile file, ReadOptions options, RunSink sink) throws IOException {
            for (String line : Files.readAllLines(file.path())) {
                if (line.equals("too much")) {
                    throw new OutOfMemoryError("a test");
                }
                if (line.equals("too deep")) {
                    throw new StackOverflowError("a test");
                }
                String[] parts = line.split(" ", -1);
                if (parts[0].equals("crash")) {
                    throw new IllegalStateException("a fault");
                }
                if (parts.length == 3) {
                    MetricKey key = MetricKey.of(sink.folderSplit(), Quantity.OTHER, parts[0]);
                    sink.run().series(key).add(Long.parseLong(parts[1]), Double.parseDouble(parts[2]));
                }
            }
        }
    }

    @TempDir
    Path root;

    private final Intake intake =
            new Intake(ReadOptions.DEFAULT, List.of(new Events(), new ConsoleReader()), List.of());

    private Path write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private List<String> read(Path... paths) {
        List<String> found = new ArrayList<>();
        for (Found f : intake.read(List.of(paths))) {
            String path = Intake.idOf(root.relativize(f.path())) + (f.part() == 1 ? "" : "#" + f.part());
            List<String> series = f.run().metrics().stream()
                    .map(s -> s.key().label() + "×" + s.size())
                    .toList();
            found.add(path + " " + (f.isRefused() ? f.refusal() : series));
        }
        return found;
    }

    @Test
    void eventFilesOfOneFolderAreOneRun() throws IOException {
        write("r/events.out.tfevents.2.h", "loss 2 0.5\n");
        write("r/events.out.tfevents.1.h", "loss 1 0.6\n");
        assertThat(read(root)).containsExactly("r/events.out.tfevents.1.h [loss×2]");
        assertThat(intake.read(List.of(root)).get(0).run().provenance().files()).hasSize(2);
    }

    @Test
    void trainAndValidationFoldersAreOneRunOfTheirParent() throws IOException {
        write("k/train/events.out.tfevents.1", "loss 1 0.6\n");
        write("k/validation/events.out.tfevents.1", "loss 1 0.7\n");
        write("estimator/events.out.tfevents.1", "loss 1 0.6\n");
        write("estimator/eval/events.out.tfevents.1", "loss 1 0.7\n");
        write("model-eval/events.out.tfevents.1", "loss 1 0.7\n");
        assertThat(read(root))
                .containsExactly(
                        "estimator [loss×1, validation/loss×1]",
                        "k [train/loss×1, validation/loss×1]",
                        "model-eval/events.out.tfevents.1 [validation/loss×1]");
    }

    @Test
    void subfoldersOfOneTagGoToTheRunAbove() throws IOException {
        write("r/events.out.tfevents.1", "loss 1 0.6\n");
        write("r/f1_macro/events.out.tfevents.1", "f1 1 0.7\n");
        write("r/1650387010.12/events.out.tfevents.1", "only settings\n");
        write("r/another/events.out.tfevents.1", "loss 1 0.7\n");
        assertThat(read(root))
                .containsExactly(
                        "r/events.out.tfevents.1 [loss×1, train/macro_f1×1]",
                        "r/another/events.out.tfevents.1 [loss×1]");
    }

    @Test
    void furthestCheckpointSpeaksForAll() throws IOException {
        write("m/checkpoint-20/trainer_state.json", "{\"global_step\": 20}\nloss 20 0.5\n");
        write("m/checkpoint-100/trainer_state.json", "{\"global_step\": 100}\nloss 20 0.5\nloss 100 0.4\n");
        assertThat(read(root)).containsExactly("m/checkpoint-100/trainer_state.json [loss×2]");
        write("m/trainer_state.json", "{\"global_step\": 100}\nloss 20 0.5\nloss 90 0.4\nloss 100 0.4\n");
        assertThat(read(root)).containsExactly("m/trainer_state.json [loss×3]");
    }

    @Test
    void settingsBesideALogBelongToIt() throws IOException {
        write("r/events.out.tfevents.1", "loss 1 0.6\n");
        write("r/hparams.yaml", "lr: 0.1\nmodel: !!python/object:a.B {width: 3}\nopt: {betas: [0.9, 0.99]}\n");
        write("r/config.json", "{\"lr\": 5, \"path\": \"C:\\\\data\"}");
        assertThat(intake.read(List.of(root)).get(0).run().settings().raw())
                .containsEntry("lr", "0.1")
                .containsEntry("model.width", "3")
                .containsEntry("opt.betas", "[0.9, 0.99]")
                .containsEntry("path", "C:\\data");
    }

    @Test
    void hostileSettingsAreBounded() throws IOException {
        write("r/events.out.tfevents.1", "loss 1 0.6\n");
        write("r/args.yaml", "[".repeat(100_000));
        StringBuilder laughs = new StringBuilder("a0: &a0 {}\n");
        for (int i = 1; i < 12; i++) {
            laughs.append("a").append(i).append(": &a").append(i).append(" {");
            for (int k = 0; k < 9; k++) {
                laughs.append("k").append(k).append(": *a").append(i - 1).append(", ");
            }
            laughs.append("}\n");
        }
        write("r/opt.yaml", laughs.toString());
        write("r/hparams.yaml", "- ".repeat(100_000));
        assertThat(read(root)).containsExactly("r/events.out.tfevents.1 [loss×1]");
    }

    @Test
    void aFaultInAReaderIsTheFaultOfOneFile() throws IOException {
        write("a/events.out.tfevents.1", "crash\n");
        write("b/events.out.tfevents.1", "loss 1 0.6\n");
        assertThat(read(root)).hasSize(2).first().asString().contains("IllegalStateException");
    }

    @Test
    void aFileThatIsTooMuchForTheMemoryIsRefusedAlone() throws IOException {
        write("a/events.out.tfevents.1", "too much\n");
        write("b/events.out.tfevents.1", "loss 1 0.6\n");
        write("c/events.out.tfevents.1", "too deep\n");
        assertThat(read(root))
                .hasSize(3)
                .satisfiesExactly(
                        a -> assertThat(a)
                                .contains("needs more memory than there is (")
                                .contains("AUSCULT_JAVA_OPTS=-Xmx"),
                        b -> assertThat(b).contains("[loss×1]"),
                        c -> assertThat(c).contains("nested too deeply"));
    }

    @Test
    void whatIsNamedTwiceIsReadOnce() throws IOException {
        Path a = write("r/a/events.out.tfevents.1", "loss 1 0.6\n");
        write("r/b/events.out.tfevents.1", "loss 1 0.6\n");
        String first = "r/a/events.out.tfevents.1 [loss×1]";
        String second = "r/b/events.out.tfevents.1 [loss×1]";
        Path gone = root.resolve("gone");
        assertThat(read(root, root, root.resolve("r"), a, a.getParent())).containsExactly(first, second);
        assertThat(read(a, root)).containsExactly(first, second);
        assertThat(read(a, a.getParent())).containsExactly(first);
        assertThat(read(gone, gone)).hasSize(1);
    }

    @Test
    void whatMayNotBeReadIsSaid() throws IOException {
        write("r/events.out.tfevents.1", "loss 1 0.6\n");
        Path file = write("r/some.csv", "step,loss\n1,2\n");
        Path folder = write("r/below/events.out.tfevents.1", "loss 1 0.6\n").getParent();
        Assumptions.assumeTrue(
                file.toFile().setReadable(false) && folder.toFile().setReadable(false));
        Assumptions.assumeFalse(Files.isReadable(file), "the super-user may read everything");
        assertThat(read(root))
                .containsExactly(
                        "r/below cannot be read: permission denied",
                        "r/events.out.tfevents.1 [loss×1]",
                        "r/some.csv cannot be read: permission denied");
        assertThat(folder.toFile().setReadable(true)).isTrue();
    }

    @Test
    void refusalsSayWhatAFileIs() throws IOException {
        String pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n";
        assertThat(read(root.resolve("gone"))).containsExactly("gone no such file or folder");
        assertThat(read(write("a/trainer_state.json", pointer)).get(0)).contains("Git LFS pointer");
        assertThat(read(write("a/results.csv", "")).get(0)).contains("empty file");
        assertThat(read(write("a/model.pt", "\u0080\u0002")).get(0)).contains("checkpoint");
        assertThat(read(write("a/x.txt", "hello\nworld\n")).get(0)).contains("without");
        assertThat(read(write("a/y.csv", "Traceback (most recent call last):\n  File\n"))
                        .get(0))
                .contains("Python traceback");
        assertThat(read(write("b/note.rtf", "a letter\n")).get(0)).contains("plain text without numbers");
        assertThat(read(root.resolve("b")).get(0)).contains("no run found in this folder; looked for: events, stdout");
    }

    @Test
    void aFolderIsSilentAboutWhatIsNoLog() throws IOException {
        write("r/events.out.tfevents.1", "loss 1 0.6\n");
        write("r/.git/events.out.tfevents.1", "loss 1 0.6\n");
        write("r/node_modules/events.out.tfevents.1", "loss 1 0.6\n");
        write("r/data.csv", "a,b\n1,2\n");
        write("r/model.pt", "x");
        write("r/notes.txt", "hello");
        write("r/results.csv", "");
        assertThat(read(root)).hasSize(2).anyMatch(line -> line.startsWith("r/results.csv empty file"));
    }

    @Test
    void linksThatGoRoundInCirclesEnd() throws IOException {
        write("r/events.out.tfevents.1", "loss 1 0.6\n");
        Files.createSymbolicLink(root.resolve("r/again"), root);
        Files.createSymbolicLink(root.resolve("latest"), root.resolve("r"));
        assertThat(read(root)).containsExactly("r/events.out.tfevents.1 [loss×1]");
    }

    @Test
    void runsOfOneFileAreNumbered() throws IOException {
        Path file = write("loop.log", "epoch 1 loss 0.5\nepoch 2 loss 0.4\n".repeat(3));
        List<Found> found = intake.read(List.of(file));
        assertThat(found).extracting(Found::part).containsExactly(1, 2, 3);
        assertThat(found.get(2).run().id()).endsWith("loop.log#3");
        assertThat(found).allMatch(f -> f.run().has(RunEvent.Kind.ONE_OF_SEVERAL_RUNS));
    }

    @Test
    void orderIsThatOfPathsWhateverTheThreads() throws IOException {
        for (int i = 0; i < 60; i++) {
            write("run%02d/events.out.tfevents.1".formatted(i), "loss 1 0.6\n");
        }
        assertThat(read(root)).hasSize(60).isSorted();
    }

    @Test
    void aGrowingLogIsReadOnWhereverItWasCut() throws IOException {
        String text = """
                Namespace(lr=0.1)
                Epoch 1/3
                 | loss 1
                epoch 1 loss 0.5 val_loss 0.6
                epoch 2 loss 0.4 val_loss 0.5
                epoch 3 loss 0.3 val_loss 0.45
                """;
        Path whole = write("whole/train.log", text);
        Path growing = write("part/train.log", "");
        Followed followed = intake.follow(growing);
        for (int cut = 1; cut <= text.length(); cut += 7) {
            Files.writeString(growing, text.substring(0, cut));
            followed.poll();
        }
        Files.writeString(growing, text);
        List<Found> now = followed.poll();
        assertThat(followed.hasChanged()).isTrue();
        assertThat(now).hasSize(1);
        var expected = intake.read(List.of(whole)).get(0).run();
        var actual = now.get(0).run();
        assertThat(actual.metrics()).hasSameSizeAs(expected.metrics()).isNotEmpty();
        for (int i = 0; i < expected.metrics().size(); i++) {
            assertThat(actual.metrics().get(i).key())
                    .isEqualTo(expected.metrics().get(i).key());
            assertThat(actual.metrics().get(i).values())
                    .isEqualTo(expected.metrics().get(i).values());
            assertThat(actual.metrics().get(i).steps())
                    .isEqualTo(expected.metrics().get(i).steps());
        }
        followed.poll();
        assertThat(followed.hasChanged()).isFalse();
    }
}
