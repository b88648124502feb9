package dev.auscult.train.torch;

import dev.auscult.train.engine.EngineException;
import dev.auscult.train.engine.RandomSource;
import dev.auscult.train.engine.Tensor;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * A generator of libtorch with a state of its own; the global one is shared by all that runs in the process.
 *
 * <p>Numbers are drawn on the CPU whatever the device, so that a seed gives the same numbers everywhere.
 */
@SuppressWarnings("try") // scopes are opened for what their end does
final class TorchRandom implements RandomSource {
    private final TorchEngine engine;
    private final Generator generator;
    private final GeneratorOptional chosen;

    TorchRandom(TorchEngine engine, long seed) {
        this.engine = engine;
        this.generator = Natives.lasting(torch.make_generator_cpu(seed));
        this.chosen = Natives.lasting(new GeneratorOptional(generator));
    }

    @Override
    public Tensor normal(double mean, double standardDeviation, long... shape) {
        try {
            org.bytedeco.pytorch.Tensor numbers = engine.blank(shape);
            numbers.normal_(mean, standardDeviation, chosen);
            return new TorchTensor(engine, engine.placed(numbers));
        } catch (RuntimeException e) {
            throw Calls.refused(e, "normal");
        }
    }

    @Override
    public Tensor uniform(double low, double high, long... shape) {
        try {
            org.bytedeco.pytorch.Tensor numbers = engine.blank(shape);
            numbers.uniform_(low, high, chosen);
            return new TorchTensor(engine, engine.placed(numbers));
        } catch (RuntimeException e) {
            throw Calls.refused(e, "uniform");
        }
    }

    @Override
    public Tensor bernoulli(double probability, long... shape) {
        try {
            org.bytedeco.pytorch.Tensor numbers = engine.blank(shape);
            numbers.bernoulli_(probability, chosen);
            return new TorchTensor(engine, engine.placed(numbers));
        } catch (RuntimeException e) {
            throw Calls.refused(e, "bernoulli");
        }
    }

    @Override
    public byte[] state() {
        try (PointerScope scope = new PointerScope()) {
            org.bytedeco.pytorch.Tensor state = generator.get_state();
            byte[] bytes = new byte[Math.toIntExact(state.numel())];
            state.data_ptr_byte().get(bytes);
            return bytes;
        } catch (RuntimeException e) {
            throw Calls.refused(e, "state");
        }
    }

    @Override
    public void restore(byte[] state) {
        try (PointerScope scope = new PointerScope()) {
            org.bytedeco.pytorch.Tensor bytes = generator.get_state();
            if (state.length != bytes.numel()) {
                throw new EngineException(
                        "a state of the generator has " + bytes.numel() + " bytes, found " + state.length);
            }
            bytes.data_ptr_byte().put(state);
            generator.set_state(bytes);
        } catch (RuntimeException e) {
            throw Calls.refused(e, "restore");
        }
    }

    @Override
    public void close() {
        chosen.deallocate();
        generator.deallocate();
    }
}
