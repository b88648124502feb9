package dev.auscult.train.loop;

import java.util.List;
import java.util.Objects;

import dev.auscult.data.Examples;
import dev.auscult.data.Loader;
import dev.auscult.data.LoaderSettings;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.record.Pictures;
import dev.auscult.train.record.Recorder;

/**
 * Pictures of a network for its recording: filters, feature maps and attention maps of the same few examples, after 1, 2, 4,
 * 8 … epochs, since a network changes most at the start.
 */
final class Gallery {
    private static final int EXAMPLES = 4;

    private final Setup setup;
    private final Recorder recorder;

    Gallery(Setup setup, Recorder recorder) {
        this.setup = setup;
        this.recorder = recorder;
    }

    /**
     * Adds the pictures that are due.
     *
     * @param epochs epochs completed, at least one
     * @param step the step that the pictures follow
     */
    @SuppressWarnings("try") // Scopes work by being open.
    void epochDone(int epochs, long step) {
        if (!setup.spec().record().images() || Integer.bitCount(epochs) != 1) {
            return;
        }
        Engine engine = setup.engine();
        Examples examples = setup.data()
                .validation()
                .filter(e -> e.size() > 0)
                .orElseGet(() -> setup.data().train());
        LoaderSettings first = new LoaderSettings(Math.min(EXAMPLES, examples.size()), false, false, List.of(), 0);
        try (Loader loader = Loader.of(examples, first);
                Scope scope = engine.scope()) {
            loader.startEpoch(0, 0);
            BatchTensors tensors = new BatchTensors(engine, setup.data().shape());
            Pictures.record(
                    recorder,
                    setup.network(),
                    engine,
                    tensors.input(Objects.requireNonNull(loader.next(), "there is an example")),
                    step);
        }
    }
}
