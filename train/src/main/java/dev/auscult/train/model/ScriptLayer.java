package dev.auscult.train.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import dev.auscult.data.Extents;
import dev.auscult.train.engine.DType;
import dev.auscult.train.engine.EngineException;
import dev.auscult.train.engine.RandomSource;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.ScriptModule;
import dev.auscult.train.engine.Tensor;

/**
 * A network that was saved as TorchScript, with its weights, trainable and in training or evaluation mode as the rest.
 *
 * <p>Where it is a plain chain of its children (tried out: running them one after another gives the same numbers on random
 * inputs), each child is a layer that can be listened to; else it is one layer. Dropout inside draws from the engine's own
 * generator, which each training pass seeds from that of the run, so that a training can be repeated and continued.
 */
final class ScriptLayer {
    private static final int TRIED_EXAMPLES = 2;
    private static final double TOLERANCE = 1e-5;

    /** Layers of the spec by the class that PyTorch calls them; others keep their own name in small letters. */
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("linear", "dense"),
            Map.entry("conv1d", "conv"),
            Map.entry("conv2d", "conv"),
            Map.entry("maxpool1d", "max-pool"),
            Map.entry("maxpool2d", "max-pool"),
            Map.entry("avgpool1d", "average-pool"),
            Map.entry("avgpool2d", "average-pool"),
            Map.entry("adaptiveavgpool2d", "global-pool"),
            Map.entry("batchnorm1d", "batch-norm"),
            Map.entry("batchnorm2d", "batch-norm"),
            Map.entry("layernorm", "layer-norm"),
            Map.entry("groupnorm", "group-norm"),
            Map.entry("leakyrelu", "leaky-relu"),
            Map.entry("logsoftmax", "log-softmax"),
            Map.entry("multiheadattention", "attention"),
            Map.entry("transformerencoderlayer", "transformer-block"));

    private ScriptLayer() {}

    @SuppressWarnings("try") // A scope works by being open.
    static Layer build(Site site) {
        Assembly assembly = site.assembly();
        if (assembly.type() != DType.FLOAT32) {
            throw site.refuse("has numbers of its own in float32, found a network in " + assembly.type());
        }
        ScriptModule module;
        try {
            module = assembly.hold(assembly.engine().script(assembly.base().resolve(site.word("path"))));
        } catch (EngineException e) {
            throw site.refuse("cannot be read", e);
        }
        module.train(false);
        try (Scope scope = assembly.engine().scope();
                Scope still = assembly.engine().withoutGradients();
                RandomSource random = assembly.engine().random(0)) {
            Tensor tried = trial(assembly, site.input(), random);
            return layer(site, module, tried);
        } catch (EngineException e) {
            throw site.refuse("does not run on " + site.input().words(), e);
        }
    }

    /** A module that is switched only where the mode changes. */
    private static final class Mode {
        private final ScriptModule module;
        private boolean training;

        Mode(ScriptModule module) {
            this.module = module;
        }

        Tensor forward(Tensor in, Flow flow) {
            if (flow.training() != training) {
                training = flow.training();
                module.train(training);
            }
            if (training) {
                seed(flow);
            }
            return module.forward(List.of(in));
        }

        /** A float32 holds 24 bits of a whole number. */
        private static void seed(Flow flow) {
            float[] halves = flow.pass().random().uniform(0, 1 << 24, 2).toFloats();
            flow.engine().seedScripts(((long) halves[0] << 24) + (long) halves[1]);
        }
    }

    private static Tensor trial(Assembly assembly, Form form, RandomSource random) {
        long[] shape = batched(form.shape());
        if (form.kind() == Form.Kind.TOKENS) {
            long[] tokens =
                    new long[Math.toIntExact(TRIED_EXAMPLES * form.shape().elements())];
            Arrays.setAll(tokens, i -> i % Math.max(1, assembly.data().vocabulary()));
            return assembly.engine().of(tokens, shape);
        }
        return random.normal(0, 1, shape);
    }

    private static long[] batched(Extents shape) {
        long[] whole = new long[shape.rank() + 1];
        whole[0] = TRIED_EXAMPLES;
        for (int i = 0; i < shape.rank(); i++) {
            whole[i + 1] = shape.axes().get(i);
        }
        return whole;
    }

    /** The layer for a module at a site, given what flows into it. */
    private static Layer layer(Site site, ScriptModule module, Tensor in) {
        Tensor out = module.forward(List.of(in));
        site.gives(form(out, site.input()));
        Optional<List<Tensor>> between = chain(module, in, out);
        if (between.isEmpty()) {
            adopt(site, module, "");
            return new Mode(module)::forward;
        }
        List<ScriptModule> parts = List.copyOf(module.children().values());
        Form flowing = site.input();
        for (int i = 0; i < parts.size(); i++) {
            Node child = node(site, parts.get(i), i, flowing, between.get().get(i));
            flowing = child.output();
            site.add(child);
        }
        List<Node> nodes = site.built();
        return (x, flow) -> Node.forward(nodes, x, flow);
    }

    private static Node node(Site parent, ScriptModule part, int index, Form input, Tensor in) {
        String type = type(part);
        Site site = parent.inner(index + "-" + type, type, input);
        return site.node(layer(site, part, in));
    }

    /** What flows into each child, if running them one after another gives what the module gives. */
    private static Optional<List<Tensor>> chain(ScriptModule module, Tensor in, Tensor out) {
        if (module.children().isEmpty()
                || !module.parameters().isEmpty()
                || !module.buffers().isEmpty()) {
            return Optional.empty();
        }
        List<Tensor> between = new ArrayList<>();
        Tensor flowing = in;
        try {
            for (ScriptModule child : module.children().values()) {
                between.add(flowing);
                flowing = child.forward(List.of(flowing));
            }
        } catch (EngineException e) {
            // A child that does not take what the one before it gives: no chain.
            return Optional.empty();
        }
        return equal(flowing, out) ? Optional.of(between) : Optional.empty();
    }

    private static boolean equal(Tensor a, Tensor b) {
        if (!Arrays.equals(a.shape(), b.shape())) {
            return false;
        }
        double scale = Math.max(1, b.abs().max().item());
        return a.sub(b).abs().max().item() <= TOLERANCE * scale;
    }

    private static Form form(Tensor out, Form input) {
        long[] shape = out.shape();
        if (out.type() == DType.INT64 || shape.length < 2 || shape[0] != TRIED_EXAMPLES) {
            throw new EngineException("it gives " + Arrays.toString(shape) + " for a batch of " + TRIED_EXAMPLES);
        }
        boolean sequence = input.kind() != Form.Kind.NUMBERS && shape.length == 3;
        Extents extents = Extents.of(Arrays.copyOfRange(shape, 1, shape.length));
        return new Form(extents, sequence ? Form.Kind.SEQUENCE : Form.Kind.NUMBERS);
    }

    /** Takes over the parameters and buffers of a module and of all within it. */
    private static void adopt(Site site, ScriptModule module, String prefix) {
        module.parameters().forEach((name, tensor) -> site.adopt(prefix + name, tensor));
        module.buffers().forEach((name, tensor) -> site.adoptBuffer(prefix + name, tensor));
        module.children().forEach((name, child) -> adopt(site, child, prefix + name + "."));
    }

    private static String type(ScriptModule module) {
        String qualified = module.type();
        String simple = qualified.substring(qualified.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(simple, simple);
    }
}
