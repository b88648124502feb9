package dev.auscult.train.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import dev.auscult.train.spec.SpecEdit.Change;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecEditTest {
    private static final String SPEC = """
            # A spec with comments.
            name: small
            data:
              train: a.csv   # beside it
              drop: [a, b]
              types: {c: categorical}

            model:
              layers:
                - dense: 16
                # the only one
                - sigmoid
                - dense: {units: classes}
            optimizer: {type: adam, learning-rate: 0.003}
            # at the end
            training:
              epochs: 40

            loss: cross-entropy
            """;

    private static String edited(String key, String value, String why) {
        return SpecEdit.apply("small.yaml", SPEC, List.of(new Change(key, value, why)));
    }

    /** Lines that are new, behind {@code >}, and lines that are gone, behind {@code <}. */
    private static String difference(String text) {
        List<String> old = SPEC.lines().toList();
        List<String> now = text.lines().toList();
        List<String> found = new ArrayList<>();
        old.stream().filter(l -> !now.contains(l)).forEach(l -> found.add("< " + l.strip()));
        now.stream().filter(l -> !old.contains(l)).forEach(l -> found.add("> " + l.strip()));
        return String.join(" | ", found);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "data.normalize ! standard ! was none ! > normalize: standard  # was none",
                "data.train ! b.csv ! moved ! < train: a.csv   # beside it | > # moved | > train: b.csv   # beside it",
                "data.drop ! +[b, d] ! an id ! < drop: [a, b] | > drop: [a, b, d]  # an id",
                "data.types ! +{d: text} ! '' ! < types: {c: categorical} | > types: {c: categorical, d: text}",
                "data.validation.group ! patient ! '' ! > validation: {group: patient}",
                "optimizer.learning-rate ! 1e-4 ! '' ! < optimizer: {type: adam, learning-rate: 0.003} | > optimizer: {type: adam, learning-rate: 1e-4}",
                "optimizer.weight-decay ! 0.1 ! '' ! < optimizer: {type: adam, learning-rate: 0.003} | > optimizer: {type: adam, learning-rate: 0.003, weight-decay: 0.1}",
                "model.layers.1 ! relu ! sigmoid saturates ! < - sigmoid | > - relu  # sigmoid saturates",
                "model.layers.1 ! +batch-norm ! '' ! > - batch-norm",
                "model.layers.3 ! +softmax ! '' ! > - softmax",
                "model.layers.1 ! - ! '' ! < - sigmoid",
                "model.layers.0.dense ! 32 ! '' ! < - dense: 16 | > - dense: 32",
                "model.layers.0.dense.bias ! false ! '' ! < - dense: 16 | > - dense: {units: 16, bias: false}",
                "model.initializer ! he ! '' ! > initializer: he",
                "training.early-stopping.patience ! 5 ! '' ! > early-stopping: {patience: 5}",
                "schedule.type ! cosine ! '' ! > schedule: {type: cosine}",
                "training.epochs ! - ! '' ! < training: | < epochs: 40 | > training: {}",
                "data.drop ! - ! '' ! < drop: [a, b]",
                "data.drop.0 ! - ! '' ! < drop: [a, b] | > drop: [b]",
                "data.drop.1 ! - ! '' ! < drop: [a, b] | > drop: [a]",
                "loss ! mse ! '' ! < loss: cross-entropy | > loss: mse",
                "model.layers ! [dense: classes] ! '' ! < layers: | < - dense: 16 | < # the only one | < - sigmoid | < - dense: {units: classes} | > layers: [{dense: classes}]"
            })
    void oneChangeIsOneLine(String key, String value, String why, String expected) {
        assertThat(difference(edited(key, value, why))).isEqualTo(expected);
    }

    @Test
    void whatIsNoSpecIsRefused() {
        assertThatThrownBy(() -> edited("optimizer.lerning-rate", "0.1", ""))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("learning-rate");
        assertThatThrownBy(() -> edited("data.columns.7", "-", ""))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("found no data.columns.7");
    }

    @Test
    void sharedValuesAreNotChangedByHalves() {
        String anchored = "data: {train: a.csv}\nmodel:\n  layers: [&d {dense: 4}, relu, *d]\n";
        assertThatThrownBy(() -> SpecEdit.apply("x", anchored, List.of(new Change("model.layers.0.dense", "8", ""))))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("anchors");
    }

    @Test
    void manyChangesMeanWhatOverridesMean() {
        SplittableRandom random = new SplittableRandom(1);
        List<String> possible = List.of(
                "seed=3",
                "data.normalize=min-max",
                "data.validation.fraction=0.3",
                "data.validation.stratified=false",
                "data.imbalance=class-weights",
                "model.initializer=glorot",
                "model.layers.0.dense=8",
                "model.layers.1=tanh",
                "model.layers.1.dropout=0.5",
                "optimizer=sgd",
                "optimizer.momentum=0.9",
                "optimizer.learning-rate=0.1",
                "schedule=cosine",
                "regularization.l2=0.001",
                "training.batch-size=16",
                "training.early-stopping.patience=3",
                "training.epochs=2",
                "record.every=5",
                "policy.critical=stop");
        for (int repeat = 0; repeat < 300; repeat++) {
            List<String> overrides = new ArrayList<>();
            List<Change> changes = new ArrayList<>();
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                String one = possible.get(random.nextInt(possible.size()));
                overrides.add(one);
                String[] parts = one.split("=", 2);
                changes.add(new Change(parts[0], parts[1], random.nextBoolean() ? "why " + i : ""));
            }
            Spec wanted;
            try {
                wanted = SpecFile.parse("x", SPEC, "run", overrides);
            } catch (SpecException e) {
                continue;
            }
            String text = SpecEdit.apply("x", SPEC, changes);
            assertThat(SpecFile.parse("x", text, "run", List.of())).as(text).isEqualTo(wanted);
            assertThat(text).contains("# A spec with comments.", "# beside it", "# at the end");
        }
    }
}
