package dev.auscult.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Networks that are well built draw nothing above a remark from any rule, before training and with sound checks beside. */
class HealthyNetworksTest {
    private static final String SOUND_CHECKS = """
            probe loss-at-start loss %s standard-error 0.02 expected %s uniform %s examples 512
            probe one-batch start-loss 2.4 end-loss 0.01 floor 0 steps 200 examples 16
            probe input-independence loss 1.1 shuffled-loss 2.2 zeroed-loss 2.2 standard-error 0.02 start-loss 2.4 steps 200
            probe batch-leakage own 0.8 foreign 0 training-foreign 0 examples 8
            probe reduction loss-ratio 1.0 gradient-ratio 1.0
            probe memory total 1e9 available 1e10 batch 64 largest-batch 600
            probe time step-seconds 0.1 loader-seconds 0.001 total-seconds 600
            probe capacity parameters 20000 examples 5000 outputs 10 sees-all yes
            """;

    private static final Map<String, String> NETWORKS = Map.ofEntries(
            Map.entry("logistic regression", """
                    model input 30 loss cross-entropy task classification outputs 10
                    layer dense 10 initializer zeros
                    """),
            Map.entry("linear regression", """
                    model input 10 loss mse task regression outputs 1
                    layer dense 1
                    """),
            Map.entry("one-output binary", """
                    model input 30 loss binary-cross-entropy task classification outputs 2
                    layer dense 32 activation relu initializer he
                    layer dense 1 initializer glorot
                    """),
            Map.entry("perceptron with heavy dropout in a wide layer", """
                    model input 784 loss cross-entropy task classification outputs 10
                    layer dense 2048 activation relu initializer he
                    layer dropout 0.7
                    layer dense 2048 activation relu initializer he
                    layer dropout 0.7
                    layer dense 10 initializer glorot
                    """),
            Map.entry("perceptron, PyTorch's defaults", """
                    model input 64 loss cross-entropy task classification outputs 10
                    layer dense 128 initializer default
                    layer relu
                    layer dense 64 initializer default
                    layer relu
                    layer dense 10 initializer default
                    """),
            Map.entry("LeNet", """
                    model input 1x28x28 loss cross-entropy task classification outputs 10
                    layer conv 6 kernel 5 padding same activation tanh
                    layer average-pool 2
                    layer conv 16 kernel 5 activation tanh
                    layer average-pool 2
                    layer flatten
                    layer dense 120 activation tanh
                    layer dense 84 activation tanh
                    layer dense 10
                    """),
            Map.entry("VGG with batch normalisation", """
                    model input 3x32x32 loss cross-entropy task classification outputs 10
                    layer sequential times 13
                      layer conv 64 kernel 3 padding same bias false
                      layer batch-norm
                      layer relu
                    layer global-pool average
                    layer dense 10
                    """),
            Map.entry("residual network, post-activation", """
                    model input 3x32x32 loss cross-entropy task classification outputs 10
                    layer conv 16 kernel 3 padding same bias false
                    layer batch-norm
                    layer relu
                    layer sequential times 18
                      layer residual
                        layer conv 16 kernel 3 padding same bias false
                        layer batch-norm
                        layer relu
                        layer conv 16 kernel 3 padding same bias false
                        layer batch-norm
                      layer relu
                    layer global-pool average
                    layer dense 10
                    """),
            Map.entry("wide residual network with dropout", """
                    model input 3x32x32 loss cross-entropy task classification outputs 10
                    layer conv 16 kernel 3 padding same bias false
                    layer residual times 6
                      layer batch-norm
                      layer relu
                      layer conv 160 kernel 3 padding same bias false
                      layer dropout 0.3
                      layer batch-norm
                      layer relu
                      layer conv 16 kernel 3 padding same bias false initializer zeros
                    layer batch-norm
                    layer relu
                    layer global-pool average
                    layer dense 10 initializer zeros
                    """),
            Map.entry("vision transformer", """
                    model input 3x32x32 loss cross-entropy task classification outputs 10
                    layer conv 128 kernel 4 stride 4
                    layer reshape
                    layer positional
                    layer transformer-block 4 dropout 0.1 times 12
                    layer layer-norm
                    layer dense 10
                    """),
            Map.entry("language model", """
                    model input 64 loss cross-entropy task language-model outputs 8000
                    layer embedding 128 vocabulary 8000 initializer normal:0.02
                    layer positional
                    layer dropout 0.1
                    layer transformer-block 4 times 8 initializer normal:0.02
                    layer layer-norm
                    layer dense 8000 initializer normal:0.02
                    """),
            Map.entry("LSTM on words", """
                    model input 200 loss cross-entropy task classification outputs 4
                    layer embedding 100 vocabulary 20000
                    layer dropout 0.5
                    layer lstm 64 return all
                    layer lstm 64
                    layer dropout 0.5
                    layer dense 4
                    """),
            Map.entry("autoencoder with a sigmoid output for pixels", """
                    model input 784 loss mse task regression outputs 784
                    layer dense 256 activation relu
                    layer dense 32
                    layer dense 256 activation relu
                    layer dense 784 activation sigmoid
                    """),
            Map.entry("linear probe", """
                    model input 3x32x32 loss cross-entropy task classification outputs 10
                    layer conv 64 kernel 3 padding same activation relu times 25 frozen
                    layer global-pool average
                    layer dense 64 frozen
                    layer dense 10
                    """),
            Map.entry("self-normalising network", """
                    model input 64 loss cross-entropy task classification outputs 10
                    layer dense 64 activation selu initializer lecun times 30
                    layer dense 10 initializer lecun
                    """),
            Map.entry("depthwise separable convolutions", """
                    model input 3x32x32 loss cross-entropy task classification outputs 10
                    layer conv 32 kernel 3 padding same bias false
                    layer batch-norm
                    layer relu
                    layer sequential times 6
                      layer conv 32 kernel 3 padding same groups 32 bias false
                      layer batch-norm
                      layer relu
                      layer conv 32 kernel 1 bias false
                      layer batch-norm
                      layer relu
                    layer global-pool average
                    layer dense 10
                    """),
            Map.entry("multi-label", """
                    model input 100 loss binary-cross-entropy task multi-label outputs 14
                    layer dense 64 activation gelu
                    layer layer-norm
                    layer dense 14
                    """));

    @TestFactory
    Stream<DynamicTest> isLeftAlone() {
        return NETWORKS.entrySet().stream()
                .map(network -> DynamicTest.dynamicTest(network.getKey(), () -> {
                    String uniform = network.getValue().contains("mse")
                            ? "0"
                            : network.getValue().contains("binary-cross-entropy") ? "0.693" : "2.303";
                    String expected = uniform.equals("0") ? "0.1" : uniform;
                    String checks = SOUND_CHECKS.formatted(uniform.equals("0") ? "0.16" : uniform, expected, uniform);
                    for (String text : List.of(network.getValue(), network.getValue() + checks)) {
                        Diagnosis diagnosis =
                                new Doctor(RuleBook.rules(), Map.of()).examine(CaseRun.parse(network.getKey(), text));
                        assertThat(diagnosis.faults()).isEmpty();
                        assertThat(diagnosis.findings().stream()
                                        .filter(f -> f.severity().isAtLeast(Severity.LOW))
                                        .map(f -> f.rule().name() + " " + f.score() + ", " + f.summary()))
                                .isEmpty();
                    }
                }));
    }
}
