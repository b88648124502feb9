package dev.auscult.repair.remedy;

import static dev.auscult.repair.remedy.Patients.applies;
import static dev.auscult.repair.remedy.Patients.base;
import static dev.auscult.repair.remedy.Patients.parse;
import static dev.auscult.repair.remedy.Patients.sick;
import static dev.auscult.repair.remedy.Patients.text;
import static dev.auscult.repair.remedy.Patients.treated;
import static dev.auscult.repair.remedy.Patients.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import dev.auscult.train.spec.ScheduleSettings;
import dev.auscult.train.spec.Spec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What treatments make of sick specs. */
class TreatedSpecTest {
    private static List<String> layers(Spec spec) {
        return spec.model().layers().stream().map(LayerText::of).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "lower-rate-by-range-test, 0.5, 0.0042, 0.002",
        "lower-rate-by-range-test, 0.5, NaN, 0.001",
        "higher-rate-by-range-test, 0.00001, 0.0042, 0.002",
        "higher-rate-by-range-test, 0.00001, NaN, 0.001",
        // Readings that no optimizer ever worked with are not believed.
        "higher-rate-by-range-test, 0.00001, 10, 0.001",
        "usual-rate-from-above, 0.5, 0.0042, 0.001",
        "a-third-of-the-rate, 0.3, NaN, 0.1"
    })
    void theRateIsTheOneThatWasFound(String treatment, String now, double best, double wanted) {
        Patient patient = Patients.of(with(base("digits-mlp"), "optimizer.learning-rate", now), best);
        assertThat(treated(treatment, patient).optimizer().learningRate()).isEqualTo(wanted);
    }

    @Test
    void aRateThatTheRangeTestConfirmsIsLeftAlone() {
        Patient patient = Patients.of(base("digits-mlp"), 0.003);
        assertThat(applies("lower-rate-by-range-test", patient)).isFalse();
        assertThat(applies("higher-rate-by-range-test", patient)).isFalse();
    }

    @Test
    void warmUpIsAddedToTheScheduleThatIsThere() {
        Spec spec = treated("warm-up-and-clip", Patients.of(base("digits-deep")));
        assertThat(spec.schedule().type()).isEqualTo("cosine");
        assertThat(spec.schedule().warmUp()).isEqualTo(100);
        assertThat(spec.training().clipNorm()).isEqualTo(1);
    }

    @Test
    void aScheduleThatDiesIsReplacedAndItsWarmUpKept() {
        String text = with(
                base("digits-mlp"), "schedule", "{type: exponential, per: step, factor: 0.01, warm-up: {length: 7}}");
        ScheduleSettings perEpoch =
                treated("schedule-per-epoch", Patients.of(text)).schedule();
        assertThat(perEpoch.per()).isEqualTo("epoch");
        for (String name : List.of("cosine", "constant")) {
            String treatment = name.equals("cosine") ? "cosine-over-the-run" : "constant-rate";
            ScheduleSettings schedule = treated(treatment, Patients.of(text)).schedule();
            assertThat(schedule.type()).isEqualTo(name);
            assertThat(schedule.warmUp()).isEqualTo(7);
        }
    }

    @Test
    void optimizerSettingsGoBackToTheirDefaults() {
        Spec adam = treated(
                "optimizer-defaults",
                Patients.of(with(
                        base("digits-mlp"),
                        "optimizer.epsilon",
                        "1",
                        "optimizer.beta1",
                        "0.999",
                        "optimizer.beta2",
                        "0.9")));
        assertThat(List.of(
                        adam.optimizer().epsilon(),
                        adam.optimizer().beta1(),
                        adam.optimizer().beta2()))
                .containsExactly(1e-8, 0.9, 0.999);
        Spec sgd = treated("optimizer-defaults", Patients.of(with(base("digits-tanh"), "optimizer.momentum", "0.999")));
        assertThat(sgd.optimizer().momentum()).isEqualTo(0.9);
        assertThat(applies("optimizer-defaults", Patients.of(base("digits-tanh"))))
                .isFalse();
    }

    @Test
    void clippingThatLeavesNothingIsWidened() {
        Patient patient = Patients.of(with(base("digits-tanh"), "training.clip-norm", "0.003"));
        assertThat(treated("usual-clip-norm", patient).training().clipNorm()).isEqualTo(1);
        assertThat(treated("no-clipping", patient).training().clipNorm()).isNull();
        assertThat(applies("usual-clip-norm", Patients.of(base("echo-rnn")))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"digits-mlp, he", "digits-tanh, glorot", "echo-rnn, default", "news-transformer, default"})
    void weightsStartAsTheActivationAsks(String base, String wanted) {
        Patient patient = Patients.of(with(base(base), "model.initializer", "{normal: 3}"));
        assertThat(treated("initializer-of-the-activation", patient)
                        .model()
                        .initializer()
                        .type())
                .isEqualTo(wanted);
    }

    @Test
    void anInitializerOfOneLayerThatKillsItIsLeftOut() {
        String text = with(
                base("digits-mlp"),
                "model.layers.2",
                "+relu",
                "model.layers.2",
                "+dense: {units: 48, initializer: {constant: -0.5}}");
        assertThat(layers(treated("no-blind-initializer", Patients.of(text))))
                .containsExactly("{dense: 64}", "relu", "{dense: 48}", "relu", "{dense: classes}");
        assertThat(applies("no-blind-initializer", Patients.of(base("digits-mlp"))))
                .isFalse();
    }

    @Test
    void sigmoidsOfADeepNetworkBecomeReluWithNorms() {
        Spec spec = treated("relu-he-batch-norm", Patients.of(sick("deep-sigmoid")));
        assertThat(layers(spec)).startsWith("{dense: 32}", "batch-norm", "relu", "{dense: 32}", "batch-norm", "relu");
        assertThat(layers(spec)).hasSize(19).doesNotContain("sigmoid").endsWith("{dense: classes}");
        assertThat(spec.model().initializer().type()).isEqualTo("he");
        assertThat(applies("relu-he-batch-norm", Patients.of(base("mnist-sigmoid"))))
                .isFalse();
        assertThat(layers(treated("relu-he", Patients.of(base("mnist-sigmoid")))))
                .containsExactly("{dense: 48}", "relu", "{dense: classes}");
    }

    @Test
    void anActivationThatIsAnOptionIsReplacedInItsPlace() {
        String text = with(
                base("digits-mlp"), "model.layers", "[{dense: {units: 32, activation: sigmoid}}, {dense: classes}]");
        assertThat(layers(treated("relu-he", Patients.of(text))))
                .containsExactly("{dense: {units: 32, activation: relu}}", "{dense: classes}");
    }

    @Test
    void linearLayersGetAnActivationBehindTheirNorm() {
        String text =
                with(base("digits-mlp"), "model.layers", "[{dense: 32}, batch-norm, {dense: 32}, {dense: classes}]");
        assertThat(layers(treated("activation-between-layers", Patients.of(text))))
                .containsExactly("{dense: 32}", "batch-norm", "relu", "{dense: 32}", "relu", "{dense: classes}");
    }

    @ParameterizedTest
    @CsvSource({
        "digits-mlp",
        "digits-cnn",
        "digits-deep",
        "mnist-resnet",
        "waves-gru",
        "waves-lstm",
        "news-transformer",
        "news-words",
        "titanic-mlp",
        "spirals-deep"
    })
    void aNetworkThatBendsGetsNoMoreActivations(String base) {
        assertThat(applies("activation-between-layers", Patients.of(base(base))))
                .isFalse();
    }

    @Test
    void normsThatWereTakenOutOfAResidualNetworkComeBack() {
        String sick = base("mnist-resnet").replace("batch-norm, ", "").replace(", batch-norm]", "]");
        assertThat(sick).doesNotContain("batch-norm");
        Spec spec = treated("normalise-layers", Patients.of(sick));
        assertThat(spec.model().layers())
                .isEqualTo(parse(base("mnist-resnet")).model().layers());
    }

    @Test
    void tokensAreNormalisedEachForItself() {
        assertThat(text("normalise-layers", Patients.of(with(base("news-words"), "model.layers.3", "+dense: 8"))))
                .contains("layer-norm")
                .doesNotContain("batch-norm");
    }

    @Test
    void everyTwoLayersOfEqualWidthGetAShortcut() {
        Spec spec = treated("residual-shortcuts", Patients.of(sick("exploding-deep")));
        String block = "{residual: [{dense: 64}, batch-norm, relu, {dense: 64}, batch-norm]}";
        assertThat(layers(spec))
                .containsExactly(
                        "{dense: 64}",
                        "batch-norm",
                        "relu",
                        block,
                        "relu",
                        block,
                        "relu",
                        block,
                        "relu",
                        "{dense: classes}");
        assertThat(applies("residual-shortcuts", Patients.of(base("digits-mlp"))))
                .isFalse();
    }

    @Test
    void dropoutStaysWhereItWasWhenAShortcutIsLed() {
        String text = with(
                base("digits-mlp"),
                "model.layers",
                "[{dense: 8}, tanh, {dense: 8}, tanh, {dropout: 0.1}, {dense: {units: 8, activation: tanh}}, {dropout: 0.2}, {dense: classes}]");
        assertThat(layers(treated("residual-shortcuts", Patients.of(text))))
                .containsExactly(
                        "{dense: 8}",
                        "batch-norm",
                        "tanh",
                        "{residual: [{dense: 8}, batch-norm, tanh, {dropout: 0.1}, {dense: 8}, batch-norm, tanh]}",
                        "{dropout: 0.2}",
                        "{dense: classes}");
    }

    @Test
    void fewerLayersAreThreeHiddenOnes() {
        assertThat(layers(treated("fewer-layers", Patients.of(sick("deep-sigmoid")))))
                .containsExactly(
                        "{dense: 32}",
                        "sigmoid",
                        "{dense: 32}",
                        "sigmoid",
                        "{dense: 32}",
                        "sigmoid",
                        "{dense: classes}");
    }

    @Test
    void recurrentWeightsStartSmallAndGradientsAreClipped() {
        String text = with(base("echo-rnn"), "model.initializer", "{normal: 2}", "training.clip-norm", "null");
        Spec spec = treated("clip-and-start-small", Patients.of(text));
        assertThat(spec.model().initializer().type()).isEqualTo("default");
        assertThat(spec.training().clipNorm()).isEqualTo(1);
        assertThat(layers(treated("gated-units", Patients.of(base("echo-rnn")))))
                .contains("{gru: 24}");
        assertThat(applies("clip-and-start-small", Patients.of(base("digits-mlp"))))
                .isFalse();
    }

    @Test
    void lossAndOutputFitTheTask() {
        assertThat(treated("loss-of-the-task", Patients.of(sick("mse-on-classes")))
                        .loss()
                        .type())
                .isEqualTo("cross-entropy");
        assertThat(treated("loss-of-the-task", Patients.of(with(base("friedman-regression"), "loss", "mae")))
                        .loss()
                        .type())
                .isEqualTo("mse");
        assertThat(layers(treated("no-output-activation", Patients.of(sick("double-softmax")))))
                .containsExactly("{dense: 64}", "relu", "{dense: classes}");
        Spec both = treated(
                "bare-output-and-loss-of-the-task",
                Patients.of(with(base("digits-mlp"), "model.layers.3", "+softmax", "loss", "mse")));
        assertThat(both.loss().type()).isEqualTo("cross-entropy");
        assertThat(layers(both)).endsWith("{dense: classes}");
    }

    @Test
    void inputsAndTargetsAreScaled() {
        assertThat(treated("standard-inputs", Patients.of(sick("inputs-not-normalised")))
                        .data()
                        .normalize())
                .isEqualTo("standard");
        String text = with(base("friedman-regression"), "data.normalize-target", "false");
        assertThat(treated("standard-target", Patients.of(text)).data().normalizeTarget())
                .isTrue();
        assertThat(applies("standard-target", Patients.of(base("friedman-regression"))))
                .isFalse();
        assertThat(applies("standard-inputs", Patients.of(with(base("news-words"), "data.normalize", "none"))))
                .isFalse();
    }

    @Test
    void rareClassesAreWeighedDrawnOrMade() {
        Patient patient = Patients.of(base("titanic-mlp"));
        assertThat(treated("class-weights", patient).data().imbalance()).isEqualTo("class-weights");
        assertThat(treated("oversample", patient).data().imbalance()).isEqualTo("oversample");
        assertThat(treated("smote", patient).data().imbalance()).isEqualTo("smote");
        assertThat(applies("smote", Patients.of(base("news-words")))).isFalse();
        assertThat(applies("class-weights", Patients.of(base("mpg-regression"))))
                .isFalse();
    }

    @Test
    void penaltiesThatAreTooLargeGoBackToUsual() {
        String text = with(
                base("titanic-mlp"),
                "optimizer.weight-decay",
                "10",
                "regularization.l2",
                "1",
                "regularization.label-smoothing",
                "0.9",
                "model.layers.2",
                "dropout: 0.97");
        Spec spec = treated("usual-penalties", Patients.of(text));
        assertThat(spec.optimizer().weightDecay()).isEqualTo(0.0001);
        assertThat(spec.regularization().l2()).isZero();
        assertThat(spec.regularization().labelSmoothing()).isEqualTo(0.1);
        assertThat(layers(spec)).contains("{dropout: 0.2}");
        assertThat(layers(treated("no-penalties", Patients.of(text))))
                .containsExactly("{dense: 16}", "relu", "{dense: classes}");
    }

    @Test
    void penaltiesOfHealthySpecsAreUsual() {
        for (Patients.Sample sample : Patients.all()) {
            if (sample.name().startsWith("bases") || sample.name().startsWith("specs")) {
                assertThat(applies("usual-penalties", Patients.of(sample.text())))
                        .as(sample.name())
                        .isFalse();
            }
        }
    }

    @Test
    void augmentationIsMadeMilderOrLeftOut() {
        Patient patient = Patients.of(with(base("digits-mlp"), "data.augment", "[{noise: {deviation: 4}}]"));
        assertThat(treated("milder-augmentation", patient)
                        .data()
                        .augment()
                        .get(0)
                        .amount())
                .isEqualTo(0.1);
        assertThat(treated("no-augmentation", patient).data().augment()).isEmpty();
        assertThat(applies("milder-augmentation", Patients.of(base("digits-mlp"))))
                .isFalse();
    }

    @Test
    void widthsAreRaisedOrBounded() {
        String narrow = with(base("wine-mlp"), "model.layers.0", "dense: 1", "model.layers.2", "dense: 2");
        assertThat(layers(treated("at-least-64-units", Patients.of(narrow))))
                .containsExactly("{dense: 64}", "relu", "{dense: 64}", "relu", "{dense: classes}");
        String wide = with(base("wine-mlp"), "model.layers.0", "dense: 1024");
        assertThat(layers(treated("at-most-64-units", Patients.of(wide))))
                .startsWith("{dense: 64}", "relu", "{dense: 24}");
    }

    @Test
    void batchesComeToAUsualSize() {
        assertThat(treated("batch-of-32", Patients.of(with(base("digits-mlp"), "training.batch-size", "1")))
                        .training()
                        .batchSize())
                .isEqualTo(32);
        assertThat(treated("accumulate-gradients", Patients.of(with(base("digits-mlp"), "training.batch-size", "2")))
                        .training()
                        .accumulate())
                .isEqualTo(16);
        assertThat(treated("batch-of-64", Patients.of(with(base("digits-mlp"), "training.batch-size", "full")))
                        .training()
                        .batchSize())
                .isEqualTo(64);
    }

    @Test
    void longerTrainingStopsEarlyAndKeepsTheBest() {
        Spec spec = treated("three-times-the-epochs", Patients.of(base("digits-mlp")));
        assertThat(spec.training().epochs()).isEqualTo(48);
        assertThat(spec.training().earlyStopping()).isNotNull();
        assertThat(spec.training().earlyStopping().restoreBest()).isTrue();
        assertThat(spec.training().earlyStopping().patience()).isEqualTo(4);
    }

    @Test
    void withoutValidationNothingStopsEarly() {
        Patient patient = Patients.of(with(base("digits-mlp"), "data.validation", "none"));
        assertThat(applies("early-stopping-with-the-best", patient)).isFalse();
    }

    @Test
    void halfPrecisionThatOverflowsBecomesBfloatOnScaledInputs() {
        String text = with(base("digits-mlp"), "training.precision", "float16", "data.normalize", "{divide: 0.00001}");
        Spec spec = treated("bfloat16-and-scaled-inputs", Patients.of(text));
        assertThat(spec.training().precision()).isEqualTo("bfloat16");
        assertThat(spec.data().normalize()).isEqualTo("standard");
    }

    @Test
    void frozenGroupsThawAndOthersStay() {
        String text = with(
                base("digits-mlp"),
                "optimizer.groups",
                "[{match: \"0-dense*\", frozen: true}, {match: \"*.bias\", weight-decay: 0}]");
        assertThat(treated("train-all-parameters", Patients.of(text))
                        .optimizer()
                        .groups())
                .hasSize(1)
                .allMatch(g -> g.match().equals("*.bias"));
    }

    @Test
    void changesAreSmallAndSayWhy() {
        String before = sick("deep-sigmoid");
        String after =
                text("lower-rate-by-range-test", Patients.of(with(before, "optimizer.learning-rate", "5"), 0.02));
        assertThat(after)
                .contains("# between a range test's 0.02 and the usual; 5 overshot")
                .contains("# Illness: many layers");
        List<String> old = before.lines().toList();
        assertThat(after.lines().filter(l -> !old.contains(l))).hasSizeLessThanOrEqualTo(2);
    }
}
