package dev.auscult.train.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

import dev.auscult.data.DataShape;
import dev.auscult.data.Extents;
import dev.auscult.data.Task;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.model.Network;
import dev.auscult.train.model.Networks;
import dev.auscult.train.spec.Spec;
import dev.auscult.train.spec.SpecFile;
import dev.auscult.train.torch.TorchEngine;
import org.junit.jupiter.api.Test;

class ReceptiveFieldTest {
    private static ReceptiveField of(DataShape shape, String layers) {
        Spec spec = SpecFile.parse(
                "test", "data: {train: none.csv}\nmodel: {layers: [" + layers + "]}\n", "test", List.of());
        try (Engine engine = TorchEngine.open("cpu", 1);
                Network network = Networks.build(spec.model(), shape, engine, 1, Path.of(""))) {
            return ReceptiveField.of(network.graph().layers());
        }
    }

    private static DataShape images(long height, long width) {
        return new DataShape(Task.CLASSIFICATION, Extents.of(1, height, width), false, 0, 10);
    }

    @Test
    void threeByThreeTwiceIsFive() {
        ReceptiveField field = of(
                images(28, 28),
                "{conv: {filters: 4, kernel: 3}}, relu, {conv: {filters: 4, kernel: 3}}, flatten, {dense: classes}");
        assertThat(field.extent()).isEqualTo(5);
        assertThat(field.inputExtent()).isEqualTo(28);
        assertThat(field.seesAll()).isTrue();
    }

    /** Pooling of two doubles what later windows span: 1 + 2 + 1·1 + 2·2 + 1·2. */
    @Test
    void poolingWidensWhatIsBehind() {
        ReceptiveField field = of(
                images(28, 20),
                "{conv: {filters: 4, kernel: 3, padding: same}}, {max-pool: 2},"
                        + " {conv: {filters: 4, kernel: 3, padding: same}}, {max-pool: 2}, global-pool, {dense: classes}");
        assertThat(field.extent()).isEqualTo(10);
        assertThat(field.jump()).isEqualTo(4);
    }

    /** Along the longer side, with stride and dilation: 1 + 4·2 along the width. */
    @Test
    void strideAndDilationCount() {
        ReceptiveField field = of(
                images(16, 40),
                "{conv: {filters: 4, kernel: [3, 5], dilation: [1, 2]}}, global-pool, {dense: classes}");
        assertThat(field.extent()).isEqualTo(9);
        assertThat(field.inputExtent()).isEqualTo(40);
    }

    @Test
    void aResidualBlockSeesAsFarAsItsLongerBranch() {
        ReceptiveField field = of(
                images(16, 16),
                "{conv: {filters: 4, kernel: 3, padding: same}}, {residual: [{conv: {filters: 4, kernel: 3, padding: same}},"
                        + " relu, {conv: {filters: 4, kernel: 3, padding: same}}]}, global-pool, {dense: classes}");
        assertThat(field.extent()).isEqualTo(7);
        assertThat(field.convolutions()).isEqualTo(3);
    }
}
