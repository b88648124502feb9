package dev.auscult.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    /** Published examples of the optimal string alignment distance. */
    @ParameterizedTest
    @CsvSource({"kitten, sitting, 3", "ca, abc, 3", "ab, ba, 1", "'', abc, 3", "same, same, 0", "hgih, high, 1"})
    void countsInsertionsRemovalsReplacementsAndSwaps(String a, String b, int changes) {
        assertThat(Nearest.changes(a, b)).isEqualTo(changes);
        assertThat(Nearest.changes(b, a)).isEqualTo(changes);
    }

    @Test
    void namesNothingThatIsFar() {
        assertThat(Nearest.to("xyz", List.of("overfitting", "plateau"))).isEmpty();
        assertThat(Nearest.to("overfittin", List.of("plateau", "overfitting"))).contains("overfitting");
        assertThat(Nearest.to("", List.of("a", "b"))).isEmpty();
    }
}
