package dev.auscult.intake.tensors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TensorNamesTest {
    @ParameterizedTest
    @CsvSource({
        // our recordings
        "weights/fc1/weight, fc1, weight, WEIGHT",
        "gradients/block/0/fc1/bias, block/0/fc1, bias, GRADIENT",
        "updates/fc1/weight, fc1, weight, UPDATE",
        "activations/relu1, relu1, '', ACTIVATION",
        "activation_gradients/relu1, relu1, '', ACTIVATION_GRADIENT",
        // Keras
        "dense/kernel_0, dense, kernel, WEIGHT",
        "dense/kernel_0/histogram, dense, kernel, WEIGHT",
        "dense_1/bias_0, dense_1, bias, WEIGHT",
        "bn/moving_mean_0, bn, moving_mean, WEIGHT",
        "layer/kernel_0_grad, layer, kernel, GRADIENT",
        "dense_1_out, dense_1, '', ACTIVATION",
        "sequential/dense/out, sequential/dense, '', ACTIVATION",
        // PyTorch
        "fc1.weight, fc1, weight, WEIGHT",
        "fc1.weight.grad, fc1, weight, GRADIENT",
        "fc1.weight/grad, fc1, weight, GRADIENT",
        "grad/fc1.weight, fc1, weight, GRADIENT",
        "gradients/layers.0.fc1.bias, layers.0.fc1, bias, GRADIENT",
        "weights/fc1.weight, fc1, weight, WEIGHT",
        "params/rnn.weight_ih_l0, rnn, weight_ih_l0, WEIGHT",
        "histograms/fc1.weight, fc1, weight, WEIGHT",
        "gradients/encoder, encoder, '', GRADIENT",
        // wandb.watch
        "gradients/graph_3layers.7.bias, layers.7, bias, GRADIENT",
        "parameters/fc.weight, fc, weight, WEIGHT",
        // TensorFlow 1
        "conv1/weights/summaries/histogram, conv1, weights, WEIGHT",
        "inference/Conv1/summaries_1/histogram, inference/Conv1, summaries_1, WEIGHT",
        "layer1/activations, layer1, '', ACTIVATION",
    })
    void tellsTheTensorFromTheTag(String tag, String layer, String parameter, String kind) {
        assertThat(TensorNames.tensor(tag)).hasValueSatisfying(key -> {
            assertThat(key.layer()).isEqualTo(layer);
            assertThat(key.parameter()).isEqualTo(parameter);
            assertThat(key.kind()).hasToString(kind);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "fc1", "predictions", "labels/histogram", "train/epoch_times"})
    void doesNotGuess(String tag) {
        assertThat(TensorNames.tensor(tag)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "gradients/fc1/weight/nonfinite, NON_FINITE, gradients/fc1/weight",
        "weights/fc1/weight/zeros, ZEROS, weights/fc1/weight",
        "activations/relu1/inactive, INACTIVE, activations/relu1"
    })
    void knowsTheCountsBesideAHistogram(String tag, TensorNames.Extra extra, String histogram) {
        assertThat(TensorNames.Extra.of(tag)).contains(extra);
        assertThat(extra.histogram(tag)).isEqualTo(histogram);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zeros", "train/zeros", "weights/fc1"})
    void leavesOtherScalarsAlone(String tag) {
        assertThat(TensorNames.Extra.of(tag)).isEmpty();
    }
}
