package dev.auscult.train.model;

import java.util.List;
import java.util.Map;

import dev.auscult.run.ModelGraph;
import dev.auscult.train.engine.Tensor;

/** A network that can be trained and listened to. */
public interface Network extends AutoCloseable {
    /**
     * Runs forward.
     *
     * @param input [batch, shape…]; INT64 for tokens
     * @return what the last layer gives
     */
    Tensor forward(Tensor input, Pass pass);

    /** All parameters in order of execution. */
    List<Parameter> parameters();

    /** Numbers that are part of the network but not trained, by path ({@code 1-batch-norm.running-mean}), in order. */
    Map<String, Tensor> buffers();

    /** What the network looks like, with shapes and parameter counts. */
    ModelGraph graph();

    /** Number of elements of all parameters. */
    default long parameterCount() {
        return parameters().stream().mapToLong(p -> p.tensor().count()).sum();
    }

    @Override
    void close();
}
