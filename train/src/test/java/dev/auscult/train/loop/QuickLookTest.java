package dev.auscult.train.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import dev.auscult.run.DataProfile;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.spec.SpecFile;
import dev.auscult.train.torch.TorchEngine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a look at the data before a training may and may not do to it. */
class QuickLookTest {
    @TempDir
    Path folder;

    private final List<String> remarks = new ArrayList<>();

    @BeforeEach
    void writeTheData() throws IOException {
        Random random = new Random(5);
        StringBuilder rows = new StringBuilder("a,b,always,label\n");
        for (int i = 0; i < 300; i++) {
            boolean yes = random.nextBoolean();
            rows.append(random.nextGaussian() + (yes ? 1 : 0))
                    .append(',')
                    .append(random.nextGaussian())
                    .append(",7,")
                    .append(yes ? "yes" : "no")
                    .append('\n');
        }
        Files.writeString(folder.resolve("small.csv"), rows);
        Files.writeString(folder.resolve("small.yaml"), """
                data: {train: small.csv, target: label}
                model: {layers: [dense: 6, relu]}
                training: {epochs: 3, batch-size: 32}
                """);
    }

    private DataProfile look(QuickLook look, boolean damaged) throws IOException {
        try (Engine engine = TorchEngine.open("cpu", 1);
                Setup setup =
                        Setup.open(SpecFile.read(folder.resolve("small.yaml"), List.of()), folder, engine, s -> {})) {
            if (damaged) {
                Files.delete(folder.resolve("small.csv"));
            }
            DataProfile before = setup.data().profile();
            DataProfile after = look.at(setup, remarks::add);
            assertThat(after.parts()).hasSameSizeAs(before.parts());
            assertThat(after.parts().get(0).rows())
                    .isEqualTo(before.parts().get(0).rows());
            return after;
        }
    }

    @Test
    void itAddsColumnsAndObservations() throws IOException {
        DataProfile seen = look(new QuickLook(), false);
        assertThat(remarks).isEmpty();
        assertThat(seen.parts().get(0).columns()).hasSize(4);
        assertThat(seen.observations()).isNotEmpty();
    }

    @Test
    void whatFailsIsARemark() throws IOException {
        DataProfile seen = look(new QuickLook(), true);
        assertThat(remarks).hasSize(1);
        assertThat(remarks.get(0)).contains("could not be looked at", "small.csv", "the training goes on without");
        assertThat(seen.observations()).isEmpty();
    }

    @Test
    void itEndsInTime() throws IOException {
        DataProfile seen = look(new QuickLook(0), false);
        assertThat(remarks).hasSize(1);
        assertThat(remarks.get(0)).contains("took more than 0 s", "auscult data");
        assertThat(seen.observations()).isEmpty();
    }

    @Test
    void itChangesNoBitOfATraining() throws IOException {
        assertThat(weights("looked", true)).isEqualTo(weights("plain", false));
    }

    /** The weights at the end. */
    private byte[] weights(String name, boolean looking) throws IOException {
        RunDirectory directory = RunDirectory.create(folder.resolve(name), "small");
        try (Engine engine = TorchEngine.open("cpu", 1);
                Setup setup =
                        Setup.open(SpecFile.read(folder.resolve("small.yaml"), List.of()), folder, engine, s -> {})) {
            Optional<DataProfile> profile =
                    looking ? Optional.of(new QuickLook().at(setup, remarks::add)) : Optional.empty();
            try (Workshop shop = Workshop.open(setup, directory, null);
                    Trainer trainer = new Trainer(shop, directory, null, TrainingListener.NONE, Judge.NONE)) {
                if (profile.isPresent()) {
                    shop.profiled(profile.get());
                }
                trainer.train(() -> false);
            }
        }
        assertThat(remarks).isEmpty();
        return Files.readAllBytes(directory.last());
    }
}
