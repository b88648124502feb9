package dev.auscult.train.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.auscult.run.Setting;
import dev.auscult.run.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpecRoundTripTest {
    private static Spec read(String yaml, String... overrides) {
        return SpecFile.parse("s.yaml", yaml, "s", List.of(overrides));
    }

    @Test
    void whatIsWrittenReadsBackEqual() {
        RandomSpecs specs = new RandomSpecs(11);
        int accepted = 0;
        for (int i = 0; i < 2000; i++) {
            String yaml = specs.yaml();
            Spec spec;
            try {
                spec = read(yaml);
            } catch (SpecException e) {
                assertThat(e.problems())
                        .as(yaml)
                        .allSatisfy(p -> assertThat(p)
                                .containsAnyOf(
                                        "together with",
                                        "without",
                                        "wanted one of them",
                                        "which has none",
                                        "in data.columns",
                                        "coupled decay",
                                        "for data.validation.fold",
                                        "no labels",
                                        "never leaves",
                                        "prune all at once",
                                        "does not come back",
                                        "lbfgs",
                                        "schedule.factor of"));
                continue;
            }
            accepted++;
            String written = SpecWriter.write(spec);
            assertThat(read(written)).as(written).isEqualTo(spec);
            assertThat(SpecWriter.write(read(written))).isEqualTo(written);
        }
        assertThat(accepted).isGreaterThan(500);
        assertThat(specs.used()).containsAll(allKeys());
    }

    private static Set<String> allKeys() {
        Set<String> keys = new TreeSet<>();
        for (List<Block> blocks :
                List.of(SpecVocabulary.sections(), LayerVocabulary.types(), SpecVocabulary.augments())) {
            blocks.forEach(block -> block.keys().forEach(key -> keys.add(block.name() + "/" + key)));
        }
        return keys;
    }

    static List<String> keyChanges() {
        return List.of(
                "name=n",
                "seed=5",
                "data.train=b",
                "data.test=t",
                "data.format=csv",
                "data.target=last",
                "data.task=regression",
                "data.header=true",
                "data.separator=;",
                "data.columns=[a]",
                "data.drop=a",
                "data.types={a: text}",
                "data.validation=0.3",
                "data.validation=none",
                "data.validation.stratified=false",
                "data.validation={file: v}",
                "data.validation={folds: 3, fold: 1}",
                "data.validation.group=g",
                "data.validation.time=t",
                "data.normalize=none",
                "data.normalize.divide=255",
                "data.normalize-target=false",
                "data.missing=refuse",
                "data.encode=ordinal",
                "data.shuffle=false",
                "data.augment=[flip]",
                "data.imbalance=smote",
                "data.generate=copula",
                "data.generate={type: vae, steps: 9}",
                "data.generate.rows=9",
                "data.generate.tolerance=0.1",
                "data.text.tokenizer=bytes",
                "data.text.columns=a",
                "data.text.vocabulary=9",
                "data.text.length=9",
                "data.image.width=9",
                "data.image.height=9",
                "data.image.channels=1",
                "data.audio.rate=9",
                "data.audio.seconds=9",
                "data.audio.features=waveform",
                "data.audio.bands=9",
                "data.sequence=9",
                "data.sequence={length: 3, stride: 2}",
                "data.sequence={length: 3, horizon: 2}",
                "data.memory=1 GiB",
                "training.pruning=0.4",
                "training.pruning.share=0.4",
                "training.pruning.type=structured",
                "training.pruning.from=0.1",
                "training.pruning.begin=0.1",
                "training.pruning.end=1",
                "training.pruning.every=9",
                "training.pruning.match=[a]",
                "model.layers=[relu]",
                "model.initializer=he",
                "model.initializer.normal=0.1",
                "loss=mse",
                "loss.reduction=sum",
                "loss={type: huber, delta: 2}",
                "loss={type: focal, gamma: 1}",
                "loss.class-weights=[1, 2]",
                "metrics=[f1]",
                "optimizer=sgd",
                "optimizer.learning-rate=3",
                "optimizer={type: sgd, momentum: 0.9}",
                "optimizer={type: sgd, momentum: 0.9, nesterov: true}",
                "optimizer.beta1=0.5",
                "optimizer.beta2=0.5",
                "optimizer.epsilon=1",
                "optimizer.weight-decay=1",
                "optimizer.decay=decoupled",
                "optimizer.decay-biases=true",
                "optimizer={type: lbfgs, history-size: 3}",
                "optimizer={type: lbfgs, iterations: 3}",
                "optimizer.groups=[{match: a}]",
                "optimizer.groups=[{match: a, learning-rate: 2}]",
                "optimizer.groups=[{match: a, weight-decay: 2}]",
                "optimizer.groups=[{match: a, frozen: true}]",
                "schedule=cosine",
                "schedule.per=epoch",
                "schedule={type: cosine, length: 3}",
                "schedule={type: polynomial, power: 2}",
                "schedule={type: step, factor: 0.5}",
                "schedule={type: step, every: 3}",
                "schedule={type: multi-step, milestones: [1]}",
                "schedule.floor=0.1",
                "schedule={type: one-cycle, peak: 3}",
                "schedule={type: one-cycle, share: 0.5}",
                "schedule={type: plateau, patience: 9}",
                "schedule={type: plateau, threshold: 0.1}",
                "schedule={type: plateau, cooldown: 3}",
                "schedule.warm-up=5",
                "schedule.warm-up={length: 5, type: exponential}",
                "schedule.warm-up={length: 5, from: 0.2}",
                "regularization.l1=1",
                "regularization.l2=1",
                "regularization.label-smoothing=0.1",
                "regularization.max-norm=3",
                "regularization.swa-start=0.5",
                "regularization.ema=0.9",
                "training=7",
                "training.epochs=7",
                "training.batch-size=7",
                "training.batch-size=full",
                "training.accumulate=2",
                "training.drop-last=true",
                "training.clip-norm=1",
                "training.clip-value=1",
                "training.precision=bfloat16",
                "training.evaluate-every=3",
                "training.evaluate-batch=3",
                "training.checkpoint-every=3",
                "training.early-stopping=7",
                "training.early-stopping={criterion: gl, threshold: 2}",
                "training.early-stopping={monitor: train/loss}",
                "training.early-stopping={min-delta: 1}",
                "training.early-stopping={criterion: pq, strip: 3}",
                "training.early-stopping={restore-best: false}",
                "record=3",
                "record.logarithmic=true",
                "record.tensors=[weights]",
                "record.scalars-every=3",
                "record.images=false",
                "record.examine-every=3",
                "policy.critical=warn",
                "policy.high=stop",
                "policy.unwritable=go-on");
    }

    /** No key is read and then forgotten. */
    @ParameterizedTest
    @MethodSource("keyChanges")
    void everyKeyChangesTheSpec(String override) {
        Spec changed = read("data: a", override);

        assertThat(changed).isNotEqualTo(read("data: a"));
        assertThat(read(SpecWriter.write(changed))).isEqualTo(changed);
        assertThat(SpecSettings.of(changed).raw())
                .isNotEqualTo(SpecSettings.of(read("data: a")).raw());
    }

    @Test
    void everyKeyIsAmongThoseChanges() {
        Set<String> changed = new TreeSet<>();
        for (String change : keyChanges()) {
            String path = change.substring(0, change.indexOf('='));
            changed.add(path);
            for (String inside : change.substring(change.indexOf('=')).split("[^a-z0-9-]+", -1)) {
                changed.add(path + "." + inside);
            }
        }
        for (Block section : SpecVocabulary.sections()) {
            for (Option option : section.options()) {
                String path = section.name().isEmpty() ? option.name() : section.name() + "." + option.name();
                boolean covered = option.kind() == OptionKind.SECTION
                        || changed.stream().anyMatch(c -> c.equals(path) || c.startsWith(path + "."))
                        || path.equals("data.validation.fraction")
                        || path.equals("schedule.warm-up.length")
                        || path.equals("data.sequence.length")
                        || path.startsWith("training.early-stopping.")
                        || path.equals("optimizer.type")
                        || path.equals("schedule.type")
                        || path.equals("loss.type")
                        || path.equals("record.every");
                assertThat(covered).as(path).isTrue();
            }
        }
    }

    @Test
    void fillsInDefaults() {
        Spec spec = SpecFile.parse("s.yaml", "data: digits.csv\n", "digits", List.of());

        assertThat(spec.name()).isEqualTo("digits");
        assertThat(spec.data().validation().fraction()).isEqualTo(0.2);
        assertThat(spec.data().validation().stratified()).isTrue();
        assertThat(spec.data().task()).isNull();
        assertThat(spec.data().target()).isEmpty();
        assertThat(spec.model().layers()).isEmpty();
        assertThat(spec.loss().type()).isEmpty();
        assertThat(spec.optimizer().type()).isEqualTo("adam");
        assertThat(spec.optimizer().learningRate()).isEqualTo(0.001);
        assertThat(spec.training().epochs()).isEqualTo(20);
        assertThat(spec.training().batchSize()).isEqualTo(64);
        assertThat(spec.training().earlyStopping()).isNull();
        assertThat(spec.record().every()).isEqualTo(20);
        assertThat(spec.record().tensors()).containsExactlyInAnyOrder("weights", "gradients", "updates", "activations");
        assertThat(spec.policy()).isEqualTo(new PolicySettings("stop", "warn", "stop"));
        assertThat(read("data: a\noptimizer: sgd").optimizer().learningRate()).isEqualTo(0.01);
        assertThat(read("data: a\noptimizer: adamw").optimizer().weightDecay()).isEqualTo(0.01);
        assertThat(read("data: a\noptimizer: adamw").optimizer().decay()).isEqualTo("decoupled");
        assertThat(read("data: a\nschedule: plateau").schedule().per()).isEqualTo("epoch");
    }

    @Test
    void readsLayersInEveryForm() {
        Spec spec = read("""
                data: a
                model:
                  layers:
                    - dense: 64
                    - dense: {units: classes, activation: relu, bias: false, initializer: {normal: 0.01}}
                    - conv: {filters: 8, kernel: [3, 5], padding: same}
                    - relu
                    - residual: [batch-norm, {dropout: 0.5}]
                    - residual:
                        shortcut: projection
                        layers:
                          - gelu
                """);
        List<LayerSettings> layers = spec.model().layers();

        assertThat(layers.get(0).options())
                .containsEntry("units", 64L)
                .containsEntry("bias", true)
                .hasSize(2);
        assertThat(layers.get(0).line()).isEqualTo(4);
        assertThat(layers.get(1).options())
                .containsEntry("units", "classes")
                .containsEntry("activation", "relu")
                .containsEntry("initializer", new InitializerSettings("normal", 0.01));
        assertThat(layers.get(2).options())
                .containsEntry("kernel", List.of(3L, 5L))
                .containsEntry("stride", List.of(1L))
                .containsEntry("padding", "same")
                .containsEntry("groups", 1L);
        assertThat(layers.get(4).children()).extracting(LayerSettings::type).containsExactly("batch-norm", "dropout");
        assertThat(layers.get(4).options()).containsEntry("shortcut", "auto");
        assertThat(layers.get(5).options()).containsEntry("shortcut", "projection");
        assertThat(layers.get(5).line()).isEqualTo(9);
        assertThat(LayerVocabulary.layer("dense", Map.of("units", 64L), List.of()))
                .isEqualTo(layers.get(0));
    }

    @Test
    void overridesReachIntoShortForms() {
        String yaml = """
                data: a
                optimizer: adam
                schedule: cosine
                model: {layers: [{dense: 64}, relu, {dropout: 0.1}, {residual: [relu, {dense: 4}]}]}
                """;

        assertThat(read(yaml, "optimizer.learning-rate=0.5").optimizer().learningRate())
                .isEqualTo(0.5);
        assertThat(read(yaml, "seed=1", "seed=2").seed()).isEqualTo(2);
        assertThat(read(yaml, "schedule.warm-up.from=0.2", "schedule.warm-up.length=3")
                        .schedule())
                .satisfies(s -> assertThat(s.type()).isEqualTo("cosine"))
                .satisfies(s -> assertThat(s.warmUp()).isEqualTo(3));
        assertThat(read(yaml, "model.layers.0.dense=32").model().layers().get(0).options())
                .containsEntry("units", 32L);
        assertThat(read(yaml, "model.layers.0.dense.bias=false")
                        .model()
                        .layers()
                        .get(0)
                        .options())
                .containsEntry("units", 64L)
                .containsEntry("bias", false);
        assertThat(read(yaml, "model.layers.1=gelu").model().layers().get(1).type())
                .isEqualTo("gelu");
        assertThat(read(yaml, "model.layers.3.residual.1.dense.units=5", "model.layers.3.residual.shortcut=identity")
                        .model()
                        .layers()
                        .get(3))
                .satisfies(l -> assertThat(l.options()).containsEntry("shortcut", "identity"))
                .satisfies(l -> assertThat(l.children().get(1).options()).containsEntry("units", 5L));
        assertThat(read(yaml, "data.validation.folds=3").data().validation().folds())
                .isEqualTo(3);
        assertThat(read(yaml, "data.train=b.csv").data().train()).isEqualTo("b.csv");
        assertThat(read(yaml, "training={epochs: 3, batch-size: full}")
                        .training()
                        .batchSize())
                .isEqualTo(Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.1", "1e-3", "1E-3", "+.5", "5.", "100", "1e22", "4.9e-324", "1.7976931348623157e308"})
    void readsNumbersAsYamlDoes(String number) {
        assertThat(read("data: a\noptimizer: {learning-rate: " + number + "}")
                        .optimizer()
                        .learningRate())
                .isEqualTo(Double.parseDouble(number));
        assertThat(Double.parseDouble(YamlText.number(Double.parseDouble(number))))
                .isEqualTo(Double.parseDouble(number));
    }

    @Test
    void aliasesAreWrittenOut() {
        Spec spec = read("data: a\nmodel: {layers: [&d {dense: 4}, relu, *d]}", "model.layers.0.dense.units=5");
        assertThat(spec.model().layers().get(0).options()).containsEntry("units", 5L);
        assertThat(spec.model().layers().get(2).options()).containsEntry("units", 4L);
    }

    @Test
    void settingsOfARunAreDottedPathsAndTheKnownOnesTyped() {
        Settings settings = SpecSettings.of(read("""
                data: a
                model: {layers: [dense: 4, {batch-norm: {momentum: 0.3}}, dropout: 0.4, residual: [dropout: 0.6]]}
                optimizer: {learning-rate: 0.0001}
                schedule: {type: cosine, warm-up: 100}
                training: {batch-size: 32, early-stopping: 3}
                """));

        assertThat(settings.raw())
                .containsEntry("optimizer.learning-rate", "1e-4")
                .containsEntry("model.layers.0.dense.units", "4")
                .containsEntry("model.layers.3.residual.layers.0.dropout.rate", "0.6")
                .containsEntry("data.validation.fraction", "0.2");
        assertThat(settings.number(Setting.LEARNING_RATE)).hasValue(1e-4);
        assertThat(settings.number(Setting.BATCH_SIZE)).hasValue(32);
        assertThat(settings.number(Setting.MOMENTUM)).hasValue(0);
        assertThat(settings.number(Setting.DROPOUT)).hasValue(0.6);
        assertThat(settings.number(Setting.WARMUP_STEPS)).hasValue(100);
        assertThat(settings.number(Setting.PATIENCE)).hasValue(3);
        assertThat(settings.text(Setting.OPTIMIZER)).contains("adam");
        assertThat(settings.text(Setting.SCHEDULE)).contains("cosine");
        assertThat(settings.isOn(Setting.CLIP_NORM)).isFalse();
        assertThat(settings.isOn(Setting.FROZEN)).isFalse();
        assertThat(settings.isOn(Setting.AUGMENTATION)).isFalse();
    }
}
