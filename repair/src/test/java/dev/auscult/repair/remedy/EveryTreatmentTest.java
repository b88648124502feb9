package dev.auscult.repair.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.auscult.diagnose.Remedy.Safety;
import dev.auscult.train.engine.DType;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.loss.Criterion;
import dev.auscult.train.model.Network;
import dev.auscult.train.model.Networks;
import dev.auscult.train.spec.Spec;
import dev.auscult.train.spec.SpecEdit;
import dev.auscult.train.spec.SpecEdit.Change;
import dev.auscult.train.torch.TorchEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every treatment on every spec that there is, well or sick. */
class EveryTreatmentTest {
    /** Treatments that go on by a factor when they are given again. */
    private static final Set<String> GRADED = Set.of(
            "a-third-of-the-rate",
            "a-tenth-of-the-rate",
            "three-times-the-rate",
            "three-times-the-epochs",
            "ten-times-the-epochs",
            "one-layer-more",
            "smaller-batch-same-step",
            "batch-norm-on-inputs");

    private static Engine engine;

    @BeforeAll
    static void open() {
        engine = TorchEngine.open("cpu", 1);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    static List<Patients.Sample> samples() {
        return Patients.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void whatATreatmentMakesIsASpecOfANetworkThatCanBeBuilt(Patients.Sample sample) {
        for (double rate : new double[] {Double.NaN, 0.004}) {
            Patient patient = Patients.of(sample.text(), rate);
            Set<String> seen = new LinkedHashSet<>();
            for (Treatment treatment : Formulary.all()) {
                List<Change> changes = treatment.edits().of(patient);
                if (changes.isEmpty()) {
                    continue;
                }
                String text = SpecEdit.apply("patient.yaml", sample.text(), changes);
                Spec after = Patients.parse(text);
                assertThat(after).as(treatment.name()).isNotEqualTo(patient.spec());
                assertThat(changes).as(treatment.name()).anyMatch(c -> !c.why().isEmpty());
                again(treatment, text, after, rate);
                if (seen.add(text)) {
                    build(treatment.name(), after, sample);
                }
            }
            assertThat(seen).hasSizeGreaterThan(5);
        }
    }

    /** The second time nothing is left to change, or the treatment is one that goes on. */
    private static void again(Treatment treatment, String text, Spec after, double rate) {
        String name = treatment.name().replaceAll("-for-" + treatment.cause().label() + "$", "");
        if (!GRADED.contains(name)) {
            assertThat(treatment.edits().of(Patients.of(text, rate)))
                    .as("%s again on %s", treatment.name(), after.model())
                    .isEmpty();
        }
    }

    private static void build(String name, Spec spec, Patients.Sample sample) {
        try (Criterion criterion =
                        Criterion.of(spec.loss(), spec.regularization(), sample.shape(), new double[0], engine);
                Network network = Networks.of(spec.model(), sample.shape())
                        .base(Path.of(""))
                        .loss(criterion.name())
                        .type(DType.FLOAT32)
                        .frozen(path -> false)
                        .build(engine, 1)) {
            assertThat(network.parameterCount()).as(name).isPositive();
        } catch (RuntimeException e) {
            throw new AssertionError(name + " on " + sample + ": " + e.getMessage(), e);
        }
    }

    @Test
    void whatIsSafeTouchesNeitherNetworkNorLossNorRate() {
        List<String> touched = new ArrayList<>();
        for (Patients.Sample sample : samples()) {
            Patient patient = Patients.of(sample.text());
            for (Treatment treatment : Formulary.all()) {
                List<Change> changes =
                        treatment.safety() == Safety.SAFE ? treatment.edits().of(patient) : List.of();
                changes.stream()
                        .map(Change::key)
                        .filter(k -> k.startsWith("model")
                                || k.startsWith("loss")
                                || k.startsWith("regularization")
                                || k.equals("optimizer.learning-rate"))
                        .forEach(k -> touched.add(treatment.name() + " " + k));
            }
        }
        assertThat(touched).isEmpty();
    }

    @Test
    void aDerivedNetworkIsNotEditedByLayers() {
        Patient derived = Patients.of("data: {train: a.csv, target: y}\n");
        for (Treatment treatment : Formulary.all()) {
            assertThat(treatment.edits().of(derived)).noneMatch(c -> c.key().startsWith("model.layers"));
        }
    }

    @Test
    void aSpecWithAnchorsIsLeftToAPerson() {
        Patient patient = Patients.of("""
                data: {train: a.csv, target: y, task: classification}
                model: {layers: [&a {dense: 8}, sigmoid, *a, sigmoid, {dense: classes}]}
                optimizer: &o {type: sgd, learning-rate: 9}
                """);
        for (Treatment treatment : Formulary.all()) {
            List<Change> changes = treatment.edits().of(patient);
            if (!changes.isEmpty()) {
                assertThat(Patients.parse(SpecEdit.apply("patient.yaml", patient.text(), changes)))
                        .isNotEqualTo(patient.spec());
            }
        }
    }
}
