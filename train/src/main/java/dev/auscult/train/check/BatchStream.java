package dev.auscult.train.check;

import java.util.List;

import dev.auscult.data.Batch;
import dev.auscult.data.DataSettings.Augment;
import dev.auscult.data.Loader;
import dev.auscult.data.LoaderSettings;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.loop.BatchTensors;
import dev.auscult.train.loop.Setup;
import org.jspecify.annotations.Nullable;

/** The training examples in shuffled batches without end, of one size. */
final class BatchStream implements AutoCloseable {
    private final Loader loader;
    private final BatchTensors tensors;
    private int epoch;
    private boolean started;

    BatchStream(Setup setup, int batchSize, List<Augment> augment) {
        int size = Math.max(1, Math.min(batchSize, setup.data().train().size()));
        this.tensors = new BatchTensors(setup.engine(), setup.data().shape());
        this.loader = Loader.of(
                setup.data().train(),
                new LoaderSettings(size, true, true, augment, setup.spec().seed()));
    }

    /** The next batch; its arrays are valid until the one after is asked for. */
    Batch next() {
        @Nullable Batch batch = started ? loader.next() : null;
        while (batch == null) {
            loader.startEpoch(epoch++, 0);
            started = true;
            batch = loader.next();
        }
        return batch;
    }

    /** The inputs as a tensor of the scope that is open. */
    Tensor input(Batch batch) {
        return tensors.input(batch);
    }

    Tensor target(Batch batch) {
        return tensors.target(batch);
    }

    /** The first examples of the stream, as tensors that are to be closed. */
    static Sample sample(Setup setup, int size) {
        try (BatchStream stream = new BatchStream(setup, size, List.of())) {
            Batch batch = stream.next();
            return new Sample(stream.input(batch).keep(), stream.target(batch).keep(), batch.size);
        }
    }

    long waitedNanos() {
        return loader.waitedNanos();
    }

    @Override
    public void close() {
        loader.close();
    }
}
