package dev.auscult.train.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.auscult.intake.Intake;
import dev.auscult.intake.ReadOptions;
import dev.auscult.train.checkpoint.State;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.model.Parameter;
import dev.auscult.train.spec.Spec;
import dev.auscult.train.torch.TorchEngine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainings that take weights out: what is out is zero after every step, in every checkpoint, and in what is tested. */
class PrunedTrainingTest {
    /** Of the 80 weights of the network of {@link Trainings}. */
    private static final int HALF = 40;

    @TempDir
    Path folder;

    private Trainings trainings;

    @BeforeEach
    void writeData() throws IOException {
        trainings = new Trainings(folder);
    }

    private static int zeros(float[] values) {
        int zeros = 0;
        for (float value : values) {
            zeros += value == 0 ? 1 : 0;
        }
        return zeros;
    }

    /** Trains, and counts the weights that are zero after each step. */
    private Outcome train(Spec spec, List<Integer> zeros, List<String> notes) throws IOException {
        try (Engine engine = TorchEngine.open("cpu", 1);
                Setup setup = Setup.open(spec, folder, engine, sentence -> {})) {
            RunDirectory directory = RunDirectory.create(folder.resolve("runs"), "pruned");
            TrainingListener listener = new TrainingListener() {
                @Override
                public void step(Step step) {
                    zeros.add(setup.network().parameters().stream()
                            .map(Parameter::tensor)
                            .filter(tensor -> tensor.shape().length > 1)
                            .mapToInt(tensor -> zeros(tensor.toFloats()))
                            .sum());
                }

                @Override
                public void note(String sentence) {
                    notes.add(sentence);
                }
            };
            try (Workshop shop = Workshop.open(setup, directory, null);
                    Trainer trainer = new Trainer(shop, directory, null, listener, Judge.NONE)) {
                return trainer.train(() -> false);
            }
        }
    }

    /** The values of a metric in the recording; empty where it is not there. */
    private static List<Double> series(Path directory, String name) {
        List<Double> values = new ArrayList<>();
        new Intake(ReadOptions.DEFAULT)
                .read(
                        List.of(directory),
                        found -> found.run().metrics().stream()
                                .filter(series -> series.key().name().equals(name))
                                .forEach(series -> {
                                    for (int i = 0; i < series.size(); i++) {
                                        values.add(series.value(i));
                                    }
                                }));
        return values;
    }

    private static int zerosOf(Path checkpoint, String prefix) throws IOException {
        return State.read(checkpoint).tensors().entrySet().stream()
                .filter(e -> e.getKey().startsWith(prefix + "parameters/")
                        && e.getKey().endsWith(".weight"))
                .mapToInt(e -> zeros(e.getValue().floats()))
                .sum();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "optimizer.type=sgd optimizer.momentum=0.9 optimizer.nesterov=true optimizer.weight-decay=0.01",
                "optimizer.type=adam optimizer.weight-decay=0.01",
                "optimizer.type=adamw optimizer.weight-decay=0.1",
                "optimizer.type=rmsprop optimizer.momentum=0.9",
                "optimizer.type=adagrad optimizer.learning-rate=0.1",
                "optimizer.type=prodigy",
                "optimizer.type=schedule-free-adamw",
                "optimizer.type=lbfgs training.batch-size=full training.epochs=60",
                "regularization.ema=0.9",
                "regularization.swa-start=0.3",
                "regularization.l1=0.001 regularization.max-norm=2 training.precision=bfloat16",
                "training.precision=float16",
                "training.clip-norm=0.1 training.accumulate=2 training.epochs=12"
            })
    void halfOfTheWeightsStayExactlyZeroWhateverTheOptimizer(String overrides) throws IOException {
        String[] all =
                ("training.epochs=7 training.pruning.begin=0.05 training.pruning.end=0.1 " + overrides).split(" ", -1);
        List<Integer> zeros = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        Outcome outcome = train(trainings.spec("", all), zeros, notes);

        int settled = zeros.indexOf(HALF);
        assertThat(zeros.size() - settled).isGreaterThanOrEqualTo(50);
        assertThat(zeros.subList(settled, zeros.size())).containsOnly(HALF);
        Path last = outcome.directory().resolve("checkpoints/last.safetensors");
        assertThat(zerosOf(last, "")).isEqualTo(HALF);
        if (State.read(last).has("evaluated/")) {
            assertThat(zerosOf(last, "evaluated/")).isEqualTo(HALF);
        }
        assertThat(notes)
                .anyMatch(n -> n.startsWith("prunes 50.0 % of the weights"))
                .contains("pruned 40 of 80 weights (50.0 %), which are zero");
        assertThat(series(outcome.directory(), "train/sparsity")).endsWith(0.5).isSorted();
    }

    @Test
    void theBestWeightsAreThoseOfTheNetworkThatWasAskedFor() throws IOException {
        Spec spec = trainings.spec(
                "",
                "training.pruning.share=0.5",
                "training.pruning.begin=0.4",
                "training.pruning.end=0.6",
                "training.epochs=10",
                "training.early-stopping.patience=1",
                "optimizer.learning-rate=0.05");
        List<Integer> zeros = new ArrayList<>();
        Outcome outcome = train(spec, zeros, new ArrayList<>());

        assertThat(zerosOf(outcome.directory().resolve("checkpoints/best.safetensors"), ""))
                .isEqualTo(HALF);
        assertThat(zerosOf(outcome.directory().resolve("checkpoints/last.safetensors"), ""))
                .isEqualTo(HALF);
    }

    @Test
    void unitsThatAreOutNeverComeBack() throws IOException {
        Spec spec = trainings.spec(
                "", "training.epochs=8", "training.pruning={type: structured, share: 0.5, begin: 0.1, end: 0.2}");
        List<Integer> zeros = new ArrayList<>();
        Outcome outcome = train(spec, zeros, new ArrayList<>());

        State state = State.read(outcome.directory().resolve("checkpoints/last.safetensors"));
        float[] weights = state.tensors().get("parameters/0-dense.weight").floats();
        float[] biases = state.tensors().get("parameters/0-dense.bias").floats();
        int out = 0;
        for (int unit = 0; unit < biases.length; unit++) {
            float[] row = Arrays.copyOfRange(weights, 2 * unit, 2 * unit + 2);
            assertThat(row[0] == 0).isEqualTo(row[1] == 0).isEqualTo(biases[unit] == 0);
            out += row[0] == 0 ? 1 : 0;
        }
        assertThat(out).isEqualTo(8);
        assertThat(zeros.get(zeros.size() - 1)).isEqualTo(16);
    }

    @Test
    void withoutPruningNothingIsRecordedOfIt() throws IOException {
        Outcome outcome = trainings.train(trainings.spec(""), "plain");

        assertThat(series(outcome.directory(), "train/sparsity")).isEmpty();
        assertThat(State.read(outcome.directory().resolve("checkpoints/last.safetensors"))
                        .has("pruning/"))
                .isFalse();
    }
}
