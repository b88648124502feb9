package dev.auscult.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;

import dev.auscult.run.ModelGraph;
import dev.auscult.run.Probe;
import dev.auscult.run.Run;
import dev.auscult.run.RunBuilder;
import org.junit.jupiter.api.Test;

/** Outcomes of checks and networks that no sound program writes make no rule fail. */
class HostileProbesTest {
    private static final double[] ODD = {
        Double.NaN,
        Double.NEGATIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        -Double.MAX_VALUE,
        Double.MAX_VALUE,
        Double.MIN_VALUE,
        -1,
        0,
        1e-300,
        1,
        1024
    };
    private static final List<String> WORDS =
            List.of("", "dense", "conv", "batch-norm", "dropout", "softmax", "residual", "sequential", "?", "LSTM");

    /** Each number of each check on a page is replaced in turn, and taken away. */
    @Test
    void oddNumbers() {
        for (Cases.Case c : Cases.all()) {
            Run run = c.run();
            for (Probe probe : run.probes()) {
                for (String name : probe.numbers().keySet()) {
                    for (double odd : ODD) {
                        Map<String, Double> numbers = new HashMap<>(probe.numbers());
                        numbers.put(name, odd);
                        sane(with(run, probe, new Probe(probe.kind(), numbers, probe.notes(), probe.parts())));
                    }
                    Map<String, Double> fewer = new HashMap<>(probe.numbers());
                    fewer.remove(name);
                    sane(with(run, probe, new Probe(probe.kind(), fewer, probe.notes(), probe.parts())));
                }
                for (double odd : ODD) {
                    sane(with(run, probe, new Probe(probe.kind(), probe.numbers(), probe.notes(), odd(probe, odd))));
                }
            }
        }
    }

    private static List<Probe.Part> odd(Probe probe, double value) {
        List<Probe.Part> parts = new ArrayList<>();
        for (Probe.Part part : probe.parts()) {
            Map<String, Double> numbers = new HashMap<>();
            part.numbers().keySet().forEach(name -> numbers.put(name, value));
            parts.add(new Probe.Part(part.name(), numbers));
        }
        return parts;
    }

    private static Run with(Run run, Probe old, Probe odd) {
        RunBuilder builder = Run.builder(run.id()).format("odd");
        run.graph().ifPresent(builder::graph);
        run.probes().forEach(p -> builder.probe(p.equals(old) ? odd : p));
        return builder.build();
    }

    @Test
    void oddNetworks() {
        SplittableRandom random = new SplittableRandom(1);
        for (int trial = 0; trial < 3000; trial++) {
            List<ModelGraph.Layer> layers = layers(random, 3);
            sane(Run.builder("odd")
                    .graph(new ModelGraph(
                            layers,
                            word(random),
                            random.nextBoolean()
                                    ? "cross-entropy"
                                    : random.nextBoolean() ? "mse" : "binary-cross-entropy",
                            random.nextBoolean()
                                    ? "classification"
                                    : random.nextBoolean() ? "regression" : word(random),
                            random.nextLong(-1, 4)))
                    .build());
        }
    }

    private static List<ModelGraph.Layer> layers(SplittableRandom random, int depth) {
        List<ModelGraph.Layer> layers = new ArrayList<>();
        int n = random.nextInt(6);
        for (int i = 0; i < n; i++) {
            layers.add(new ModelGraph.Layer(
                    i + "-" + word(random),
                    word(random),
                    random.nextBoolean() ? "" : word(random),
                    shape(random),
                    shape(random),
                    random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(random.nextLong(-1, 5000)),
                    random.nextBoolean(),
                    random.nextBoolean() ? "normal " + ODD[random.nextInt(ODD.length)] : "zeros",
                    Map.of(
                            "rate", random.nextBoolean() ? "?" : Double.toString(ODD[random.nextInt(ODD.length)]),
                            "kernel", random.nextBoolean() ? "" : "[3, 1]",
                            "bias", word(random)),
                    depth > 0 && random.nextBoolean() ? layers(random, depth - 1) : List.of()));
        }
        return layers;
    }

    private static List<Long> shape(SplittableRandom random) {
        List<Long> shape = new ArrayList<>();
        int axes = random.nextInt(4);
        for (int i = 0; i < axes; i++) {
            shape.add(random.nextLong(-1, 70));
        }
        return shape;
    }

    private static String word(SplittableRandom random) {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    private static void sane(Run run) {
        Diagnosis diagnosis = new Doctor(RuleBook.rules(), Map.of()).examine(run);
        assertThat(diagnosis.faults()).as("%s %s", run.graph(), run.probes()).isEmpty();
        assertThat(diagnosis.findings()).allSatisfy(f -> {
            assertThat(f.summary()).isNotBlank().doesNotContain("\n");
            assertThat(f.where().fromStep()).isLessThanOrEqualTo(f.where().toStep());
        });
    }
}
