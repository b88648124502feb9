package dev.auscult.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import dev.auscult.run.Probe;
import dev.auscult.run.Probe.Part;
import dev.auscult.run.Run;
import org.junit.jupiter.api.Test;

/** A branch that starts at zero is excused from getting no gradient; one that is cut off is not. */
class FrozenBranchTest {
    private final Doctor doctor =
            new Doctor(List.of(RuleBook.find("frozen-parameters").orElseThrow()), Map.of());

    private static Part part(String name, double gradient, double norm) {
        return new Part(
                name,
                Map.of(
                        "gradient-norm", gradient,
                        "update-norm", gradient,
                        "weight-norm", norm,
                        "elements", 100.0,
                        "trainable", 1.0));
    }

    private int score(Part... parts) {
        Probe probe = new Probe(Probe.Kind.WIRING, Map.of(), Map.of(), List.of(parts));
        return doctor.examine(Run.builder("branch").probe(probe).build()).findings().stream()
                .mapToInt(Finding::score)
                .max()
                .orElse(0);
    }

    @Test
    void aZeroStartIsExcused() {
        assertThat(score(
                        part("0-conv.weight", 1, 1),
                        part("1-residual/0-conv.weight", 0, 1),
                        part("1-residual/1-batch-norm.weight", 1, 0),
                        part("2-dense.weight", 1, 1)))
                .isEqualTo(20);
        assertThat(score(part("q.lora_A.weight", 0, 1), part("q.lora_B.weight", 1, 0)))
                .isEqualTo(20);
    }

    @Test
    void aBranchThatIsCutOffIsNot() {
        assertThat(score(
                        part("0-conv.weight", 1, 1),
                        part("1-residual/0-conv.weight", 0, 1),
                        part("1-residual/1-conv.weight", 0, 1),
                        part("2-dense.weight", 1, 1)))
                .isGreaterThanOrEqualTo(75);
        // Cut off behind a zero start: the zeros get no gradient either.
        assertThat(score(
                        part("0-conv.weight", 1, 1),
                        part("1-residual/0-conv.weight", 0, 1),
                        part("1-residual/1-conv.weight", 0, 0),
                        part("2-dense.weight", 1, 1)))
                .isGreaterThanOrEqualTo(75);
    }
}
