package dev.auscult.train.loop;

import dev.auscult.data.Batch;
import dev.auscult.data.DataShape;
import dev.auscult.data.Task;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.Tensor;

/** Turns the arrays of a batch into tensors, which die with the scope that is open. */
public final class BatchTensors {
    private final Engine engine;
    private final DataShape shape;

    public BatchTensors(Engine engine, DataShape shape) {
        this.engine = engine;
        this.shape = shape;
    }

    /** The inputs [size, shape…]. */
    public Tensor input(Batch batch) {
        long[] extents = new long[batch.shape.length + 1];
        extents[0] = batch.size;
        System.arraycopy(batch.shape, 0, extents, 1, batch.shape.length);
        return shape.tokens() ? engine.of(batch.tokens, extents) : engine.of(batch.inputs, extents);
    }

    /** Classes [size], next tokens [size, length], or numbers and probabilities [size, outputs]. */
    public Tensor target(Batch batch) {
        if (shape.task() == Task.LANGUAGE_MODEL) {
            return engine.of(batch.classes, batch.size, batch.classes.length / capacity(batch));
        }
        if (shape.task() == Task.CLASSIFICATION && batch.values.length == 0) {
            return engine.of(batch.classes, batch.size);
        }
        return engine.of(batch.values, batch.size, shape.outputs());
    }

    /** Examples that the arrays of a batch have room for. */
    private static int capacity(Batch batch) {
        return batch.indices.length;
    }
}
