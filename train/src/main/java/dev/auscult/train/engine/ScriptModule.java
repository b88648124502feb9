package dev.auscult.train.engine;

import java.util.List;
import java.util.Map;

/** A network that was saved as TorchScript, with its parts. */
public interface ScriptModule extends AutoCloseable {
    /** Name of the class it was scripted from. */
    String type();

    /** Its own parameters by name, without those of its children. */
    Map<String, Tensor> parameters();

    /** Its own buffers by name, without those of its children. */
    Map<String, Tensor> buffers();

    /** Its children by name, in order. */
    Map<String, ScriptModule> children();

    /** Switches it and its children to training or to evaluation. */
    void train(boolean training);

    Tensor forward(List<Tensor> inputs);

    @Override
    void close();
}
