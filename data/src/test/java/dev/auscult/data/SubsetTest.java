package dev.auscult.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import org.junit.jupiter.api.Test;

class SubsetTest {
    @Test
    void itHoldsTheNamedExamplesInTheirOrder() {
        Target classes = Target.ofClasses("test", new int[] {0, 1, 2}, List.of("a", "b", "c"));
        int[] indices = {2, 0, 2};
        Examples some = Subset.of(new Examples(Vectors.numbered(3, 2), classes), indices);
        indices[0] = 1;
        assertThat(Vectors.all(some.inputs())).containsExactly(2, 2.001f, 0, 0.001f, 2, 2.001f);
        assertThat(some.inputs().shape()).containsExactly(2);
        assertThat(some.target().classOf(0)).isEqualTo(2);
        assertThat(some.target().classOf(1)).isZero();
        assertThat(some.target().names()).containsExactly("a", "b", "c");
    }

    @Test
    void valuesAndTextFollow() {
        Target values = Target.ofValues(Task.MULTI_LABEL, "test", new float[] {1, 0, 0, 1}, List.of("u", "v"));
        Target some = Subset.of(values, new int[] {1});
        assertThat(some.task()).isEqualTo(Task.MULTI_LABEL);
        assertThat(some.value(0, 0)).isZero();
        assertThat(some.value(0, 1)).isEqualTo(1);
        assertThat(Subset.of(Target.nextToken(5), new int[] {1, 2}).size()).isEqualTo(2);
    }

    @Test
    void whatIsNotThereIsRefused() {
        assertThatThrownBy(() -> Subset.of(Vectors.numbered(3, 2), new int[] {3}))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("index 3 of 3 examples");
    }
}
