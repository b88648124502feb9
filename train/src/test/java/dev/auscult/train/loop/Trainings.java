package dev.auscult.train.loop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.BooleanSupplier;

import dev.auscult.train.checkpoint.State;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.spec.Spec;
import dev.auscult.train.spec.SpecFile;
import dev.auscult.train.torch.TorchEngine;
import org.jspecify.annotations.Nullable;

/** Small trainings on points in the plane, for tests. */
final class Trainings {
    private final Path folder;

    /** Writes the data: three clouds of points, 60 each. */
    Trainings(Path folder) throws IOException {
        this.folder = folder;
        Random random = new Random(1);
        StringBuilder csv = new StringBuilder("x,y,cloud\n");
        for (int i = 0; i < 180; i++) {
            int cloud = i % 3;
            csv.append(String.format(
                    Locale.ROOT,
                    "%.4f,%.4f,%s%n",
                    2 * Math.cos(cloud * 2.1) + random.nextGaussian(),
                    2 * Math.sin(cloud * 2.1) + random.nextGaussian(),
                    "abc".charAt(cloud)));
        }
        Files.writeString(folder.resolve("clouds.csv"), csv);
    }

    /** A spec for these points, with further lines. */
    Spec spec(String more, String... overrides) {
        return SpecFile.parse("clouds.yaml", """
                name: clouds
                seed: 3
                data: {train: clouds.csv, target: cloud}
                model: {layers: [{dense: 16}, relu, {dropout: 0.1}, {dense: classes}]}
                optimizer: {type: adam, learning-rate: 0.01}
                training: {epochs: 4, batch-size: 16}
                record: {every: 5}
                """ + more, "clouds", List.of(overrides));
    }

    Path folder() {
        return folder;
    }

    /** What may differ from one training to the next. */
    static final class Circumstances {
        BooleanSupplier stop = () -> false;
        Judge judge = Judge.NONE;
        TrainingListener listener = TrainingListener.NONE;
    }

    /** Trains in a new run directory of that name. */
    Outcome train(Spec spec, String name, Circumstances circumstances) {
        try (Engine engine = TorchEngine.open("cpu", 1);
                Setup setup = Setup.open(spec, folder, engine, sentence -> {})) {
            RunDirectory directory = RunDirectory.create(folder.resolve("runs"), name);
            return run(setup, directory, null, circumstances);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Outcome train(Spec spec, String name) {
        return train(spec, name, new Circumstances());
    }

    /** Goes on from the last checkpoint. */
    Outcome resume(Path run, Circumstances circumstances) {
        RunDirectory directory = new RunDirectory(run);
        try (Engine engine = TorchEngine.open("cpu", 1);
                Setup setup = Setup.open(
                        SpecFile.read(directory.spec(), List.of()), directory.readBase(), engine, sentence -> {})) {
            return run(setup, directory, State.read(directory.last()), circumstances);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Outcome run(Setup setup, RunDirectory directory, @Nullable State from, Circumstances with)
            throws IOException {
        try (Workshop shop = Workshop.open(setup, directory, from);
                Trainer trainer = new Trainer(shop, directory, from, with.listener, with.judge)) {
            return trainer.train(with.stop);
        }
    }
}
