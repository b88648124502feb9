package dev.auscult.data.checkup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;

import dev.auscult.data.profile.FrameMaker;
import org.junit.jupiter.api.Test;

class DistributionTest {
    @Test
    void partsShareTheirBins() {
        double[] many = IntStream.range(0, 1000).mapToDouble(i -> i * 0.01).toArray();
        double[] few = {9.99, 12, Double.NaN};
        Distribution found = Distribution.of(List.of(
                        FrameMaker.train().numeric("x", many).make(),
                        FrameMaker.test().numeric("x", few).make()))
                .get(0);
        assertThat(found.edges()).hasSize(25).startsWith(0.0);
        assertThat(found.edges().get(24)).isEqualTo(12.0);
        assertThat(found.parts().get(0).total()).isEqualTo(1000);
        assertThat(found.parts().get(1).total()).isEqualTo(2);
        assertThat(found.parts().get(1).share(23)).isEqualTo(0.5);
        assertThat(found.cut()).isFalse();
    }

    @Test
    void aFarValueDoesNotFlattenTheRest() {
        double[] values =
                IntStream.rangeClosed(0, 1000).mapToDouble(i -> i * 0.5).toArray();
        values[1000] = 1e9;
        Distribution found = Distribution.of(
                        List.of(FrameMaker.train().numeric("x", values).make()))
                .get(0);
        assertThat(found.cut()).isTrue();
        assertThat(found.edges().get(found.edges().size() - 1)).isLessThan(500.0);
        assertThat(found.parts().get(0).total()).isEqualTo(1001);
    }

    @Test
    void fewWholeNumbersHaveABinEach() {
        Distribution found = Distribution.of(
                        List.of(FrameMaker.train().numeric("x", 1, 2, 2, 5).make()))
                .get(0);
        assertThat(found.edges()).containsExactly(0.5, 1.5, 2.5, 3.5, 4.5, 5.5);
        assertThat(found.parts().get(0).counts()).containsExactly(1L, 2L, 0L, 0L, 1L);
    }

    @Test
    void categoriesAreMatchedByName() {
        Distribution found = Distribution.of(List.of(
                        FrameMaker.train().categories("c", "a", "b", "b", null).make(),
                        FrameMaker.test().categories("c", "new", "b").make()))
                .get(0);
        assertThat(found.words()).containsExactly("b", "a", "new");
        assertThat(found.parts().get(0).counts()).containsExactly(2L, 1L, 0L);
        assertThat(found.parts().get(1).counts()).containsExactly(1L, 0L, 1L);
        assertThat(found.others()).isZero();
    }

    @Test
    void aConstantAndAnEmptyColumnAreDrawnToo() {
        List<Distribution> found = Distribution.of(List.of(FrameMaker.train()
                .numeric("one", 7, 7)
                .numeric("none", Double.NaN, Double.NaN)
                .text("said", "two words", null)
                .make()));
        assertThat(found.get(0).parts().get(0).counts()).containsExactly(2L);
        assertThat(found.get(1).parts().get(0).counts()).isEmpty();
        assertThat(found.get(2).measure()).isEqualTo("words");
        assertThat(found.get(2).edges()).containsExactly(2.0, 3.0);
    }
}
