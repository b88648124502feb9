package dev.auscult.train.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import dev.auscult.run.ModelGraph;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.loop.Setup;
import dev.auscult.train.model.Network;
import dev.auscult.train.model.Parameter;
import dev.auscult.train.model.Pass;
import dev.auscult.train.spec.Spec;
import dev.auscult.train.spec.SpecFile;

/** Small data and networks, sound ones and faulty ones. */
final class Toy {
    static final String MLP = """
            model: {layers: [{dense: 16}, relu, {dense: classes}]}
            """;

    private Toy() {}

    /** Three clouds of 8 numbers each, and the network of a spec on them. */
    static Setup open(Engine engine, Path folder, String rest) {
        try {
            Random random = new Random(5);
            StringBuilder text = new StringBuilder("a,b,c,d,e,f,g,h,kind\n");
            for (int i = 0; i < 400; i++) {
                int kind = i % 3;
                for (int k = 0; k < 8; k++) {
                    text.append(String.format(Locale.ROOT, "%.4f,", random.nextGaussian() + (k % 3 == kind ? 1.5 : 0)));
                }
                text.append("k").append(kind).append('\n');
            }
            Files.writeString(folder.resolve("toy.csv"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String head = """
                name: toy
                seed: 3
                data: {train: toy.csv, target: kind, task: classification, normalize: standard}
                """;
        Spec spec = SpecFile.parse("toy.yaml", head + rest, "toy", List.of());
        return Setup.open(spec, folder, engine, line -> {});
    }

    /** The same with a network that does something else with its output. */
    static Setup faulty(Setup sound, Forward forward) {
        return new Setup(
                sound.spec(),
                sound.base(),
                sound.engine(),
                sound.data(),
                new Faulty(sound, forward),
                sound.criterion());
    }

    /** What a faulty network does. */
    interface Forward {
        Tensor forward(UnaryOperator<Tensor> sound, Tensor input, Pass pass);
    }

    private record Faulty(Setup sound, Forward fault) implements Network {
        @Override
        public Tensor forward(Tensor input, Pass pass) {
            return fault.forward(x -> sound.network().forward(x, pass), input, pass);
        }

        @Override
        public List<Parameter> parameters() {
            return sound.network().parameters();
        }

        @Override
        public Map<String, Tensor> buffers() {
            return sound.network().buffers();
        }

        @Override
        public ModelGraph graph() {
            return sound.network().graph();
        }

        @Override
        public void close() {
            sound.close();
        }
    }

    /** Weights, buffers and gradients, to compare. */
    static Map<String, List<Float>> contents(Network network) {
        Map<String, List<Float>> contents = new TreeMap<>();
        network.parameters().forEach(p -> {
            contents.put(p.path(), list(p.tensor().toFloats()));
            p.tensor().gradient().ifPresent(g -> contents.put("gradient " + p.path(), list(g.toFloats())));
        });
        network.buffers().forEach((path, tensor) -> contents.put(path, list(tensor.toFloats())));
        return contents;
    }

    private static List<Float> list(float[] values) {
        return IntStream.range(0, values.length).mapToObj(i -> values[i]).toList();
    }
}
