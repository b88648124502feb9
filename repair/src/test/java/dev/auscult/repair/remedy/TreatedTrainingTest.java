package dev.auscult.repair.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import dev.auscult.intake.Intake;
import dev.auscult.intake.ReadOptions;
import dev.auscult.run.Run;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.loop.Judge;
import dev.auscult.train.loop.RunDirectory;
import dev.auscult.train.loop.Setup;
import dev.auscult.train.loop.Trainer;
import dev.auscult.train.loop.TrainingListener;
import dev.auscult.train.loop.Workshop;
import dev.auscult.train.spec.Spec;
import dev.auscult.train.spec.SpecEdit;
import dev.auscult.train.spec.SpecEdit.Change;
import dev.auscult.train.torch.TorchEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Treated specs beside their data. */
class TreatedTrainingTest {
    private static final String COLUMNS = """
            name: small
            data: {train: small.csv, target: TARGET, task: TASK, normalize: none, normalize-target: false}
            model: {layers: [{dense: 8}, sigmoid, {dense: 8}, sigmoid, {dense: 8}, sigmoid, {dense: 8}, sigmoid, {dense: OUT}], initializer: {normal: 2}}
            optimizer: {type: sgd, learning-rate: 5, momentum: 0.99, weight-decay: 3}
            training: {epochs: 2, batch-size: 2, clip-norm: 0.001}
            """;

    private static final String SERIES = """
            name: small
            data: {train: small.csv, target: kind, drop: [y], task: classification}
            model: {layers: [{reshape: [4, 1]}, {rnn: 8}, {dense: classes}], initializer: {normal: 2}}
            optimizer: {type: adam, learning-rate: 0.2}
            training: {epochs: 2, batch-size: 16}
            """;

    private static final String TEXT = """
            name: small
            data: {train: text.csv, target: kind, task: classification, types: {words: text}, text: {length: 6}}
            model: {layers: [{embedding: 8}, {transformer-block: {heads: 2, norm: post}}, mean-over-time, {dense: classes}, softmax]}
            loss: mse
            training: {epochs: 1, batch-size: full}
            """;

    private static final AtomicInteger COUNT = new AtomicInteger();

    private static Engine engine;

    @TempDir
    static Path folder;

    @BeforeAll
    static void write() throws IOException {
        engine = TorchEngine.open("cpu", 1);
        Random random = new Random(3);
        StringBuilder csv = new StringBuilder("a,b,c,d,y,kind\n");
        StringBuilder leaking = new StringBuilder("a,b,c,after,kind\n");
        StringBuilder text = new StringBuilder("words,kind\n");
        for (int i = 0; i < 240; i++) {
            int kind = i % 8 == 0 ? 0 : 1 + i % 2;
            double a = kind + random.nextGaussian();
            double b = 1000 * random.nextGaussian();
            csv.append(String.format(
                    Locale.ROOT,
                    "%.4f,%.4f,%.4f,%.4f,%.3f,k%d%n",
                    a,
                    b,
                    random.nextGaussian(),
                    random.nextGaussian(),
                    3000 + 500 * a,
                    kind));
            leaking.append(String.format(
                    Locale.ROOT, "%.4f,%.4f,%.4f,%d,k%d%n", a, b, random.nextGaussian(), 17 * kind + 3, kind));
            text.append("w")
                    .append(random.nextInt(9))
                    .append(" v")
                    .append(kind)
                    .append(",k")
                    .append(kind)
                    .append('\n');
        }
        Files.writeString(folder.resolve("small.csv"), csv);
        Files.writeString(folder.resolve("leaking.csv"), leaking);
        Files.writeString(folder.resolve("text.csv"), text);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    private static String spec(String kind) {
        return switch (kind) {
            case "classes" ->
                COLUMNS.replace("TARGET", "kind, drop: [y]")
                        .replace("TASK", "classification")
                        .replace("OUT", "classes");
            case "numbers" ->
                COLUMNS.replace("TARGET", "y, drop: [kind]")
                        .replace("TASK", "regression")
                        .replace("OUT", "1");
            case "series" -> SERIES;
            default -> TEXT;
        };
    }

    private static Patient patient(String text, Optional<Run> run) {
        return new Patient(text, Patients.parse(text), folder, run, () -> OptionalDouble.of(0.004));
    }

    @ParameterizedTest
    @ValueSource(strings = {"classes", "numbers", "series", "text"})
    void dataAndNetworkOfATreatedSpecFitEachOther(String kind) {
        String text = spec(kind);
        Set<String> seen = new LinkedHashSet<>();
        for (Treatment treatment : Formulary.all()) {
            List<Change> changes = treatment.edits().of(patient(text, Optional.empty()));
            String treated = changes.isEmpty() ? text : SpecEdit.apply("small.yaml", text, changes);
            if (!changes.isEmpty() && seen.add(treated)) {
                try (Setup setup = Setup.open(Patients.parse(treated), folder, engine, sentence -> {})) {
                    assertThat(setup.network().parameterCount())
                            .as(treatment.name())
                            .isPositive();
                } catch (RuntimeException e) {
                    throw new AssertionError(treatment.name() + ": " + e.getMessage(), e);
                }
            }
        }
        assertThat(seen).hasSizeGreaterThan(15);
    }

    @Test
    void aColumnThatHoldsTheAnswerIsFoundAndLeftOut() {
        String text = """
                name: small
                data: {train: leaking.csv, target: kind, task: classification}
                model: {layers: [{dense: 4}, relu, {dense: classes}]}
                training: {epochs: 1}
                """;
        Treatment treatment = Formulary.named("leave-out-what-leaks").orElseThrow();
        Patient patient = patient(text, Optional.empty());
        List<Change> changes = treatment.edits().of(patient);
        Spec treated = Patients.parse(SpecEdit.apply("small.yaml", text, changes));
        assertThat(treated.data().drop()).containsExactly("after");
        assertThat(treatment.edits().of(patient(text.replace("leaking", "nowhere"), Optional.empty())))
                .isEmpty();
        assertThat(treatment.edits().of(patient(SpecEdit.apply("small.yaml", text, changes), patient.run())))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"orthogonal-initializer", "adam-with-defaults", "relu-he-batch-norm", "residual-shortcuts"})
    void aTreatedSpecTrains(String treatment) throws IOException {
        String text = spec("classes").replace("{type: sgd", "{type: adam").replace("momentum: 0.99, ", "");
        Spec treated = Patients.treated(treatment, patient(text, Optional.empty()));
        assertThat(record(treated).metrics()).isNotEmpty();
    }

    @Test
    void aWarmUpIsATwentiethOfTheStepsThatWereRecorded() throws IOException {
        String text = spec("classes").replace("epochs: 2", "epochs: 20");
        Run run = record(Patients.parse(text.replace("epochs: 20", "epochs: 1")));
        Patient patient = patient(text, Optional.of(run));
        // 192 rows for training, 2 per batch, 20 epochs.
        assertThat(Patients.treated("warm-up", patient).schedule().warmUp()).isBetween(90.0, 102.0);
    }

    private static Run record(Spec spec) throws IOException {
        List<Run> runs = new ArrayList<>();
        RunDirectory directory = RunDirectory.create(folder.resolve("runs"), "run-" + COUNT.incrementAndGet());
        try (Setup setup = Setup.open(spec, folder, engine, sentence -> {});
                Workshop shop = Workshop.open(setup, directory, null);
                Trainer trainer = new Trainer(shop, directory, null, TrainingListener.NONE, Judge.NONE)) {
            trainer.train(() -> false);
        }
        new Intake(ReadOptions.DEFAULT).read(List.of(directory.path()), found -> runs.add(found.run()));
        return runs.get(0);
    }
}
