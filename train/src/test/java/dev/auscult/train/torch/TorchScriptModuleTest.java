package dev.auscult.train.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

import dev.auscult.train.engine.DType;
import dev.auscult.train.engine.EngineException;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.ScriptModule;
import dev.auscult.train.engine.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A network that PyTorch scripted, part by part (bench/oracle/script.py). */
@SuppressWarnings("try") // scopes are opened for what their end does
class TorchScriptModuleTest {
    private final TorchEngine engine = TorchEngine.open("cpu", 1);
    private final JsonNode wanted =
            JsonMapper.shared().readTree(resource("net.json").toFile());
    private ScriptModule net = engine.script(resource("net.pt"));

    @BeforeEach
    void evaluate() {
        net.train(false);
    }

    @AfterEach
    void close() {
        net.close();
        engine.close();
    }

    private static Path resource(String name) {
        try {
            return Path.of(Objects.requireNonNull(TorchScriptModuleTest.class.getResource(name))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private double[] numbers(String name) {
        return wanted.get(name).valueStream().mapToDouble(JsonNode::asDouble).toArray();
    }

    private Tensor inputs() {
        return engine.of(numbers("inputs"), 2, 1, 4, 4).to(DType.FLOAT32);
    }

    @Test
    void hasItsParts() {
        assertThat(net.type()).isEqualTo("Net");
        assertThat(net.parameters()).containsOnlyKeys("scale");
        assertThat(net.buffers()).isEmpty();
        assertThat(net.children().keySet()).containsExactly("body", "head");
        ScriptModule body = Objects.requireNonNull(net.children().get("body"));
        assertThat(body.type()).isEqualTo("Sequential");
        assertThat(body.children().values().stream().map(ScriptModule::type))
                .containsExactly("Conv2d", "BatchNorm2d", "ReLU", "Dropout");
        ScriptModule norm = Objects.requireNonNull(body.children().get("1"));
        assertThat(norm.parameters().keySet()).containsExactly("weight", "bias");
        assertThat(norm.buffers().keySet()).containsExactly("running_mean", "running_var", "num_batches_tracked");
        assertThat(Objects.requireNonNull(norm.parameters().get("weight")).requiresGradient())
                .isTrue();
    }

    @Test
    void computesWhatPyTorchComputes() {
        try (Scope scope = engine.scope()) {
            Tensor output = net.forward(List.of(inputs()));
            assertThat(output.shape()).containsExactly(2, 3);
            assertThat(output.toDoubles()).containsExactly(numbers("output"), within(1e-5));
            output.sum().backward();
            Tensor scale = Objects.requireNonNull(net.parameters().get("scale"));
            assertThat(scale.gradient().orElseThrow().item())
                    .isCloseTo(wanted.get("scale-gradient").asDouble(), within(1e-5));
            ScriptModule body = Objects.requireNonNull(net.children().get("body"));
            ScriptModule conv = Objects.requireNonNull(body.children().get("0"));
            Tensor weight = Objects.requireNonNull(conv.parameters().get("weight"));
            assertThat(weight.gradient().orElseThrow().toDoubles())
                    .containsExactly(numbers("weight-gradient"), within(1e-5));
        }
    }

    @Test
    void itsPartsMakeTheWhole() {
        try (Scope scope = engine.scope()) {
            Tensor value = inputs();
            for (ScriptModule layer : Objects.requireNonNull(net.children().get("body"))
                    .children()
                    .values()) {
                value = layer.forward(List.of(value));
            }
            assertThat(value.toDoubles()).containsExactly(numbers("body"), within(1e-6));
        }
    }

    @Test
    void changesOfItsParametersAreSeen() {
        Objects.requireNonNull(net.parameters().get("scale")).copyFrom(new float[] {4});
        double[] doubled = numbers("output");
        for (int i = 0; i < doubled.length; i++) {
            doubled[i] *= 2;
        }
        assertThat(net.forward(List.of(inputs())).toDoubles()).containsExactly(doubled, within(1e-5));
    }

    @Test
    void trainsFromItsFirstForwardPass() {
        net.close();
        net = engine.script(resource("net.pt"));
        net.train(true);
        ScriptModule body = Objects.requireNonNull(net.children().get("body"));
        Tensor seen = Objects.requireNonNull(
                Objects.requireNonNull(body.children().get("1")).buffers().get("num_batches_tracked"));
        net.forward(List.of(inputs()));
        assertThat(seen.item()).isEqualTo(1);
        net.train(false);
        net.forward(List.of(inputs()));
        assertThat(seen.item()).isEqualTo(1);
    }

    @Test
    void canBeReadOverAndOver() {
        for (int round = 0; round < 100; round++) {
            try (Scope scope = engine.scope();
                    ScriptModule again = engine.script(resource("net.pt"))) {
                assertThat(again.children()).hasSize(2);
            }
        }
    }

    @Test
    void refusesInputsThatDoNotFit() {
        assertThatThrownBy(() -> net.forward(List.of(engine.full(1, 2, 2))))
                .isInstanceOf(EngineException.class)
                .hasMessageStartingWith("forward of Net of float32 [2, 2]: ")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void outlivesTheScopeItWasReadIn() {
        ScriptModule read;
        try (Scope scope = engine.scope()) {
            read = engine.script(resource("net.pt"));
        }
        read.train(false);
        assertThat(read.forward(List.of(inputs())).toDoubles()).containsExactly(numbers("output"), within(1e-5));
        read.close();
    }
}
