package dev.auscult.train.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.auscult.train.checkpoint.State;
import dev.auscult.train.checkpoint.StoredTensor;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.spec.Spec;
import dev.auscult.train.spec.SpecFile;
import dev.auscult.train.torch.TorchEngine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which pictures a recording of a convolutional network holds. */
class GalleryTest {
    private static final int IMAGES = 24;
    private static final int SIZE = 8;
    private static final String FILTERS = "images/0-conv/filters";
    private static final String MAPS = "images/1-relu/maps";

    @TempDir
    Path folder;

    @BeforeEach
    void writeImages() throws IOException {
        ByteArrayOutputStream images = new ByteArrayOutputStream();
        ByteArrayOutputStream labels = new ByteArrayOutputStream();
        DataOutputStream pixels = new DataOutputStream(images);
        DataOutputStream classes = new DataOutputStream(labels);
        for (int head : new int[] {0x803, IMAGES, SIZE, SIZE}) {
            pixels.writeInt(head);
        }
        classes.writeInt(0x801);
        classes.writeInt(IMAGES);
        for (int i = 0; i < IMAGES; i++) {
            classes.write(i % 2);
            for (int p = 0; p < SIZE * SIZE; p++) {
                pixels.write((i % 2 == 0 ? p % SIZE : p / SIZE) * 30);
            }
        }
        Files.write(folder.resolve("bars-images-idx3-ubyte"), images.toByteArray());
        Files.write(folder.resolve("bars-labels-idx1-ubyte"), labels.toByteArray());
    }

    private Path train(int epochs, boolean images, String name) throws IOException {
        Spec spec = SpecFile.parse(
                "bars.yaml", """
                seed: 3
                data: {train: bars-images-idx3-ubyte, target: bars-labels-idx1-ubyte}
                model: {layers: [{conv: {filters: 4, kernel: 3}}, relu, flatten, {dense: classes}]}
                training: {batch-size: 8}
                record: {every: 0}
                """, "bars", List.of("training.epochs=" + epochs, "record.images=" + images));
        RunDirectory directory = RunDirectory.create(folder.resolve("runs"), name);
        try (Engine engine = TorchEngine.open("cpu", 1);
                Setup setup = Setup.open(spec, folder, engine, sentence -> {});
                Workshop shop = Workshop.open(setup, directory, null);
                Trainer trainer = new Trainer(shop, directory, null, TrainingListener.NONE, Judge.NONE)) {
            trainer.train(() -> false);
        }
        return directory.path();
    }

    /** The bytes of all event files as text, a character per byte. */
    private static String events(Path run) throws IOException {
        try (Stream<Path> files = Files.list(run)) {
            return files.filter(f -> f.getFileName().toString().contains("tfevents"))
                    .sorted()
                    .map(GalleryTest::bytes)
                    .collect(Collectors.joining());
        }
    }

    private static String bytes(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int count(String text, String part) {
        return text.split(part, -1).length - 1;
    }

    @Test
    void filtersAndMapsAreRecordedEverMoreRarely() throws IOException {
        String events = events(train(5, true, "a"));
        assertThat(count(events, FILTERS)).as("after epochs 1, 2 and 4").isEqualTo(3);
        assertThat(count(events, MAPS)).isEqualTo(3);
        assertThat(count(events, "\u0089PNG")).isGreaterThanOrEqualTo(6);
    }

    @Test
    void picturesChangeNothingInTheTraining() throws IOException {
        Path with = train(3, true, "with");
        Path without = train(3, false, "without");
        assertThat(events(without)).doesNotContain("images/");
        Map<String, StoredTensor> one =
                State.read(new RunDirectory(with).last()).tensors();
        Map<String, StoredTensor> other =
                State.read(new RunDirectory(without).last()).tensors();
        assertThat(one.keySet()).isEqualTo(other.keySet());
        one.forEach((name, tensor) -> {
            switch (tensor.type()) {
                case F32 -> assertThat(other.get(name).floats()).as(name).isEqualTo(tensor.floats());
                case F64 -> assertThat(other.get(name).doubles()).as(name).isEqualTo(tensor.doubles());
                case I64 -> assertThat(other.get(name).longs()).as(name).isEqualTo(tensor.longs());
                default -> assertThat(other.get(name).bytes()).as(name).isEqualTo(tensor.bytes());
            }
        });
    }
}
