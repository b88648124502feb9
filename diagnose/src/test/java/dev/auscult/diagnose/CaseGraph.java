package dev.auscult.diagnose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

import dev.auscult.run.ModelGraph;
import dev.auscult.run.ModelGraph.Layer;

/**
 * A network written down as text, for the cases of rule pages:
 *
 * <pre>
 * model input 3x32x32 loss cross-entropy task classification outputs 10 output logits
 * layer conv 16 kernel 3 padding same bias false
 * layer batch-norm
 * layer relu
 * layer residual
 *   layer conv 16 kernel 3 padding same activation relu initializer he
 *   layer conv 16 kernel 3 padding same initializer zeros
 * layer flatten
 * layer dense 64 activation relu times 3
 * layer dropout 0.5
 * layer dense 10 frozen
 * </pre>
 *
 * A layer has its type, then its main number (units, filters, size, rate, heads, groups), then pairs of a word and its value
 * in any order: {@code activation}, {@code initializer} ({@code normal:0.01}), {@code parameters}, {@code times} (that many
 * of them in a row) and any other option of the training spec; {@code frozen} stands alone. Two spaces put it inside the
 * layer above. Names ({@code 3-residual/0-conv}), shapes and numbers of parameters follow from that; {@code parameters}
 * overrides the last. {@code input} is the shape of an example.
 */
final class CaseGraph {
    private static final Map<String, String> MAIN = Map.ofEntries(
            Map.entry("dense", "units"),
            Map.entry("embedding", "units"),
            Map.entry("rnn", "units"),
            Map.entry("lstm", "units"),
            Map.entry("gru", "units"),
            Map.entry("conv", "filters"),
            Map.entry("max-pool", "size"),
            Map.entry("average-pool", "size"),
            Map.entry("dropout", "rate"),
            Map.entry("attention", "heads"),
            Map.entry("transformer-block", "heads"),
            Map.entry("group-norm", "groups"),
            Map.entry("global-pool", "reduce"));

    private final Map<String, String> model = new HashMap<>();
    private final Line root = new Line(-1, new String[] {"layer", "sequential"});

    /** A line of the text, and the lines inside it. */
    private static final class Line {
        private final int depth;
        private final String type;
        private final Map<String, String> options = new HashMap<>();
        private final List<Line> inside = new ArrayList<>();
        private boolean frozen;

        Line(int depth, String[] words) {
            this.depth = depth;
            this.type = words[1];
            int next = 2;
            String main = MAIN.get(type);
            if (main != null && words.length > 2) {
                options.put(main, words[next++]);
            }
            while (next < words.length) {
                if (words[next].equals("frozen")) {
                    frozen = true;
                    next++;
                } else {
                    options.put(words[next], words[next + 1]);
                    next += 2;
                }
            }
        }

        String take(String option, String otherwise) {
            String value = options.remove(option);
            return value == null ? otherwise : value;
        }
    }

    static boolean isPart(String line) {
        return line.startsWith("model ") || line.startsWith("layer ");
    }

    /** Adds a line as it stands in the text, with its spaces in front. */
    void add(String line) {
        int depth = (line.length() - line.stripLeading().length()) / 2;
        String[] words = line.strip().split("\\s+", -1);
        if (words[0].equals("model")) {
            for (int i = 1; i < words.length; i += 2) {
                model.put(words[i], words[i + 1]);
            }
            return;
        }
        Line parent = root;
        while (!parent.inside.isEmpty() && parent.inside.get(parent.inside.size() - 1).depth < depth) {
            parent = parent.inside.get(parent.inside.size() - 1);
        }
        parent.inside.add(new Line(depth, words));
    }

    boolean isEmpty() {
        return model.isEmpty();
    }

    ModelGraph build() {
        List<Layer> layers = new ArrayList<>();
        build(root, "", shape(model.getOrDefault("input", "")), layers);
        return new ModelGraph(
                layers,
                model.getOrDefault("output", ""),
                model.getOrDefault("loss", ""),
                model.getOrDefault("task", ""),
                Long.parseLong(model.getOrDefault("outputs", "0")));
    }

    private static List<Long> shape(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split("x", -1)).map(Long::valueOf).toList();
    }

    private static List<Long> build(Line parent, String path, List<Long> input, List<Layer> to) {
        List<Long> shape = input;
        for (Line line : parent.inside) {
            int times = Integer.parseInt(line.take("times", "1"));
            for (int i = 0; i < times; i++) {
                Layer layer = layer(line, path + to.size() + "-" + line.type, shape);
                to.add(layer);
                shape = layer.outputShape();
            }
        }
        return shape;
    }

    private static Layer layer(Line line, String name, List<Long> input) {
        Map<String, String> options = new HashMap<>(line.options);
        String activation = removed(options, "activation");
        String initializer = removed(options, "initializer");
        String parameters = removed(options, "parameters");
        if (line.type.equals("dense") || line.type.equals("conv")) {
            options.putIfAbsent("bias", "true");
        }
        List<Layer> children = new ArrayList<>();
        List<Long> output =
                line.inside.isEmpty() ? output(line.type, options, input) : build(line, name + "/", input, children);
        long own = parameters.isEmpty() ? parameters(line.type, options, input, output) : Long.parseLong(parameters);
        long inside = children.stream().mapToLong(c -> c.parameters().orElse(0)).sum();
        return new Layer(
                name,
                line.type,
                activation,
                input,
                output,
                OptionalLong.of(own + inside),
                !line.frozen,
                initializer,
                options,
                children);
    }

    private static String removed(Map<String, String> options, String name) {
        String value = options.remove(name);
        return value == null ? "" : value;
    }

    private static long number(Map<String, String> options, String name, long otherwise) {
        String text = options.get(name);
        return text == null ? otherwise : Long.parseLong(text);
    }

    private static List<Long> output(String type, Map<String, String> options, List<Long> input) {
        List<Long> output = new ArrayList<>(input);
        int last = input.size() - 1;
        switch (type) {
            case "dense" -> output.set(last, number(options, "units", 1));
            case "conv", "max-pool", "average-pool" -> {
                boolean conv = type.equals("conv");
                long kernel = number(options, conv ? "kernel" : "size", 2);
                long stride = number(options, "stride", conv ? 1 : kernel);
                boolean same = "same".equals(options.get("padding"));
                for (int axis = 1; axis <= last; axis++) {
                    long extent = input.get(axis);
                    output.set(axis, same ? (extent + stride - 1) / stride : (extent - kernel) / stride + 1);
                }
                if (conv) {
                    output.set(0, number(options, "filters", 1));
                }
            }
            case "flatten" -> output = List.of(product(input));
            case "global-pool" -> output = List.of(input.get(0));
            case "embedding" -> output = List.of(input.get(0), number(options, "units", 1));
            case "rnn", "lstm", "gru" ->
                output = "all".equals(options.get("return"))
                        ? List.of(input.get(0), number(options, "units", 1))
                        : List.of(number(options, "units", 1));
            case "mean-over-time", "last-of-time" -> output = List.of(input.get(last));
            default -> {
                // keeps its shape
            }
        }
        return output;
    }

    private static long parameters(String type, Map<String, String> options, List<Long> input, List<Long> output) {
        int last = input.size() - 1;
        long bias = "true".equals(options.get("bias")) ? 1 : 0;
        return switch (type) {
            case "dense" -> (input.get(last) + bias) * number(options, "units", 1);
            case "conv" -> {
                long window = 1;
                for (int axis = 1; axis <= last; axis++) {
                    window *= number(options, "kernel", 1);
                }
                yield (window * input.get(0) / number(options, "groups", 1) + bias) * output.get(0);
            }
            case "batch-norm" -> 2 * input.get(0);
            case "layer-norm" -> 2 * input.get(last);
            case "embedding" -> number(options, "vocabulary", 1000) * number(options, "units", 1);
            case "lstm" -> 4 * number(options, "units", 1) * (input.get(last) + number(options, "units", 1) + 2);
            case "transformer-block" -> 12 * input.get(last) * input.get(last);
            default -> 0;
        };
    }

    private static long product(List<Long> shape) {
        return shape.stream().collect(Collectors.reducing(1L, (a, b) -> a * b));
    }
}
