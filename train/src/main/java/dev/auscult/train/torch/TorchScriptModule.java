package dev.auscult.train.torch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.auscult.train.engine.EngineException;
import dev.auscult.train.engine.ScriptModule;
import dev.auscult.train.engine.Tensor;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.NamedJitModule;
import org.bytedeco.pytorch.NamedTensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.named_buffer_iterator;
import org.bytedeco.pytorch.named_buffer_list;
import org.bytedeco.pytorch.named_module_iterator;
import org.bytedeco.pytorch.named_module_list;
import org.bytedeco.pytorch.named_parameter_iterator;
import org.bytedeco.pytorch.named_parameter_list;

/**
 * A TorchScript module and its parts, all of which live until the whole is closed.
 *
 * <p>The lists of libtorch's just-in-time compiler are walked by their size: to compare an iterator with the end runs
 * past it.
 */
@SuppressWarnings("try") // scopes are opened for what their end does
final class TorchScriptModule implements ScriptModule {
    private final TorchEngine engine;
    private final JitModule module;
    private final String type;
    private final Map<String, Tensor> parameters;
    private final Map<String, Tensor> buffers;
    private final Map<String, ScriptModule> children;

    private TorchScriptModule(TorchEngine engine, JitModule module) {
        this.engine = engine;
        this.module = Natives.lasting(module);
        try (PointerScope scope = new PointerScope()) {
            this.type = module.type().name().get().name().getString();
            this.parameters = parametersOf(engine, module);
            this.buffers = buffersOf(engine, module);
            this.children = childrenOf(engine, module);
        }
    }

    static ScriptModule read(TorchEngine engine, Path file, DeviceOptional device) {
        if (!Files.isReadable(file)) {
            throw new EngineException("cannot read " + file + "; a file that torch.jit.save wrote is needed");
        }
        return new TorchScriptModule(engine, torch.load(file.toString(), device, true));
    }

    private static Map<String, Tensor> parametersOf(TorchEngine engine, JitModule module) {
        Map<String, Tensor> found = new LinkedHashMap<>();
        named_parameter_list list = module.named_parameters(false);
        named_parameter_iterator place = list.begin();
        for (long i = 0, size = list.size(); i < size; i++) {
            add(engine, found, place.access());
            place.increment();
        }
        return Collections.unmodifiableMap(found);
    }

    private static Map<String, Tensor> buffersOf(TorchEngine engine, JitModule module) {
        Map<String, Tensor> found = new LinkedHashMap<>();
        named_buffer_list list = module.named_buffers(false);
        named_buffer_iterator place = list.begin();
        for (long i = 0, size = list.size(); i < size; i++) {
            add(engine, found, place.access());
            place.increment();
        }
        return Collections.unmodifiableMap(found);
    }

    private static void add(TorchEngine engine, Map<String, Tensor> found, NamedTensor named) {
        found.put(
                named.name().getString(),
                new TorchTensor(engine, new org.bytedeco.pytorch.Tensor(named.value())).keep());
    }

    private static Map<String, ScriptModule> childrenOf(TorchEngine engine, JitModule module) {
        Map<String, ScriptModule> found = new LinkedHashMap<>();
        named_module_list list = module.named_children();
        named_module_iterator place = list.begin();
        for (long i = 0, size = list.size(); i < size; i++) {
            NamedJitModule named = place.access();
            found.put(named.name().getString(), new TorchScriptModule(engine, new JitModule(named.value())));
            place.increment();
        }
        return Collections.unmodifiableMap(found);
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public Map<String, Tensor> parameters() {
        return parameters;
    }

    @Override
    public Map<String, Tensor> buffers() {
        return buffers;
    }

    @Override
    public Map<String, ScriptModule> children() {
        return children;
    }

    @Override
    public void train(boolean training) {
        try {
            module.train(training);
        } catch (RuntimeException e) {
            throw Calls.refused(e, "train " + type);
        }
    }

    @Override
    public Tensor forward(List<Tensor> inputs) {
        List<org.bytedeco.pytorch.Tensor> operands = new ArrayList<>(inputs.size());
        try (IValueVector stack = new IValueVector()) {
            for (Tensor input : inputs) {
                org.bytedeco.pytorch.Tensor raw = TorchTensor.raw(input);
                operands.add(raw);
                try (IValue value = new IValue(raw)) {
                    stack.push_back(value);
                }
            }
            try (IValue output = module.forward(stack)) {
                if (!output.isTensor()) {
                    throw new EngineException("forward of " + type + ": wanted one tensor, found "
                            + output.tagKind().getString());
                }
                // A handle of its own: the one inside dies with the output.
                return new TorchTensor(engine, new org.bytedeco.pytorch.Tensor(output.toTensor()));
            }
        } catch (RuntimeException e) {
            throw Calls.refused(e, "forward of " + type, operands.toArray(new org.bytedeco.pytorch.Tensor[0]));
        }
    }

    @Override
    public void close() {
        children.values().forEach(ScriptModule::close);
        parameters.values().forEach(Tensor::close);
        buffers.values().forEach(Tensor::close);
        module.deallocate();
    }
}
