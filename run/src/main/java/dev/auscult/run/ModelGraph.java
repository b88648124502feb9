package dev.auscult.run;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * The network: its layers in order of execution, its output and its loss.
 *
 * @param layers outermost layers in order
 * @param output what the last layer gives ({@code logits}, {@code probabilities}, {@code values}); empty if unknown
 * @param loss name of the loss; empty if unknown
 * @param task what is predicted ({@code classification}, {@code regression}, {@code multi-label}, {@code language-model});
 *     empty if unknown
 * @param outputs number of classes, labels or numbers to predict; 0 if unknown
 */
public record ModelGraph(List<Layer> layers, String output, String loss, String task, long outputs) {
    /** A graph of which the task is not known. */
    public ModelGraph(List<Layer> layers, String output, String loss) {
        this(layers, output, loss, "", 0);
    }

    public ModelGraph {
        layers = List.copyOf(layers);
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(loss, "loss");
        Objects.requireNonNull(task, "task");
    }

    /**
     * One layer.
     *
     * @param name path of the layer
     * @param type type in the vocabulary of the training spec ({@code dense}, {@code conv})
     * @param activation activation folded into the layer; empty if none
     * @param inputShape shape without the batch axis; empty if unknown
     * @param outputShape shape without the batch axis; empty if unknown
     * @param parameters number of parameters, absent if unknown
     * @param trainable false if frozen by declaration
     * @param initializer how the weights were set at the start; empty if unknown
     * @param options settings of the layer in the vocabulary of the training spec ({@code kernel}, {@code stride}, {@code
     *     rate}, {@code bias})
     * @param children layers inside (residual, attention)
     */
    public record Layer(
            String name,
            String type,
            String activation,
            List<Long> inputShape,
            List<Long> outputShape,
            OptionalLong parameters,
            boolean trainable,
            String initializer,
            Map<String, String> options,
            List<Layer> children) {
        public Layer {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(activation, "activation");
            Objects.requireNonNull(initializer, "initializer");
            inputShape = List.copyOf(inputShape);
            outputShape = List.copyOf(outputShape);
            options = Map.copyOf(options);
            children = List.copyOf(children);
        }
    }
}
