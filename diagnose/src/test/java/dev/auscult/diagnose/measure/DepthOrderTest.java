package dev.auscult.diagnose.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import dev.auscult.run.ModelGraph;
import dev.auscult.run.Run;
import dev.auscult.run.RunBuilder;
import dev.auscult.run.TensorKey;
import dev.auscult.run.TensorKind;
import dev.auscult.run.TensorSummary;
import org.junit.jupiter.api.Test;

class DepthOrderTest {
    @Test
    void namesThatDifferInNumbersAreOrderedByNumber() {
        assertThat(order(builder("layer10", "layer2", "layer1"))).containsExactly("layer1", "layer2", "layer10");
        assertThat(order(builder("b1.fc2", "b1.fc1", "b0.fc9"))).containsExactly("b0.fc9", "b1.fc1", "b1.fc2");
    }

    @Test
    void aLogWrittenOnTheWayBackIsTurnedAround() {
        assertThat(order(builder("head", "block2", "block1", "stem")))
                .containsExactly("stem", "block1", "block2", "head");
    }

    @Test
    void otherwiseTheOrderOfTheLogStays() {
        assertThat(order(builder("stem", "block1", "block2", "head")))
                .containsExactly("stem", "block1", "block2", "head");
        assertThat(order(builder("z", "a"))).containsExactly("z", "a");
    }

    @Test
    void theGraphKnowsBest() {
        RunBuilder run = builder("c", "a", "b");
        run.graph(new ModelGraph(List.of(layer("b"), layer("c"), layer("a")), "", ""));
        assertThat(order(run)).containsExactly("b", "c", "a");
    }

    private static ModelGraph.Layer layer(String name) {
        return new ModelGraph.Layer(
                name, "dense", "", List.of(), List.of(), OptionalLong.empty(), true, "", Map.of(), List.of());
    }

    private static RunBuilder builder(String... layers) {
        RunBuilder run = Run.builder("r");
        for (String layer : layers) {
            run.tensor(new TensorKey(layer, "", TensorKind.ACTIVATION)).add(0, Double.NaN, TensorSummary.UNKNOWN);
        }
        return run;
    }

    private static List<String> order(RunBuilder builder) {
        Run run = builder.build();
        return DepthOrder.of(run, run.tensors()).stream()
                .map(t -> t.key().layer())
                .toList();
    }
}
